#include "core/order/deduction.h"

namespace ordeal::order {
namespace {

class AtOrder final : public Deduction {
 public:
  Had when_ordered(const Take& take) override { return take(); }
  Had when_paid(const Take&) override { return Had::yes; }
};

class AtCart final : public Deduction {
 public:
  Had when_ordered(const Take& take) override { return take(); }
  Had when_paid(const Take&) override { return Had::yes; }
  bool has_carts_stock() const override { return true; }
};

class AtPayment final : public Deduction {
 public:
  Had when_ordered(const Take&) override { return Had::yes; }
  Had when_paid(const Take& take) override { return take(); }
};

}  // namespace

std::unique_ptr<Deduction> make_deduction(std::string_view name) {
  if (name == "at_order") return std::make_unique<AtOrder>();
  if (name == "at_payment") return std::make_unique<AtPayment>();
  if (name == "at_cart") return std::make_unique<AtCart>();
  return nullptr;
}

}  // namespace ordeal::order
