#include "core/order/giving_up.h"

namespace ordeal::order {
namespace {

class ItsColumns final : public GivingUp {
 public:
  bool note(env::Tx& tx, const OrderRow& seen, Instant at, Instant due_at) override {
    return give_up(tx, seen.id, at, due_at);
  }
};

}  // namespace

std::unique_ptr<GivingUp> make_giving_up(std::string_view name) {
  return name == "its_columns" ? std::make_unique<ItsColumns>() : nullptr;
}

}  // namespace ordeal::order
