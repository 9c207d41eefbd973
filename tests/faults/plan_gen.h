// Arbitrary valid plans for RapidCheck.
#pragma once

#include <string>
#include <vector>

#include <rapidcheck.h>

#include "faults/plan/plan.h"

namespace ordeal::faults {

inline std::string arbitrary_name() {
  static const std::vector<std::string> kNames{
      "order", "payment", "shopper-12/checkout-3", "a › b", "\"quoted\"", "数据", "x"};
  return *rc::gen::elementOf(kNames);
}
inline Duration arbitrary_duration(std::int64_t least) {
  return {*rc::gen::inRange<std::int64_t>(least, 86'400'000'000'000)};
}

// Gives every field of a fault or an action a valid value.
struct FillField {
  void operator()(std::string_view name, Duration& field) const {
    field = arbitrary_duration(name == "by" ? -1'000'000'000 : 0);
  }
  void operator()(std::string_view, Ratio& field) const {
    field.den = *rc::gen::inRange<std::int64_t>(2, 100'000);
    field.num = *rc::gen::inRange<std::int64_t>(0, field.den / 2);  // two of them make at most one
  }
  void operator()(std::string_view, std::int64_t& field) const {
    field = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  }
  void operator()(std::string_view, std::string& field) const { field = arbitrary_name(); }
  void operator()(std::string_view, std::vector<std::string>& field) const {
    field.clear();
    for (int n = *rc::gen::inRange(1, 4); n > 0; --n) field.push_back(arbitrary_name());
  }
  void operator()(std::string_view, Partition::Cut& field) const {
    field = static_cast<Partition::Cut>(*rc::gen::inRange(0, 3));
  }
  void operator()(std::string_view, MessageHold::Release& field) const {
    field = static_cast<MessageHold::Release>(*rc::gen::inRange(0, 2));
  }
  void operator()(std::string_view, CrashPoints& field) const {
    field.set = static_cast<std::uint8_t>(*rc::gen::inRange(1, 128));
  }
};

template <class Variant>
void fill(Variant& variant) {
  std::visit([](auto& v) { v.fields(v, FillField{}); }, variant);
}

inline Window arbitrary_window(std::size_t number, FaultKind kind) {
  Window window;
  window.id = "window-" + std::to_string(number);
  window.fault = make(kind);
  fill(window.fault);
  std::visit(
      []<class T>(T& fault) {
        if constexpr (requires { fault.restart_after_min; } && !std::is_same_v<T, HostKill>) {
          fault.restart_after_max = fault.restart_after_min + arbitrary_duration(0);
          if (*rc::gen::inRange(0, 4) == 0) fault.restart_after_min = fault.restart_after_max = kNever;
        }
      },
      window.fault);
  if (auto* freeze = std::get_if<HostFreeze>(&window.fault))
    freeze->for_max = freeze->for_min + arbitrary_duration(0);
  if (auto* kill = std::get_if<HostKill>(&window.fault))
    kill->restart_after_max = kill->restart_after_min + arbitrary_duration(0);
  if (auto* tail = std::get_if<MessageTail>(&window.fault))
    tail->longest = tail->typical + arbitrary_duration(0);
  if (auto* loop = std::get_if<CrashLoop>(&window.fault)) ++loop->times;
  if (auto* rot = std::get_if<DiskRot>(&window.fault)) ++rot->bits_max;
  window.from = arbitrary_duration(0);
  window.until =
      *rc::gen::elementOf(std::vector<Duration>{kUntilHeal, kNever, window.from + arbitrary_duration(1)});
  if (*rc::gen::arbitrary<bool>()) {
    FillField{}("", window.scope.hosts);
    FillField{}("", window.scope.to);
  }
  if (*rc::gen::arbitrary<bool>()) window.scope.file = "*.db";
  return window;
}

inline Window arbitrary_window(std::size_t number) {
  return arbitrary_window(number,
                          static_cast<FaultKind>(*rc::gen::inRange<int>(0, static_cast<int>(kFaultKinds))));
}

inline Strike arbitrary_strike() {
  Strike strike{arbitrary_name() + " › send " + arbitrary_name(), *rc::gen::arbitrary<std::uint32_t>(),
                make_action(*rc::gen::inRange<std::size_t>(0, kActions))};
  fill(strike.action);
  if (auto* crash = std::get_if<act::Crash>(&strike.action); crash != nullptr && *rc::gen::arbitrary<bool>())
    *crash = {};
  return strike;
}

inline Plan arbitrary_plan() {
  Plan plan;
  plan.heal_at = arbitrary_duration(0);
  const auto windows = *rc::gen::inRange<std::size_t>(0, 8);
  for (std::size_t i = 0; i < windows; ++i) plan.windows.push_back(arbitrary_window(i));
  const auto strikes = *rc::gen::inRange<std::size_t>(0, 8);
  for (std::size_t i = 0; i < strikes; ++i) plan.strikes.push_back(arbitrary_strike());
  if (*rc::gen::arbitrary<bool>()) plan.never_returning = {"channel"};
  if (*rc::gen::arbitrary<bool>()) plan.knobs = {{"a.knob", arbitrary_name()}, {"b.knob", "1/64"}};
  return plan;
}

}  // namespace ordeal::faults
