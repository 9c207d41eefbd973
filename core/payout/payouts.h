// Payouts and what they occupy: rows, and the steps that everything is made of.
//
// A payout has at most one occupation that is OCCUPIED or USED; the key is unique, so two accounts cannot both be meant to pay it
// (I-81). An occupation that ended is kept, it says what was tried. Each attempt has a number at the channel, made of the payout and the
// attempt: who asks again asks under the same number (I-38).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/payout/accounts.h"

namespace ordeal::payout {

struct Payout {
  PayoutId id{};
  UserId user{};
  std::string request_key{};
  std::uint64_t fingerprint = 0;  // of the whole request
  api::PayWay way = api::PayWay::alipay;
  std::string app{};
  Money amount{};
  api::PayoutState state = api::PayoutState::made;
  Instant expires{};
  std::int64_t attempt = 0;  // 0: nobody has claimed it
  std::int64_t looks =
      0;  // what was done about it at the channel, counted; also its version while it is PAYING
  std::optional<Instant> first_sent{};
  std::optional<Instant> last_sent{};
  std::optional<std::int64_t> statement_seen{};  // the last day whose statement says nothing of it
  env::TraceContext cause{};
};

enum class OccupationState : std::uint8_t { occupied, used, released };

struct Occupation {
  OccupationId id{};
  PayoutId payout{};
  std::int64_t attempt = 0;
  PayAccountId account{};
  std::int64_t account_version = 0;
  std::string app{};
  std::int64_t day = 0;
  std::int64_t bucket = 0;
  Money amount{};
  OccupationState state = OccupationState::occupied;
  bool bound = false;  // of the fact; not kept
};

// "out-7KQ2M9ZWX4-1"
std::string number_of(PayoutId payout, std::int64_t attempt);

std::optional<Payout> find_payout(env::Connection& from, PayoutId payout);
std::optional<Payout> find_request(env::Connection& from, UserId user, const std::string& request_key);
// OCCUPIED or USED.
std::optional<Occupation> occupation_of(env::Connection& from, PayoutId payout);
// What was tried for it, claimed or not.
std::vector<PayAccountId> accounts_tried(env::Connection& from, PayoutId payout);

// The row and its fact.
void write_payout(env::Tx& tx, const Payout& payout);
void write_occupation(env::Tx& tx, const Occupation& occupation);
// OCCUPIED becomes USED, or RELEASED and its quota is there again: once, whoever asks (D6). False when it had ended.
bool use(env::Tx& tx, const Occupation& occupation);
bool release(env::Tx& tx, const Occupation& occupation);

// MADE becomes PAYING, to be sent at `now`. False when it is not MADE.
bool claim(env::Tx& tx, const Payout& seen, Instant now);
// PAYING goes on with the next attempt, to be sent at `now`.
bool reroute(env::Tx& tx, const Payout& seen, Instant now);
// MADE becomes EXPIRED.
bool expire(env::Tx& tx, const Payout& seen);
// PAYING becomes PAID or FAILED, if it is still at this attempt. Its occupation is not touched.
bool end(env::Tx& tx, const Payout& seen, api::PayoutState as);

// Whoever does something about a payout at the channel says so first: of two only one goes on. What was seen is that the payout had this
// many looks. `sends`: it is a transfer and not a question.
bool begin_look(env::Tx& tx, const Payout& seen, bool sends, Instant now, Instant next);
void look_again(env::Tx& tx, const Payout& seen, Instant next);
void note_statement(env::Tx& tx, const Payout& seen, std::int64_t day);

// MADE and over, and PAYING and due, the first first.
std::vector<Payout> expired(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_expiry(env::Connection& from);
std::vector<Payout> due(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_due(env::Connection& from);

}  // namespace ordeal::payout
