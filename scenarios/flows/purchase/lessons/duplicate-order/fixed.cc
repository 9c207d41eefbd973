// The look, the record and the order are one transaction, and the record's primary key is (user, request key). Whoever comes
// second finds what the first one came to, and is told of that order; were the look forgotten, the key would refuse him.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class OneTransaction final : public order::SubmitGuard {
 public:
  void submit(env::Database& db, const api::PlaceOrder& request, std::uint64_t fingerprint,
              const Place& place) override {
    db.transact("order.place", [&](env::Tx& tx) {
      const auto earlier = order::find_submission(tx, request, fingerprint);
      place(tx, earlier);
    });
  }
  void record(env::Tx& tx, const api::PlaceOrder& request, std::uint64_t fingerprint,
              OrderId order) override {
    tx.exec(kRecord, request.user, request.request_key, fingerprint, order);
  }

 private:
  static constexpr env::Sql kRecord{
      "insert into order_request(user_id, request_key, fingerprint, order_id) "
      "values(?, ?, ?, ?)"};
};

}  // namespace

std::unique_ptr<order::SubmitGuard> make_token_first_guard() { return std::make_unique<OneTransaction>(); }

}  // namespace ordeal::purchase::planted
