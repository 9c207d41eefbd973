#include "scenarios/flows/settlement/flow.h"

#include "core/api/settlement.h"
#include "core/settlement/service.h"
#include "scenarios/flows/settlement/flaws/flaws.h"
#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/parties/buyer.h"
#include "scenarios/flows/settlement/parts.h"
#include "scenarios/flows/settlement/seams.h"
#include "scenarios/flows/settlement/telling/telling.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"

namespace ordeal::settlement {
namespace {

namespace told = api::facts;
using play::Starting;

void open_parties(env::Tx& tx, const play::Scenario& scenario) {
  const Rules& rules = scenario.setting<SettlementSetting>().settlement;
  using clearing::PartyKind;
  clearing::put_party(tx, {api::kPlatform, PartyKind::platform, api::SettleCycle::t1, {}, 1}, {});
  for (std::size_t i = 0; i < rules.merchants.size(); ++i) {
    const MerchantSpec& spec = rules.merchants[i];
    clearing::put_party(tx, {merchant_id(i), PartyKind::merchant, spec.cycle, spec.hold, 1}, spec.terms);
  }
  for (std::size_t i = 0; i < rules.leaders.size(); ++i)
    clearing::put_party(tx, {leader_id(i), PartyKind::leader, api::SettleCycle::t1, {}, 1}, {});
}

void start_settlement(const Starting& in) {
  const auto own = [&](const auto& seam) -> auto& { return in.process.own(in.designer.make(seam)); };
  const Designs designs{own(trigger()), own(sharing()), own(below_zero()), own(route())};
  const Rules& rules = in.scenario.setting<SettlementSetting>().settlement;
  Config config;
  config.clearing.batch = in.knobs.number("settlement.batch", config.clearing.batch);
  config.clearing.make_up = rules.make_up;
  config.settlement.batch = config.clearing.batch;
  config.settlement.make_up = rules.make_up;
  config.settlement.draft_at = rules.draft_at;
  config.settlement.pay_at = rules.pay_at;
  config.settlement.custodian = custodian_url(in.scenario);
  in.process.make<Service>(in.env, *in.database, designs, std::move(config)).start();
}

bool is_sale(const env::Message& fact) { return fact.as<told::VoucherWritten>().nth == 0; }
bool is_refund(const env::Message& fact) { return fact.as<told::VoucherWritten>().nth > 0; }
bool pays(const env::Message& fact) { return fact.as<told::SlipFixed>().pays > 0; }
bool pays_nothing(const env::Message& fact) { return fact.as<told::SlipFixed>().pays <= 0; }

std::vector<play::MachineRow> machine_rows() {
  static constexpr auto kLines = names_of(api::LineState{});
  static constexpr auto kSlips = names_of(api::SlipState{});
  return {{"line",
           "a thing that was paid and waits at its pick-up point",
           "settlement",
           kLines,
           {{"", "PAID", "a cashier", &told::TradeRecorded::type},
            {"PAID", "PICKED_UP", "a leader", &told::LinePickedUp::type},
            {"PICKED_UP", "CLEARED", "clearing", &told::VoucherWritten::type, is_sale},
            {"PAID", "CANCELLED", "a refund", &told::LineCancelled::type},
            {"PICKED_UP", "CANCELLED", "a refund", &told::LineCancelled::type}}},
          {"slip",
           "what a party is paid on a day",
           "settlement",
           kSlips,
           {{"", "DRAFT", "the day's first job", &told::SlipDrafted::type},
            {"DRAFT", "PAYING", "the day's second job", &told::SlipFixed::type, pays},
            {"DRAFT", "CARRIED", "the day's second job", &told::SlipFixed::type, pays_nothing},
            {"PAYING", "PAID", "the custodian", &told::SlipPaid::type}}}};
}

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "settlement";
    f.summary = "clearing and settlement of a pick-up shop: who is owed what, and who is paid when";
    f.services = {{"settlement",
                   "clears lines that are picked up, drafts a slip a day for each party, and has it paid",
                   {},
                   [](const play::Designer&) { return std::string_view(clearing::kSchema); },
                   open_parties,
                   start_settlement}};
    f.seams = {&trigger(), &sharing(), &below_zero(), &route()};
    f.flaws = flaw_rows();
    f.settings = {{{"settlement", "merchants and their terms, leaders, and the hours at which slips are made",
                    &settlement_shape(), nullptr}}};
    f.parties = party_rows();
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {{"trades_recorded", "trades that were recorded", &told::TradeRecorded::type},
                {"lines_picked_up", "things that were picked up", &told::LinePickedUp::type},
                {"lines_cleared", "things that were cleared", &told::VoucherWritten::type, is_sale},
                {"shares_taken_back", "refunds of what was cleared", &told::VoucherWritten::type, is_refund},
                {"slips_drafted", "slips that were drafted", &told::SlipDrafted::type},
                {"slips_paid", "slips that were paid", &told::SlipPaid::type},
                {"slips_carried", "slips with nothing to pay", &told::SlipFixed::type, pays_nothing},
                {"rules_set", "changes of rules", &told::RuleSet::type}};
    f.machines = machine_rows();
    f.columns = column_rows();
    f.marks = mark_rows();
    f.knobs = {
        {"settlement.batch", {"1", "2"}, "lines or slips that are looked after in one pass", "settlement"}};
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    f.covers = cover_rows();
    f.teller = make_teller;
    f.answers = {play::Answer::of(picturing())};
    f.measures = measure_rows();
    return f;
  }();
  return flow;
}

}  // namespace ordeal::settlement
