// What is reserved of which payment, and what each merchant has, followed by the facts. Facts come in the order of their commits, so at each
// of them this is just what the database holds.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/api/aftersale.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::aftersale {

class Watched {
 public:
  struct Refund {
    api::facts::BackAsked what{};
    api::BackState state = api::BackState::waiting;
    api::BackRoute route = api::BackRoute::refund;
    std::int64_t since_ns = 0;    // asked for
    std::int64_t funded_ns = -1;  // SENDING since
    std::int64_t ended_ns = -1;
  };
  struct Case {
    api::facts::DisputeJudged what{};
    api::DisputeState state = api::DisputeState::contested;
    std::int64_t at_ns = 0;
  };
  struct OfPayment {
    std::int64_t captured = 0;
    std::int64_t by_refunds = 0;
    std::int64_t by_cases = 0;
    std::int64_t refunds = 0;  // made, whatever became of them
    std::int64_t reserved() const { return by_refunds + by_cases; }
  };

  explicit Watched(const play::Scenario& scenario);

  void on(const api::facts::BackAsked& asked, const sim::Fact& fact);
  void on(const api::facts::BackFunded& funded, const sim::Fact& fact);
  void on(const api::facts::BackRerouted& rerouted, const sim::Fact& fact);
  void on(const api::facts::BackEnded& ended, const sim::Fact& fact);
  void on(const api::facts::DisputeJudged& judged, const sim::Fact& fact);
  void on(const api::facts::DisputeReversed& reversed, const sim::Fact& fact);
  void on(const api::facts::PaidIn& paid, const sim::Fact& fact);

  const OfPayment& payment(PaymentId id) const;
  std::int64_t available(MerchantId merchant) const;
  const std::map<RefundId, Refund>& refunds() const { return refunds_; }
  const std::map<std::string, Case>& cases() const { return cases_; }
  const Refund* refund(RefundId id) const;
  // Did this hold of the payment at some moment from one to the other?
  template <class Holds>
  bool at_some_moment(PaymentId id, std::int64_t from_ns, std::int64_t until_ns, Holds holds) const {
    const auto found = history_.find(id);
    if (found == history_.end()) return false;
    const std::vector<Change>& all = found->second;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool over = i + 1 < all.size() && all[i + 1].at_ns < from_ns;
      if (!over && all[i].at_ns <= until_ns && holds(all[i].was)) return true;
    }
    return false;
  }

 private:
  struct Change {
    std::int64_t at_ns = 0;
    OfPayment was{};
  };
  void note(PaymentId id, const sim::Fact& fact);

  std::map<PaymentId, OfPayment> payments_;
  std::map<MerchantId, std::int64_t> available_;
  std::map<RefundId, Refund> refunds_;
  std::map<std::string, Case> cases_;
  std::map<PaymentId, std::vector<Change>> history_;
};

}  // namespace ordeal::aftersale
