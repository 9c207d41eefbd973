// Paying out: money that leaves through one of several accounts at a channel, each with a quota for a day. RPC methods of service "payout":
//
//   make       MakePayout → MakeReply        a code that the payee scans; again with the same user and key: the same payout
//   claim      ClaimPayout → ClaimReply      the payee has scanned it in an app; again: how it stands now
//   look       LookAtPayout → LookReply
//   configure  ConfigureAccount → ConfigureReply   an operator's change, from the version that he has seen (D7)
//
// What the channel is asked over Http, in JSON: /transfer Transfer, /query TransferQuery, /statement StatementQuery, below.
//
// A quota is for a business day, which begins at midnight in Beijing.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/business_day.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/wire/fields.h"

namespace ordeal {

struct PayoutTag {
  static constexpr std::string_view prefix = "out";
};
struct OccupationTag {
  static constexpr std::string_view prefix = "occ";
};
struct PayAccountTag {
  static constexpr std::string_view prefix = "acc";
};
using PayoutId = Id<PayoutTag>;
using OccupationId = Id<OccupationTag>;
using PayAccountId = Id<PayAccountTag>;

namespace api {

// Of an app and its accounts: Alipay binds an app to one account, WeChat links apps and accounts as one likes (D2).
enum class PayWay : std::uint8_t { alipay, wechat };
constexpr auto names_of(PayWay) { return std::to_array<std::string_view>({"alipay", "wechat"}); }

// MADE: there is a code, nobody has claimed it. PAYING: it was claimed, and what the channel made of it is not known. PAID, FAILED (the
// channel has said so) and EXPIRED (nobody came in time) are ends.
enum class PayoutState : std::uint8_t { made, paying, paid, failed, expired };
constexpr auto names_of(PayoutState) {
  return std::to_array<std::string_view>({"MADE", "PAYING", "PAID", "FAILED", "EXPIRED"});
}

// made: there is a code. no_quota: nothing was written, no account has as much left today (D5). busy: nothing was written, ask again.
// refused: no payout can be made of this. conflict: the key stands for another request. unknown: ask again with the same key.
enum class MakeStatus : std::uint8_t { unknown, busy, no_quota, refused, conflict, made };
constexpr auto names_of(MakeStatus) {
  return std::to_array<std::string_view>({"unknown", "busy", "no_quota", "refused", "conflict", "made"});
}

enum class PayoutProblem : std::uint8_t {
  none,
  bad_key,     // 1 to 64 bytes
  no_user,     // a user's id is above 0
  bad_amount,  // CNY, above 0 and below 2,000.00: from there on WeChat wants the payee's real name (domain 2.2)
  bad_app,     // of WeChat: one that some account is linked with. Of Alipay none: the code says which
};
constexpr auto names_of(PayoutProblem) {
  return std::to_array<std::string_view>({"none", "bad_key", "no_user", "bad_amount", "bad_app"});
}

struct MakePayout {
  UserId user{};
  PayWay way = PayWay::alipay;
  std::string app{};  // in which the code is shown; of Alipay empty
  Money amount{};
  std::string request_key{};
  ORDEAL_MESSAGE(MakePayout, "payout.MakePayout", user, way, app, amount, request_key);
};

struct MakeReply {
  MakeStatus status = MakeStatus::unknown;
  PayoutProblem problem = PayoutProblem::none;
  PayoutId payout{};
  std::string app{};  // that the code opens
  Instant expires{};
  PayoutState state = PayoutState::made;
  ORDEAL_MESSAGE(MakeReply, "payout.MakeReply", status, problem, payout, app, expires, state);
};

// paying: it is claimed, `look` says what becomes of it; also of one that has ended. no_quota: nothing happened, no account of this app
// has as much left today. busy: nothing happened, ask again. too_late: the code is over. wrong_app: the code is for another one.
// no_such_payout: the user has none of this number.
enum class ClaimStatus : std::uint8_t {
  unknown,
  busy,
  no_quota,
  too_late,
  wrong_app,
  no_such_payout,
  paying
};
constexpr auto names_of(ClaimStatus) {
  return std::to_array<std::string_view>(
      {"unknown", "busy", "no_quota", "too_late", "wrong_app", "no_such_payout", "paying"});
}

struct ClaimPayout {
  UserId user{};
  PayoutId payout{};
  std::string app{};
  ORDEAL_MESSAGE(ClaimPayout, "payout.ClaimPayout", user, payout, app);
};

struct ClaimReply {
  ClaimStatus status = ClaimStatus::unknown;
  PayoutState state = PayoutState::made;
  ORDEAL_MESSAGE(ClaimReply, "payout.ClaimReply", status, state);
};

struct LookAtPayout {
  UserId user{};
  PayoutId payout{};
  ORDEAL_MESSAGE(LookAtPayout, "payout.LookAtPayout", user, payout);
};

struct LookReply {
  bool found = false;
  PayoutState state = PayoutState::made;
  ORDEAL_MESSAGE(LookReply, "payout.LookReply", found, state);
};

// What an operator may change of an account. Of two enabled accounts the one with the lower priority number is asked first.
struct AccountTerms {
  std::int64_t priority = 0;
  Money quota{};
  bool enabled = true;
  bool operator==(const AccountTerms&) const = default;
  ORDEAL_FIELDS(priority, quota, enabled);
};

// done: they are in force, as `version`. stale: somebody else was first, and `version` is his. refused: no such account can be.
enum class ConfigureStatus : std::uint8_t { unknown, stale, refused, no_such_account, done };
constexpr auto names_of(ConfigureStatus) {
  return std::to_array<std::string_view>({"unknown", "stale", "refused", "no_such_account", "done"});
}

struct ConfigureAccount {
  PayAccountId account{};
  std::int64_t seen_version = 0;
  AccountTerms terms{};
  ORDEAL_MESSAGE(ConfigureAccount, "payout.ConfigureAccount", account, seen_version, terms);
};

struct ConfigureReply {
  ConfigureStatus status = ConfigureStatus::unknown;
  std::int64_t version = 0;
  ORDEAL_MESSAGE(ConfigureReply, "payout.ConfigureReply", status, version);
};

// --- at the channel ---

// Under the same account and number it moves money once, however often it is asked. A number that is given up may still land: only
// what the channel says has failed has failed (domain 2.2, "never change out_bill_no").
struct Transfer {
  PayAccountId account{};
  std::string app{};     // whose user the payee is
  std::string number{};  // ours
  UserId payee{};
  Money amount{};
  ORDEAL_MESSAGE(Transfer, "payout.Transfer", account, app, number, payee, amount);
};

struct TransferQuery {
  PayAccountId account{};
  std::string number{};
  ORDEAL_MESSAGE(TransferQuery, "payout.TransferQuery", account, number);
};

// accepted: it is on its way. not_found: nothing of this number is here, yet.
enum class TransferState : std::uint8_t { not_found, accepted, paid, failed };
constexpr auto names_of(TransferState) {
  return std::to_array<std::string_view>({"not_found", "accepted", "paid", "failed"});
}

// of_payee: he cannot be paid. of_account: this account cannot pay now, another one could.
enum class TransferFault : std::uint8_t { none, of_payee, of_account };
constexpr auto names_of(TransferFault) {
  return std::to_array<std::string_view>({"none", "of_payee", "of_account"});
}

struct TransferAnswer {
  std::string number{};
  Money amount{};
  TransferState state = TransferState::not_found;
  TransferFault fault = TransferFault::none;
  ORDEAL_MESSAGE(TransferAnswer, "payout.TransferAnswer", number, amount, state, fault);
};

// What an account paid on a business day. There from 10:00 of the next one on, as the bills of both channels are (domain 2.1, 2.2).
struct StatementQuery {
  PayAccountId account{};
  std::int64_t day = 0;
  ORDEAL_MESSAGE(StatementQuery, "payout.StatementQuery", account, day);
};

struct StatementLine {
  std::string number{};
  Money amount{};
  ORDEAL_FIELDS(number, amount);
};

// `count` is how many lines it should have.
struct PayoutStatement {
  bool ready = false;
  std::int64_t count = 0;
  std::vector<StatementLine> lines{};
  ORDEAL_MESSAGE(PayoutStatement, "payout.PayoutStatement", ready, count, lines);
};

namespace facts {

// The quota is that of `from_day` and of all days after it.
struct AccountConfigured {
  PayAccountId account{};
  std::int64_t version = 0;
  AccountTerms terms{};
  std::int64_t from_day = 0;
  ORDEAL_MESSAGE(AccountConfigured, "payout.AccountConfigured", account, version, terms, from_day);
};

struct PayoutMade {
  PayoutId payout{};
  UserId user{};
  PayWay way = PayWay::alipay;
  std::string app{};
  Money amount{};
  Instant expires{};
  ORDEAL_MESSAGE(PayoutMade, "payout.PayoutMade", payout, user, way, app, amount, expires);
};

// 占用中 from here on. `bound`: no other account could have been taken.
struct QuotaOccupied {
  OccupationId occupation{};
  PayoutId payout{};
  PayAccountId account{};
  std::int64_t version = 0;  // of the account's terms
  std::string app{};
  std::int64_t day = 0;
  Money amount{};
  bool bound = false;
  ORDEAL_MESSAGE(QuotaOccupied, "payout.QuotaOccupied", occupation, payout, account, version, app, day,
                 amount, bound);
};

// 使用完毕.
struct QuotaUsed {
  OccupationId occupation{};
  ORDEAL_MESSAGE(QuotaUsed, "payout.QuotaUsed", occupation);
};

struct QuotaReleased {
  OccupationId occupation{};
  ORDEAL_MESSAGE(QuotaReleased, "payout.QuotaReleased", occupation);
};

struct PayoutClaimed {
  PayoutId payout{};
  std::string app{};
  ORDEAL_MESSAGE(PayoutClaimed, "payout.PayoutClaimed", payout, app);
};

// The channel has said that a transfer failed, and another account takes it over under a new number.
struct PayoutRerouted {
  PayoutId payout{};
  std::int64_t attempt = 0;
  ORDEAL_MESSAGE(PayoutRerouted, "payout.PayoutRerouted", payout, attempt);
};

struct PayoutEnded {
  PayoutId payout{};
  PayoutState state = PayoutState::made;
  ORDEAL_MESSAGE(PayoutEnded, "payout.PayoutEnded", payout, state);
};

}  // namespace facts
}  // namespace api
}  // namespace ordeal
