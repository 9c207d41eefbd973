// The check is the update: it says by how many rows it changed whether this callback is the first. What follows from it, the
// fact and the event in the outbox, is written in the same transaction, and the acknowledgement goes out behind the commit.
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

class GrantingOnce final : public payment::CallbackHandler {
 public:
  Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = payment::verify_notice(account, body);
    if (!notice) return notice.error();
    const auto id = payment::attempt_of(notice->out_trade_no);
    if (!id) return Noticed::unknown_trade;
    const Noticed noticed = env::in_transaction(db, "payment.callback", [&](env::Tx& tx) {
      const auto attempt = attempts.find(tx, *id);
      if (const auto wrong = payment::mismatch(account, *notice, attempt)) return *wrong;
      if (!is_paid(*notice)) return Noticed::irrelevant;
      if (tx.exec(kSetSucceeded, *id, AttemptState::succeeded, notice->trade_no) == 0)
        return Noticed::repeated;
      attempts.announce(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
      return Noticed::captured;
    });
    if (noticed == Noticed::captured) attempts.after_commit();
    return noticed;
  }
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_check_then_grant_handler() {
  return std::make_unique<GrantingOnce>();
}

}  // namespace ordeal::purchase::planted
