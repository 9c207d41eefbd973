// Seam seckill::SoldOut: what a node remembers of courses that are sold out, so that most of those who come too late cost nothing but
// an answer (D14).
//
// Contract: a node may call a course sold out only if in the last kFlagLife the database had no unit of it (I-19). News of units that
// came back are told to all nodes at most once: they may be lost and may come late, so they only make it faster. `version` is that of
// the course when nothing was there: older news take no flag away, and a flag older than known news is not set.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "core/env/env.h"
#include "core/seckill/seats.h"

namespace ordeal::seckill {

inline constexpr Duration kFlagLife{3'000'000'000};
inline constexpr std::string_view kBackTopic = "seckill-units-back";

class SoldOut {
 public:
  using Of = std::pair<ActivityId, CourseId>;

  virtual ~SoldOut() = default;
  virtual void start(env::Env& env) = 0;
  virtual bool is_set(Of course) = 0;
  // Nothing was there when the database was asked, after `asked_at` of the monotonic clock.
  virtual void set(Of course, std::int64_t version, Duration asked_at) = 0;
  // A unit came back, here.
  virtual void clear(Of course, std::int64_t version) = 0;
};

// "expiring"  a flag lives kFlagLife; returns are told to the other nodes
// "none"      no flags: everybody is looked up
// Null for an unknown name.
std::unique_ptr<SoldOut> make_sold_out(std::string_view name);

// Tells all nodes, at most once: nobody repeats what was not sent, and who is away does not hear it.
void tell_units_are_back(env::Env& env, SoldOut::Of course, std::int64_t version);
void hear_units_are_back(env::Env& env, std::function<void(SoldOut::Of, std::int64_t version)> then);

}  // namespace ordeal::seckill
