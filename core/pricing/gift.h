// What terms give to a bundle, and whether they make sense: two functions for each struct of rules.h. Who adds a kind of
// rule writes the struct, these two, and its line in the oracle of tests/pricing.
#pragma once

#include <cstdint>
#include <optional>

#include "core/pricing/rulebook.h"
#include "core/pricing/rules.h"

namespace ordeal::pricing {

// The lines that a rule is asked about, summed up.
struct Bundle {
  std::int64_t amount = 0;  // minor units that are still to pay, > 0
  // Of the one line; only terms of a unit's price look at them.
  std::int64_t unit = 0;
  std::int64_t units = 0;
  std::int64_t stock = 0;
  // Of the buyer.
  std::int64_t level = 0;
  std::int64_t points = 0;  // not spent yet
};

// Where nothing comes off, nothing is given: neither points nor units are taken then.
struct Gift {
  std::int64_t off = 0;          // minor units, 0 … Bundle::amount
  std::int64_t points = 0;       // spent for it
  std::int64_t promo_units = 0;  // of the rule's counter; a price of a unit alone has any
};

Gift gift_of(const Terms& terms, const Bundle& bundle);

// None where a rulebook of this currency may hold the rule.
std::optional<RuleFault> fault_of(const Rule& rule, Currency currency);

}  // namespace ordeal::pricing
