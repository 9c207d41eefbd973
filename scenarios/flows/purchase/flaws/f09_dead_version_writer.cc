// F-09: `update orders set status = ?, version = version = 1 where …`: the second equals sign compares, so the version becomes the
// answer to "is it 1?" and stays 1 for ever. Who read the order an hour ago has the right version still, and writes over what
// happened since (I-05). A35 of the founding documents has this very statement.
#include "core/api/facts.h"
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class DeadVersionWriter final : public order::StatusWriter {
 public:
  bool move(env::Tx& tx, const order::OrderRow& seen, const order::Move& move) override {
    if (tx.exec(kSetState, move.to, move.close_at, move.paid_attempt, seen.id, seen.version) == 0)
      return false;
    tx.fact(env::Message::of(api::facts::OrderMoved{seen.id, seen.state, move.to, kTheAnswer, move.at}));
    return true;
  }

 private:
  static constexpr std::int64_t kTheAnswer = 1;  // to "is the version 1?"
  static constexpr env::Sql kSetState{
      "update orders set state = ?1, version = version = 1, close_at = coalesce(?2, close_at), due_at = ?2, "
      "paid_attempt = ?3 where id = ?4 and version = ?5"};
};

}  // namespace

std::unique_ptr<order::StatusWriter> make_dead_version_writer() {
  return std::make_unique<DeadVersionWriter>();
}

}  // namespace ordeal::purchase::planted
