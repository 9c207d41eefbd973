// What stands outside of the system: what people asked for and were told, and what the channels did. It is never lost and never wrong.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/api/aftersale.h"
#include "scenarios/play/books.h"

namespace ordeal::aftersale {

// A question and its answer, in true time.
template <class Request, class Reply>
struct Said {
  Request request{};
  std::int64_t asked_ns = 0;
  std::optional<std::int64_t> answered_ns{};  // none: no answer came
  Reply reply{};
};

class Diary final : public play::Books {
 public:
  std::vector<Said<api::AskRefund, api::RefundReply>> asked;
  std::vector<Said<api::LookAtRefund, api::RefundLook>> looked;
  std::vector<Said<api::Deposit, api::DepositReply>> paid_in;

  void add_to(Digest& digest) const override;
};

// A number at a channel.
struct BackLine {
  api::GiveBack asked{};
  api::BackRoute route = api::BackRoute::refund;
  std::int64_t first_ns = 0;  // when it was asked for first
  api::GivenBack state = api::GivenBack::not_found;
  api::BackFault fault = api::BackFault::none;
  std::int64_t times = 0;     // that money moved
  std::int64_t ended_ns = 0;  // of one that is done: when money moved first
  bool hidden = false;        // not landed: nobody finds it
};

// Of a buyer's bank. Held: its amount went from the merchant to the buyer when the bank heard it, and back when it was reversed.
struct BankCase {
  api::Dispute asked{};
  std::int64_t opened_ns = 0;
  std::optional<std::int64_t> answered_ns{};
  api::DisputeState answer = api::DisputeState::contested;
  std::optional<std::int64_t> reversed_ns{};
  bool reversal_told = false;
};

class ChannelBook final : public play::Books {
 public:
  std::map<std::string, BackLine> lines;         // by number
  std::map<std::string, BankCase> cases;         // by case number
  std::vector<std::string> not_the_same;         // numbers under which something else was asked for
  std::vector<std::int64_t> too_often_ns;        // when a refund came too soon after the one before it
  std::map<PaymentId, std::int64_t> last_taken;  // when a refund of it was taken last
  std::map<PaymentId, std::int64_t> refunds;     // of it that were taken
  std::map<PaymentId, std::int64_t> refunded;    // by the refund API, done or on its way

  void add_to(Digest& digest) const override;
};

}  // namespace ordeal::aftersale
