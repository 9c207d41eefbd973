// I-37: what goes back of a payment, by refunds of any route and by cases of the bank, is at every moment at most what came in: what is
// reserved by the facts, and what moved by the channels' own books. And the rows say what their refunds and cases say.
// I-93: a merchant pays for a refund before it is sent, with money that he has; nothing of his comes or goes otherwise; and once he has it, it does not wait
// on (C17, F-80).
#include <memory>

#include "core/wire/names.h"
#include "scenarios/flows/aftersale/laws/laws.h"
#include "scenarios/flows/aftersale/laws/rest_rows.h"
#include "scenarios/flows/aftersale/laws/watched.h"
#include "scenarios/flows/aftersale/parts.h"

namespace ordeal::aftersale {
namespace {

using api::BackState;
using api::DisputeState;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// The wake and one transaction for each that waits.
constexpr Duration kFundedWithin{30'000'000'000};

std::string text(std::int64_t minor) { return Money{minor, kCurrency}.text(); }

// --- I-37, one balance ---

class OneBalance {
 public:
  explicit OneBalance(const play::Scenario& scenario) : scenario_(scenario), watched_(scenario) {}

  void on(const told::BackAsked& asked, const Fact& fact, Findings& findings) {
    const Watched::OfPayment before = watched_.payment(asked.payment);
    watched_.on(asked, fact);
    look(asked.payment, asked.amount, before, fact, findings);
  }
  void on(const told::DisputeJudged& judged, const Fact& fact, Findings& findings) {
    const Watched::OfPayment before = watched_.payment(judged.payment);
    watched_.on(judged, fact);
    if (judged.state == DisputeState::held) look(judged.payment, judged.amount, before, fact, findings);
  }
  void on(const told::BackEnded& ended, const Fact& fact, Findings&) { watched_.on(ended, fact); }
  void on(const told::DisputeReversed& reversed, const Fact& fact, Findings&) { watched_.on(reversed, fact); }

 private:
  void look(PaymentId id, Money amount, const Watched::OfPayment& before, const Fact& fact,
            Findings& findings) const {
    const Watched::OfPayment& now = watched_.payment(id);
    if (now.reserved() <= now.captured) return;
    const bool both = now.by_refunds > 0 && now.by_cases > 0;
    findings.add(play::unsafe(kOneRefundableBalance, fact.at_ns,
                              both ? "refunds and a case take more of a payment than was paid"
                                   : "more goes back of a payment than was paid",
                              {{"buyer", buyer_text(scenario_, id)},
                               {"paid", text(now.captured)},
                               {"reserved before", text(before.reserved())},
                               {"amount", amount.text()},
                               {"at", play::when(fact.at_ns)}}),
                 now.reserved() - now.captured);
  }

  const play::Scenario& scenario_;
  Watched watched_;
};

// By the channels' own books: what buyers really have.
void check_moved(const RestRows& rest, Findings& findings) {
  const ChannelBook* book = rest.channels();
  if (book == nullptr) return;
  std::map<PaymentId, std::int64_t> moved;
  for (const auto& [number, line] : book->lines)
    moved[line.asked.payment] += line.asked.amount.minor * line.times;
  for (const auto& [number, one] : book->cases) {
    if (one.answered_ns && one.answer == DisputeState::held && !one.reversed_ns)
      moved[one.asked.payment] += one.asked.amount.minor;
  }
  for (const auto& [id, sum] : moved) {
    const auto trade = trade_of(rest.world.scenario(), id);
    if (trade && sum > trade->spec->amount.minor)
      findings.add(play::unsafe(kOneRefundableBalance, rest.world.now_ns,
                                "a buyer has more back than he paid",
                                {{"buyer", buyer_text(rest.world.scenario(), id)},
                                 {"paid", trade->spec->amount.text()},
                                 {"has back", text(sum)}}));
  }
}

// --- I-37, rows ---

void check_rows(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  std::map<PaymentId, std::pair<std::int64_t, std::int64_t>> taken;  // amount, refunds
  for (const auto& [id, standing] : rest.backs) {
    const Back& back = standing.back;
    const bool free = back.state == BackState::failed || back.state == BackState::lapsed;
    taken[back.payment].first += free ? 0 : back.amount.minor;
    ++taken[back.payment].second;
  }
  for (const auto& [number, row] : rest.disputes)
    taken[row.payment].first += row.state == DisputeState::held ? row.amount.minor : 0;
  for (const auto& [id, payment] : rest.payments) {
    const auto [amount, refunds] = taken[id];
    if (payment.returned.minor != amount)
      findings.add(play::unsafe(kRefundRowsAddUp, rest.world.now_ns,
                                "a payment says otherwise than its refunds and cases",
                                {{"buyer", buyer_text(scenario, id)},
                                 {"says", payment.returned.text()},
                                 {"they take", text(amount)}}));
    if (payment.refunds != refunds)
      findings.add(play::unsafe(kRefundRowsAddUp, rest.world.now_ns,
                                "a payment counts other refunds than it has",
                                {{"buyer", buyer_text(scenario, id)},
                                 {"counts", std::to_string(payment.refunds)},
                                 {"has", std::to_string(refunds)}}));
    if (refunds > scenario.setting<AftersaleSetting>().aftersale.most_refunds)
      findings.add(play::unsafe(kRefundRowsAddUp, rest.world.now_ns, "a payment has more refunds than it may",
                                {{"buyer", buyer_text(scenario, id)}, {"has", std::to_string(refunds)}}));
    const auto trade = trade_of(scenario, id);
    const bool as_paid = trade && payment.buyer == trade->buyer && payment.merchant == trade->merchant &&
                         payment.paid_by == trade->spec->by && payment.captured == trade->spec->amount &&
                         payment.paid_at == trade->paid_at;
    if (!as_paid)
      findings.add(play::unsafe(kRefundRowsAddUp, rest.world.now_ns,
                                "a payment says otherwise than it was paid",
                                {{"buyer", buyer_text(scenario, id)}}));
  }
}

// --- I-93 ---

class MerchantsPay {
 public:
  explicit MerchantsPay(const play::Scenario& scenario) : scenario_(scenario), watched_(scenario) {}

  void on(const told::BackAsked& asked, const Fact& fact, Findings& findings) {
    const std::int64_t had = watched_.available(asked.merchant);
    watched_.on(asked, fact);
    if (asked.state == BackState::sending) {
      paid_for(asked, had, fact, findings);
    } else if (had >= asked.amount.minor) {
      wrong("a refund waits for money that its merchant has", asked, had, fact, findings);
    }
    look_at_waiting(fact);
  }
  void on(const told::BackFunded& funded, const Fact& fact, Findings& findings) {
    if (const Watched::Refund* refund = watched_.refund(funded.refund)) {
      paid_for(refund->what, watched_.available(refund->what.merchant), fact, findings);
      const auto since = able_since_ns_.find(funded.refund);
      if (since != able_since_ns_.end() && fact.at_ns - since->second > kFundedWithin.ns)
        late_.push_back({refund->what, fact.at_ns, fact.at_ns - since->second});
    }
    watched_.on(funded, fact);
    look_at_waiting(fact);
  }
  void on(const told::BackEnded& ended, const Fact& fact, Findings& findings) {
    const Watched::Refund* refund = watched_.refund(ended.refund);
    if (refund != nullptr && ended.state == BackState::lapsed &&
        watched_.available(refund->what.merchant) >= refund->what.amount.minor)
      wrong("a refund lapsed, and its merchant had the money", refund->what,
            watched_.available(refund->what.merchant), fact, findings);
    watched_.on(ended, fact);
    look_at_waiting(fact);
  }
  void on(const told::DisputeJudged& judged, const Fact& fact, Findings&) {
    watched_.on(judged, fact);
    look_at_waiting(fact);
  }
  void on(const told::DisputeReversed& reversed, const Fact& fact, Findings&) {
    watched_.on(reversed, fact);
    look_at_waiting(fact);
  }
  void on(const told::PaidIn& paid, const Fact& fact, Findings&) {
    watched_.on(paid, fact);
    look_at_waiting(fact);
  }

  void at_rest(const RestRows& rest, Findings& findings) const {
    for (const auto& [id, available] : rest.merchants) {
      if (available.minor != watched_.available(id))
        findings.add(play::unsafe(kMerchantsPayFirst, rest.world.now_ns,
                                  "a merchant has otherwise than came and went",
                                  {{"merchant", merchant_text(scenario_, id)},
                                   {"has", available.text()},
                                   {"should have", text(watched_.available(id))}}));
    }
    if (!rest.world.undisturbed_at({})) return;
    for (const Late& one : late_)
      findings.add(
          play::not_live(kMerchantsPayFirst, one.at_ns, "a refund waited on when its merchant had the money",
                         {{"merchant", merchant_text(scenario_, one.asked.merchant)},
                          {"refund", one.asked.refund.text()},
                          {"buyer", buyer_text(scenario_, one.asked.buyer)},
                          {"late", play::how_long(one.by_ns)}}),
          one.by_ns);
  }

 private:
  struct Late {
    told::BackAsked asked{};
    std::int64_t at_ns = 0;
    std::int64_t by_ns = 0;
  };
  // Since when could each have been paid for?
  void look_at_waiting(const Fact& fact) {
    for (const auto& [id, refund] : watched_.refunds()) {
      const bool able = refund.state == BackState::waiting &&
                        watched_.available(refund.what.merchant) >= refund.what.amount.minor;
      if (able) {
        able_since_ns_.try_emplace(id, fact.at_ns);
      } else {
        able_since_ns_.erase(id);
      }
    }
  }
  void paid_for(const told::BackAsked& asked, std::int64_t had, const Fact& fact, Findings& findings) const {
    if (had < asked.amount.minor)
      wrong("a refund was paid for with money that its merchant has not", asked, had, fact, findings);
  }
  void wrong(std::string message, const told::BackAsked& asked, std::int64_t had, const Fact& fact,
             Findings& findings) const {
    findings.add(play::unsafe(kMerchantsPayFirst, fact.at_ns, std::move(message),
                              {{"merchant", merchant_text(scenario_, asked.merchant)},
                               {"has", text(had)},
                               {"refund", asked.refund.text()},
                               {"buyer", buyer_text(scenario_, asked.buyer)},
                               {"amount", asked.amount.text()}}));
  }

  const play::Scenario& scenario_;
  Watched watched_;
  std::map<RefundId, std::int64_t> able_since_ns_;
  std::vector<Late> late_;
};

}  // namespace

void watch_one_refundable_balance(const play::Watching& parts) {
  parts.monitors.add<told::BackAsked, told::BackEnded, told::DisputeJudged, told::DisputeReversed>(
      std::make_shared<OneBalance>(parts.scenario));
  parts.audit.add<RestRows>(kOneRefundableBalance, {"aftersale"}, &check_moved);
}

void watch_refund_rows_add_up(const play::Watching& parts) {
  parts.audit.add<RestRows>(kRefundRowsAddUp, {"aftersale"}, &check_rows);
}

void watch_merchants_pay_first(const play::Watching& parts) {
  const auto monitor = std::make_shared<MerchantsPay>(parts.scenario);
  parts.monitors.add<told::BackAsked, told::BackFunded, told::BackEnded, told::DisputeJudged,
                     told::DisputeReversed, told::PaidIn>(monitor);
  parts.audit.add<RestRows>(
      kMerchantsPayFirst, {"aftersale"},
      [monitor](const RestRows& rest, Findings& findings) { monitor->at_rest(rest, findings); });
}

}  // namespace ordeal::aftersale
