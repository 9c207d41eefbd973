#include "reports/page/mermaid.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "reports/past.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

using sim::EventKind;

// Mermaid takes 50,000 characters; a reader takes less.
constexpr std::size_t kMostLines = 120;

// In Mermaid's text a semicolon ends a line and '#' begins a character by number.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '#' || c == ';' || c == '<' || c == '>' || c == '%' || c == '"') {
      out += fmt::format("#{};", static_cast<int>(c));
    } else {
      out += c == '\n' || c == '\r' ? ' ' : c;
    }
  }
  return out;
}

class Diagram {
 public:
  explicit Diagram(const PageData& page) : page_(page) {
    for (const PageThing& thing : page.things) names_.emplace(thing.id, thing.name);
  }

  std::string write() {
    for (std::uint32_t i = 0; i < page_.events.size(); ++i) add(i);
    std::size_t first = lines_.size() > kMostLines ? lines_.size() - kMostLines : 0;
    std::string out = "sequenceDiagram\n";
    for (std::size_t lane = 0; lane < page_.lanes.size(); ++lane) {
      if (used_.contains(static_cast<std::uint32_t>(lane)))
        out += fmt::format("  participant l{} as {}\n", lane, escaped(named(page_.lanes[lane].name)));
    }
    if (first != 0)
      out += fmt::format("  Note over l{}: {} lines before this are left out\n", *used_.begin(), first);
    for (; first < lines_.size(); ++first) out += "  " + lines_[first] + "\n";
    return out;
  }

 private:
  std::string named(std::string_view text) const {
    std::string out;
    for (const Part& part : parts_of(text)) {
      const auto known = part.word ? names_.find(part.text) : names_.end();
      out += known == names_.end() ? part.text : known->second;
    }
    return out;
  }
  void note(const PageEvent& event, std::string_view sign, const std::string& text) {
    used_.insert(event.lane);
    lines_.push_back(
        fmt::format("Note over l{}: {}{} {}", event.lane, sign, story_clock(event.at_ns), escaped(text)));
  }
  void add(std::uint32_t i) {
    const PageEvent& event = page_.events[i];
    const bool is_shown = page_.breach == kNoEvent || event.past;
    if (event.lane == kNowhere || !is_shown) return;
    if (event.kind == EventKind::message_sent) {
      message(event);
    } else if (event.kind == EventKind::fault) {
      note(event, "⚡ ", named(event.text));
    } else if (event.told && event.kind != EventKind::message_delivered && i != page_.breach) {
      note(event, "", named(event.text));
    }
    if (i == page_.breach) note(event, "✗ ", page_.sentence);
  }
  void message(const PageEvent& event) {
    const bool reply = event.text.starts_with("reply ");
    const std::size_t to = event.text.rfind(" to ");
    const std::string what = event.text.substr(reply ? 6 : 5, to - (reply ? 6 : 5));
    const PageEvent* came = event.other == kNoEvent ? nullptr : &page_.events[event.other];
    const std::uint32_t there = came == nullptr ? lane_of(event.text.substr(to + 4)) : came->lane;
    const bool lost = came == nullptr || event.fate == Fate::nobody_there;
    used_.insert({event.lane, there});
    lines_.push_back(fmt::format("l{}{}l{}: {}{}", event.lane,
                                 lost    ? (reply ? "--x" : "-x")
                                 : reply ? "-->>"
                                         : "->>",
                                 there, escaped(what), remark(event.fate)));
  }
  static std::string_view remark(Fate fate) {
    switch (fate) {
      case Fate::late:
        return " (late)";
      case Fate::twice:
        return " (twice)";
      case Fate::damaged:
        return " (damaged)";
      case Fate::lost:
        return " (lost)";
      case Fate::on_its_way:
        return " (still on its way at the end)";
      default:
        return "";
    }
  }
  std::uint32_t lane_of(const std::string& host) const {
    const auto lane = std::find_if(page_.lanes.begin(), page_.lanes.end(),
                                   [&](const Lane& one) { return one.name == host; });
    return lane == page_.lanes.end() ? 0 : static_cast<std::uint32_t>(lane - page_.lanes.begin());
  }

  const PageData& page_;
  std::map<std::string, std::string, std::less<>> names_;
  std::set<std::uint32_t> used_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string mermaid_text(const PageData& page) { return Diagram(page).write(); }

}  // namespace ordeal::reports
