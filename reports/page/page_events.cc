#include "reports/page/page_events.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "reports/page/fact_ids.h"
#include "reports/plain_faults.h"
#include "sim/cause.h"

namespace ordeal::reports {
namespace {

using sim::EventKind;

constexpr std::size_t kMostPersons = 8;

bool is_drawn(EventKind kind) {
  switch (kind) {
    case EventKind::fiber_started:
    case EventKind::slept:
    case EventKind::disk_write:
    case EventKind::disk_sync:
    case EventKind::transaction_began:
    case EventKind::random:
      return false;
    default:
      return true;
  }
}

std::string root_of(std::string_view path) {
  return std::string(path.substr(0, path.find(sim::kHopSeparator)));
}
std::string actor_of(std::string_view root) { return std::string(root.substr(0, root.find('/'))); }

// "send order.place to order-1 #2.17" → what it says, and its number.
std::pair<std::string_view, std::string_view> numbered(std::string_view text) {
  const std::size_t at = text.rfind('#');
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at == 0 ? 0 : at - 1), text.substr(at)};
}

class Builder {
 public:
  explicit Builder(const StoryOf& of) : of_(of), ids_(of.trial.tale), struck_(of.fired.begin()) {
    for (const sim::Told& line : of.trial.tale.lines()) untold_.push_back(&line);
  }

  PageEvents build(const sim::Finding* finding) {
    for (const sim::TraceRecord& record : of_.trial.records) {
      tell_until(record.at_ns, record);
      if (is_drawn(record.kind)) {
        add(record);
      } else {
        ++out_.not_drawn[std::string(sim::name_of(record.kind))];
      }
    }
    while (!untold_.empty()) add_told(*take_told());
    for (const auto& [key, waiting] : flying_) {
      for (const std::uint32_t at : waiting) {
        if (out_.events[at].fate == Fate::none) out_.events[at].fate = Fate::on_its_way;
      }
    }
    if (finding != nullptr) light_past(*finding);
    give_lanes();
    return std::move(out_);
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(out_.events.size()); }

  const sim::Told* take_told() {
    const sim::Told* line = untold_.front();
    untold_.pop_front();
    return line;
  }
  // Lines of the tale that no fact of the trace will have.
  void tell_until(std::int64_t at_ns, const sim::TraceRecord&) {
    while (!untold_.empty() && untold_.front()->at_ns < at_ns) add_told(*take_told());
  }
  void add_told(const sim::Told& line) {
    PageEvent& event = out_.events.emplace_back();
    event.at_ns = line.at_ns;
    event.host = line.host;
    event.kind = EventKind::party;
    event.text = line.text;
    event.root = line.root;
    event.told = true;
  }

  void add(const sim::TraceRecord& record) {
    if (record.kind == EventKind::message_lost && record.payload != 2) {
      lose(record);
      return;
    }
    PageEvent event;
    event.at_ns = record.at_ns;
    event.host = record.host < of_.trial.host_names.size() ? record.host : kNowhere;
    event.kind = record.kind;
    event.text = record.text;
    event.root = root_of(record.cause);
    event.more = record.cause;
    switch (record.kind) {
      case EventKind::message_sent:
        send(record, event);
        break;
      case EventKind::message_delivered:
      case EventKind::message_lost:
        arrive(record, event);
        break;
      case EventKind::fact:
        state(record, event);
        break;
      case EventKind::fault:
        strike(record, event);
        break;
      case EventKind::committed:
        commit(record, event);
        break;
      case EventKind::mark:
        event.host = kNowhere;
        break;
      default:
        break;
    }
    out_.events.push_back(std::move(event));
  }

  using Flight = std::pair<std::uint64_t, std::string>;  // site and number
  void send(const sim::TraceRecord& record, PageEvent& event) {
    const auto [text, number] = numbered(record.text);
    event.text = std::string(text);
    flying_[{record.site, std::string(number)}].push_back(size());
    const auto struck = struck_at_.find(record.site);
    if (struck != struck_at_.end() && struck->second.first == record.at_ns) {
      if (std::holds_alternative<faults::act::Delay>(*struck->second.second)) event.fate = Fate::late;
      if (std::holds_alternative<faults::act::Duplicate>(*struck->second.second)) event.fate = Fate::twice;
      if (std::holds_alternative<faults::act::Corrupt>(*struck->second.second)) event.fate = Fate::damaged;
    }
    last_sent_[record.site] = size();
  }
  // Where it was sent from.
  void lose(const sim::TraceRecord& record) {
    const auto sent = last_sent_.find(record.site);
    if (sent == last_sent_.end()) return;
    out_.events[sent->second].fate = record.payload == 3 ? Fate::damaged : Fate::lost;
  }
  void arrive(const sim::TraceRecord& record, PageEvent& event) {
    const auto flight = flying_.find({record.site, record.text});
    event.text.clear();
    if (flight == flying_.end() || flight->second.empty()) return;
    const std::uint32_t from = flight->second.front();
    PageEvent& sent = out_.events[from];
    const bool again = sent.fate == Fate::twice && sent.other == kNoEvent;
    if (!again && flight->second.size() > 1) flight->second.pop_front();
    event.other = from;
    event.text = sent.text;
    event.root = sent.root;
    event.more = sent.more;
    if (sent.other == kNoEvent) sent.other = size();
    if (record.kind == EventKind::message_lost) {
      sent.fate = Fate::nobody_there;
    } else if (sent.fate == Fate::none) {
      sent.fate = Fate::arrived;
    }
  }

  // "order.place in order.db", and a line for each statement that changed something; those that begin with two blanks are of
  // the rows that it changed.
  void commit(const sim::TraceRecord& record, PageEvent& event) {
    const std::size_t end = record.text.find('\n');
    if (end == std::string::npos) return;
    event.text = record.text.substr(0, end);
    event.more.clear();
    for (std::string_view rest = std::string_view(record.text).substr(end + 1); !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (!event.more.empty()) event.more += '\n';
      event.more += line.starts_with("  ") ? "  " + ids_.in_row(line.substr(2)) : ids_.in_text(line);
    }
  }
  // A fact has the words that the tale has for it.
  void state(const sim::TraceRecord& record, PageEvent& event) {
    const std::size_t space = record.text.find(' ');
    event.more = space == std::string::npos ? "" : ids_.in(std::string_view(record.text).substr(space + 1));
    event.text = record.text.substr(0, space);
    const auto words = std::find_if(untold_.begin(), untold_.end(), [&](const sim::Told* line) {
      return line->at_ns == record.at_ns && line->host == record.host && is_about(*line, event.more);
    });
    if (words == untold_.end() || (*words)->at_ns != record.at_ns) return;
    event.text = (*words)->text;
    event.told = true;
    untold_.erase(words);
  }
  static bool is_about(const sim::Told& line, const std::string& fact) {
    return std::any_of(line.about.begin(), line.about.end(),
                       [&](const std::string& id) { return fact.find(id) != std::string::npos; });
  }

  void strike(const sim::TraceRecord& record, PageEvent& event) {
    if (struck_ == of_.fired.end()) return;
    const PlainStrike plain =
        plain_strike(struck_->strike, of_.trial.host_names[record.host], of_.trial.tale);
    event.text = plain.what + (plain.doing.empty() ? "" : " (while " + plain.doing + ")");
    event.more = struck_->strike.site;
    event.root = root_of(struck_->strike.site);
    event.told = true;
    struck_at_[record.site] = {record.at_ns, &struck_->strike.action};
    ++struck_;
  }

  // What only the audit at rest sees has been so since the last that was told on the way to it.
  void find_breach(const sim::Finding& finding, const std::vector<std::uint32_t>& tellings) {
    if (finding.at_ns >= of_.trial.virtual_ns && !tellings.empty()) {
      out_.breach = tellings.back();
      return;
    }
    for (std::uint32_t i = 0; i < size(); ++i) {
      const PageEvent& event = out_.events[i];
      if (event.at_ns > finding.at_ns) break;
      const bool better = event.kind == EventKind::fact && event.at_ns == finding.at_ns;
      const bool is_something = event.host != kNowhere;
      if (better) {
        out_.breach = i;
        if (finding_is_about(finding, event)) return;
      } else if (is_something &&
                 (out_.breach == kNoEvent || out_.events[out_.breach].at_ns < finding.at_ns)) {
        out_.breach = i;
      }
    }
  }
  static bool finding_is_about(const sim::Finding& finding, const PageEvent& event) {
    return std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const auto& row) {
      return row.second.size() > 3 && event.more.find(row.second) != std::string::npos;
    });
  }

  // What came before each event on the way to it.
  std::vector<std::vector<std::uint32_t>> before() const {
    std::vector<std::vector<std::uint32_t>> before(out_.events.size());
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> last_of_work;
    std::map<std::uint32_t, std::uint32_t> last_write;
    for (std::uint32_t i = 0; i < size(); ++i) {
      const PageEvent& event = out_.events[i];
      if (event.other != kNoEvent && event.other < i) before[i].push_back(event.other);
      const auto work = std::pair(event.host, event.root);
      if (const auto last = last_of_work.find(work); last != last_of_work.end())
        before[i].push_back(last->second);
      last_of_work[work] = i;
      const bool writes = event.kind == EventKind::committed || event.kind == EventKind::fact;
      if (!writes) continue;
      if (const auto last = last_write.find(event.host); last != last_write.end())
        before[i].push_back(last->second);
      last_write[event.host] = i;
    }
    return before;
  }

  // The moments of what was told or struck on the way to the breach, with their words.
  using Moments = std::set<std::pair<std::int64_t, std::string>>;

  void light_past(const sim::Finding& finding) {
    std::set<std::string> cast;
    Moments faults, told;
    for (const Happening& one : past_of(finding, of_)) {
      if (!one.actor.empty()) cast.insert(one.actor);
      if (one.what == Happening::What::fault) faults.insert({one.at_ns, one.text});
      if (one.what == Happening::What::told && one.at_ns <= finding.at_ns) told.insert({one.at_ns, one.text});
    }
    std::vector<std::uint32_t> tellings;
    for (std::uint32_t i = 0; i < size(); ++i) {
      const PageEvent& event = out_.events[i];
      if (event.told && told.contains({event.at_ns, event.text})) tellings.push_back(i);
    }
    find_breach(finding, tellings);
    if (out_.breach == kNoEvent) return;
    const std::vector<bool> led_to = before_all(tellings);
    for (std::uint32_t i = 0; i < size(); ++i) {
      PageEvent& event = out_.events[i];
      const bool of_cast = cast.empty() || cast.contains(actor_of(event.root));
      const bool struck =
          event.kind == EventKind::fault && event.at_ns <= finding.at_ns && (of_cast || is_of(faults, event));
      event.past = struck || (led_to[i] && of_cast);
    }
    for (const std::uint32_t i : tellings) out_.events[i].past = true;
    out_.events[out_.breach].past = true;
  }
  // The breach, these, and whatever came before any of them.
  std::vector<bool> before_all(std::vector<std::uint32_t> open) const {
    const auto ways = before();
    std::vector<bool> seen(out_.events.size());
    open.push_back(out_.breach);
    while (!open.empty()) {
      const std::uint32_t i = open.back();
      open.pop_back();
      if (seen[i]) continue;
      seen[i] = true;
      open.insert(open.end(), ways[i].begin(), ways[i].end());
    }
    return seen;
  }
  static bool is_of(const Moments& faults, const PageEvent& event) {
    return std::any_of(faults.begin(), faults.end(), [&](const auto& fault) {
      return fault.first == event.at_ns && event.text.starts_with(fault.second);
    });
  }

  // Who acts does so first at home: there, and only there, they may have a lane of their own.
  void give_lanes() {
    std::map<std::string, std::uint32_t> homes;
    std::set<std::string> persons;
    for (const std::string& person : of_.trial.tale.persons()) persons.insert(person);
    std::set<std::string> in_story;
    std::vector<std::string> came;  // in this order
    for (const PageEvent& event : out_.events) {
      const std::string actor = actor_of(event.root);
      if (event.host == kNowhere || !persons.contains(actor)) continue;
      if (homes.try_emplace(actor, event.host).second) came.push_back(actor);
      if (event.past) in_story.insert(actor);
    }
    if (in_story.size() > kMostPersons) in_story.clear();
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> lanes;
    for (const std::string& actor : came) {
      if (!in_story.contains(actor)) continue;
      lanes.emplace(std::pair(homes[actor], actor), out_.lanes.size());
      out_.lanes.push_back({actor, homes[actor]});
    }
    for (const bool busy :
         {true, false}) {  // booting alone gives nobody a place among those who did something
      for (PageEvent& event : out_.events) {
        if (event.host == kNowhere || event.lane != kNowhere) continue;
        if (busy && event.kind == EventKind::host_up) continue;
        const std::string actor = actor_of(event.root);
        const bool own = in_story.contains(actor) && homes[actor] == event.host;
        const auto [lane, is_new] =
            lanes.try_emplace({event.host, own ? actor : std::string()}, out_.lanes.size());
        if (is_new) out_.lanes.push_back({own ? actor : of_.trial.host_names[event.host], event.host});
        event.lane = lane->second;
        out_.lanes[event.lane].past |= event.past;
      }
    }
  }

  const StoryOf& of_;
  const FactIds ids_;
  std::vector<faults::FiredStrike>::const_iterator struck_;
  std::deque<const sim::Told*> untold_;
  std::map<Flight, std::deque<std::uint32_t>> flying_;
  std::map<std::uint64_t, std::uint32_t> last_sent_;  // by site
  std::map<std::uint64_t, std::pair<std::int64_t, const faults::Action*>> struck_at_;
  PageEvents out_;
};

}  // namespace

PageEvents page_events(const StoryOf& of, const sim::Finding* finding) { return Builder(of).build(finding); }

}  // namespace ordeal::reports
