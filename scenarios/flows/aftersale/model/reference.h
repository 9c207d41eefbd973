// The reference model of refunds (I-92): what must have come of what people did, by the requirements alone. Written without a look at the
// core: of the core it knows the words that are spoken at its doors; tests/tidy holds it to that. Whoever knows how refunds work can check it.
//
// It is told what the world outside did (Outside) and what stands in the system's books when all is at rest (Inside), and says in which
// sentences they differ.
//
//   wished    each refund is what somebody asked for: payment, key and amount                                    C17, F-98
//   given     of each payment the buyer has just what its DONE refunds say, and the bank what its held cases say  C17, I-37
//   free      what is taken of a payment is what its DONE refunds and held cases say, and nothing else           I-37
//   merchant  has what he had and paid in, less what was given back and what the bank took                       C17
//   failed    of a FAILED refund the channel has refused each number                                             I-38
//   lapsed    nobody asked a channel for a LAPSED one                                                            C17
//   route     a payout is sent when the window of the payment is nearly over, or the channel has no refunds      C18
//   calm      on a day on which nothing went wrong each wish that was taken has an end, and no refund comes sooner after another than the
//             channel wants                                                                                      domain 2.2
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/api/aftersale.h"

namespace ordeal::aftersale::model {

struct Trade {
  api::PaidBy by = api::PaidBy::wechat;
  MerchantId merchant{};
  Money paid{};
  Duration age{};  // when the trial begins
};

// A number at a channel, by the channel's own book.
struct Line {
  PaymentId payment{};
  Money amount{};
  api::BackRoute route = api::BackRoute::refund;
  std::int64_t at_ns = 0;  // asked for first
  std::int64_t times = 0;  // that money moved
  bool refused = false;
};

struct Outside {
  std::map<PaymentId, Trade> trades{};
  std::map<MerchantId, Money> had{};
  std::vector<api::Deposit> paid_in{};  // each once, of those that were said to be done
  std::vector<api::AskRefund> wishes{};
  std::vector<RefundId> taken{};  // that buyers were told of
  std::map<RefundId, std::vector<Line>> lines{};
  std::map<PaymentId, std::int64_t> held{};  // by the bank, and not reversed
  std::size_t too_often = 0;
  bool calm = false;
};

struct Refund {
  RefundId id{};
  PaymentId payment{};
  std::string request_key{};
  Money amount{};
  api::BackState state = api::BackState::waiting;
};
struct Inside {
  std::vector<Refund> refunds{};
  std::map<PaymentId, Money> taken{};  // of a payment
  std::map<MerchantId, Money> available{};
};

struct Difference {
  std::string sentence{};
  PaymentId payment{};    // or
  MerchantId merchant{};  // whom it is about
  RefundId refund{};      // if it is about one
  Money expected{};
  Money found{};
};

std::vector<Difference> differences(const Outside& outside, const Inside& inside);

}  // namespace ordeal::aftersale::model
