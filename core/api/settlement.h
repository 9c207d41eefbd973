// Clearing and settlement of trades that are paid. RPC methods of service "settlement":
//
//   record     RecordTrade → RecordReply     the cashier has the buyer's money; again: the same trade
//   pick_up    PickUp → PickUpReply          a line was handed out at its pick-up point, which makes it due (A21)
//   refund     RefundLine → RefundReply      part of a line or all of it goes back to the buyer
//   set_rule   SetRule → SetRuleReply        a merchant's rule of fee, rebate and commission, from the version that was seen (C29)
//   run        RunSettlement → RunReply      what the jobs do by themselves, by hand
//
// What the custodian of the money is asked over Http, in JSON: /order FundOrder, below. Clearing computes who is owed what and moves
// nothing; settlement moves and computes nothing (C36).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/wire/fields.h"

namespace ordeal {

struct TradeTag {
  static constexpr std::string_view prefix = "trd";
};
struct VoucherTag {
  static constexpr std::string_view prefix = "vch";
};
struct SlipTag {
  static constexpr std::string_view prefix = "slp";
};
struct FundPartyTag {
  static constexpr std::string_view prefix = "prt";
};
using TradeId = Id<TradeTag>;
using VoucherId = Id<VoucherTag>;
using SlipId = Id<SlipTag>;
using FundPartyId = Id<FundPartyTag>;  // a merchant, a leader of a pick-up point, or the platform

namespace api {

inline constexpr FundPartyId kPlatform{1};

// WeChat's profit sharing (domain 2.2): at most so many requests for one order, and so many receivers in each; to others than the merchant at
// most 30 % (2.2, "default cap") of what was paid after the fee; a receiver can be asked back at most 20 times, within 180 days.
inline constexpr std::int64_t kMostSplitRequests = 50;
inline constexpr std::int64_t kMostSplitReceivers = 50;
inline constexpr std::int64_t kMostToOthers = 3'000;  // of 10,000
inline constexpr std::int64_t kMostReturns = 20;
inline constexpr std::int64_t kReturnDays = 180;
// What is not split is let go to the merchant after so many days: an ordinary one, one of an e-commerce platform (2.2).
inline constexpr std::int64_t kFrozenDays = 30;
inline constexpr std::int64_t kFrozenDaysOfPlatforms = 180;

// Of 10,000 each. The platform's fee is of what was paid, less the rebate, a part of that fee; the leader's commission is of what was paid
// less the fee (domain 2.2, "base = paid − fee"). All are rounded down, and the merchant has the rest.
struct RuleTerms {
  std::int64_t fee = 0;
  std::int64_t rebate = 0;
  std::int64_t commission = 0;
  bool operator==(const RuleTerms&) const = default;
  ORDEAL_FIELDS(fee, rebate, commission);
};

// When a merchant's lines are settled: on the day of the pick-up; on the day on which the hold is over; on the working day after that.
enum class SettleCycle : std::uint8_t { on_pickup, t0, t1 };
constexpr auto names_of(SettleCycle) { return std::to_array<std::string_view>({"on_pickup", "t0", "t1"}); }

enum class LineState : std::uint8_t { paid, picked_up, cleared, cancelled };
constexpr auto names_of(LineState) {
  return std::to_array<std::string_view>({"PAID", "PICKED_UP", "CLEARED", "CANCELLED"});
}

// DRAFT: the pre-settlement slip (预结算单). PAYING: fixed, and the custodian is asked to move it. PAID: it has. CARRIED: there was nothing
// to pay, what is below zero goes to the next slip.
enum class SlipState : std::uint8_t { draft, paying, paid, carried };
constexpr auto names_of(SlipState) {
  return std::to_array<std::string_view>({"DRAFT", "PAYING", "PAID", "CARRIED"});
}

enum class TradeProblem : std::uint8_t {
  none,
  no_trade,     // a trade's number is above 0
  no_merchant,  // one of the scenario
  no_leader,    // one of the scenario
  no_lines,     // 1 to 20
  bad_amount,   // CNY, above 0, a trade's sum at most Money::kMaxMinor
};
constexpr auto names_of(TradeProblem) {
  return std::to_array<std::string_view>(
      {"none", "no_trade", "no_merchant", "no_leader", "no_lines", "bad_amount"});
}

// conflict: another trade has this number. unknown: ask again.
enum class RecordStatus : std::uint8_t { unknown, refused, conflict, recorded };
constexpr auto names_of(RecordStatus) {
  return std::to_array<std::string_view>({"unknown", "refused", "conflict", "recorded"});
}

struct RecordTrade {
  TradeId trade{};
  FundPartyId merchant{};
  FundPartyId leader{};
  std::vector<Money> lines{};  // of what was paid, discounts taken off
  ORDEAL_MESSAGE(RecordTrade, "settlement.RecordTrade", trade, merchant, leader, lines);
};

struct RecordReply {
  RecordStatus status = RecordStatus::unknown;
  TradeProblem problem = TradeProblem::none;
  std::int64_t rule_version = 0;  // the merchant's, which is this trade's for good
  ORDEAL_MESSAGE(RecordReply, "settlement.RecordReply", status, problem, rule_version);
};

// cancelled: all of it went back to the buyer.
enum class PickUpStatus : std::uint8_t { unknown, no_such_line, cancelled, picked_up };
constexpr auto names_of(PickUpStatus) {
  return std::to_array<std::string_view>({"unknown", "no_such_line", "cancelled", "picked_up"});
}

struct PickUp {
  TradeId trade{};
  std::int64_t line = 0;  // from 0
  ORDEAL_MESSAGE(PickUp, "settlement.PickUp", trade, line);
};

struct PickUpReply {
  PickUpStatus status = PickUpStatus::unknown;
  ORDEAL_MESSAGE(PickUpReply, "settlement.PickUpReply", status);
};

// bad_key: 1 to 64 bytes. bad_amount: not an amount above 0 in CNY. too_much: more than is left of the line. conflict: the key stands for
// another refund.
enum class RefundLineStatus : std::uint8_t {
  unknown,
  no_such_line,
  bad_key,
  bad_amount,
  too_much,
  conflict,
  refunded
};
constexpr auto names_of(RefundLineStatus) {
  return std::to_array<std::string_view>(
      {"unknown", "no_such_line", "bad_key", "bad_amount", "too_much", "conflict", "refunded"});
}

struct RefundLine {
  TradeId trade{};
  std::int64_t line = 0;
  std::string key{};  // again with the same key and amount: the same refund
  Money amount{};
  ORDEAL_MESSAGE(RefundLine, "settlement.RefundLine", trade, line, key, amount);
};

struct RefundLineReply {
  RefundLineStatus status = RefundLineStatus::unknown;
  ORDEAL_MESSAGE(RefundLineReply, "settlement.RefundLineReply", status);
};

// done: in force for trades from now on, as `version`. stale: somebody else was first. refused: no such rule can be.
enum class SetRuleStatus : std::uint8_t { unknown, stale, refused, no_such_merchant, done };
constexpr auto names_of(SetRuleStatus) {
  return std::to_array<std::string_view>({"unknown", "stale", "refused", "no_such_merchant", "done"});
}

struct SetRule {
  FundPartyId merchant{};
  std::int64_t seen_version = 0;
  RuleTerms terms{};
  ORDEAL_MESSAGE(SetRule, "settlement.SetRule", merchant, seen_version, terms);
};

struct SetRuleReply {
  SetRuleStatus status = SetRuleStatus::unknown;
  std::int64_t version = 0;
  ORDEAL_MESSAGE(SetRuleReply, "settlement.SetRuleReply", status, version);
};

struct RunSettlement {
  std::string by{};  // who fires it, for people
  ORDEAL_MESSAGE(RunSettlement, "settlement.RunSettlement", by);
};

struct RunReply {
  bool ran = false;
  ORDEAL_MESSAGE(RunReply, "settlement.RunReply", ran);
};

// --- at the custodian: the channel, the bank of the supervised account, or the licensed provider ---

// custody: the buyers' money, nobody's own. sub_ledger: a party's share inside of the supervised account. own: a party's own account.
enum class FundAccountKind : std::uint8_t { custody, sub_ledger, own };
constexpr auto names_of(FundAccountKind) {
  return std::to_array<std::string_view>({"custody", "sub_ledger", "own"});
}

struct FundAccount {
  FundAccountKind kind = FundAccountKind::custody;
  FundPartyId party{};  // none of custody
  auto operator<=>(const FundAccount&) const = default;
  ORDEAL_FIELDS(kind, party);
};

// Under one number money moves once, however often it is asked for.
struct FundOrder {
  std::string number{};
  FundAccount from{};
  FundAccount to{};
  TradeId trade{};  // whose money it is; none: of several
  Money amount{};   // above 0
  ORDEAL_MESSAGE(FundOrder, "settlement.FundOrder", number, from, to, trade, amount);
};

enum class FundOrderState : std::uint8_t { accepted, done, refused };
constexpr auto names_of(FundOrderState) {
  return std::to_array<std::string_view>({"accepted", "done", "refused"});
}

struct FundOrderAnswer {
  std::string number{};
  FundOrderState state = FundOrderState::accepted;
  ORDEAL_MESSAGE(FundOrderAnswer, "settlement.FundOrderAnswer", number, state);
};

// What somebody is owed for a line, or owes when it is below zero.
struct Share {
  FundPartyId party{};
  std::int64_t minor = 0;
  bool operator==(const Share&) const = default;
  ORDEAL_FIELDS(party, minor);
};

namespace facts {

struct RuleSet {
  FundPartyId merchant{};
  std::int64_t version = 0;
  RuleTerms terms{};
  ORDEAL_MESSAGE(RuleSet, "settlement.RuleSet", merchant, version, terms);
};

struct TradeRecorded {
  TradeId trade{};
  FundPartyId merchant{};
  FundPartyId leader{};
  std::int64_t rule_version = 0;
  std::vector<Money> lines{};
  ORDEAL_MESSAGE(TradeRecorded, "settlement.TradeRecorded", trade, merchant, leader, rule_version, lines);
};

struct LinePickedUp {
  TradeId trade{};
  std::int64_t line = 0;
  Instant at{};
  ORDEAL_MESSAGE(LinePickedUp, "settlement.LinePickedUp", trade, line, at);
};

struct LineRefunded {
  TradeId trade{};
  std::int64_t line = 0;
  Money amount{};
  ORDEAL_MESSAGE(LineRefunded, "settlement.LineRefunded", trade, line, amount);
};

struct LineCancelled {
  TradeId trade{};
  std::int64_t line = 0;
  ORDEAL_MESSAGE(LineCancelled, "settlement.LineCancelled", trade, line);
};

// Of a sale (the first of its line), or of a refund after it, whose shares are below zero. It is never changed: what was wrong is put right
// by the next.
struct VoucherWritten {
  VoucherId voucher{};
  TradeId trade{};
  std::int64_t line = 0;
  std::int64_t nth = 0;  // 0: the sale
  std::int64_t minor = 0;
  std::vector<Share> shares{};
  std::int64_t settle_day = 0;
  ORDEAL_MESSAGE(VoucherWritten, "settlement.VoucherWritten", voucher, trade, line, nth, minor, shares,
                 settle_day);
};

struct SlipDrafted {
  SlipId slip{};
  FundPartyId party{};
  std::int64_t day = 0;
  ORDEAL_MESSAGE(SlipDrafted, "settlement.SlipDrafted", slip, party, day);
};

// A voucher's share stands on a slip. `adjusts`: it came after the draft (调账单).
struct ShareTaken {
  SlipId slip{};
  VoucherId voucher{};
  FundPartyId party{};
  std::int64_t minor = 0;
  bool adjusts = false;
  ORDEAL_MESSAGE(ShareTaken, "settlement.ShareTaken", slip, voucher, party, minor, adjusts);
};

// What stands on it, what earlier slips left below zero, what is paid, and what the next slip begins with.
struct SlipFixed {
  SlipId slip{};
  std::int64_t items = 0;
  std::int64_t carry = 0;
  std::int64_t pays = 0;
  std::int64_t left = 0;
  ORDEAL_MESSAGE(SlipFixed, "settlement.SlipFixed", slip, items, carry, pays, left);
};

struct SlipPaid {
  SlipId slip{};
  ORDEAL_MESSAGE(SlipPaid, "settlement.SlipPaid", slip);
};

// An entry of the settlement ledger: debits above zero, credits below. Party none: the buyers' money in custody.
struct SettlementPosted {
  std::int64_t entry = 0;
  std::vector<Share> legs{};
  ORDEAL_MESSAGE(SettlementPosted, "settlement.SettlementPosted", entry, legs);
};

}  // namespace facts
}  // namespace api
}  // namespace ordeal
