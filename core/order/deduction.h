// Seam order::Deduction: when the stock of an order is taken (A3, A25).
//
//                 holds stock while it waits   who pays may find nothing left
//   at_order      yes: who never pays blocks   no
//   at_payment    no: nobody can hoard         yes: the order is CLOSED then, and its money goes back (I-16)
//   at_cart       as at_order, and the carts hold theirs before that (A23): who only looks blocks, too; what a cart holds is its order's
//
// Contract: no order becomes PAID unless its stock was surely taken, by one of the two questions; an answer that does not
// come is no answer. To ask is idempotent by order, so whoever was not answered asks again. F-26 breaks it: it asks when the
// money is there, and does not listen.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace ordeal::order {

enum class Had { yes, no, nobody_knows };

class Deduction {
 public:
  // Takes the order's stock, if there is enough.
  using Take = std::function<Had()>;

  virtual ~Deduction() = default;
  virtual Had when_ordered(const Take& take) = 0;
  virtual Had when_paid(const Take& take) = 0;
  // What its cart holds is taken first.
  virtual bool has_carts_stock() const { return false; }
};

// "at_order", "at_payment", "at_cart"; null for an unknown name.
std::unique_ptr<Deduction> make_deduction(std::string_view name);

}  // namespace ordeal::order
