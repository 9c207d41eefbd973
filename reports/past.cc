#include "reports/past.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "reports/plain_faults.h"

namespace ordeal::reports {
namespace {

using sim::Weight;
using What = Happening::What;
using Ids = std::set<std::string, std::less<>>;

// A trial that was made small has so few faults, and needs each.
constexpr std::size_t kFewFaults = 4;

bool of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; }

std::string actor_of(std::string_view root) { return std::string(root.substr(0, root.find('/'))); }

void add_lines(const StoryOf& of, std::vector<Happening>& out) {
  for (const sim::Told& line : of.trial.tale.lines()) {
    Happening& one = out.emplace_back();
    one.at_ns = line.at_ns;
    one.hosts = {line.host};
    one.actor = actor_of(line.root);
    one.about = line.about;
    one.text = line.text;
    one.weight = line.weight;
    one.again = line.again;
    one.outcome = line.outcome;
  }
}

// Every strike left one event, in the order of firing.
void add_strikes(const StoryOf& of, std::vector<Happening>& out) {
  auto strike = of.fired.begin();
  for (const sim::TraceRecord& record : of.trial.records) {
    if (record.kind != sim::EventKind::fault) continue;
    if (strike == of.fired.end()) return;
    PlainStrike plain = plain_strike(strike->strike, of.trial.host_names[record.host], of.trial.tale);
    Happening& one = out.emplace_back();
    one.what = What::fault;
    one.at_ns = record.at_ns;
    one.hosts = {record.host};
    one.actor = actor_of(strike->strike.site);
    one.again = plain.brief + plain.doing;
    one.text = std::move(plain.what);
    one.brief = std::move(plain.brief);
    one.doing = std::move(plain.doing);
    ++strike;
  }
}

std::vector<std::uint32_t> numbers_of(const std::vector<std::string>& names, const StoryOf& of) {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < of.trial.host_names.size(); ++i) {
    if (names.empty() || std::find(names.begin(), names.end(), of.trial.host_names[i]) != names.end())
      numbers.push_back(i);
  }
  return numbers;
}

void add_windows(const StoryOf& of, std::vector<Happening>& out) {
  for (const faults::Window& window : of.plan.windows) {
    if (!faults::acts_by_clock(faults::kind_of(window.fault))) continue;
    Happening& one = out.emplace_back();
    one.what = What::fault;
    one.at_ns = window.from.ns;
    one.hosts = numbers_of(window.scope.hosts, of);
    one.text = plain_window(window, of.trial.host_names);
  }
}

void add_boots(const StoryOf& of, std::vector<Happening>& out) {
  for (const sim::TraceRecord& record : of.trial.records) {
    if (record.kind != sim::EventKind::host_up || record.payload < 2) continue;
    Happening& one = out.emplace_back();
    one.what = What::up;
    one.at_ns = record.at_ns;
    one.hosts = {record.host};
    one.text = record.text;
    one.weight = Weight::detail;
  }
}

// Its owners, up to who has no owner.
void add_owners(const sim::Tale& tale, Ids& ids) {
  std::vector<std::string> open(ids.begin(), ids.end());
  while (!open.empty()) {
    const auto entity = tale.entities().find(open.back());
    open.pop_back();
    if (entity == tale.entities().end() || entity->second.of.empty()) continue;
    if (ids.insert(entity->second.of).second) open.push_back(entity->second.of);
  }
}

bool is_persons(const sim::Tale& tale, const std::string& id) {
  const auto& persons = tale.persons();
  const auto entity = tale.entities().find(id);
  return (entity != tale.entities().end() && !entity->second.of.empty()) ||
         std::find(persons.begin(), persons.end(), id) != persons.end();
}

bool meets(const std::vector<std::string>& about, const Ids& ids) {
  return std::any_of(about.begin(), about.end(), [&](const std::string& id) { return ids.contains(id); });
}

Ids words_of(const sim::Finding& finding) {
  Ids words;
  const auto add = [&](std::string_view text) {
    for (const Part& part : parts_of(text)) {
      if (part.word) words.insert(part.text);
    }
  };
  add(finding.message);
  for (const auto& [key, value] : finding.evidence) add(value);
  return words;
}

// Chooses from all that happened.
class Past {
 public:
  Past(const sim::Finding& finding, const StoryOf& of, std::vector<Happening> all)
      : tale_(of.trial.tale), breach_ns_(finding.at_ns), words_(words_of(finding)), all_(std::move(all)) {
    for (const Happening& one : all_) {
      for (const std::string& id : one.about) {
        if (words_.contains(id) || names_it(finding, id)) named_.insert(id);
      }
    }
    cast_ = named_;
    for (const Happening& one : all_) {
      if (!meets(one.about, named_)) continue;
      for (const std::string& id : one.about) {
        if (is_persons(tale_, id)) cast_.insert(id);
      }
    }
    add_owners(tale_, cast_);
    for (std::uint32_t i = 0; i < of.trial.host_names.size(); ++i) {
      const std::string& name = of.trial.host_names[i];
      if (words_.contains(name) || words_.contains(name.substr(0, name.rfind('-')))) hosts_.insert(i);
    }
  }

  std::vector<Happening> take() {
    std::vector<bool> in(all_.size());
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].what != What::told || !is_about_the_cast(all_[i])) continue;
      if (all_[i].at_ns > breach_ns_ && !is_first_outcome(all_[i])) continue;
      in[i] = true;
      hosts_.insert(all_[i].hosts.begin(), all_[i].hosts.end());
      all_[i].named = meets(all_[i].about, named_);
      if (says_how_it_came_to_that(all_[i])) all_[i].weight = Weight::step;
    }
    const auto faults =
        std::count_if(all_.begin(), all_.end(), [](const Happening& one) { return one.what == What::fault; });
    std::vector<Happening> past;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      Happening& one = all_[i];
      const bool few = one.what == What::fault && static_cast<std::size_t>(faults) <= kFewFaults;
      if (in[i] || few || (one.what != What::told && struck_the_cast(one))) past.push_back(std::move(one));
    }
    return past;
  }

 private:
  // By the name that people have for it: a value of the evidence.
  bool names_it(const sim::Finding& finding, const std::string& id) const {
    const auto entity = tale_.entities().find(id);
    return entity != tale_.entities().end() &&
           std::any_of(finding.evidence.begin(), finding.evidence.end(),
                       [&](const auto& row) { return row.second == entity->second.name; });
  }
  // Of somebody who shares the breach with others.
  bool is_first_outcome(Happening& one) {
    const auto& persons = tale_.persons();
    const auto shares = std::count_if(persons.begin(), persons.end(),
                                      [&](const std::string& person) { return cast_.contains(person); });
    if (shares < 2 || !one.outcome || !told_.insert(one.actor).second) return false;
    one.weight = Weight::step;
    return true;
  }
  // Somebody of the cast or a thing of theirs; or things of nobody, all of which the evidence names.
  bool is_about_the_cast(const Happening& one) const {
    if (named_.empty()) return true;
    Ids owned;
    for (const std::string& id : one.about) {
      if (is_persons(tale_, id)) owned.insert(id);
    }
    if (owned.empty()) {
      return !one.about.empty() && std::all_of(one.about.begin(), one.about.end(),
                                               [&](const std::string& id) { return named_.contains(id); });
    }
    add_owners(tale_, owned);
    return std::any_of(owned.begin(), owned.end(), [&](const std::string& id) { return cast_.contains(id); });
  }
  // Where the evidence names what is nobody's, everything about it matters.
  bool says_how_it_came_to_that(const Happening& one) const {
    return std::any_of(one.about.begin(), one.about.end(),
                       [&](const std::string& id) { return named_.contains(id) && !is_persons(tale_, id); });
  }
  bool struck_the_cast(const Happening& one) const {
    return cast_.contains(one.actor) ||
           std::any_of(one.hosts.begin(), one.hosts.end(),
                       [&](std::uint32_t host) { return hosts_.contains(host); });
  }

  const sim::Tale& tale_;
  const std::int64_t breach_ns_;
  const Ids words_;
  std::vector<Happening> all_;
  Ids named_;  // by the evidence
  Ids cast_;
  Ids told_;  // their outcome
  std::set<std::uint32_t> hosts_;
};

}  // namespace

std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  for (const char c : text) {
    const bool word = of_word(c);
    if (parts.empty() || parts.back().word != word) parts.push_back({{}, word});
    parts.back().text += c;
  }
  return parts;
}

std::vector<Happening> past_of(const sim::Finding& finding, const StoryOf& of) {
  std::vector<Happening> all;
  add_lines(of, all);
  add_strikes(of, all);
  add_windows(of, all);
  add_boots(of, all);
  std::erase_if(all, [&](const Happening& one) { return one.at_ns > finding.at_ns && !one.outcome; });
  std::stable_sort(all.begin(), all.end(),
                   [](const Happening& a, const Happening& b) { return a.at_ns < b.at_ns; });
  return Past(finding, of, std::move(all)).take();
}

}  // namespace ordeal::reports
