// After the sale: money that goes back to a buyer, in parts, and money that a buyer's bank takes back. RPC methods of service "aftersale":
//
//   ask      AskRefund → RefundReply        a part of a payment back; again with the same payment and key: the same refund
//   look     LookAtRefund → RefundLook
//   deposit  Deposit → DepositReply         a merchant pays money in, from which refunds are paid; again with the same key: once
//
// What the channel is asked over Http, in JSON: /give-back and /pay-out GiveBack, /back-query GiveBackQuery. What it tells the service:
// /back-told a number of which there is news, /dispute Dispute, /reversal Reversal.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/wire/fields.h"

namespace ordeal {

struct PaymentTag {
  static constexpr std::string_view prefix = "pmt";
};
using PaymentId = Id<PaymentTag>;

namespace api {

// The channel through which a payment came (core/aftersale/profile.h says what each allows).
enum class PaidBy : std::uint8_t { wechat, bank180, bank90, cash_desk };
constexpr auto names_of(PaidBy) {
  return std::to_array<std::string_view>({"wechat", "bank180", "bank90", "cash_desk"});
}

// refund: by the channel's refund API, back to where the money came from. payout: by a payout (代付) to the buyer.
enum class BackRoute : std::uint8_t { refund, payout };
constexpr auto names_of(BackRoute) { return std::to_array<std::string_view>({"refund", "payout"}); }

// WAITING: its part of the payment is reserved, and the merchant has not enough to pay it. SENDING: it is paid for, and what the channel
// made of it is not known. DONE, FAILED (the channel has said so) and LAPSED (the merchant had nothing in time) are ends.
enum class BackState : std::uint8_t { waiting, sending, done, failed, lapsed };
constexpr auto names_of(BackState) {
  return std::to_array<std::string_view>({"WAITING", "SENDING", "DONE", "FAILED", "LAPSED"});
}

// accepted: there is a refund, `state` is how it stands. exceeds: nothing was written, not as much is left of the payment (I-37). too_many:
// nothing was written, there are as many refunds of this payment as there may be. conflict: the key stands for another amount. no_such_payment: this buyer has none of this number. unknown: ask again with the same key.
enum class AskStatus : std::uint8_t {
  unknown,
  refused,
  no_such_payment,
  conflict,
  exceeds,
  too_many,
  accepted
};
constexpr auto names_of(AskStatus) {
  return std::to_array<std::string_view>(
      {"unknown", "refused", "no_such_payment", "conflict", "exceeds", "too_many", "accepted"});
}

enum class AskProblem : std::uint8_t {
  none,
  bad_key,     // 1 to 64 bytes
  bad_amount,  // CNY, above 0
};
constexpr auto names_of(AskProblem) {
  return std::to_array<std::string_view>({"none", "bad_key", "bad_amount"});
}

struct AskRefund {
  UserId buyer{};
  PaymentId payment{};
  Money amount{};
  std::string request_key{};
  ORDEAL_MESSAGE(AskRefund, "aftersale.AskRefund", buyer, payment, amount, request_key);
};

struct RefundReply {
  AskStatus status = AskStatus::unknown;
  AskProblem problem = AskProblem::none;
  RefundId refund{};
  BackState state = BackState::waiting;
  ORDEAL_MESSAGE(RefundReply, "aftersale.RefundReply", status, problem, refund, state);
};

struct LookAtRefund {
  UserId buyer{};
  RefundId refund{};
  ORDEAL_MESSAGE(LookAtRefund, "aftersale.LookAtRefund", buyer, refund);
};

struct RefundLook {
  bool found = false;
  BackState state = BackState::waiting;
  ORDEAL_MESSAGE(RefundLook, "aftersale.RefundLook", found, state);
};

// done: the money is there, now or since it was paid in first. refused: no such merchant, no such amount, or the key stands for another one.
enum class DepositStatus : std::uint8_t { unknown, refused, done };
constexpr auto names_of(DepositStatus) {
  return std::to_array<std::string_view>({"unknown", "refused", "done"});
}

struct Deposit {
  MerchantId merchant{};
  Money amount{};
  std::string request_key{};
  ORDEAL_MESSAGE(Deposit, "aftersale.Deposit", merchant, amount, request_key);
};

struct DepositReply {
  DepositStatus status = DepositStatus::unknown;
  ORDEAL_MESSAGE(DepositReply, "aftersale.DepositReply", status);
};

// --- at the channel ---

// Under one number money moves once, however often it is asked for (domain 2.1 out_request_no, 2.2 out_refund_no).
struct GiveBack {
  PaymentId payment{};
  std::string number{};  // ours
  Money amount{};
  ORDEAL_MESSAGE(GiveBack, "aftersale.GiveBack", payment, number, amount);
};

struct GiveBackQuery {
  std::string number{};
  ORDEAL_MESSAGE(GiveBackQuery, "aftersale.GiveBackQuery", number);
};

// accepted: it is on its way. not_found: nothing of this number is here, yet. refused: it never will be done under this number.
enum class GivenBack : std::uint8_t { not_found, accepted, done, refused };
constexpr auto names_of(GivenBack) {
  return std::to_array<std::string_view>({"not_found", "accepted", "done", "refused"});
}

// overdue: its window is over. no_api: this channel gives nothing back. exceeds, too_many: of what it refunded of this payment. of_buyer: he
// cannot be given it. too_often (of not_found): too soon after the last refund of this payment, and nothing was kept of it.
enum class BackFault : std::uint8_t { none, overdue, no_api, exceeds, too_many, of_buyer, too_often };
constexpr auto names_of(BackFault) {
  return std::to_array<std::string_view>(
      {"none", "overdue", "no_api", "exceeds", "too_many", "of_buyer", "too_often"});
}

struct GiveBackAnswer {
  std::string number{};
  Money amount{};
  GivenBack state = GivenBack::not_found;
  BackFault fault = BackFault::none;
  ORDEAL_MESSAGE(GiveBackAnswer, "aftersale.GiveBackAnswer", number, amount, state, fault);
};

// The buyer's bank wants the money of a payment back for him (拒付). It asks until it is answered; an answer that is "held" is taken at
// the merchant's expense, "contested" says that it was refunded already.
struct Dispute {
  std::string case_number{};
  PaymentId payment{};
  Money amount{};
  ORDEAL_MESSAGE(Dispute, "aftersale.Dispute", case_number, payment, amount);
};

enum class DisputeState : std::uint8_t { contested, held, reversed };
constexpr auto names_of(DisputeState) {
  return std::to_array<std::string_view>({"CONTESTED", "HELD", "REVERSED"});
}

struct DisputeAnswer {
  std::string case_number{};
  DisputeState state = DisputeState::contested;
  ORDEAL_MESSAGE(DisputeAnswer, "aftersale.DisputeAnswer", case_number, state);
};

// The bank has decided for the merchant after all, and the money of a held case is his again.
struct Reversal {
  std::string case_number{};
  ORDEAL_MESSAGE(Reversal, "aftersale.Reversal", case_number);
};

namespace facts {

// Its part of the payment is reserved from here on. `state`: SENDING, and the merchant has paid for it, or WAITING.
struct BackAsked {
  RefundId refund{};
  PaymentId payment{};
  UserId buyer{};
  MerchantId merchant{};
  Money amount{};
  BackRoute route = BackRoute::refund;
  BackState state = BackState::waiting;
  ORDEAL_MESSAGE(BackAsked, "aftersale.BackAsked", refund, payment, buyer, merchant, amount, route, state);
};

// WAITING becomes SENDING: the merchant has paid for it.
struct BackFunded {
  RefundId refund{};
  ORDEAL_MESSAGE(BackFunded, "aftersale.BackFunded", refund);
};

// Nothing will be done by the refund API any more, and a payout takes its place.
struct BackRerouted {
  RefundId refund{};
  ORDEAL_MESSAGE(BackRerouted, "aftersale.BackRerouted", refund);
};

// FAILED: the merchant has his money again. FAILED and LAPSED: what was reserved of the payment is free.
struct BackEnded {
  RefundId refund{};
  BackState state = BackState::done;
  ORDEAL_MESSAGE(BackEnded, "aftersale.BackEnded", refund, state);
};

// Held: its amount is reserved of the payment and taken from the merchant, who may owe it then.
struct DisputeJudged {
  std::string case_number{};
  PaymentId payment{};
  MerchantId merchant{};
  Money amount{};
  DisputeState state = DisputeState::contested;
  ORDEAL_MESSAGE(DisputeJudged, "aftersale.DisputeJudged", case_number, payment, merchant, amount, state);
};

struct DisputeReversed {
  std::string case_number{};
  ORDEAL_MESSAGE(DisputeReversed, "aftersale.DisputeReversed", case_number);
};

struct PaidIn {
  MerchantId merchant{};
  Money amount{};
  ORDEAL_MESSAGE(PaidIn, "aftersale.PaidIn", merchant, amount);
};

}  // namespace facts
}  // namespace api
}  // namespace ordeal
