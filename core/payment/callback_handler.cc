#include "core/payment/callback_handler.h"

namespace ordeal::payment {
namespace {

using channel::TradeStatus;

class CompareAndSet : public CallbackHandler {
 public:
  Noticed handle(env::Database& db, Attempts& attempts, const channel::Account& account,
                 std::string_view body) override {
    const auto notice = verify_notice(account, body);
    if (!notice) return notice.error();
    const Noticed noticed = env::in_transaction(db, "payment.callback", [&](env::Tx& tx) {
      const auto id = attempt_of(notice->out_trade_no);
      const auto attempt = id ? attempts.find(tx, *id) : std::nullopt;
      if (const auto wrong = mismatch(account, *notice, attempt)) return *wrong;
      switch (notice->status) {
        case TradeStatus::wait_buyer_pay:
          return Noticed::irrelevant;
        case TradeStatus::closed:
          return attempts.end(tx, *attempt, AttemptState::closed) ? Noticed::closed : Noticed::repeated;
        case TradeStatus::success:
        case TradeStatus::finished:
          break;
      }
      const bool first = attempts.capture(tx, *attempt, notice->trade_no, api::facts::CapturedVia::callback);
      return first ? Noticed::captured : Noticed::repeated;
    });
    if (noticed == Noticed::captured) attempts.after_commit();
    return noticed;
  }
};

}  // namespace

Result<channel::Notice, Noticed> verify_notice(const channel::Account& account, std::string_view body) {
  auto notice = channel::decode_notice(body, *account.profile, *account.theirs);
  if (!notice) {
    return Err{notice.error() == channel::FormError::bad_signature ? Noticed::bad_signature
                                                                   : Noticed::malformed};
  }
  if (notice->app_id != account.app_id) return Err{Noticed::wrong_app};
  if (notice->seller_id != account.seller_id) return Err{Noticed::wrong_seller};
  return std::move(notice).value();
}

std::optional<Noticed> mismatch(const channel::Account& account, const channel::Notice& notice,
                                const std::optional<AttemptRow>& attempt) {
  // A number that we gave to another channel is as unknown to this one as a made-up one.
  if (!attempt || attempt->channel != account.name) return Noticed::unknown_trade;
  if (notice.amount != attempt->amount) return Noticed::wrong_amount;
  return std::nullopt;
}

std::unique_ptr<CallbackHandler> make_callback_handler(std::string_view name) {
  return name == "compare_and_set" ? std::make_unique<CompareAndSet>() : nullptr;
}

}  // namespace ordeal::payment
