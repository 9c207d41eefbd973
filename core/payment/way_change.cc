#include "core/payment/way_change.h"

namespace ordeal::payment {
namespace {

class ClosesFirst final : public WayChange {
 public:
  Opening change(Desk& desk, const Opening& occupied, const api::StartPayment&, const Open& open) override {
    return desk.close(*occupied.attempt) == Standing::closed ? open() : occupied;
  }
};

}  // namespace

std::unique_ptr<WayChange> make_way_change(std::string_view name) {
  return name == "closes_first" ? std::make_unique<ClosesFirst>() : nullptr;
}

}  // namespace ordeal::payment
