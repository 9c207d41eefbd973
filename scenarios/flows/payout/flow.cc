#include "scenarios/flows/payout/flow.h"

#include "core/api/payout.h"
#include "core/payout/service.h"
#include "scenarios/flows/payout/flaws/flaws.h"
#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/parties/payee.h"
#include "scenarios/flows/payout/parts.h"
#include "scenarios/flows/payout/seams.h"
#include "scenarios/flows/payout/telling/telling.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"

namespace ordeal::payout {
namespace {

namespace told = api::facts;
using api::PayoutState;
using play::Starting;

void open_accounts(env::Tx& tx, const play::Scenario& scenario) {
  const auto& accounts = scenario.setting<PayoutSetting>().payout.accounts;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const AccountSpec& spec = accounts[i];
    put_account(tx, {account_id(i), spec.way, {spec.priority, spec.quota, true}, 1}, spec.apps);
  }
}

void start_payout(const Starting& in) {
  const auto own = [&](const auto& seam) -> auto& { return in.process.own(in.designer.make(seam)); };
  const Designs designs{own(quota_keeper()), own(binding()), own(doubt()), own(codes())};
  Config config;
  config.code_ttl = in.scenario.setting<PayoutSetting>().payout.code_ttl;
  config.batch = in.knobs.number("payout.batch", config.batch);
  for (const api::PayWay way : {api::PayWay::alipay, api::PayWay::wechat}) {
    if (auto url = channel_url(in.scenario, way); !url.empty()) config.channels[way] = std::move(url);
  }
  in.process.make<Service>(in.env, *in.database, designs, std::move(config)).start();
}

template <PayoutState State>
bool ended(const env::Message& fact) {
  return fact.as<told::PayoutEnded>().state == State;
}

std::vector<play::MachineRow> machine_rows() {
  static constexpr auto kStates = names_of(PayoutState{});
  static constexpr auto kOccupations = std::to_array<std::string_view>({"OCCUPIED", "USED", "RELEASED"});
  return {{"payout",
           "money that somebody is to get",
           "payout",
           kStates,
           {{"", "MADE", "a payee", &told::PayoutMade::type},
            {"MADE", "PAYING", "its payee", &told::PayoutClaimed::type},
            {"MADE", "EXPIRED", "its time", &told::PayoutEnded::type, ended<PayoutState::expired>},
            {"PAYING", "PAID", "the channel", &told::PayoutEnded::type, ended<PayoutState::paid>},
            {"PAYING", "FAILED", "the channel", &told::PayoutEnded::type, ended<PayoutState::failed>}}},
          {"occupation",
           "a part of an account's quota for a day that a payout has",
           "payout",
           kOccupations,
           {{"", "OCCUPIED", "a code, or a claim", &told::QuotaOccupied::type},
            {"OCCUPIED", "USED", "a transfer that was paid", &told::QuotaUsed::type},
            {"OCCUPIED", "RELEASED", "its time, or a transfer that failed", &told::QuotaReleased::type}}}};
}

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "payout";
    f.summary = "paying out through accounts with a quota a day: occupied, used, or free again";
    f.services = {
        {"payout",
         "makes codes, chooses accounts by priority and quota, sends money and asks what became of it",
         {},
         [](const play::Designer&) { return std::string_view(kSchema); },
         open_accounts,
         start_payout}};
    f.seams = {&quota_keeper(), &binding(), &doubt(), &codes()};
    f.flaws = flaw_rows();
    f.settings = {{{"payout", "the accounts that money may leave through, and their quotas", &payout_shape(),
                    nullptr}}};
    f.parties = party_rows();
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {
        {"payouts_made", "codes that were made", &told::PayoutMade::type},
        {"payouts_paid", "payouts that became PAID", &told::PayoutEnded::type, ended<PayoutState::paid>},
        {"payouts_failed", "payouts that became FAILED", &told::PayoutEnded::type,
         ended<PayoutState::failed>},
        {"payouts_expired", "codes that nobody claimed", &told::PayoutEnded::type,
         ended<PayoutState::expired>},
        {"accounts_configured", "changes of accounts", &told::AccountConfigured::type}};
    f.machines = machine_rows();
    f.columns = column_rows();
    f.points = {
        {"payout: a payee may be faster", "A second passes before codes are ended that are over.", "payout"},
        {"payout: a claim waits", "A second passes before what is claimed is written.", "payout"},
        {"payout: a transfer is sent twice", "A number is sent, and sent once more.", "payout"},
        {"payout: another may be faster",
         "Fifty seconds pass before it is written what the channel said, and somebody else may look.",
         "payout"}};
    f.marks = mark_rows();
    f.knobs = {
        {"payout.batch", {"1", "2"}, "codes or transfers that are looked after in one pass", "payout"}};
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    f.covers = cover_rows();
    f.teller = make_teller;
    f.answers = {play::Answer::of(picturing())};
    f.measures = measure_rows();
    f.comparisons = {{"payout.quota", "payout_rush", 100}, {{}, "payout_quota", 100}};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::payout
