// What a piece of work stems from: a root ("shopper-12/checkout-3", "job:close-orders@…") and the hops since,
// as in a trace context. Fibers carry a cause, messages and timers copy it, tables store it as
// env::TraceContext.
//
// A cause is its hash: hash(root name) folded with the name of every hop. Equal paths are one cause, and a
// path read from a repro file leads to the same sites again. A site prints as a path a person can read:
//   shopper-12/checkout-3 › order.place › inventory.reserve › send reply
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include <tsl/robin_map.h>

#include "core/env/tasks.h"
#include "sim/choice.h"

namespace ordeal::sim {

using env::TraceContext;

inline constexpr std::string_view kHopSeparator = " › ";

// The site of doing `what` under `cause`. `what` says the business role: "send order.place", "commit
// order.close".
inline SiteId site_of(TraceContext cause, std::string_view what) {
  return {Digest(static_cast<std::uint64_t>(cause.id)).add(what).value()};
}

// The site that a printed path names.
SiteId site_of_path(std::string_view path);

class Causes {
 public:
  TraceContext root(std::string_view name);
  TraceContext hop(TraceContext from, std::string_view name);

  // "root › hop › hop". A context this trial never saw prints as its number.
  std::string path(TraceContext cause) const;
  std::string root_name(TraceContext cause) const;
  // What `cause` stems from in the end; a context this trial never saw is its own root.
  TraceContext root_of(TraceContext cause) const;
  std::string site_path(TraceContext cause, std::string_view what) const;

 private:
  struct Node {
    std::int64_t parent;
    std::string_view name;
  };
  struct Same {
    std::size_t operator()(std::int64_t value) const { return static_cast<std::size_t>(value); }
  };

  TraceContext remember(std::uint64_t hash, TraceContext parent, std::string_view name);
  std::string_view keep(std::string_view name);

  tsl::robin_map<std::int64_t, Node, Same> nodes_;
  std::deque<std::string> blocks_;  // names, packed; addresses stay
};

}  // namespace ordeal::sim
