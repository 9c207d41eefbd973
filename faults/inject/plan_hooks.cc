// What all answers have in common, and forks. What windows do to messages is in plan_messages.cc, to hosts in
// plan_hosts.cc, to disks in plan_disks.cc, to caches and brokers in plan_devices.cc; what happens by the clock in
// plan_schedule.cc.
#include "faults/inject/plan_hooks.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "core/base/check.h"
#include "faults/inject/plan_hooks_ask.h"
#include "sim/process.h"

namespace ordeal::faults {
namespace {

std::uint64_t digest_of(const Action& action) {
  Digest digest(action.index());
  std::visit(
      [&](const auto& a) {
        a.fields(a, [&](std::string_view, const auto& value) {
          using Value = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, Duration>) {
            digest.add(static_cast<std::uint64_t>(value.ns));
          } else if constexpr (std::is_same_v<Value, std::string>) {
            digest.add(std::string_view(value));
          } else {
            digest.add(static_cast<std::uint64_t>(value));
          }
        });
      },
      action);
  return digest.value();
}

}  // namespace

bool PlanHooks::in_scope(const Armed& armed, sim::HostId from, sim::HostId to) const {
  if (armed.anywhere) return true;
  return armed.from.has(from) && armed.to.has(to) && (armed.hosts.has(from) || armed.hosts.has(to));
}

bool PlanHooks::chance(Armed& armed, const sim::Moment& moment) {
  ++armed.tries;
  return sim_->choices().chance(moment.key, armed.lane, armed.rate);
}

Duration PlanHooks::draw(const Armed& armed, const sim::Moment& moment, sim::Lane what, Duration min,
                         Duration max) const {
  return sim_->choices().between(moment.key, armed.lane ^ what, min, max);
}

const Action& PlanHooks::struck(const sim::Moment& moment, Action action, std::uint32_t window) {
  if (window != kNoWindow) ++armed_[window].hits;
  const auto at = static_cast<std::uint32_t>(whats_.size());
  whats_.append(moment.what);
  fired_.push_back({moment.key, moment.cause, at, static_cast<std::uint32_t>(moment.what.size()), window,
                    std::move(action)});
  const Action& kept = fired_.back().action;
  // The payload says what happened and not who decided it: a strike leaves the same trace as the window it
  // came from.
  sim_->trace().add(sim::EventKind::fault, moment.at_ns, moment.host, moment.key.site, digest_of(kept), [&] {
    const std::string by = window == kNoWindow ? "strike" : plan_.windows[window].id;
    return by + ": " + readable(kept) + " at " + sim_->causes().site_path(moment.cause, moment.what);
  });
  return kept;
}

Disturbances PlanHooks::disturbances() const {
  Disturbances all;
  all.machine =
      !plan_.never_returning.empty() ||
      std::any_of(armed_.begin(), armed_.end(), [](const Armed& armed) { return acts_by_clock(armed.kind); });
  std::set<std::string_view> forks;
  for (const Fired& fired : fired_) {
    const auto* take = std::get_if<act::Take>(&fired.action);
    if (take != nullptr && take->way != sim::Process::kPointWays[1]) {
      forks.insert(std::string_view(whats_).substr(fired.what_at, fired.what_size));
      continue;
    }
    (take != nullptr ? all.points : all.machine) = true;
    all.repeated_messages |= std::holds_alternative<act::Duplicate>(fired.action);
  }
  all.forks.assign(forks.begin(), forks.end());
  return all;
}

Duration PlanHooks::until_heal(Duration how_long) const {
  const std::int64_t left = plan_.heal_at.ns - sim_->now_ns();
  return left <= 0 || how_long.ns <= left ? how_long : Duration{left};
}

std::size_t PlanHooks::fork(const sim::Moment& moment, const sim::Fork& question) {
  // The number of a way, or 0 for a way this fork does not have: a typing mistake shows up as "never
  // reached".
  const auto number_of = [&](std::string_view way) -> std::size_t {
    for (std::size_t i = 1; i < question.ways.size(); ++i) {
      if (question.ways[i] == way) return i;
    }
    return 0;
  };
  const auto window = [&](Armed& armed, const Window& w) -> std::optional<Action> {
    const auto& fault = std::get<ForkTaken>(w.fault);
    if (!armed.hosts.has(moment.host) || number_of(fault.way) == 0) return std::nullopt;
    if (!chance(armed, moment)) return std::nullopt;
    return act::Take{fault.way};
  };
  const auto fits = [&](const Action& a) { return number_of(std::get<act::Take>(a).way) != 0; };
  const Desk& here = desk(Question::fork);
  if (here.closed(moment.at_ns)) return 0;
  const Action* action = here.strikes ? strike(moment, Question::fork, fits) : nullptr;
  if (action == nullptr) {
    const auto post = signpost(moment.what);
    if (post != signposts_.end()) action = ask(moment, post->windows, window);
  }
  return action == nullptr ? 0 : number_of(std::get<act::Take>(*action).way);
}

void PlanHooks::open_desks() {
  for (std::size_t i = 0; i < kQuestions; ++i) {
    Desk& here = desks_[i];
    const auto question = static_cast<Question>(i);
    here = {};
    for (std::size_t w = 0; w < plan_.windows.size(); ++w) {
      if (!answers(plan_.windows[w].fault, question)) continue;
      const Armed& armed = armed_[w];
      if (armed.until_ns <= armed.from_ns) continue;
      here.windows.push_back(static_cast<std::uint32_t>(w));
      here.from_ns = std::min(here.from_ns, armed.from_ns);
      here.until_ns = std::max(here.until_ns, armed.until_ns);
    }
    for (const Strike& strike : plan_.strikes)
      here.strikes |= !healed_ && info(strike.action).question == question;
  }
  put_up_signposts();
  listen(at_steps_, Question::stepping, [](const Window& window, std::size_t sort) {
    const auto* crash = std::get_if<HostCrash>(&window.fault);
    return crash == nullptr || crash->at.has(point_of(static_cast<sim::Stepping::Where>(sort)));
  });
  listen(at_disks_, Question::disk, [](const Window& window, std::size_t sort) {
    return info(kind_of(window.fault)).operations.has(static_cast<sim::DiskOp::Kind>(sort));
  });
}

template <class Asks>
void PlanHooks::listen(Ears& ears, Question question, Asks&& asks) const {
  const Desk& here = desks_[static_cast<std::size_t>(question)];
  ears.until_ns.clear();
  if (here.strikes) return;
  ears.until_ns.assign(ears.sorts, INT64_MIN);
  for (const std::uint32_t w : here.windows) {
    for (std::size_t sort = 0; sort < ears.sorts; ++sort) {
      if (asks(plan_.windows[w], sort))
        ears.until_ns[sort] = std::max(ears.until_ns[sort], armed_[w].until_ns);
    }
  }
}

void PlanHooks::put_up_signposts() {
  signposts_.clear();
  for (const std::uint32_t w : desk(Question::fork).windows) {
    const std::string& fork = std::get<ForkTaken>(plan_.windows[w].fault).fork;
    const auto known = static_cast<std::size_t>(signpost(fork) - signposts_.begin());
    if (known == signposts_.size()) signposts_.push_back({fork});
    Signpost& post = signposts_[known];
    post.until_ns = std::max(post.until_ns, armed_[w].until_ns);
    post.windows.push_back(w);
  }
}

// They are few and most differ in length; halving a sorted list compares more, for many begin alike.
auto PlanHooks::signpost(std::string_view fork) const -> std::vector<Signpost>::const_iterator {
  return std::find_if(signposts_.begin(), signposts_.end(),
                      [&](const Signpost& one) { return one.fork == fork; });
}

bool PlanHooks::hears_fork(std::int64_t now, std::string_view what) const {
  if (sim_ == nullptr || desks_[static_cast<std::size_t>(Question::fork)].strikes) return true;
  const auto post = signpost(what);
  return post != signposts_.end() && now < post->until_ns;
}

}  // namespace ordeal::faults
