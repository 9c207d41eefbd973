// Seam clearing::Trigger: what makes a line due for settlement (A21).
//
// Contract: a line is due when it was picked up and its hold is over, never before; one that was not picked up, or that all went back of, is
// never due. It is asked in the transaction that picks a line up or cancels it.
#pragma once

#include <memory>
#include <string_view>

#include "core/api/settlement.h"
#include "core/env/database.h"

namespace ordeal::clearing {

class Trigger {
 public:
  virtual ~Trigger() = default;
  // A line of this trade was picked up or cancelled just now; what was picked up now is held until then.
  virtual void moved(env::Tx& tx, TradeId trade, Instant held_until) = 0;
};

// "each_line": each by itself. "whole_trade": all together, when none of the trade is still waiting at the pick-up point. Null for an unknown
// name.
std::unique_ptr<Trigger> make_trigger(std::string_view name);

}  // namespace ordeal::clearing
