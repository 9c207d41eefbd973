// The signature is verified and the amount is compared with the order's.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Noticed;

class ComparesTheAmount final : public payment::CallbackHandler {
 public:
  Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = channel::decode_notice(body, *account.profile, *account.theirs);
    if (!notice) return Noticed::bad_signature;
    if (!tells_of_payment(*notice)) return Noticed::irrelevant;
    const Noticed noticed = env::in_transaction(db, "payment.callback", [&](env::Tx& tx) {
      const auto id = payment::attempt_of(notice->out_trade_no);
      const auto attempt = id ? attempts.find(tx, *id) : std::nullopt;
      if (!attempt) return Noticed::unknown_trade;
      if (notice->amount != attempt->amount) return Noticed::wrong_amount;
      const bool first = attempts.capture(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
      return first ? Noticed::captured : Noticed::repeated;
    });
    if (noticed == Noticed::captured) attempts.after_commit();
    return noticed;
  }
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_amount_unseen_handler() {
  return std::make_unique<ComparesTheAmount>();
}

}  // namespace ordeal::purchase::planted
