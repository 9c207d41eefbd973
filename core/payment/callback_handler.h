// Seam payment::CallbackHandler: what a channel's callback does.
//
// Contract: nothing happens unless the signature, the app, the seller, the number and the amount are right
// (I-33). The effect of any number of callbacks for one payment is the effect of one (I-31), and it is
// durable before the acknowledgement goes out (F-12). F-11 breaks it: it reads the attempt, finds it PENDING,
// and then captures it in a second step, so that two callbacks side by side both capture.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "core/channel/client.h"
#include "core/payment/attempts.h"

namespace ordeal::payment {

// The first four are acknowledged.
enum class Noticed {
  captured,
  closed,
  repeated,    // its effect was there already
  irrelevant,  // tells nothing that has an effect (the trade waits for its buyer)
  malformed,
  bad_signature,
  wrong_app,
  wrong_seller,
  unknown_trade,
  wrong_amount,
};
constexpr auto names_of(Noticed) {
  return std::to_array<std::string_view>({"captured", "closed", "repeated", "irrelevant", "malformed",
                                          "bad_signature", "wrong_app", "wrong_seller", "unknown_trade",
                                          "wrong_amount"});
}
constexpr bool acknowledged(Noticed noticed) { return noticed <= Noticed::irrelevant; }

// The checks that need no database: form, signature, app, seller.
Result<channel::Notice, Noticed> verify_notice(const channel::Account& account, std::string_view body);
// The checks against the attempt it names; none when it fits.
std::optional<Noticed> mismatch(const channel::Account& account, const channel::Notice& notice,
                                const std::optional<AttemptRow>& attempt);

class CallbackHandler {
 public:
  virtual ~CallbackHandler() = default;
  // What it returns is durable. Attempts::after_commit is the handler's to call.
  virtual Noticed handle(env::Database& db, Attempts& attempts, const channel::Account& account,
                         std::string_view body) = 0;
};

// "compare_and_set": one transaction that moves PENDING → SUCCEEDED and publishes; null for an unknown name.
std::unique_ptr<CallbackHandler> make_callback_handler(std::string_view name);

}  // namespace ordeal::payment
