#include "faults/search/strength.h"

#include <algorithm>
#include <array>

#include "faults/kinds/fields.h"

namespace ordeal::faults {
namespace {

constexpr Ratio kSlight{1, 300};

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

// How far below the longest a duration may be drawn: shorter ones pass unnoticed.
constexpr std::int64_t kSpan = 200;

Duration limit_of(Draw::Limit limit, const Menu& menu) {
  switch (limit) {
    case Draw::Limit::delay:
      return menu.max_delay;
    case Draw::Limit::downtime:
      return menu.max_downtime;
    case Draw::Limit::clock_error:
      return menu.max_clock_error;
    case Draw::Limit::fixed:
    case Draw::Limit::most:
      break;
  }
  return Duration::max();
}

Duration drawn(const Parameter& parameter, const Draws& draw, const Menu& menu) {
  const Duration longest = std::min(parameter.draw.most, limit_of(parameter.draw.limit, menu));
  const Duration least = parameter.draw.least > Duration{} ? parameter.draw.least : longest / kSpan;
  const Duration value = draw.magnitude(parameter.draw.lane, least, longest);
  return parameter.may_be_negative ? draw.either_way(value) : value;
}

// Upper ends before lower ones: those depend on them.
template <class F>
void draw_times(F& fault, const Draws& draw, const Menu& menu) {
  const auto each = [&](bool lower, auto take) {
    F::fields(fault, [&](const Parameter& parameter, auto& value) {
      if constexpr (kIsTime<decltype(value)>) {
        if (parameter.not_above.empty() != lower) take(parameter, value);
      }
    });
  };
  each(false, [&](const Parameter& parameter, Duration& value) {
    if (parameter.draw.limit != Draw::Limit::fixed) value = drawn(parameter, draw, menu);
  });
  each(true, [&](Parameter parameter, Duration& value) {
    const Duration upper = time_named(fault, parameter.not_above);
    if (parameter.draw.limit == Draw::Limit::fixed) {
      value = upper / 10;
    } else {
      parameter.draw.most = std::min(parameter.draw.most, upper);
      value = drawn(parameter, draw, menu);
    }
  });
}

CrashPoints crash_points(const Draws& draw) {
  if (draw.chance("all points", {1, 2})) return {};
  const auto set = static_cast<std::uint8_t>(1 + draw.below("points", 127));
  return {set};
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

// What is no question of more or less.
struct Shape {
  const Draws& draw;
  const Menu& menu;

  void operator()(HostCrash& crash) const { crash.at = crash_points(draw); }
  void operator()(ClockDrift& drift) const {
    drift.ppb = draw.either_way(draw.magnitude("by", {100}, {menu.max_drift_ppb}).ns);
  }
  void operator()(DiskCrashOutcome& outcome) const {
    const CrashOutcome& row = kOutcomes[draw.below("outcome", kOutcomes.size())];
    outcome = {row.kept, row.torn, row.names_kept};
  }
  void operator()(MessageHold& hold) const {
    if (draw.chance("reversed", {1, 2})) hold.release = MessageHold::Release::reversed;
  }
  void operator()(CrashLoop& loop) const {
    loop.times = static_cast<std::int64_t>(2 + draw.below("times", 6));
  }
  void operator()(HostKill& kill) const {
    if (draw.chance("back together", {1, 2})) kill.restart_after_min = kill.restart_after_max;
  }
  void operator()(Partition& partition) const {
    constexpr std::array kCuts{Partition::Cut::both, Partition::Cut::both, Partition::Cut::leaving,
                               Partition::Cut::entering};
    partition.side = side_of(draw, menu);
    partition.cut = kCuts[draw.below("cut", kCuts.size())];
  }
  template <class Other>
  void operator()(Other&) const {}
};

}  // namespace

Fault strength(FaultKind kind, const Draws& draw, const Menu& menu) {
  Fault fault = make(kind);
  std::visit(
      [&](auto& f) {
        if constexpr (requires { f.rate; }) f.rate = draw.rate(kind, menu.max_rate);
        draw_times(f, draw, menu);
      },
      fault);
  std::visit(Shape{draw, menu}, fault);
  return fault;
}

Fault slight_strength(FaultKind kind) {
  const Ratio strongest = info(kind).strongest;
  const Ratio rate = strongest.num * kSlight.den < kSlight.num * strongest.den ? strongest : kSlight;
  Fault fault = make(kind);
  std::visit(
      [&](auto& f) {
        if constexpr (requires { f.slight(); }) f = f.slight();
        if constexpr (requires { f.rate; }) f.rate = rate;
      },
      fault);
  return fault;
}

}  // namespace ordeal::faults
