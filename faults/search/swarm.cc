#include "faults/search/swarm.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <utility>

#include "faults/search/strength.h"

namespace ordeal::faults {
namespace {

using sim::Choices;

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

Scope links(const Draws& draw, const Names& hosts) {
  switch (draw.wide() ? 3 : draw.below("links", 4)) {
    case 0:
      return {{draw.one_of("hosts", hosts)}, hosts, hosts, {}};  // all links of one host
    case 1:
      return {{}, draw.part_of("from", hosts), draw.part_of("to", hosts), {}};  // some directed links
    default:
      return {{}, hosts, hosts, {}};
  }
}

Scope place(FaultKind kind, const Draws& draw, const Menu& menu) {
  const Names& hosts = hosts_for(kind, menu);
  switch (info(kind).aim) {
    case Aim::some_hosts:
      return {draw.some_of("hosts", hosts), {}, {}, {}};
    case Aim::one_host:
      return {{draw.one_of("hosts", hosts)}, {}, {}, {}};
    case Aim::together:
      return {victims(draw, hosts, menu), {}, {}, {}};
    case Aim::links:
      return links(draw, hosts);
    case Aim::all_links:
      return {{}, hosts, hosts, {}};
    case Aim::nowhere:
      break;
  }
  return {};
}

void stretch(Window& window, const Draws& draw, const Menu& menu) {
  const FaultKind kind = kind_of(window.fault);
  const bool down = info(kind).dose == Dose::brief;
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

void serve_forks(Brewer& brewer, FaultKind kind, const Menu& menu) {
  for (const ForkOnMenu& fork : menu.forks) {
    for (const std::string& way : fork.ways) {
      const auto name_it = [&](Window& window) {
        std::get<ForkTaken>(window.fault).fork = fork.fork;
        std::get<ForkTaken>(window.fault).way = way;
      };
      brewer.serve(kind, "fork/" + fork.fork + "/" + way, name_it, fork.is_point);
    }
  }
}

}  // namespace

std::map<std::string, std::string> turned_knobs(const Choices& choices, const Menu& menu) {
  std::map<std::string, std::string> knobs;
  for (const KnobOnMenu& knob : menu.knobs) {
    const Draws draw(choices, "swarm/knob/" + knob.name, 0);
    if (knob.values.empty() || !draw.chance("at all", kKnobTurned)) continue;
    knobs.emplace(knob.name, draw.one_of("value", knob.values));
  }
  return knobs;
}

Plan swarm(const Choices& choices, const Menu& menu) {
  Plan plan;
  plan.heal_at = menu.storm;
  if (Draws(choices, "swarm/calm", 0).chance("calm", kCalm)) return plan;
  Brewer brewer(choices, menu);
  for (const KindInfo& row : kinds()) {
    if (!is_allowed(row.kind, menu)) continue;
    if (row.subject == Subject::forks) {
      serve_forks(brewer, row.kind, menu);
      continue;
    }
    if (hosts_for(row.kind, menu).size() < row.hosts_least) continue;
    brewer.serve(row.kind, std::string(row.name), [](Window&) {});
    if (row.kind == FaultKind::clock_offset && !menu.midnights.empty()) {
      brewer.serve(row.kind, "midnight", [&](Window& window) { move_to_midnight(window, choices, menu); });
    }
  }
  plan.windows = brewer.windows();
  if (is_allowed(FaultKind::host_outage, menu)) leave_for_ever(plan, choices, menu);
  plan.knobs = turned_knobs(choices, menu);
  return plan;
}

}  // namespace ordeal::faults
