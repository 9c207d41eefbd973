#include "scenarios/flows/aftersale/laws/watched.h"

#include "scenarios/flows/aftersale/parts.h"

namespace ordeal::aftersale {

using api::BackState;
using api::DisputeState;

Watched::Watched(const play::Scenario& scenario) {
  for (const PaymentId id : all_payments(scenario)) {
    payments_[id].captured = trade_of(scenario, id)->spec->amount.minor;
    history_[id].push_back({0, payments_[id]});
  }
  const auto& merchants = scenario.setting<AftersaleSetting>().aftersale.merchants;
  for (std::size_t i = 0; i < merchants.size(); ++i) available_[merchant_id(i)] = merchants[i].balance.minor;
}

void Watched::note(PaymentId id, const sim::Fact& fact) {
  history_[id].push_back({fact.at_ns, payments_[id]});
}

void Watched::on(const api::facts::BackAsked& asked, const sim::Fact& fact) {
  const bool paid = asked.state == BackState::sending;
  refunds_[asked.refund] = {asked, asked.state, asked.route, fact.at_ns, paid ? fact.at_ns : -1, -1};
  payments_[asked.payment].by_refunds += asked.amount.minor;
  ++payments_[asked.payment].refunds;
  if (paid) available_[asked.merchant] -= asked.amount.minor;
  note(asked.payment, fact);
}

void Watched::on(const api::facts::BackFunded& funded, const sim::Fact& fact) {
  Refund& refund = refunds_[funded.refund];
  refund.state = BackState::sending;
  refund.funded_ns = fact.at_ns;
  available_[refund.what.merchant] -= refund.what.amount.minor;
}

void Watched::on(const api::facts::BackRerouted& rerouted, const sim::Fact&) {
  refunds_[rerouted.refund].route = api::BackRoute::payout;
}

void Watched::on(const api::facts::BackEnded& ended, const sim::Fact& fact) {
  Refund& refund = refunds_[ended.refund];
  refund.state = ended.state;
  refund.ended_ns = fact.at_ns;
  if (ended.state == BackState::done) return;
  payments_[refund.what.payment].by_refunds -= refund.what.amount.minor;
  if (ended.state == BackState::failed) available_[refund.what.merchant] += refund.what.amount.minor;
  note(refund.what.payment, fact);
}

void Watched::on(const api::facts::DisputeJudged& judged, const sim::Fact& fact) {
  cases_[judged.case_number] = {judged, judged.state, fact.at_ns};
  if (judged.state != DisputeState::held) return;
  payments_[judged.payment].by_cases += judged.amount.minor;
  available_[judged.merchant] -= judged.amount.minor;
  note(judged.payment, fact);
}

void Watched::on(const api::facts::DisputeReversed& reversed, const sim::Fact& fact) {
  Case& one = cases_[reversed.case_number];
  if (one.state == DisputeState::held) {
    payments_[one.what.payment].by_cases -= one.what.amount.minor;
    available_[one.what.merchant] += one.what.amount.minor;
  }
  one.state = DisputeState::reversed;
  note(one.what.payment, fact);
}

void Watched::on(const api::facts::PaidIn& paid, const sim::Fact&) {
  available_[paid.merchant] += paid.amount.minor;
}

const Watched::OfPayment& Watched::payment(PaymentId id) const {
  static const OfPayment nothing;
  const auto found = payments_.find(id);
  return found == payments_.end() ? nothing : found->second;
}

std::int64_t Watched::available(MerchantId merchant) const {
  const auto found = available_.find(merchant);
  return found == available_.end() ? 0 : found->second;
}

const Watched::Refund* Watched::refund(RefundId id) const {
  const auto found = refunds_.find(id);
  return found == refunds_.end() ? nullptr : &found->second;
}

}  // namespace ordeal::aftersale
