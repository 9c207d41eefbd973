#include "reports/short_story.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reports/layout.h"
#include "reports/naming.h"
#include "reports/plain_faults.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

using sim::Weight;
using What = Happening::What;

// Details are told while the story has no more lines than this.
constexpr std::size_t kComfortable = 6;
constexpr std::size_t kUsual = 80;  // columns
// Below this there is no room for a column of times.
constexpr std::size_t kNarrow = 48;

const sim::Finding* finding_of(const StoryOf& of, const std::string& invariant) {
  const auto& findings = of.trial.findings;
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const sim::Finding& finding) {
    return finding.invariant == invariant;
  });
  if (found != findings.end()) return &*found;
  return findings.empty() ? nullptr : &findings.front();
}

// A line of the story with its number of repetitions.
struct Line {
  std::int64_t at_ns = 0;
  What what = What::told;
  Weight weight = Weight::step;
  bool named = false;
  std::string text;     // with ids
  std::string doing{};  // " (while placing the order, for shopper-4)"
  std::size_t times = 1;
  std::string said{};  // with names

  std::string full_text() const { return text + doing + (times > 1 ? fmt::format(", {} times", times) : ""); }
};

bool is_person(const std::string& actor, const sim::Tale& tale) {
  const auto& persons = tale.persons();
  return std::find(persons.begin(), persons.end(), actor) != persons.end();
}

// What somebody was doing when a fault struck; empty when nobody has words for it.
std::string aside_of(const Happening& one, const sim::Tale& tale) {
  if (one.what != What::fault) return "";
  std::string aside = one.doing.empty() ? "" : "while " + one.doing;
  if (is_person(one.actor, tale) && one.text.find(one.actor) == std::string::npos)
    aside += (aside.empty() ? "for " : ", for ") + one.actor;
  return aside.empty() ? "" : " (" + aside + ")";
}

// Repetitions are one line, also where other repetitions stand between them.
std::vector<Line> folded(const std::vector<Happening>& past, const StoryOf& of) {
  std::vector<Line> lines;
  std::map<std::string, std::size_t> open;  // by what repeats
  std::vector<std::string> up;
  for (const Happening& one : past) {
    const bool boots = one.what == What::up;
    if (!boots) up.clear();
    if (boots) {
      up.push_back(of.trial.host_names[one.hosts.front()]);
      const std::string text = plain_list(up) + (up.size() == 1 ? " is up again" : " are up again");
      if (up.size() == 1) lines.push_back({one.at_ns, one.what, one.weight, false, text});
      lines.back().text = text;
      continue;
    }
    const std::string key =
        one.again.empty() ? "" : one.again + (is_person(one.actor, of.trial.tale) ? one.actor : "");
    if (const auto known = open.find(key); known != open.end()) {
      Line& line = lines[known->second];
      ++line.times;
      if (line.text != one.text && !one.brief.empty()) line.text = one.brief;
      continue;
    }
    // Details may be left out, so they end no row of repetitions.
    if (!key.empty()) {
      open.emplace(key, lines.size());
    } else if (one.weight != Weight::detail) {
      open.clear();
    }
    lines.push_back({one.at_ns, one.what, one.weight, one.named, one.text, aside_of(one, of.trial.tale)});
  }
  return lines;
}

// "68.00 CNY at +00:19:32.427183" → "68.00 CNY": the story has its times in a column.
std::string without_time(std::string value) {
  if (const std::size_t at = value.find(" at +"); at != std::string::npos) value.resize(at);
  return value;
}

// The sentence with the evidence in it; empty when something is missing there.
std::string filled(std::string_view sentence, const sim::Finding& finding) {
  std::string out;
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    out += sentence.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = sentence.find('}', open);
    if (close == std::string_view::npos) return {};
    const std::string_view key = sentence.substr(open + 1, close - open - 1);
    const auto value = std::find_if(finding.evidence.begin(), finding.evidence.end(),
                                    [&](const auto& one) { return one.first == key; });
    if (value == finding.evidence.end()) return {};
    out += without_time(value->second);
    sentence.remove_prefix(close + 1);
  }
  return out;
}

std::string sentence_of(const sim::Finding& finding, const sim::Tale& tale) {
  if (std::string known = breach_sentence(finding, tale); !known.empty()) return known;
  std::string aside;
  for (const auto& [key, value] : finding.evidence) {
    if (key == "at" || without_time(value).empty()) continue;
    aside += (aside.empty() ? "" : ", ") + key + " " + without_time(value);
  }
  return aside.empty() ? finding.message : finding.message + ": " + aside;
}

// Lays lines out on a page.
class Writer {
 public:
  explicit Writer(const Page& page) : page_(page) {}

  std::size_t height(std::string_view text) const { return wrapped(text, text_width()).size(); }

  void write(std::int64_t at_ns, std::string_view sign, std::string_view text, Paint paint,
             bool painted_text) {
    const std::string time = story_clock(at_ns);
    const bool same = time == last_time_;
    last_time_ = time;
    std::string lead = same ? std::string(time.size(), ' ') : time;
    if (narrow()) {
      if (!same) out_ += cut(time) + "\n";
      lead.clear();
    }
    bool first = true;
    for (const std::string& line : wrapped(text, text_width())) {
      const std::string colored = painted_text ? painted(page_.color, paint, line) : line;
      const std::string start = narrow() ? "" : (first ? lead : std::string(lead.size(), ' ')) + "  ";
      const std::string mark = first ? std::string(sign) : " ";
      out_ += start + (mark == " " ? mark : painted(page_.color, paint, mark)) + " " + colored + "\n";
      first = false;
    }
  }
  // A remark outside of time.
  void aside(std::string_view text) {
    for (const std::string& line : wrapped(text, text_width()))
      out_ += std::string(page_.width - text_width(), ' ') + painted(page_.color, Paint::dim, line) + "\n";
  }
  std::string take() { return std::move(out_); }

 private:
  bool narrow() const { return page_.width < kNarrow; }
  std::size_t text_width() const {
    constexpr std::size_t kTime = 10;
    constexpr std::size_t kSign = 2;
    const std::size_t taken = narrow() ? kSign : kTime + kSign;
    return page_.width > taken ? page_.width - taken : 1;
  }
  std::string cut(const std::string& time) const {
    return time.substr(0, std::max<std::size_t>(page_.width, 1));
  }

  const Page& page_;
  std::string last_time_;
  std::string out_;
};

class Story {
 public:
  Story(const StoryOf& of, const sim::Finding& finding, const Page& page)
      : of_(of), finding_(finding), page_(page), writer_(page), names_(of.trial.tale, page.named) {
    lines_ = folded(past_of(finding, of), of);
    choose();
    name();
  }

  // All but the breach.
  std::string day() {
    write_lines();
    return writer_.take();
  }

  std::string text() {
    write_lines();
    writer_.write(since(), page_.plain ? " " : "✗",
                  (page_.plain ? translated("broken: " + breach_) : breach_), Paint::bad, true);
    return writer_.take();
  }
  ToldStory told() {
    ToldStory told;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (left_out_ != 0 && i == gap_at_) told.gap_at = i;
      const char* sign = lines_[i].what == What::fault ? "⚡" : "";
      told.lines.push_back({lines_[i].at_ns, sign, lines_[i].said});
    }
    told.left_out = left_out_;
    told.lines.push_back({since(), "✗", breach_});
    told.names = names_;
    return told;
  }
  const Names& names() const { return names_; }

 private:
  void write_lines() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (left_out_ != 0 && i == gap_at_) tell_gap();
      const Line& line = lines_[i];
      const bool fault = line.what == What::fault;
      writer_.write(line.at_ns, fault && !page_.plain ? "⚡" : " ",
                    (fault && page_.plain ? translated("fault: " + line.said) : line.said), Paint::warn,
                    fault);
    }
  }

  // In the lines that are there, so that the first person of the story is the first of the names.
  void name() {
    names_ = Names(of_.trial.tale, page_.named);
    for (Line& line : lines_) line.said = translated(names_.in(line.full_text()));
    const std::string sentence = names_.in(sentence_of(finding_, of_.trial.tale));
    breach_ = translated((at_rest() ? "and so it stays: " : "") + sentence);
  }

  std::string translated(const std::string& text) const {
    return page_.translation == nullptr ? text : (*page_.translation)(text);
  }

  std::int64_t since() const { return at_rest() && !lines_.empty() ? lines_.back().at_ns : finding_.at_ns; }
  bool at_rest() const { return finding_.at_ns >= of_.trial.virtual_ns; }

  // Narrow pages are longer: the same words need more lines.
  std::size_t stretch() const { return (kUsual + page_.width - 1) / std::max<std::size_t>(page_.width, 1); }
  std::size_t room() const { return page_.lines * std::max<std::size_t>(stretch(), 1); }

  void tell_gap() {
    writer_.aside(translated(fmt::format("… {} left out here and below: -v",
                                         left_out_ == 1 ? "a line" : grouped(left_out_) + " lines")));
  }

  std::size_t height_of(const std::vector<std::size_t>& kept) const {
    std::size_t sum = writer_.height(breach_) + (left_out_ != 0 ? 1 : 0);
    for (const std::size_t i : kept) sum += heights_[i];
    return sum;
  }

  // Steps as many as there is room for, then details from the last on.
  void choose() {
    name();
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      heights_.push_back(writer_.height(lines_[i].said));
      if (lines_[i].weight == Weight::step) kept.push_back(i);
    }
    for (auto at = kept.begin(); at != kept.end() && height_of(kept) > room(); ++at) shorten(*at);
    while (height_of(kept) > room() && kept.size() > 2) {
      const std::size_t at = least_missed(kept);
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(at));
      gap_at_ = left_out_ == 0 ? at : std::min(at, gap_at_);
      ++left_out_;
    }
    if (left_out_ == 0) add_details(kept);
    std::vector<Line> picked;
    for (const std::size_t i : kept) picked.push_back(std::move(lines_[i]));
    lines_ = std::move(picked);
  }

  // What somebody was doing when a fault struck is left out where it costs a line.
  void shorten(std::size_t at) {
    Line& line = lines_[at];
    if (line.what != What::fault || line.doing.empty() || heights_[at] == 1) return;
    line.doing.clear();
    line.said = translated(names_.in(line.full_text()));
    heights_[at] = writer_.height(line.said);
  }

  // A story keeps how it begins and how it ends, and the first thing that struck; then what the evidence names and what
  // else struck; then the rest. Of equals what is nearer to the breach.
  std::size_t least_missed(const std::vector<std::size_t>& kept) const {
    bool struck = false;
    std::vector<int> worth;
    for (const std::size_t i : kept) {
      const bool fault = lines_[i].what == What::fault;
      worth.push_back(fault && !struck ? 2 : fault || lines_[i].named ? 1 : 0);
      struck = struck || fault;
    }
    return static_cast<std::size_t>(std::min_element(worth.begin() + 1, worth.end() - 1) - worth.begin());
  }

  void add_details(std::vector<std::size_t>& kept) {
    for (std::size_t i = lines_.size(); i-- > 0;) {
      if (lines_[i].weight != Weight::detail) continue;
      const auto place = std::lower_bound(kept.begin(), kept.end(), i);
      const auto added = kept.insert(place, i);
      if (height_of(kept) > std::min(kComfortable, page_.lines) * stretch()) {
        kept.erase(added);
        return;
      }
    }
  }

  const StoryOf& of_;
  const sim::Finding& finding_;
  const Page& page_;
  Writer writer_;
  Names names_;
  std::vector<Line> lines_;
  std::vector<std::size_t> heights_;  // of all lines, while it is chosen among them
  std::string breach_;
  std::size_t left_out_ = 0;
  std::size_t gap_at_ = 0;
};

}  // namespace

std::string breach_sentence(const sim::Finding& finding, const sim::Tale& tale) {
  for (const auto& [message, sentence] : tale.breaches()) {
    if (!faults::matches(message, finding.message)) continue;
    std::string full = filled(sentence, finding);
    if (!full.empty()) return full;
  }
  return {};
}

std::string short_story(const StoryOf& of, const std::string& invariant, const Page& page) {
  const sim::Finding* finding = finding_of(of, invariant);
  return finding == nullptr ? "" : Story(of, *finding, page).text();
}

std::string calm_story(const StoryOf& of, const Page& page) {
  sim::Finding nothing;
  nothing.at_ns = of.trial.virtual_ns;
  return Story(of, nothing, page).day();
}

ToldStory told_story(const StoryOf& of, const std::string& invariant, const Page& page) {
  const sim::Finding* finding = finding_of(of, invariant);
  if (finding != nullptr) return Story(of, *finding, page).told();
  ToldStory told;
  told.names = Names(of.trial.tale, page.named);
  return told;
}

std::string who_is_who(const StoryOf& of, const std::string& invariant, const Page& page) {
  const sim::Finding* finding = finding_of(of, invariant);
  if (finding == nullptr) return "";
  std::string out;
  const Story story(of, *finding, page);
  for (const auto& [name, actor] : story.names().given())
    out += (out.empty() ? "" : ", ") + name + " is " + actor;
  return out;
}

}  // namespace ordeal::reports
