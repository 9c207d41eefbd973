// Seam seckill::WinnerTerms: until when a winner keeps a unit that he has not confirmed (I-15).
//
// Contract: there is such a time. F-27 has none before the formal order.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace ordeal::seckill {

class WinnerTerms {
 public:
  virtual ~WinnerTerms() = default;
  // `within`: as the sale has it.
  virtual std::optional<Instant> confirm_by(Instant won_at, Duration within, Instant ends_at) = 0;
};

// "from_winning"  `within` from the moment of winning
// "while_open"    the same, but not beyond the end of the sale; at least a minute
// Null for an unknown name.
std::unique_ptr<WinnerTerms> make_winner_terms(std::string_view name);

}  // namespace ordeal::seckill
