// What can go wrong with messages between hosts. The rules of fault.h hold. `rate`: the chance of each message in scope,
// requests and replies alike unless said otherwise.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "faults/kinds/parameter.h"

namespace ordeal::faults {

// A dropped packet that nobody sends again; a queue that overflowed.
struct MessageLoss {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each message in scope"}, self.rate);
  }
  bool operator==(const MessageLoss&) const = default;
};

// A sender or a proxy that retried although the first attempt got through. The copy comes up to
// copy_after_max later.
struct MessageDuplicate {
  Ratio rate{};
  Duration copy_after_max{1'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each message in scope"}, self.rate);
    visit(Parameter{.key = "copy_after_max",
                    .says = "how long after the first the copy comes at the most",
                    .draw = {.limit = Draw::Limit::delay}},
          self.copy_after_max);
  }
  bool operator==(const MessageDuplicate&) const = default;
};

// A congested link, a full receive queue: up to extra_max above the ordinary delay, often beyond deadlines.
struct MessageDelay {
  Ratio rate{};
  Duration extra_max{10'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each message in scope"}, self.rate);
    visit(Parameter{.key = "extra_max",
                    .says = "how much longer than usual a message takes at the most",
                    .draw = {.limit = Draw::Limit::delay}},
          self.extra_max);
  }
  bool operator==(const MessageDelay&) const = default;
};

// Several connections or paths between two hosts: messages overtake each other by up to extra_max, none is
// late for its deadline.
struct MessageReorder {
  Ratio rate{};
  Duration extra_max{20'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each message in scope"}, self.rate);
    visit(Parameter{.key = "extra_max",
                    .says = "how much longer than usual a message takes at the most",
                    .draw = {.limit = Draw::Limit::delay, .most = kMillisecond * 100}},
          self.extra_max);
  }
  bool operator==(const MessageReorder&) const = default;
};

// The request was carried out, its answer is lost: the caller sees a timeout for something that happened.
struct ReplyLoss {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each reply in scope"}, self.rate);
  }
  bool operator==(const ReplyLoss&) const = default;
};

// A load balancer or a firewall that forgets connections: a request comes back at once as unreachable, a
// reply is lost.
struct ConnectionReset {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each message in scope"}, self.rate);
  }
  bool operator==(const ConnectionReset&) const = default;
};

// A switch or a routing table gone wrong: nothing passes between `side` and all other hosts. One name
// isolates that host.
struct Partition {
  enum class Cut : std::uint8_t {
    both,
    leaving,
    entering
  };  // leaving: what the side sends is lost, the rest passes
  std::vector<std::string> side;
  Cut cut = Cut::both;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "side", .says = "the hosts on one side of the cut"}, self.side);
    visit(Parameter{.key = "cut",
                    .says =
                        "what is lost: both ways, or only what the side sends (leaving) or gets (entering)"},
          self.cut);
  }
  bool operator==(const Partition&) const = default;
};

// A buffer that nobody empties, a route that comes back: what is sent over the links in scope is kept and let
// go when the window ends, or at heal at the latest; so it is late, and nothing is lost.
struct MessageHold {
  enum class Release : std::uint8_t { in_order, reversed };
  Release release = Release::in_order;
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "release", .says = "the order in which what was held arrives"}, self.release);
  }
  bool operator==(const MessageHold&) const = default;
};

// Delay with a heavy tail: above `typical` half of the messages are below twice as late, a quarter below four
// times, and so on (a Pareto distribution with exponent 1, in steps), never later than `longest`. Retransmissions
// with a growing time-out look like this.
struct MessageTail {
  Ratio rate{};
  Duration typical{10'000'000};
  Duration longest{60'000'000'000};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each message in scope"}, self.rate);
    visit(
        Parameter{
            .key = "typical",
            .says = "half of the messages are late by less than twice this",
            .not_above = "longest",
            .draw = {.limit = Draw::Limit::most, .least = kMillisecond, .most = kSecond, .lane = "typical"}},
        self.typical);
    visit(Parameter{.key = "longest",
                    .says = "how late a message is at the most",
                    .draw = {.limit = Draw::Limit::delay, .least = kMillisecond * 100}},
          self.longest);
  }
  bool operator==(const MessageTail&) const = default;
};

// A flipped bit that the sums of Ethernet and TCP let through (Stone and Partridge, "When the CRC and TCP checksum
// disagree", SIGCOMM 2000). Between services a checksum finds it: the message is lost and counted as detected. Text
// that leaves or enters through a border proxy (sim::Options::open_paths) arrives damaged: only its signature can
// tell.
struct MessageCorruption {
  Ratio rate{};
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "rate", .says = "the chance of each message in scope"}, self.rate);
  }
  bool operator==(const MessageCorruption&) const = default;
};

}  // namespace ordeal::faults
