#include "scenarios/cli/learn/moments.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "reports/plain_faults.h"
#include "sim/cause.h"

namespace ordeal::cli {
namespace {

namespace act = faults::act;
using faults::Question;

// The same done again so much later is a moment of its own: payment asks the channel after 20 s, and again after minutes.
constexpr std::int64_t kApartNs = 10'000'000'000;

struct Place {
  std::string_view path;  // what the site stems from
  std::string_view what;  // what is done there: "after commit order.place"
};
Place place_of(std::string_view site) {
  const std::size_t at = site.rfind(sim::kHopSeparator);
  if (at == std::string_view::npos) return {"", site};
  return {site.substr(0, at), site.substr(at + sim::kHopSeparator.size())};
}

// Of all that can happen at a place, what people would say happens: a crash before it asks is one before it commits.
bool is_told(const faults::SiteAsked& site, const faults::Action& action) {
  const std::string_view what = place_of(site.site).what;
  const bool message = std::holds_alternative<act::Drop>(action) ||
                       std::holds_alternative<act::Duplicate>(action) ||
                       std::holds_alternative<act::Delay>(action);
  if (site.question == Question::sending) return message;
  if (site.question == Question::fork) return true;
  if (site.question == Question::disk)
    return site.op == sim::DiskOp::Kind::sync && what != "sync directory" &&
           std::holds_alternative<act::DiskStall>(action);
  if (site.question != Question::stepping) return false;
  return what.starts_with("before commit ") || what.starts_with("after commit ") ||
         what.starts_with("after send ");
}

// The bad day's own action where it has one of that sort.
faults::Action as_on(const std::vector<faults::Strike>& bad_day, const faults::Action& action) {
  for (const faults::Strike& strike : bad_day) {
    const bool same = strike.action.index() == action.index();
    if (same && !std::holds_alternative<act::Take>(action)) return strike.action;
  }
  return action;
}

class Moments {
 public:
  explicit Moments(BadDay& day)
      : day_(day),
        names_(reports::names_of(day.persons())),
        played_(day.calm_with_sites()),
        until_ns_(day.breach_ns()) {
    for (const play::Part& party : day.scenario().parties) parties_.insert(party.name);
    for (const play::Part& crowd : day.scenario().workloads) crowds_.insert(crowd.name);
  }

  std::vector<Moment> list() {
    for (const faults::SiteAsked& site : played_.sites) {
      if (is_anybodys(site) && site.at_ns <= until_ns_) add(site);
    }
    std::erase_if(moments_, [](const Moment& moment) { return moment.blows.empty(); });
    return std::move(moments_);
  }

 private:
  const std::string& host_of(const faults::SiteAsked& site) const {
    return played_.trial.host_names[site.host];
  }
  // A crowd is one host; what it does for somebody that person does.
  std::string who_acts(const faults::SiteAsked& site) const {
    const auto name = names_.find(actor_of(site));
    return crowds_.contains(host_of(site)) && name != names_.end() ? name->second : host_of(site);
  }
  static std::string actor_of(const faults::SiteAsked& site) {
    return site.site.substr(0, std::min(site.site.find('/'), site.site.find(sim::kHopSeparator)));
  }
  // What is done for somebody, or by a party of its own will; and what the bad day has struck.
  bool is_anybodys(const faults::SiteAsked& site) const {
    if (names_.contains(actor_of(site))) return true;
    if (site.question == Question::fork && parties_.contains(host_of(site))) return true;
    return std::any_of(day_.strikes().begin(), day_.strikes().end(), [&](const faults::Strike& strike) {
      return strike.site == site.site && strike.occurrence == site.occurrence;
    });
  }
  bool on_bad_day(const faults::Strike& strike) const {
    const auto& strikes = day_.strikes();
    return std::find(strikes.begin(), strikes.end(), strike) != strikes.end();
  }

  // People do not crash, and what they or our own code might choose is no bad luck.
  bool is_offered(const faults::SiteAsked& site, const faults::Action& action) const {
    const bool persons = crowds_.contains(host_of(site));
    if (site.question == Question::stepping && persons) return false;
    if (site.question == Question::fork && !parties_.contains(host_of(site))) return false;
    return is_told(site, action);
  }

  void add(const faults::SiteAsked& site) {
    for (const faults::Action& listed : site.applicable) {
      const faults::Strike strike{site.site, site.occurrence, as_on(day_.strikes(), listed)};
      if (!is_offered(site, listed) && !on_bad_day(strike)) continue;
      // What a crowd may do is said of the crowd: "shoppers order twice".
      const std::string who = site.question == Question::fork ? host_of(site) : who_acts(site);
      const reports::PlainStrike plain = reports::plain_strike(strike, who, played_.trial.tale);
      Moment& moment = moment_of(site, plain.doing);
      const auto known = std::find_if(moment.blows.begin(), moment.blows.end(),
                                      [&](const Blow& blow) { return blow.words == plain.what; });
      if (known == moment.blows.end()) {
        moment.blows.push_back({plain.what, strike});
      } else if (on_bad_day(strike)) {
        known->strike = strike;  // two that read the same are one to choose, and that one breaks it
      }
    }
  }

  Moment& moment_of(const faults::SiteAsked& site, const std::string& doing) {
    const auto name = names_.find(actor_of(site));
    const std::string person = name == names_.end() ? "" : name->second;
    std::string words = who_acts(site);
    if (!doing.empty()) words += ", " + doing;
    if (!person.empty() && !words.starts_with(person)) words += ", for " + person;
    const auto [known, fresh] = latest_.try_emplace(words, Latest{moments_.size(), site.at_ns});
    Latest& latest = known->second;
    const bool again = !fresh && site.at_ns - latest.at_ns > kApartNs;
    if (again) latest.number = moments_.size();
    if (fresh || again) moments_.push_back({site.at_ns, words, {}});
    latest.at_ns = site.at_ns;
    return moments_[latest.number];
  }

  BadDay& day_;
  std::map<std::string, std::string> names_;  // by actor
  play::Played played_;
  std::int64_t until_ns_;  // what comes after the breach cannot have led to it
  std::set<std::string, std::less<>> parties_;
  std::set<std::string, std::less<>> crowds_;
  std::vector<Moment> moments_;
  struct Latest {
    std::size_t number = 0;
    std::int64_t at_ns = 0;
  };
  std::map<std::string, Latest> latest_;  // by words
};

}  // namespace

std::vector<Moment> moments_of(BadDay& day) { return Moments(day).list(); }

SingleChoices single_choices(BadDay& day) {
  SingleChoices choices;
  for (const Moment& moment : moments_of(day)) {
    for (const Blow& blow : moment.blows) {
      ++choices.tried;
      if (day.play({blow.strike}, {}).breaks) ++choices.breaking;
    }
  }
  return choices;
}

}  // namespace ordeal::cli
