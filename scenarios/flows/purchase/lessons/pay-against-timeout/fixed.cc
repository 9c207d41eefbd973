// The update says which state it moves the order out of: the one that was seen. Whoever comes second changes no row, hears it,
// and has to look again. That is all of compare-and-set.
#include "core/api/facts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class OutOfTheStateThatWasSeen final : public order::StatusWriter {
 public:
  bool move(env::Tx& tx, const order::OrderRow& seen, const order::Move& move) override {
    const auto moved = tx.exec(kSetState, move.to, move.close_at, move.paid_attempt, seen.id, seen.state);
    if (moved == 0) return false;  // somebody was faster
    tx.fact(
        env::Message::of(api::facts::OrderMoved{seen.id, seen.state, move.to, seen.version + 1, move.at}));
    return true;
  }

 private:
  static constexpr env::Sql kSetState{
      "update orders set state = ?1, version = version + 1, close_at = coalesce(?2, close_at), "
      "due_at = ?2, paid_attempt = ?3 where id = ?4 and state = ?5"};
};

}  // namespace

std::unique_ptr<order::StatusWriter> make_blind_status_writer() {
  return std::make_unique<OutOfTheStateThatWasSeen>();
}

}  // namespace ordeal::purchase::planted
