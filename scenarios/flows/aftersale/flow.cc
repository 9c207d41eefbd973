#include "scenarios/flows/aftersale/flow.h"

#include "core/aftersale/service.h"
#include "scenarios/flows/aftersale/flaws/flaws.h"
#include "scenarios/flows/aftersale/laws/laws.h"
#include "scenarios/flows/aftersale/parties/returner.h"
#include "scenarios/flows/aftersale/parts.h"
#include "scenarios/flows/aftersale/seams.h"
#include "scenarios/flows/aftersale/telling/telling.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"

namespace ordeal::aftersale {
namespace {

namespace told = api::facts;
using api::BackState;
using api::DisputeState;
using play::Starting;

void open_books(env::Tx& tx, const play::Scenario& scenario) {
  const auto& merchants = scenario.setting<AftersaleSetting>().aftersale.merchants;
  for (std::size_t i = 0; i < merchants.size(); ++i) put_merchant(tx, merchant_id(i), merchants[i].balance);
  for (const PaymentId id : all_payments(scenario)) {
    const Trade trade = *trade_of(scenario, id);
    put_payment(tx,
                {id, trade.buyer, trade.merchant, trade.spec->by, trade.spec->amount, trade.paid_at, {}, 0});
  }
}

void start_aftersale(const Starting& in) {
  const auto own = [&](const auto& seam) -> auto& { return in.process.own(in.designer.make(seam)); };
  const Designs designs{own(reserver()), own(recognition()), own(numbering()), own(router())};
  const Rules& rules = in.scenario.setting<AftersaleSetting>().aftersale;
  Config config;
  config.balance_wait = rules.balance_wait;
  config.most_refunds = rules.most_refunds;
  config.batch = in.knobs.number("aftersale.batch", config.batch);
  for (const api::PaidBy by :
       {api::PaidBy::wechat, api::PaidBy::bank180, api::PaidBy::bank90, api::PaidBy::cash_desk}) {
    if (auto url = channel_url(in.scenario, by); !url.empty()) config.channels[by] = std::move(url);
  }
  in.process.make<Service>(in.env, *in.database, designs, std::move(config)).start();
}

template <BackState State>
bool asked(const env::Message& fact) {
  return fact.as<told::BackAsked>().state == State;
}
template <BackState State>
bool ended(const env::Message& fact) {
  return fact.as<told::BackEnded>().state == State;
}
template <DisputeState State>
bool judged(const env::Message& fact) {
  return fact.as<told::DisputeJudged>().state == State;
}

std::vector<play::MachineRow> machine_rows() {
  static constexpr auto kRefunds = names_of(BackState{});
  static constexpr auto kCases = names_of(DisputeState{});
  return {{"part_refund",
           "a part of a payment that goes back to its buyer",
           "aftersale",
           kRefunds,
           {{"", "SENDING", "a buyer, and the merchant's money", &told::BackAsked::type,
             asked<BackState::sending>},
            {"", "WAITING", "a buyer", &told::BackAsked::type, asked<BackState::waiting>},
            {"WAITING", "SENDING", "the merchant's money", &told::BackFunded::type},
            {"WAITING", "LAPSED", "its time", &told::BackEnded::type, ended<BackState::lapsed>},
            {"SENDING", "DONE", "the channel", &told::BackEnded::type, ended<BackState::done>},
            {"SENDING", "FAILED", "the channel", &told::BackEnded::type, ended<BackState::failed>}}},
          {"bank_case",
           "a case of a buyer's bank",
           "aftersale",
           kCases,
           {{"", "HELD", "the bank, where as much is left", &told::DisputeJudged::type,
             judged<DisputeState::held>},
            {"", "CONTESTED", "the bank, where it is not", &told::DisputeJudged::type,
             judged<DisputeState::contested>},
            {"HELD", "REVERSED", "the bank", &told::DisputeReversed::type}}}};
}

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "aftersale";
    f.summary = "money that goes back: in parts, by a refund or by a payout, and by a buyer's bank";
    f.services = {
        {"aftersale",
         "gives payments back in parts, has merchants pay for it, and answers for what banks take back",
         {},
         [](const play::Designer&) { return std::string_view(kSchema); },
         open_books,
         start_aftersale}};
    f.seams = {&reserver(), &recognition(), &numbering(), &router()};
    f.flaws = flaw_rows();
    f.settings = {{{"aftersale", "who sold, and what was paid", &aftersale_shape(), nullptr}}};
    f.parties = party_rows();
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {
        {"refunds_asked", "refunds that were made", &told::BackAsked::type},
        {"refunds_done", "refunds that became DONE", &told::BackEnded::type, ended<BackState::done>},
        {"refunds_failed", "refunds that became FAILED", &told::BackEnded::type, ended<BackState::failed>},
        {"refunds_lapsed", "refunds that nobody paid for in time", &told::BackEnded::type,
         ended<BackState::lapsed>},
        {"refunds_rerouted", "payouts in place of refunds", &told::BackRerouted::type},
        {"cases_held", "cases of banks that were held", &told::DisputeJudged::type,
         judged<DisputeState::held>},
        {"deposits", "deposits of merchants", &told::PaidIn::type}};
    f.machines = machine_rows();
    f.columns = column_rows();
    f.marks = mark_rows();
    f.knobs = {{"aftersale.batch", {"1", "2"}, "refunds that are looked after in one pass", "aftersale"}};
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    f.covers = cover_rows();
    f.teller = make_teller;
    f.answers = {play::Answer::of(picturing())};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::aftersale
