// Slips: what a party is paid on a day. Rows, and the steps that everything is made of.
//
// A share of a voucher stands on one slip at most: it is one row, which says on which, and is written only while it says none (I-72). A party
// has one slip a day, the key is unique; a job that fires twice finds it. After a slip is fixed nothing of it changes but that it is paid.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clearing/tables.h"
#include "core/env/database.h"
#include "core/settlement/below_zero.h"
#include "core/settlement/route.h"

namespace ordeal::settlement {

struct Slip {
  SlipId id{};
  FundPartyId party{};
  std::int64_t day = 0;
  api::SlipState state = api::SlipState::draft;
  std::int64_t pays = 0;
  std::int64_t looks =
      0;  // what was done about it at the custodian, counted; also its version while it is PAYING
  env::TraceContext cause{};
};

// A day on which it can be settled.
struct RunDay {
  std::int64_t day = 0;
  bool works = true;  // false: only what is not bound to working days
};

// Who has shares that no slip has, that may be settled on this day, and no slip of this day yet.
std::vector<FundPartyId> parties_due(env::Connection& from, RunDay day);
bool anything_open(env::Connection& from);

// The slip of this day with all that may stand on it. False, and nothing is written, when the party has one already or there is nothing.
bool draft(env::Tx& tx, const Slip& slip, RunDay day);
// Others before the platform.
std::vector<Slip> drafts_until(env::Connection& from, std::int64_t day);
std::optional<std::int64_t> first_draft(env::Connection& from);

// A draft with what came since becomes PAYING, with its orders, or CARRIED. Nothing when somebody else has fixed it.
std::optional<api::SlipState> fix(env::Tx& tx, const Slip& seen, RunDay day, const BelowZero& below_zero,
                                  const Route& route, Instant now);

std::vector<Slip> paying(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_look(env::Connection& from);
// Whoever asks the custodian says so first: of two only one goes on.
bool begin_look(env::Tx& tx, const Slip& seen, Instant next);
void look_again(env::Tx& tx, const Slip& seen, Instant next);

struct OpenOrder {
  std::int64_t nth = 0;
  api::FundOrder order{};
};
// The first that is not done.
std::optional<OpenOrder> open_order(env::Connection& from, SlipId slip);
void order_done(env::Tx& tx, SlipId slip, std::int64_t nth);
// PAYING with no open order becomes PAID, and is posted.
void pay(env::Tx& tx, const Slip& slip, Instant now);

}  // namespace ordeal::settlement
