// The signature says who has spoken. What was said is held against what we know ourselves: is it our app, our account, a trade that we
// have begun at this very channel, and just the amount that we asked for? Only then does it say that this attempt was paid.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Noticed;

class ComparesWithOurOwn final : public payment::CallbackHandler {
 public:
  Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = payment::verify_notice(account, body);
    if (!notice) return notice.error();
    const Noticed noticed = env::in_transaction(db, "payment.callback", [&](env::Tx& tx) {
      const auto id = payment::attempt_of(notice->out_trade_no);
      const auto attempt = id ? attempts.find(tx, *id) : std::nullopt;
      if (const auto wrong = payment::mismatch(account, *notice, attempt)) return *wrong;
      if (!tells_of_payment(*notice)) return Noticed::irrelevant;
      const bool first = attempts.capture(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
      return first ? Noticed::captured : Noticed::repeated;
    });
    if (noticed == Noticed::captured) attempts.after_commit();
    return noticed;
  }
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_amount_unseen_handler() {
  return std::make_unique<ComparesWithOurOwn>();
}

}  // namespace ordeal::purchase::planted
