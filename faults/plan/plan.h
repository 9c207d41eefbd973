// A fault plan: windows (a fault over a stretch of time, drawn by key) and strikes (one action at one site
// and occurrence), up to `heal_at`. It is a plain value: compare it, print it, store it (plan_json.h), shrink
// it (shrink.h), obey it (plan_hooks.h).
//
// Promises: a window's decisions depend on its id, the seed and the site only, so taking one window away
// leaves the decisions of all others as they were. A strike depends on nothing but its site: it replays what
// a window once did.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "faults/kinds/fault.h"
#include "faults/plan/actions.h"

namespace ordeal::faults {

// Where a window applies. An empty list means everywhere.
struct Scope {
  std::vector<std::string> hosts;  // host faults: these hosts; messages: either end is one of them
  std::vector<std::string> from;   // messages only: sent by one of these
  std::vector<std::string> to;     // messages only: sent to one of these
  std::string file;                // disk faults: a file name, '*' for any run of characters
  static void fields(auto& self, auto&& visit) {
    visit(Parameter{.key = "hosts",
                    .says = "hosts, clocks, disks: of these hosts; messages: either end is one of them",
                    .may_be_blank = true},
          self.hosts);
    visit(Parameter{.key = "from", .says = "messages: sent by one of these", .may_be_blank = true},
          self.from);
    visit(Parameter{.key = "to", .says = "messages: sent to one of these", .may_be_blank = true}, self.to);
    visit(
        Parameter{
            .key = "file", .says = "disks: a file name, * for any run of characters", .may_be_blank = true},
        self.file);
  }
  bool operator==(const Scope&) const = default;
};

// Does `name` match `pattern`, in which '*' stands for any run of characters? An empty pattern matches
// everything.
bool matches(std::string_view pattern, std::string_view name);

// The end of a window that lasts as long as the storm; "heal" in files.
inline constexpr Duration kUntilHeal{INT64_MAX - 1};

struct Window {
  std::string id;  // unique in its plan; the draws are keyed by it
  Fault fault;
  Scope scope;
  Duration from{};              // true time since the trial began
  Duration until = kUntilHeal;  // first moment after it; kNever: heal does not end it either
  bool operator==(const Window&) const = default;
};

struct Strike {
  std::string site;  // as sim::Causes::site_path prints it
  std::uint32_t occurrence = 0;
  Action action;
  bool operator==(const Strike&) const = default;
};
// By site, occurrence, then what it does: for stable files.
bool operator<(const Strike& a, const Strike& b);

// A strike that fired, and the id of the window that decided it; empty when the plan itself named the strike.
struct FiredStrike {
  Strike strike;
  std::string window;
  bool operator==(const FiredStrike&) const = default;
};

struct Plan {
  std::vector<Window> windows;  // asked in this order; the first that strikes wins
  std::vector<Strike> strikes;  // asked before all windows
  Duration heal_at{};           // the end of the storm: nothing starts at or after it
  // Hosts that, once down, stay down, heal or not.
  std::vector<std::string> never_returning;
  // Settings of the world that this trial has otherwise than usual, by name ("database.page_size" → "512"). What
  // names and values there are is the business of whoever builds the world.
  std::map<std::string, std::string> knobs{};
  bool operator==(const Plan&) const = default;
};

// "at shopper-1 › send order.place, time 1: the message is lost".
std::string readable(const Strike& strike);
// "message_loss-1: messages are lost (rate 3/100) from 0s until 30m, hosts order".
std::string readable(const Window& window);
// One line each; "no faults" for an empty plan.
std::string readable(const Plan& plan);

}  // namespace ordeal::faults
