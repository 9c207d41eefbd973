// What stands outside of the system: what buyers, leaders and clerks asked for and were told, and what the custodian did. It is never lost and
// never wrong.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/api/settlement.h"
#include "scenarios/play/books.h"

namespace ordeal::settlement {

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
  std::vector<Said<api::RecordTrade, api::RecordReply>> recorded;
  std::vector<Said<api::PickUp, api::PickUpReply>> picked;
  std::vector<Said<api::RefundLine, api::RefundLineReply>> refunded;
  std::vector<Said<api::SetRule, api::SetRuleReply>> set;

  void add_to(Digest& digest) const override;
};

// A number at the custodian.
struct OrderLine {
  api::FundOrder asked{};
  std::int64_t first_ns = 0;
  api::FundOrderState state = api::FundOrderState::accepted;
  std::int64_t times = 0;  // that money moved
  std::int64_t moved_ns = 0;
};

// What lies where. Custody is kept by trade as far as orders name one.
class CustodianBook final : public play::Books {
 public:
  struct Paid {
    FundPartyId merchant{};
    std::int64_t minor = 0;
  };
  std::map<TradeId, Paid> paid_in;  // by buyers
  std::map<std::string, OrderLine> orders;
  std::map<api::FundAccount, std::int64_t> balances;  // of all but custody
  std::vector<std::string> not_the_same;              // numbers under which something else was asked for

  void add_to(Digest& digest) const override;
};

}  // namespace ordeal::settlement
