// F-11: `if (status != PAID) { status = PAID; grant(); }` in two steps. Two callbacks for one payment, side
// by side, both find the attempt PENDING and both grant (I-31). Seen in woocommerce-payments #3520, medusa
// #13301, mollie/magento2 #978.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::AttemptRow;
using payment::AttemptState;
using payment::Noticed;

constexpr env::Sql kSetSucceeded{
    "update attempt set state = ?2, trade_no = ?3, next_at = null where id = ?1"};

bool is_paid(const channel::Notice& notice) {
  return notice.status == channel::TradeStatus::success || notice.status == channel::TradeStatus::finished;
}

class CheckThenGrantHandler final : public payment::CallbackHandler {
 public:
  Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = payment::verify_notice(account, body);
    if (!notice) return notice.error();
    if (!is_paid(*notice)) return Noticed::irrelevant;
    const auto attempt = env::in_read(db, "payment.callback check", [&](env::Connection& c) {
      const auto id = payment::attempt_of(notice->out_trade_no);
      return id ? attempts.find(c, *id) : std::optional<AttemptRow>();
    });
    if (const auto wrong = payment::mismatch(account, *notice, attempt)) return *wrong;
    if (attempt->state == AttemptState::succeeded) return Noticed::repeated;
    env::in_transaction(db, "payment.callback grant", [&](env::Tx& tx) {
      tx.exec(kSetSucceeded, attempt->id, AttemptState::succeeded, notice->trade_no);
      attempts.announce(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
    });
    attempts.after_commit();
    return Noticed::captured;
  }
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_check_then_grant_handler() {
  return std::make_unique<CheckThenGrantHandler>();
}

}  // namespace ordeal::purchase::planted
