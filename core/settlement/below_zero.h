// Seam settlement::BelowZero: what becomes of a slip on which there is less than nothing, because more came back than was sold (F-63).
//
// Contract: what is paid is never below zero, and what is below zero is not lost: it goes to the next slip of the party (C31).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace ordeal::settlement {

struct Outcome {
  std::int64_t pays = 0;
  std::int64_t left = 0;  // zero or below: the party owes it, and its next slip begins with it
};

class BelowZero {
 public:
  virtual ~BelowZero() = default;
  // `items` stand on the slip, `carry`, zero or below, comes from earlier ones.
  virtual Outcome outcome(std::int64_t items, std::int64_t carry) const = 0;
};

// "carried". Null for an unknown name.
std::unique_ptr<BelowZero> make_below_zero(std::string_view name);

}  // namespace ordeal::settlement
