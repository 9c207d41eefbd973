// Pricer: what a basket costs, by the list alone (core/catalog) or, where there are promotions, by the rules that are in
// force (core/pricing) and what is left to be used (the promotion service). A quote and the order that is made of it are
// priced in the same way, at two times: what changed in between is refused with the price of now (I-20, A40, C9).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/api/order.h"
#include "core/api/promotion.h"
#include "core/env/env.h"
#include "core/pricing/quote.h"
#include "core/pricing/rulebook.h"

namespace ordeal::order {

// Rules in force from a time on, until the next begin.
struct Campaign {
  Instant from{};
  pricing::Rulebook book;
};

struct Promotions {
  std::vector<Campaign> campaigns{};         // by their beginnings, the first of them in force from ever
  Duration look_deadline = {1'000'000'000};  // of the question to promotion what is left
  Duration hold_deadline = {1'000'000'000};  // of taking it
};

struct Priced {
  Money total{};
  std::vector<Money> unit{};              // list price, one a line
  MerchantId merchant{};                  // who sells all of it
  std::optional<pricing::Quote> quote{};  // where there are promotions
};

class Pricer {
 public:
  // No promotions: the list alone.
  Pricer(env::Env& env, const std::optional<Promotions>& promotions) : env_(env), promotions_(promotions) {}

  bool has_promotions() const { return promotions_.has_value(); }
  // What is left of what the buyer wants to use; none: there was no answer, and nothing happened.
  std::optional<api::Offers> look(UserId user, const api::Discounts& wanted) const;
  // Of merged lines; none when no order can be made of them.
  std::optional<Priced> price(env::Connection& connection, std::span<const api::Line> lines,
                              const api::Discounts& wanted, const api::Offers& offers) const;

 private:
  const pricing::Rulebook& book_now() const;

  env::Env& env_;
  const std::optional<Promotions>& promotions_;
};

}  // namespace ordeal::order
