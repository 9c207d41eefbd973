// Counts: what the cache knows of a flash sale, in advance of the database. Asked first and never believed: a "yes" is decided by the
// database, a "no" is looked up there before somebody is sent away for it.
//
//   seckill:ACTIVITY:EPOCH:COURSE   what may still be asked for; written only where none is (a reload never raises it, I-26)
//   seckill-taken:GRAB              this grab has been counted
//   seckill-token:GRAB              the submit token of its confirm page, or who claimed it; lives kTokenLife (E17)
//
// After a cache that did not answer it is left in peace for a while; callers then do without.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/env/env.h"
#include "core/seckill/seats.h"

namespace ordeal::seckill {

inline constexpr Duration kTokenLife{900'000'000'000};   // 15 minutes, as document E has it
inline constexpr Duration kMarkLife{7'200'000'000'000};  // longer than a pre-order and its order live
inline constexpr Duration kPeace{5'000'000'000};

std::string count_key(const Activity& activity, CourseId course);
std::string mark_key(GrabId grab);

class Counts {
 public:
  enum class Word : std::uint8_t { yes, none_left, no_count, silent };

  explicit Counts(env::Env& env) : env_(env) {}

  Word take(const Activity& activity, const Grab& grab);
  void give_back(const Activity& activity, const Seat& seat);
  void throw_away(const Activity& activity, CourseId course);
  // Writes each count that is not there. False when the cache does not answer.
  bool load(const Activity& activity, const std::vector<Course>& courses);

  // Empty when the cache does not answer. The page that is opened again shows the same token.
  std::string token(GrabId grab);
  // Nothing: the cache does not answer.
  std::optional<bool> claim(GrabId grab, const std::string& token);

 private:
  bool in_peace() const { return env_.clock.monotonic_now() < in_peace_until_; }
  template <class T>
  bool heard(const Result<T, env::CacheError>& answer);

  env::Env& env_;
  Duration in_peace_until_{};  // by the monotonic clock
};

}  // namespace ordeal::seckill
