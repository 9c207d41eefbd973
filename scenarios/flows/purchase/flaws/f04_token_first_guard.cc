// F-04: the request's token is looked up in one step, and the order is written in a later one: `if (tokens.get(t) == null)
// create(order)`. Two clicks of one shopper look side by side, neither finds anything, and both make an order (I-01). The
// submit token that is read from a cache and then deleted (`GET token; DEL token; create`) fails in the same way.
//
// A unique index on the token would have stopped the second one; who looks first sees no need for it.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class TokenFirstGuard final : public order::SubmitGuard {
 public:
  void submit(env::Database& db, const api::PlaceOrder& request, std::uint64_t fingerprint,
              const Place& place) override {
    const auto earlier = env::in_read(db, "order.token", [&](env::Connection& c) {
      return order::find_submission(c, request, fingerprint);
    });
    db.transact("order.place", [&](env::Tx& tx) { place(tx, earlier); });
  }
  void record(env::Tx& tx, const api::PlaceOrder& request, std::uint64_t fingerprint,
              OrderId order) override {
    tx.exec(kRemember, request.user, request.request_key, fingerprint, order);
  }

 private:
  static constexpr env::Sql kRemember{
      "insert into order_request(user_id, request_key, fingerprint, order_id) "
      "values(?, ?, ?, ?) on conflict do nothing"};
};

}  // namespace

std::unique_ptr<order::SubmitGuard> make_token_first_guard() { return std::make_unique<TokenFirstGuard>(); }

}  // namespace ordeal::purchase::planted
