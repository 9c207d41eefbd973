// Only one callback wins the status; what a payment leads to is done by the winner, in the next transaction.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::AttemptState;
using payment::Noticed;

constexpr env::Sql kSetSucceeded{
    "update attempt set state = ?2, trade_no = ?3, next_at = null where id = ?1 and state <> ?2"};

bool is_paid(const channel::Notice& notice) {
  return notice.status == channel::TradeStatus::success || notice.status == channel::TradeStatus::finished;
}

class WinningThenGranting final : public payment::CallbackHandler {
 public:
  Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = payment::verify_notice(account, body);
    if (!notice) return notice.error();
    const auto id = payment::attempt_of(notice->out_trade_no);
    const auto attempt = env::in_read(db, "payment.callback check", [&](env::Connection& c) {
      return id ? attempts.find(c, *id) : std::nullopt;
    });
    if (const auto wrong = payment::mismatch(account, *notice, attempt)) return *wrong;
    if (!is_paid(*notice)) return Noticed::irrelevant;
    const bool first = env::in_transaction(db, "payment.callback win", [&](env::Tx& tx) {
      return tx.exec(kSetSucceeded, *id, AttemptState::succeeded, notice->trade_no) == 1;
    });
    if (!first) return Noticed::repeated;
    env::in_transaction(db, "payment.callback grant", [&](env::Tx& tx) {
      attempts.announce(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
    });
    attempts.after_commit();
    return Noticed::captured;
  }
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_check_then_grant_handler() {
  return std::make_unique<WinningThenGranting>();
}

}  // namespace ordeal::purchase::planted
