// F-12: against repeats a callback is noted first, `insert into notify_log`, and carried out in a step of its own. Whoever dies
// in between has noted what he did not do: the channel calls again, finds its callback known, is told "success" and never comes
// back (I-53). Two callbacks side by side meet in the same gap.
//
// The note belongs into the transaction of what it stands for. Here it is the channel's number on the attempt.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Noticed;

constexpr env::Sql kNote{"update attempt set trade_no = ? where id = ? and trade_no is null"};

class NotedFirstHandler final : public payment::CallbackHandler {
 public:
  Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = payment::verify_notice(account, body);
    if (!notice) return notice.error();
    if (!tells_of_payment(*notice)) return Noticed::irrelevant;
    std::optional<payment::AttemptRow> attempt;
    const Noticed noted = env::in_transaction(db, "payment.callback note", [&](env::Tx& tx) {
      const auto id = payment::attempt_of(notice->out_trade_no);
      attempt = id ? attempts.find(tx, *id) : std::nullopt;
      if (const auto wrong = payment::mismatch(account, *notice, attempt)) return *wrong;
      return tx.exec(kNote, notice->trade_no, attempt->id) == 1 ? Noticed::captured : Noticed::repeated;
    });
    if (noted != Noticed::captured) return noted;
    env::in_transaction(db, "payment.callback", [&](env::Tx& tx) {
      return attempts.capture(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
    });
    attempts.after_commit();
    return Noticed::captured;
  }
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_noted_first_handler() {
  return std::make_unique<NotedFirstHandler>();
}

}  // namespace ordeal::purchase::planted
