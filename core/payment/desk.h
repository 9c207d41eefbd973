// Desk: talks to the channel about one attempt and writes down what it learned, in a transaction of its own
// after the call (never a call inside a transaction, F-54). Every method may be repeated and may run beside
// any other.
#pragma once

#include <string>

#include "core/channel/client.h"
#include "core/env/env.h"
#include "core/payment/attempts.h"

namespace ordeal::payment {

// captured  the money is here, and written down
// closed    the channel takes none for it any more, and written down
// open      the channel waits for the money
// absent    the channel knows no such trade; one may still be on its way
// unknown   the channel did not say
enum class Standing { captured, closed, open, absent, unknown };

// What its payer hears. Absent is no better than unknown: the request may still be on its way.
api::StartStatus told_of(Standing standing);

class Refusal;

struct Charge {
  api::StartStatus status = api::StartStatus::pending;  // pay_at_channel, captured, pending or declined
  AttemptId attempt;
  std::string pay_code;
};

class Desk {
 public:
  struct Limits {
    Duration deadline;          // of one channel call
    Duration absence_is_final;  // after the expiry of a trade, "no such trade" is the last word
  };

  Desk(env::Env& env, env::Database& db, Attempts& attempts, Refusal& refusal,
       const channel::Accounts& accounts, Limits limits)
      : env_(env), db_(db), attempts_(attempts), refusal_(refusal), accounts_(accounts), limits_(limits) {}

  // Precreate or pay, by the attempt's mode. `pending` when nobody knows. What a declined
  // attempt comes to is the Refusal's to say (refusal.h).
  Charge send(const AttemptRow& attempt);
  Standing inquire(const AttemptRow& attempt, api::facts::CapturedVia via = api::facts::CapturedVia::query);
  // Closes it, and calls its end here `as`; when it turns out paid, captures it.
  Standing close(const AttemptRow& attempt, AttemptState as = AttemptState::closed);
  // A further PENDING attempt with a new number for the same order; the first one stays as it is.
  AttemptRow open_another(const AttemptRow& like);
  // Calls it over, here alone: CLOSED, or captured when its money came meanwhile.
  Standing end(const AttemptRow& attempt, AttemptState to);

 private:
  channel::Client client(const AttemptRow& attempt) const;
  Standing learned(const AttemptRow& attempt, const channel::TradeReply& reply, api::facts::CapturedVia via);
  Standing missing(const AttemptRow& attempt);

  env::Env& env_;
  env::Database& db_;
  Attempts& attempts_;
  Refusal& refusal_;
  const channel::Accounts& accounts_;
  Limits limits_;
};

}  // namespace ordeal::payment
