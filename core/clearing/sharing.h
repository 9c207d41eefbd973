// Seam clearing::Sharing: who gets how much of what was paid for a line (C29), and who gives back how much of a refund.
//
// Contract: the shares are of the rule that the trade was recorded under, they add up to what was paid, to the last minor unit, and to
// others than the merchant goes no more than the rule says (I-84). After a refund everybody has what he would have, had the buyer paid that
// much less from the beginning (I-85).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/api/settlement.h"

namespace ordeal::clearing {

struct Shares {
  std::int64_t merchant = 0;
  std::int64_t platform = 0;
  std::int64_t leader = 0;
  std::int64_t sum() const { return merchant + platform + leader; }
};
Shares operator-(const Shares& a, const Shares& b);

class Sharing {
 public:
  virtual ~Sharing() = default;
  virtual Shares of_sale(const api::RuleTerms& terms, std::int64_t paid) const = 0;
  // What a refund takes from each, below zero, when `before` was left of the line and `after` is.
  virtual Shares of_refund(const api::RuleTerms& terms, std::int64_t before, std::int64_t after) const = 0;
};

// The fee less the rebate, and the commission, are rounded down; the merchant has the rest.
Shares rounded_down(const api::RuleTerms& terms, std::int64_t paid);
// To others than the merchant at most 30 % of what was paid (api::kMostToOthers); nothing is below zero.
bool good_terms(const api::RuleTerms& terms);

// "rounded_down". Null for an unknown name.
std::unique_ptr<Sharing> make_sharing(std::string_view name);

}  // namespace ordeal::clearing
