// F-89: a request key is looked up, and what it stands for is not compared: `if (done.containsKey(key)) return done.get(key)`. A
// client that uses its key for another basket, by mistake or on purpose, is told of the first order as if it were the one that
// it asks for (I-01). Stripe, Formance and TigerBeetle keep a digest of the request, and answer "conflict".
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class KeyAloneGuard final : public order::SubmitGuard {
 public:
  void submit(env::Database& db, const api::PlaceOrder& request, std::uint64_t fingerprint,
              const Place& place) override {
    db.transact("order.place", [&](env::Tx& tx) {
      auto earlier = order::find_submission(tx, request, fingerprint);
      if (earlier) earlier->conflict = false;
      place(tx, earlier);
    });
  }
  void record(env::Tx& tx, const api::PlaceOrder& request, std::uint64_t fingerprint,
              OrderId order) override {
    guard_->record(tx, request, fingerprint, order);
  }

 private:
  std::unique_ptr<order::SubmitGuard> guard_ = order::make_submit_guard("request_key");
};

}  // namespace

std::unique_ptr<order::SubmitGuard> make_key_alone_guard() { return std::make_unique<KeyAloneGuard>(); }

}  // namespace ordeal::purchase::planted
