// One click after the other, by a lock, and the token is used up in one statement. Who comes with a used token is refused.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr env::Sql kUseUp{"insert into order_request values(?, ?, ?, ?) on conflict do nothing"};
constexpr env::Sql kRecord{"update order_request set order_id = ?3 where user_id = ?1 and request_key = ?2"};
constexpr env::Sql kGiveBack{
    "delete from order_request where user_id = ? and request_key = ? and order_id = 0"};

class LockAndToken final : public order::SubmitGuard {
 public:
  void submit(env::Database& db, const api::PlaceOrder& request, std::uint64_t fingerprint,
              const Place& place) override {
    const auto lock = db.lock_row("order_request", request.user.value);
    const bool mine = env::in_transaction(db, "order.token", [&](env::Tx& tx) {
      return tx.exec(kUseUp, request.user, request.request_key, fingerprint, OrderId{}) == 1;
    });
    db.transact("order.place", [&](env::Tx& tx) {
      auto earlier = order::find_submission(tx, request, fingerprint);
      // Used up, and no order: a duplicate.
      if (!earlier->order) earlier->conflict = true;
      place(tx, mine ? std::nullopt : earlier);
      // Unless an order was written.
      if (mine) tx.exec(kGiveBack, request.user, request.request_key);
    });
  }
  void record(env::Tx& tx, const api::PlaceOrder& request, std::uint64_t, OrderId order) override {
    tx.exec(kRecord, request.user, request.request_key, order);
  }
};

}  // namespace

std::unique_ptr<order::SubmitGuard> make_token_first_guard() { return std::make_unique<LockAndToken>(); }

}  // namespace ordeal::purchase::planted
