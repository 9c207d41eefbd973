// What is paid is not closed any more: that was the complaint, so that is what the condition says.
#include "core/api/facts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class PaidIsPaid final : public order::StatusWriter {
 public:
  bool move(env::Tx& tx, const order::OrderRow& seen, const order::Move& move) override {
    const auto moved =
        tx.exec(kSetState, move.to, move.close_at, move.paid_attempt, seen.id, api::OrderState::paid);
    if (moved == 0) return false;
    tx.fact(
        env::Message::of(api::facts::OrderMoved{seen.id, seen.state, move.to, seen.version + 1, move.at}));
    return true;
  }

 private:
  static constexpr env::Sql kSetState{
      "update orders set state = ?1, version = version + 1, close_at = coalesce(?2, close_at), "
      "due_at = ?2, paid_attempt = ?3 where id = ?4 and state <> ?5"};
};

}  // namespace

std::unique_ptr<order::StatusWriter> make_blind_status_writer() { return std::make_unique<PaidIsPaid>(); }

}  // namespace ordeal::purchase::planted
