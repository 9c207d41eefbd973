// F-85: `order = find(id); order.cancelledAt = now; save(order)`. The whole row is written, as it had been read: what others wrote
// in between is gone. A payment that made the order PAID is undone by a cancel that never thought of it (I-04). Seen in mall,
// cancelOrder and confirmReceiveOrder: updateByPrimaryKeySelective(entity).
#include "core/api/facts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr env::Sql kSave{
    "update orders set state = ?2, version = ?3, close_at = ?4, due_at = ?5, cancelled_at = ?6, "
    "paid_attempt = null where id = ?1"};

class WholeRowGivingUp final : public order::GivingUp {
 public:
  bool note(env::Tx& tx, const order::OrderRow& seen, Instant at, Instant due_at) override {
    if (seen.cancelled_at) return false;
    tx.exec(kSave, seen.id, seen.state, seen.version, seen.close_at, due_at, at);
    tx.fact(env::Message::of(api::facts::OrderCancelled{seen.id, at}));
    return true;
  }
};

}  // namespace

std::unique_ptr<order::GivingUp> make_whole_row_giving_up() { return std::make_unique<WholeRowGivingUp>(); }

}  // namespace ordeal::purchase::planted
