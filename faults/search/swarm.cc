#include "faults/search/swarm.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

#include "sim/cause.h"

namespace ordeal::faults {
namespace {

using sim::Choices;
using sim::Key;
using sim::lane;
using sim::Lane;

using Names = std::vector<std::string>;

// About log-uniform: four steps in each decade.
constexpr std::array<Ratio, 8> kRates{
    {{1, 1000}, {1, 300}, {1, 100}, {1, 60}, {1, 30}, {1, 20}, {1, 10}, {1, 3}}};

// The rates of wide trials: from 1/100 to 1/20.
constexpr std::size_t kMiddling = 2;
constexpr std::size_t kMiddlings = 4;

// The share of all kinds that a trial takes: some trials nearly none, some most.
constexpr std::array<Ratio, 4> kDensities{{{1, 16}, {1, 8}, {1, 4}, {1, 2}}};
// A trial without any fault now and then: what breaks there has nothing to do with faults.
constexpr Ratio kCalm{1, 64};

// So many trials are wide. Narrow ones hit one place hard, wide ones meet coincidences: neither finds what the other does.
constexpr Ratio kWide{1, 2};

// FoundationDB arms a quarter of its BUGGIFY sections in a run.
constexpr Ratio kPointArmed{1, 4};
constexpr Ratio kKnobTurned{1, 4};
constexpr Ratio kNeverReturns{1, 16};

struct CrashOutcome {
  Ratio kept, torn, names_kept;
};
// From "what was not synced is gone" to "all of it is there", with mixtures between.
constexpr std::array<CrashOutcome, 6> kOutcomes{{{{0, 1}, {1, 4}, {0, 1}},
                                                 {{1, 4}, {1, 4}, {1, 2}},
                                                 {{1, 2}, {0, 1}, {1, 2}},
                                                 {{1, 2}, {1, 4}, {0, 1}},
                                                 {{3, 4}, {1, 8}, {1, 1}},
                                                 {{1, 1}, {0, 1}, {1, 1}}}};

bool at_most(Ratio a, Ratio b) { return a.num * b.den <= b.num * a.den; }

// The draws of one window: all from one key, each in a lane of its own.
class Draws {
 public:
  Draws(const Choices& choices, std::string_view site, std::uint32_t nth, bool wide = false)
      : choices_(choices), key_{sim::site_of_path(site), nth}, wide_(wide) {}

  // A wide trial: its faults are everywhere, all the time, at middling rates.
  bool wide() const { return wide_; }

  std::uint64_t bits(std::string_view what) const { return choices_.bits(key_, lane(what)); }
  bool chance(std::string_view what, Ratio ratio) const { return choices_.chance(key_, lane(what), ratio); }
  std::uint64_t below(std::string_view what, std::uint64_t n) const {
    return choices_.below(key_, lane(what), n);
  }

  // Uniform over orders of magnitude between min and max, with three leading digits so that people can read
  // it.
  Duration magnitude(std::string_view what, Duration min, Duration max) const {
    if (max <= min) return max;
    std::uint64_t doublings = 1;
    while (doublings < 62 && (min.ns << doublings) > 0 && (min.ns << doublings) < max.ns) ++doublings;
    const Duration low{min.ns << below(what, doublings)};
    const Duration high = std::min(max, low * 2);
    const Duration drawn = choices_.between(key_, lane(what) + 1, low, high);
    std::int64_t unit = 1;
    while (drawn.ns / unit >= 1000) unit *= 10;
    return {drawn.ns / unit * unit};
  }

  Ratio rate(FaultKind kind, Ratio cap) const {
    const Ratio strongest = info(kind).strongest;
    const Ratio most = at_most(cap, strongest) ? cap : strongest;
    std::size_t count = 0;
    while (count < kRates.size() && at_most(kRates[count], most)) ++count;
    if (count == 0) return most;
    if (!wide_) return kRates[below("rate", count)];
    const std::size_t low = std::min<std::size_t>(kMiddling, count - 1);
    return kRates[low + below("rate", std::min<std::size_t>(kMiddlings, count - low))];
  }

  const std::string& one_of(std::string_view what, const Names& names) const {
    return names[below(what, names.size())];
  }

  // A random part of the names: neither none nor, of two or more, all.
  Names part_of(std::string_view what, const Names& names) const {
    if (names.size() < 2) return names;
    const std::uint64_t sure = below(what, names.size());
    const std::uint64_t never =
        (sure + 1 + choices_.below(key_, lane(what) + 1, names.size() - 1)) % names.size();
    Names out;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool taken =
          i == sure || (i != never && choices_.below(key_, lane(what) + 2 + static_cast<Lane>(i), 2) == 1);
      if (taken) out.push_back(names[i]);
    }
    return out;
  }

  // So many that as many are left, or one more; the order of the names decides nothing.
  Names half_of(std::string_view what, const Names& names) const {
    std::vector<std::pair<std::uint64_t, std::size_t>> ranks;
    for (std::size_t i = 0; i < names.size(); ++i)
      ranks.emplace_back(choices_.bits(key_, lane(what) + 2 + static_cast<Lane>(i)), i);
    std::sort(ranks.begin(), ranks.end());
    Names out;
    for (std::size_t n = 0; n < ranks.size() / 2; ++n) out.push_back(names[ranks[n].second]);
    std::sort(out.begin(), out.end());
    return out;
  }

  // Half of the time all, else one or a part.
  Names some_of(std::string_view what, const Names& names) const {
    if (wide_) return names;
    switch (below("how many", 4)) {
      case 0:
        return {one_of(what, names)};
      case 1:
        return part_of(what, names);
      default:
        return names;
    }
  }

 private:
  const Choices& choices_;
  Key key_;
  bool wide_;
};

}  // namespace

const std::vector<std::string>& hosts_for(FaultKind kind, const Menu& menu) {
  switch (kind) {
    case FaultKind::host_crash:
    case FaultKind::host_outage:
    case FaultKind::crash_loop:
    case FaultKind::host_kill:
      return menu.crash_hosts;
    case FaultKind::host_freeze:
    case FaultKind::host_slow:
      return menu.freeze_hosts;
    case FaultKind::clock_offset:
    case FaultKind::clock_drift:
    case FaultKind::clock_step:
    case FaultKind::clock_freeze:
      return menu.clock_hosts;
    case FaultKind::disk_crash_outcome:
    case FaultKind::disk_stall:
    case FaultKind::disk_fail:
    case FaultKind::disk_full:
    case FaultKind::disk_lie:
    case FaultKind::disk_wiped:
    case FaultKind::disk_swapped:
    case FaultKind::disk_rot:
    case FaultKind::disk_misdirected_write:
    case FaultKind::disk_lost_write:
    case FaultKind::disk_torn_write:
    case FaultKind::disk_misdirected_read:
    case FaultKind::disk_short_read:
    case FaultKind::disk_bad_sector:
      return menu.disk_hosts;
    case FaultKind::cache_failover:
    case FaultKind::cache_restart_empty:
    case FaultKind::cache_evict:
      return menu.cache_hosts;
    case FaultKind::broker_redeliver:
    case FaultKind::broker_duplicate:
    case FaultKind::broker_reorder:
    case FaultKind::broker_delay:
    case FaultKind::broker_lose_unflushed:
      return menu.broker_hosts;
    default:
      return menu.linked_hosts;
  }
}

namespace {

bool is_message(FaultKind kind) {
  return kind <= FaultKind::connection_reset || kind == FaultKind::message_hold ||
         kind == FaultKind::message_tail || kind == FaultKind::message_corruption;
}

// Takes a part of the world away for the whole window.
bool shuts_down(FaultKind kind) {
  return kind == FaultKind::partition || kind == FaultKind::host_outage || kind == FaultKind::message_hold;
}

// Happens at the window's start.
bool is_moment(FaultKind kind) { return kind == FaultKind::crash_loop || kind == FaultKind::host_kill; }

CrashPoints crash_points(const Draws& draw) {
  if (draw.chance("all points", {1, 2})) return {};
  const auto set = static_cast<std::uint8_t>(1 + draw.below("points", 127));
  return {set};
}

// Negative half of the time.
template <class T>
T either_way(const Draws& draw, T value) {
  return draw.chance("negative", {1, 2}) ? T{} - value : value;
}

// The shapes of a cut: one host alone, any part, half against half, all hosts of a service against the rest.
Names side_of(const Draws& draw, const Menu& menu) {
  const Names& hosts = menu.linked_hosts;
  switch (draw.below("shape", 4)) {
    case 0:
      return draw.part_of("side", hosts);
    case 1:
      return draw.half_of("side", hosts);
    case 2:
      if (!menu.groups.empty()) return menu.groups[draw.below("side", menu.groups.size())];
      [[fallthrough]];
    default:
      return {draw.one_of("side", hosts)};
  }
}

Fault strength(FaultKind kind, const Draws& draw, const Menu& menu) {
  constexpr Duration kMillisecond{1'000'000};
  // How far below the longest a duration may be drawn: shorter ones pass unnoticed.
  constexpr std::int64_t kSpan = 200;
  constexpr Duration kSecond{1'000'000'000};
  Fault fault = make(kind);
  std::visit(
      [&](auto& f) {
        if constexpr (requires { f.rate; }) f.rate = draw.rate(kind, menu.max_rate);
        if constexpr (requires { f.copy_after_max; })
          f.copy_after_max = draw.magnitude("for", menu.max_delay / kSpan, menu.max_delay);
        if constexpr (requires { f.extra_max; }) {
          const Duration longest = kind == FaultKind::message_reorder
                                       ? std::min(menu.max_delay, kMillisecond * 100)
                                       : menu.max_delay;
          f.extra_max = draw.magnitude("for", longest / kSpan, longest);
        }
        if (kind < FaultKind::cache_failover) return;  // what follows is of caches and brokers
        if constexpr (requires { f.lag_max; })
          f.lag_max = draw.magnitude("lag", kMillisecond, std::min(menu.max_delay, kSecond * 15));
        if constexpr (requires { f.after_max; })
          f.after_max = draw.magnitude("for", kMillisecond, menu.max_delay);
        if constexpr (requires { f.restart_after_max; }) {
          f.restart_after_max = draw.magnitude("for", kMillisecond * 100, menu.max_downtime);
          f.restart_after_min = f.restart_after_max / 10;
        }
      },
      fault);
  if (auto* crash = std::get_if<HostCrash>(&fault)) {
    crash->at = crash_points(draw);
    crash->restart_after_max = draw.magnitude("for", menu.max_downtime / kSpan, menu.max_downtime);
    crash->restart_after_min = crash->restart_after_max / 10;
  } else if (auto* freeze = std::get_if<HostFreeze>(&fault)) {
    freeze->for_max = draw.magnitude("for", menu.max_downtime / kSpan, menu.max_downtime);
    freeze->for_min = freeze->for_max / 10;
  } else if (auto* stall = std::get_if<DiskStall>(&fault)) {
    stall->for_max = draw.magnitude("for", menu.max_delay / kSpan, menu.max_delay);
  } else if (auto* offset = std::get_if<ClockOffset>(&fault)) {
    offset->by = either_way(draw, draw.magnitude("by", kMillisecond, menu.max_clock_error));
  } else if (auto* step = std::get_if<ClockStep>(&fault)) {
    step->by = either_way(draw, draw.magnitude("by", kSecond, menu.max_clock_error));
  } else if (auto* drift = std::get_if<ClockDrift>(&fault)) {
    drift->ppb = either_way(draw, draw.magnitude("by", {100}, {menu.max_drift_ppb}).ns);
  } else if (auto* outcome = std::get_if<DiskCrashOutcome>(&fault)) {
    const CrashOutcome& row = kOutcomes[draw.below("outcome", kOutcomes.size())];
    *outcome = {row.kept, row.torn, row.names_kept};
  } else if (auto* hold = std::get_if<MessageHold>(&fault)) {
    if (draw.chance("reversed", {1, 2})) hold->release = MessageHold::Release::reversed;
  } else if (auto* tail = std::get_if<MessageTail>(&fault)) {
    tail->longest = draw.magnitude("for", kMillisecond * 100, menu.max_delay);
    tail->typical = draw.magnitude("typical", kMillisecond, std::min(kSecond, tail->longest));
  } else if (auto* loop = std::get_if<CrashLoop>(&fault)) {
    loop->times = static_cast<std::int64_t>(2 + draw.below("times", 6));
    loop->restart_after =
        draw.magnitude("for", kMillisecond * 100, std::min(kSecond * 60, menu.max_downtime));
    loop->up_for_max = draw.magnitude("up for", kMillisecond, kSecond * 60);
  } else if (auto* kill = std::get_if<HostKill>(&fault)) {
    kill->restart_after_max = draw.magnitude("for", kMillisecond * 100, menu.max_downtime);
    kill->restart_after_min =
        draw.chance("back together", {1, 2}) ? kill->restart_after_max : kill->restart_after_max / 10;
  } else if (auto* slow = std::get_if<HostSlow>(&fault)) {
    slow->extra_max = draw.magnitude("for", kMillisecond, std::min(kSecond * 10, menu.max_delay));
  } else if (auto* partition = std::get_if<Partition>(&fault)) {
    partition->side = side_of(draw, menu);
    constexpr std::array kCuts{Partition::Cut::both, Partition::Cut::both, Partition::Cut::leaving,
                               Partition::Cut::entering};
    partition->cut = kCuts[draw.below("cut", kCuts.size())];
  }
  return fault;
}

// All hosts that may crash, or those of one service, or any part of them.
Names victims(const Draws& draw, const Names& hosts, const Menu& menu) {
  const std::uint64_t shape = draw.below("hosts", 4);
  if (shape == 0) return draw.part_of("victims", hosts);
  if (shape == 1 && !menu.groups.empty()) {
    Names group = menu.groups[draw.below("group", menu.groups.size())];
    std::erase_if(group, [&](const std::string& name) {
      return std::find(hosts.begin(), hosts.end(), name) == hosts.end();
    });
    if (!group.empty()) return group;
  }
  return hosts;
}

Scope place(FaultKind kind, const Draws& draw, const Menu& menu) {
  const Names& hosts = hosts_for(kind, menu);
  if (kind == FaultKind::fork) return {};
  if (kind == FaultKind::partition) return {{}, hosts, hosts, {}};
  if (kind == FaultKind::crash_loop) return {{draw.one_of("hosts", hosts)}, {}, {}, {}};
  if (kind == FaultKind::host_kill) return {victims(draw, hosts, menu), {}, {}, {}};
  if (!is_message(kind)) return {draw.some_of("hosts", hosts), {}, {}, {}};
  switch (draw.wide() ? 3 : draw.below("links", 4)) {
    case 0:
      return {{draw.one_of("hosts", hosts)}, hosts, hosts, {}};  // all links of one host
    case 1:
      return {{}, draw.part_of("from", hosts), draw.part_of("to", hosts), {}};  // some directed links
    default:
      return {{}, hosts, hosts, {}};
  }
}

void stretch(Window& window, const Draws& draw, const Menu& menu) {
  const FaultKind kind = kind_of(window.fault);
  const bool down = is_brief(kind);
  if (!down && (draw.wide() || draw.chance("whole storm", {1, 2}))) return;
  const Duration longest = down ? std::min(menu.storm, menu.max_downtime) : menu.storm;
  // What shuts a part down is short: long enough to matter, and mostly while there is work to disturb.
  const Duration shortest = longest / (down ? 60 : 1000);
  const Duration length = draw.magnitude("length", std::max(Duration{1}, shortest), longest);
  const bool busy = menu.busy_until > Duration{} && draw.chance("busy", down ? Ratio{7, 8} : Ratio{1, 2});
  const Duration last_start =
      std::max(Duration{}, std::min(busy ? menu.busy_until : menu.storm, menu.storm - length));
  constexpr std::uint64_t kSteps = 1000;
  window.from = {last_start.ns / static_cast<std::int64_t>(kSteps) *
                 static_cast<std::int64_t>(draw.below("start", kSteps))};
  window.until = window.from + length;
}

class Brewer {
 public:
  Brewer(const Choices& choices, const Menu& menu)
      : choices_(choices),
        menu_(menu),
        density_(kDensities[Draws(choices, "swarm/density", 0).below("density", kDensities.size())]),
        wide_(Draws(choices, "swarm/wide", 0).chance("wide", kWide)) {}

  // The windows of one kind, or of one way of a fork. A fault point is no kind of its own: it is armed apart from
  // the density of this trial, takes no place under the cap, and leaves everybody else's as they are.
  void serve(FaultKind kind, const std::string& name, const std::function<void(Window&)>& complete,
             bool is_point = false) {
    const std::string site = "swarm/" + name;
    const Draws whether(choices_, site, 0);
    if (!whether.chance("at all", is_point ? kPointArmed : density_)) return;
    const std::uint64_t count =
        1 + (whether.chance("twice", {1, 4}) ? 1 : 0) + (whether.chance("thrice", {1, 8}) ? 1 : 0);
    for (std::uint32_t n = 1; n <= count; ++n) {
      const Draws draw(choices_, site, n, wide_);
      Window window{name + "-" + std::to_string(n),
                    strength(kind, draw, menu_),
                    place(kind, draw, menu_),
                    {},
                    kUntilHeal};
      stretch(window, draw, menu_);
      complete(window);
      if (is_point) {
        points_.push_back(std::move(window));
        break;
      }
      kept_.push_back({draw.bits("keep"), std::move(window)});
    }
  }

  // At most max_windows: those with the smallest draws, in their old order, so that the cap favours no kind.
  std::vector<Window> windows() {
    std::vector<std::uint64_t> ranks;
    for (const auto& row : kept_) ranks.push_back(row.rank);
    std::sort(ranks.begin(), ranks.end());
    std::vector<Window> out;
    for (auto& row : kept_) {
      const bool in = ranks.size() <= menu_.max_windows || row.rank < ranks[menu_.max_windows];
      if (in) out.push_back(std::move(row.window));
    }
    std::move(points_.begin(), points_.end(), std::back_inserter(out));
    return out;
  }

 private:
  struct Row {
    std::uint64_t rank;
    Window window;
  };
  const Choices& choices_;
  const Menu& menu_;
  Ratio density_;
  bool wide_;
  std::vector<Row> kept_;
  std::vector<Window> points_;
};

// A day ends, and these hosts do not know it yet, or believe it ended already: the window lies around a midnight, half
// the error before and half after it.
void move_to_midnight(Window& window, const Choices& choices, const Menu& menu) {
  const Draws draw(choices, "swarm/midnight/" + window.id, 0);
  const Duration by = std::get<ClockOffset>(window.fault).by;
  const Duration half = std::max(Duration{1}, (by < Duration{} ? -by : by) / 2);
  const Duration midnight = menu.midnights[draw.below("which", menu.midnights.size())];
  window.from = std::max(Duration{}, midnight - half);
  window.until = midnight + half;
}

// A channel that stays dead, a host that stays down: from some moment on, for ever.
void leave_for_ever(Plan& plan, const Choices& choices, const Menu& menu) {
  const Draws draw(choices, "swarm/never returning", 0);
  if (menu.may_stay_down.empty() || !draw.chance("at all", kNeverReturns)) return;
  const std::string& gone = draw.one_of("who", menu.may_stay_down);
  constexpr std::uint64_t kSteps = 1000;
  const Duration busy = menu.busy_until > Duration{} ? std::min(menu.busy_until, menu.storm) : menu.storm;
  Window window{"gone-1", HostOutage{}, {{gone}, {}, {}, {}}, {}, kNever};
  window.from = {busy.ns / static_cast<std::int64_t>(kSteps) *
                 static_cast<std::int64_t>(draw.below("when", kSteps))};
  plan.windows.push_back(std::move(window));
  plan.never_returning = {gone};
}

std::map<std::string, std::string> turned(const Choices& choices, const Menu& menu) {
  std::map<std::string, std::string> knobs;
  for (const KnobOnMenu& knob : menu.knobs) {
    const Draws draw(choices, "swarm/knob/" + knob.name, 0);
    if (knob.values.empty() || !draw.chance("at all", kKnobTurned)) continue;
    knobs.emplace(knob.name, draw.one_of("value", knob.values));
  }
  return knobs;
}

}  // namespace

bool is_brief(FaultKind kind) { return shuts_down(kind) || is_moment(kind); }

bool is_allowed(FaultKind kind, const Menu& menu) {
  if (menu.allowed.empty()) return !info(kind).by_name_only;
  return std::find(menu.allowed.begin(), menu.allowed.end(), kind) != menu.allowed.end();
}

Plan swarm(const Choices& choices, const Menu& menu) {
  Plan plan;
  plan.heal_at = menu.storm;
  if (Draws(choices, "swarm/calm", 0).chance("calm", kCalm)) return plan;
  Brewer brewer(choices, menu);
  for (const KindInfo& row : kinds()) {
    if (!is_allowed(row.kind, menu)) continue;
    if (row.kind == FaultKind::fork) {
      for (const ForkOnMenu& fork : menu.forks) {
        for (const std::string& way : fork.ways) {
          const auto name_it = [&](Window& window) {
            std::get<ForkTaken>(window.fault).fork = fork.fork;
            std::get<ForkTaken>(window.fault).way = way;
          };
          brewer.serve(row.kind, "fork/" + fork.fork + "/" + way, name_it, fork.is_point);
        }
      }
      continue;
    }
    const std::size_t least = row.kind == FaultKind::partition ? 2 : 1;
    if (hosts_for(row.kind, menu).size() < least) continue;
    brewer.serve(row.kind, std::string(row.name), [](Window&) {});
    if (row.kind == FaultKind::clock_offset && !menu.midnights.empty()) {
      brewer.serve(row.kind, "midnight", [&](Window& window) { move_to_midnight(window, choices, menu); });
    }
  }
  plan.windows = brewer.windows();
  if (is_allowed(FaultKind::host_outage, menu)) leave_for_ever(plan, choices, menu);
  plan.knobs = turned(choices, menu);
  return plan;
}

}  // namespace ordeal::faults
