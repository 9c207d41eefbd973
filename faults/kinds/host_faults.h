// What can go wrong with a host, with its clocks, and at the forks of whoever lives on it. The rules of fault.h hold.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "faults/kinds/parameter.h"
#include "faults/kinds/question.h"

namespace ordeal::faults {

// "never": a restart that does not come, a window that heal does not end.
inline constexpr Duration kNever = Duration::max();

// Places of a service's life, and of its disk, at which its host may crash. A set of them.
struct CrashPoints {
  enum Point : std::uint8_t {
    before_commit = 1,
    after_commit = 2,
    before_send = 4,
    after_send = 8,
    before_handle = 16,
    before_sync = 32,
    after_sync = 64,
  };
  std::uint8_t set = before_commit | after_commit | before_send | after_send | before_handle;
  constexpr bool has(Point point) const { return (set & point) != 0; }
  constexpr bool operator==(const CrashPoints&) const = default;
};

// ---- hosts ----

// Power loss, an out-of-memory kill, a deployment at the wrong moment. `rate`: at each of the points `at`.
// Restarts after a time in [restart_after_min, restart_after_max]; min kNever: not before heal.
struct HostCrash {
  Ratio rate{};
  CrashPoints at{};
  Duration restart_after_min{1'000'000'000};
  Duration restart_after_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance at each of the points"}, self.rate);
    visit(Parameter{.key = "at",
                    .says = "the points of a service's life, and of its disk, at which the host may crash"},
          self.at);
    visit(Parameter{.key = "restart_after_min",
                    .says = "the shortest time until it is up again",
                    .may_be_never = true,
                    .not_above = "restart_after_max"},
          self.restart_after_min);
    visit(Parameter{.key = "restart_after_max",
                    .says = "the longest time until it is up again",
                    .may_be_never = true,
                    .draw = {.limit = Draw::Limit::downtime}},
          self.restart_after_max);
  }
  // Of the two questions that its kind answers, those at which these points lie.
  constexpr bool answers(Question question) const {
    constexpr int kAtDisk = CrashPoints::before_sync | CrashPoints::after_sync;
    const int wanted = question == Question::disk ? at.set & kAtDisk : at.set & ~kAtDisk;
    return wanted != 0;
  }
  bool operator==(const HostCrash&) const = default;
};

// A garbage collector, a live migration, a swapping machine: nothing on the host runs, then all goes on.
// `rate`: at each step.
struct HostFreeze {
  Ratio rate{};
  Duration for_min{100'000'000};
  Duration for_max{30'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate",
                    .says = "the chance at each step of a host in scope: a handler starts, a message leaves, "
                            "a transaction commits"},
          self.rate);
    visit(
        Parameter{
            .key = "for_min", .says = "the shortest freeze", .may_be_never = true, .not_above = "for_max"},
        self.for_min);
    visit(Parameter{.key = "for_max",
                    .says = "the longest freeze",
                    .may_be_never = true,
                    .draw = {.limit = Draw::Limit::downtime}},
          self.for_max);
  }
  bool operator==(const HostFreeze&) const = default;
};

// A machine that is down over the whole window: a failed power supply, a data centre without cooling.
struct HostOutage {
  static void fields(auto&, auto&&) {}
  bool operator==(const HostOutage&) const = default;
};

// A program that dies soon after it came up, again and again: at the window's start its host crashes, comes back
// after restart_after, lives for up to up_for_max, crashes again: `times` crashes in all, as long as the window lasts.
struct CrashLoop {
  std::int64_t times = 3;
  Duration up_for_max{5'000'000'000};
  Duration restart_after{10'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "times", .says = "how many crashes", .least = 1}, self.times);
    visit(Parameter{.key = "up_for_max",
                    .says = "how long it lives between two crashes at the most",
                    .draw = {.limit = Draw::Limit::most,
                             .least = kMillisecond,
                             .most = kSecond * 60,
                             .lane = "up for"}},
          self.up_for_max);
    visit(
        Parameter{
            .key = "restart_after",
            .says = "the time until it is up again",
            .draw = {.limit = Draw::Limit::downtime, .least = kMillisecond * 100, .most = kSecond * 60}},
        self.restart_after);
  }
  bool operator==(const CrashLoop&) const = default;
};

// A power rail, a bad rollout: all hosts in scope crash in the same instant, the window's start. Each comes back by
// itself, after a time in [restart_after_min, restart_after_max].
struct HostKill {
  Duration restart_after_min{1'000'000'000};
  Duration restart_after_max{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "restart_after_min",
                    .says = "the shortest time until it is up again",
                    .not_above = "restart_after_max"},
          self.restart_after_min);
    visit(Parameter{.key = "restart_after_max",
                    .says = "the longest time until it is up again",
                    .draw = {.limit = Draw::Limit::downtime, .least = kMillisecond * 100}},
          self.restart_after_max);
  }
  bool operator==(const HostKill&) const = default;
};

// A throttled or overcommitted processor. `rate`: each step (a handler starts, a message is sent, a commit) takes up
// to extra_max longer; other work of the host goes on meanwhile.
struct HostSlow {
  Ratio rate{};
  Duration extra_max{1'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate",
                    .says = "the chance at each step of a host in scope: a handler starts, a message leaves, "
                            "a transaction commits"},
          self.rate);
    visit(Parameter{.key = "extra_max",
                    .says = "how much longer a step takes at the most",
                    .draw = {.limit = Draw::Limit::delay, .least = kMillisecond, .most = kSecond * 10}},
          self.extra_max);
  }
  bool operator==(const HostSlow&) const = default;
};

// ---- clocks: of every host in scope, over the window. Several at once add up ----

// A wall clock that is wrong by `by` (negative: behind) until the window ends; then it jumps back to the
// truth.
struct ClockOffset {
  Duration by{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "by",
                    .says = "how far ahead of the truth; negative: behind",
                    .may_be_negative = true,
                    .draw = {.limit = Draw::Limit::clock_error, .least = kMillisecond, .lane = "by"}},
          self.by);
  }
  static constexpr ClockOffset slight() { return {kSecond}; }
  bool operator==(const ClockOffset&) const = default;
};

// A quartz that is off by `ppb` parts per billion (negative: slow). Both clocks of the host drift.
struct ClockDrift {
  std::int64_t ppb = 0;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "ppb", .says = "parts per billion too fast; negative: too slow"}, self.ppb);
  }
  static constexpr ClockDrift slight() { return {50'000}; }
  bool operator==(const ClockDrift&) const = default;
};

// An operator or a wild time server sets the wall clock at the window's start; nobody corrects it before
// heal.
struct ClockStep {
  Duration by{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "by",
                    .says = "how far it jumps ahead; negative: back",
                    .may_be_negative = true,
                    .draw = {.limit = Draw::Limit::clock_error, .least = kSecond, .lane = "by"}},
          self.by);
  }
  static constexpr ClockStep slight() { return {kSecond}; }
  bool operator==(const ClockStep&) const = default;
};

// A virtual machine whose wall clock stands still; the monotonic one goes on.
struct ClockFreeze {
  static void fields(auto&, auto&&) {}
  bool operator==(const ClockFreeze&) const = default;
};

// ---- forks ----

// A party, or code with a named fork, takes a named way that is not the ordinary one: fork "alipay.callback",
// way "twice".
struct ForkTaken {
  std::string fork;
  std::string way;
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "fork",
                    .says = "the name of the fork (ordeal list points, and the forks of parties)"},
          self.fork);
    visit(Parameter{.key = "way", .says = "the way that is taken instead of the ordinary one"}, self.way);
    visit(Parameter{.key = "rate", .says = "the chance each time somebody stands there"}, self.rate);
  }
  bool operator==(const ForkTaken&) const = default;
};

}  // namespace ordeal::faults
