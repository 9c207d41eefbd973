// I-92: the reference model (model/reference.h) and the system agree on all that can be observed. Here is only what turns books and rows
// into what the model is told.
#include <algorithm>
#include <set>

#include "core/aftersale/wishes.h"
#include "scenarios/flows/aftersale/laws/laws.h"
#include "scenarios/flows/aftersale/laws/rest_rows.h"
#include "scenarios/flows/aftersale/model/reference.h"
#include "scenarios/flows/aftersale/parts.h"

namespace ordeal::aftersale {
namespace {

using play::Evidence;
using play::Findings;

void add_diaries(const RestRows& rest, model::Outside& out) {
  for (const auto& said : rest.diary()->asked) {
    out.wishes.push_back(said.request);
    if (said.answered_ns && said.reply.status == api::AskStatus::accepted)
      out.taken.push_back(said.reply.refund);
  }
  // Of one key that nobody was answered about the row says whether it was paid in; the answers are another law's.
  std::set<std::pair<MerchantId, std::string>> seen;
  for (const auto& said : rest.diary()->paid_in) {
    const std::pair of{said.request.merchant, said.request.request_key};
    const auto row = rest.deposits.find(of);
    if (row == rest.deposits.end() || row->second != said.request.amount) continue;
    if (seen.insert(of).second) out.paid_in.push_back(said.request);
  }
}

// By the bank's own book. Of a bank that never returns nobody can hear or tell any more: what was answered last is what stands.
bool is_held(const RestRows& rest, const BankCase& one) {
  const play::Scenario& scenario = rest.world.scenario();
  const auto trade = trade_of(scenario, one.asked.payment);
  if (trade && rest.world.is_gone(channel_name(scenario, trade->spec->by))) {
    const auto row = rest.disputes.find(one.asked.case_number);
    return row != rest.disputes.end() && row->second.state == api::DisputeState::held;
  }
  return one.answered_ns && one.answer == api::DisputeState::held && !one.reversed_ns;
}

void add_channels(const RestRows& rest, const ChannelBook& book, model::Outside& out) {
  for (const auto& [number, line] : book.lines)
    out.lines[refund_of(number).value_or(RefundId{})].push_back({line.asked.payment, line.asked.amount,
                                                                 line.route, line.first_ns, line.times,
                                                                 line.state == api::GivenBack::refused});
  for (const auto& [number, one] : book.cases) {
    if (is_held(rest, one)) out.held[one.asked.payment] += one.asked.amount.minor;
  }
  out.too_often = book.too_often_ns.size();
}

model::Outside outside(const RestRows& rest) {
  model::Outside out;
  const play::Scenario& scenario = rest.world.scenario();
  for (const PaymentId id : all_payments(scenario)) {
    const Trade trade = *trade_of(scenario, id);
    out.trades[id] = {trade.spec->by, trade.merchant, trade.spec->amount, trade.spec->age};
  }
  const auto& merchants = scenario.setting<AftersaleSetting>().aftersale.merchants;
  for (std::size_t i = 0; i < merchants.size(); ++i) out.had[merchant_id(i)] = merchants[i].balance;
  add_diaries(rest, out);
  if (const ChannelBook* book = rest.channels()) add_channels(rest, *book, out);
  out.calm = rest.world.undisturbed_at({});
  return out;
}

model::Inside inside(const RestRows& rest) {
  model::Inside in;
  for (const auto& [id, standing] : rest.backs) {
    const Back& b = standing.back;
    in.refunds.push_back({id, b.payment, b.request_key, b.amount, b.state});
  }
  for (const auto& [id, payment] : rest.payments) in.taken[id] = payment.returned;
  in.available = rest.merchants;
  return in;
}

void check(const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr || !rest.world.settled) return;
  const play::Scenario& scenario = rest.world.scenario();
  for (const model::Difference& one : model::differences(outside(rest), inside(rest))) {
    Evidence evidence;
    if (one.payment.value != 0) evidence.emplace_back("buyer", buyer_text(scenario, one.payment));
    if (one.merchant.value != 0) evidence.emplace_back("merchant", merchant_text(scenario, one.merchant));
    if (one.refund.value != 0) evidence.emplace_back("refund", one.refund.text());
    evidence.emplace_back("expected", one.expected.text());
    evidence.emplace_back("found", one.found.text());
    findings.add(play::unsafe(kRefundsAreAsTold, rest.world.now_ns, one.sentence, std::move(evidence)));
  }
}

}  // namespace

void watch_refunds_are_as_told(const play::Watching& parts) {
  parts.audit.add<RestRows>(kRefundsAreAsTold, {"aftersale"}, &check);
}

}  // namespace ordeal::aftersale
