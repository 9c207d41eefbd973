#include "core/promotion/holder.h"

#include "core/promotion/holdings.h"

namespace ordeal::promotion {
namespace {

using api::HoldStatus;

// What was taken of a request so far, in the order in which it is taken.
struct Taken {
  std::size_t coupons = 0;
  bool points = false;
  std::size_t units = 0;
};

bool take_all(env::Tx& tx, const api::HoldDiscounts& wanted, Taken& taken) {
  for (; taken.coupons < wanted.coupons.size(); ++taken.coupons) {
    if (!take_coupon(tx, wanted.coupons[taken.coupons], wanted.user, wanted.order)) return false;
  }
  if (wanted.points > 0) {
    if (!take_points(tx, wanted.user, wanted.points)) return false;
    taken.points = true;
  }
  for (; taken.units < wanted.units.size(); ++taken.units) {
    if (!take_units(tx, wanted.units[taken.units])) return false;
  }
  return true;
}

class Conditional final : public Holder {
 public:
  HoldStatus hold(env::Database& db, const api::HoldDiscounts& wanted) override {
    return env::in_transaction(db, "promotion.hold", [&](env::Tx& tx) {
      if (const auto earlier = earlier_answer(tx, wanted.order)) return *earlier;
      Taken taken;
      if (take_all(tx, wanted, taken)) {
        promotion::hold(tx, wanted);
        return HoldStatus::held;
      }
      // This transaction commits: what it took so far has to go back within it (F-25, F-96).
      while (taken.units-- > 0) put_back_units(tx, wanted.units[taken.units]);
      if (taken.points) put_back_points(tx, wanted.user, wanted.points);
      while (taken.coupons-- > 0) put_back_coupon(tx, wanted.coupons[taken.coupons], wanted.order);
      return HoldStatus::gone;
    });
  }
};

}  // namespace

std::unique_ptr<Holder> make_holder(std::string_view name) {
  return name == "conditional" ? std::make_unique<Conditional>() : nullptr;
}

}  // namespace ordeal::promotion
