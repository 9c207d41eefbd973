// F-19: the callback's signature is right, so it is believed, whatever it says. Who signs is not what is said: a callback of
// the same channel about another amount, or about a trade of its own, makes an order paid (I-33). Seen in mall, whose Alipay
// notify verifies the signature and never compares total_amount.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Noticed;

class AmountUnseenHandler final : public payment::CallbackHandler {
 public:
  Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = payment::verify_notice(account, body);
    if (!notice) return notice.error();
    if (!tells_of_payment(*notice)) return Noticed::irrelevant;
    const Noticed noticed = env::in_transaction(db, "payment.callback", [&](env::Tx& tx) {
      const auto id = payment::attempt_of(notice->out_trade_no);
      const auto attempt = id ? attempts.find(tx, *id) : std::nullopt;
      if (!attempt) return Noticed::unknown_trade;
      const bool first = attempts.capture(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
      return first ? Noticed::captured : Noticed::repeated;
    });
    if (noticed == Noticed::captured) attempts.after_commit();
    return noticed;
  }
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_amount_unseen_handler() {
  return std::make_unique<AmountUnseenHandler>();
}

}  // namespace ordeal::purchase::planted
