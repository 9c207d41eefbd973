#include "faults/plan/check_plan.h"

#include <algorithm>
#include <array>
#include <optional>

#include "faults/suggest.h"
#include "faults/text.h"
#include "sim/cause.h"

namespace ordeal::faults {
namespace {

using Names = std::vector<std::string>;

// How the names of sites begin (sim/), so that an action can be held against where it is to strike.
struct SiteWords {
  std::string_view begins;
  Question question;
};
constexpr std::array<SiteWords, 17> kSites{{
    {"send ", Question::sending},
    {"reply ", Question::sending},
    {"before commit ", Question::stepping},
    {"after commit ", Question::stepping},
    {"before send ", Question::stepping},
    {"after send ", Question::stepping},
    {"before handling ", Question::stepping},
    {"crash name ", Question::unsynced_name},
    {"crash ", Question::unsynced_sector},
    {"write ", Question::disk},
    {"sync ", Question::disk},
    {"truncate ", Question::disk},
    {"cache ", Question::cache},
    {"store ", Question::broker},
    {"timer ", Question::broker},
    {"deliver ", Question::broker},
    {"acknowledge ", Question::broker},
}};

std::string_view what_of(std::string_view site) {
  const std::size_t at = site.rfind(sim::kHopSeparator);
  return at == std::string_view::npos ? site : site.substr(at + sim::kHopSeparator.size());
}

std::optional<Question> question_at(std::string_view what) {
  for (const SiteWords& row : kSites) {
    if (what.starts_with(row.begins)) return row.question;
  }
  return std::nullopt;
}

std::string list_of(const Names& names) {
  std::string out;
  for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

std::string indexed(const std::string& path, std::string_view list, std::size_t i) {
  return path + "." + std::string(list) + "[" + std::to_string(i) + "]";
}

class Check {
 public:
  Check(const Menu& menu, const Names& hosts, const Capabilities& can)
      : menu_(menu), hosts_(hosts), can_(can) {}

  void window(const Window& window, const std::string& at) {
    const KindInfo& kind = info(window.fault);
    const std::string why = why_it_cannot_bite(kind.kind, menu_, can_);
    if (!why.empty()) {
      add(at + ".fault", "a kind of fault that can happen here (" + why + ")", kind.name);
      return;
    }
    scope(window.scope, kind, at + ".scope");
    if (const auto* partition = std::get_if<Partition>(&window.fault))
      names(partition->side, hosts_, "hosts", at + ".side");
    if (const auto* fork = std::get_if<ForkTaken>(&window.fault)) {
      if (const ForkOnMenu* known = fork_named(fork->fork, at + ".fork"))
        name(fork->way, known->ways, "ways of this fork", at + ".way");
    }
    if (menu_.storm > Duration{} && window.from >= menu_.storm)
      add(at + ".from", "a time before heal, " + text(menu_.storm), text(window.from));
    const bool ends = window.until != kNever && window.until != kUntilHeal;
    if (menu_.storm > Duration{} && ends && window.until > menu_.storm)
      add(at + ".until", "a time up to heal, " + text(menu_.storm) + ", or \"heal\"", text(window.until));
    if (window.until == kNever && kind.kind != FaultKind::host_outage)
      add(at + ".until", "a time or \"heal\": only a host_outage may last for ever", text(window.until));
  }

  void strike(const Strike& strike, const std::string& at) {
    const ActionInfo& action = info(strike.action);
    const std::string_view what = what_of(strike.site);
    if (const auto* take = std::get_if<act::Take>(&strike.action)) {
      if (const ForkOnMenu* known = fork_named(std::string(what), at + ".site"))
        name(take->way, known->ways, "ways of this fork", at + ".way");
      return;
    }
    const auto asked = is_fork(what) ? Question::fork : question_at(what);
    if (!asked || *asked == action.question) return;
    std::string fitting;
    for (const ActionInfo& row : actions()) {
      if (row.question == *asked) fitting.append(fitting.empty() ? "" : ", ").append(row.name);
    }
    add(at + ".action", "an action for this site, one of " + fitting, action.name);
  }

  void names(const Names& given, const Names& known, std::string_view what, const std::string& at) {
    for (std::size_t i = 0; i < given.size(); ++i)
      name(given[i], known, what, at + "[" + std::to_string(i) + "]");
  }
  void knob(const std::string& knob, const std::string& value, const std::string& at) {
    Names known;
    for (const KnobOnMenu& row : menu_.knobs) known.push_back(row.name);
    if (!name(knob, known, "knobs", at)) return;
    for (const KnobOnMenu& row : menu_.knobs) {
      if (row.name == knob) name(value, row.values, "values of this knob", at);
    }
  }

  std::vector<PlanError> take() { return std::move(mistakes_); }

 private:
  void add(std::string at, std::string expected, std::string_view found, std::string meant = {}) {
    mistakes_.push_back(
        {std::move(at), std::move(expected), "\"" + std::string(found) + "\"", std::move(meant)});
  }

  // Is it one of the known ones?
  bool name(const std::string& given, const Names& known, std::string_view what, std::string at) {
    if (std::find(known.begin(), known.end(), given) != known.end()) return true;
    const std::vector<std::string_view> views(known.begin(), known.end());
    add(std::move(at), "one of the " + std::string(what) + " " + list_of(known), given,
        nearest(given, views).value_or(""));
    return false;
  }

  void scope(const Scope& scope, const KindInfo& kind, const std::string& at) {
    // Of caches and brokers only they themselves can suffer; anybody may crash if a plan says so.
    const bool own = kind.subject == Subject::caches || kind.subject == Subject::brokers;
    names(scope.hosts, own ? hosts_for(kind.kind, menu_) : hosts_, "hosts", at + ".hosts");
    names(scope.from, hosts_, "hosts", at + ".from");
    names(scope.to, hosts_, "hosts", at + ".to");
    const auto only_for = [&](bool fits, bool given, std::string_view key, std::string_view whom) {
      if (given && !fits)
        add(at + "." + std::string(key), "this key for " + std::string(whom) + " alone", kind.name);
    };
    const bool messages = kind.subject == Subject::messages;
    const bool files = kind.subject == Subject::disks || kind.answers.has(Question::disk);
    only_for(messages, !scope.from.empty(), "from", "messages");
    only_for(messages, !scope.to.empty(), "to", "messages");
    only_for(files, !scope.file.empty(), "file", "disks");
  }

  bool is_fork(std::string_view fork) const {
    return std::any_of(menu_.forks.begin(), menu_.forks.end(),
                       [&](const ForkOnMenu& row) { return row.fork == fork; });
  }
  const ForkOnMenu* fork_named(const std::string& fork, const std::string& at) {
    Names known;
    for (const ForkOnMenu& row : menu_.forks) {
      if (row.fork == fork) return &row;
      known.push_back(row.fork);
    }
    name(fork, known, "forks", at);
    return nullptr;
  }

  const Menu& menu_;
  const Names& hosts_;
  Capabilities can_;
  std::vector<PlanError> mistakes_;
};

}  // namespace

std::vector<PlanError> check_plan(const Plan& plan, const Menu& menu, const std::vector<std::string>& hosts,
                                  const Capabilities& can, const std::string& path) {
  Check check(menu, hosts, can);
  for (std::size_t i = 0; i < plan.windows.size(); ++i)
    check.window(plan.windows[i], indexed(path, "windows", i));
  for (std::size_t i = 0; i < plan.strikes.size(); ++i)
    check.strike(plan.strikes[i], indexed(path, "strikes", i));
  check.names(plan.never_returning, hosts, "hosts", path + ".never_returning");
  for (const auto& [knob, value] : plan.knobs) check.knob(knob, value, path + ".knobs." + knob);
  return check.take();
}

}  // namespace ordeal::faults
