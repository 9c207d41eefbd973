// F-17: the closing job selects unpaid orders, and then sets their state with no look at it again; so does the payment. Whoever
// writes last wins: a payment in between is overwritten by CLOSED, or the other way round (I-04). Seen in mall:
// cancelTimeOutOrder → updateOrderStatus(ids, 4), without a state in the where.
#include "core/api/facts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class BlindStatusWriter final : public order::StatusWriter {
 public:
  bool move(env::Tx& tx, const order::OrderRow& seen, const order::Move& move) override {
    tx.exec(kSetState, move.to, move.close_at, move.paid_attempt, seen.id);
    tx.fact(
        env::Message::of(api::facts::OrderMoved{seen.id, seen.state, move.to, seen.version + 1, move.at}));
    return true;
  }

 private:
  static constexpr env::Sql kSetState{
      "update orders set state = ?1, version = version + 1, close_at = coalesce(?2, close_at), due_at = ?2, "
      "paid_attempt = ?3 where id = ?4"};
};

}  // namespace

std::unique_ptr<order::StatusWriter> make_blind_status_writer() {
  return std::make_unique<BlindStatusWriter>();
}

}  // namespace ordeal::purchase::planted
