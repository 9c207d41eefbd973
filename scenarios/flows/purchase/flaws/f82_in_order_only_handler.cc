// F-82: a state machine that knows PENDING → SUCCEEDED and PENDING → CLOSED, and calls everything else illegal: `if (state !=
// PENDING) return "success"`. News does not come in order: the money's callback may follow one that told of the close, and is
// thrown away, acknowledged (I-53).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::AttemptState;
using payment::Noticed;

class InOrderOnlyHandler final : public payment::CallbackHandler {
 public:
  Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = payment::verify_notice(account, body);
    if (!notice) return notice.error();
    const Noticed noticed = env::in_transaction(db, "payment.callback", [&](env::Tx& tx) {
      const auto id = payment::attempt_of(notice->out_trade_no);
      const auto attempt = id ? attempts.find(tx, *id) : std::nullopt;
      if (const auto wrong = payment::mismatch(account, *notice, attempt)) return *wrong;
      if (attempt->state != AttemptState::pending) return Noticed::repeated;
      if (notice->status == channel::TradeStatus::wait_buyer_pay) return Noticed::irrelevant;
      if (notice->status == channel::TradeStatus::closed) {
        attempts.end(tx, *attempt, AttemptState::closed);
        return Noticed::closed;
      }
      attempts.capture(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
      return Noticed::captured;
    });
    if (noticed == Noticed::captured) attempts.after_commit();
    return noticed;
  }
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_in_order_only_handler() {
  return std::make_unique<InOrderOnlyHandler>();
}

}  // namespace ordeal::purchase::planted
