// Limits in front of what cannot take everybody at once: how many at a time (permits), how many in a while (tokens). They are two
// things: a semaphore of 1000 is no "1000 requests a second" (E4). Both are a courtesy to the database and no gate: without a cache
// everybody passes.
//
// Seam limits::Permits. Contract: at most `capacity` hold one at a time as long as nobody holds his longer than the lease; a permit
// comes back when it is released, and also when its holder never does (I-68). F-32 breaks the second half.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/env/cache.h"

namespace ordeal::limits {

struct PermitTerms {
  std::string name;           // of what is guarded
  std::int64_t capacity = 1;  // at least 1
  Duration lease{};           // whole milliseconds, longer than the work
};

struct Permit {
  std::int64_t slot = 0;
  std::string holder;
};

// granted, with a permit; none: all are out; silent: the cache does not answer, or not in time.
enum class Admission : std::uint8_t { granted, none, silent };
struct Admitted {
  Admission admission = Admission::silent;
  Permit permit{};
};

class Permits {
 public:
  virtual ~Permits() = default;
  // `holder` is different for each who asks.
  virtual Admitted acquire(env::Cache& cache, const PermitTerms& terms, std::string holder) = 0;
  // Of what acquire granted, or of what it may have granted when it was silent.
  virtual void release(env::Cache& cache, const PermitTerms& terms, const Permit& permit) = 0;
};

// "leases": a key for each permit, which expires by the cache's clock. Null for an unknown name.
std::unique_ptr<Permits> make_permits(std::string_view name);

struct RateTerms {
  std::string name;
  std::int64_t rate = 0;  // tokens in an interval; 0: no limit
  Duration interval{};
};

// True when a token was there, or the cache is silent.
bool take_token(env::Cache& cache, const RateTerms& terms);

}  // namespace ordeal::limits
