#include "scenarios/flows/netting/flow.h"

#include "core/api/jobs.h"
#include "core/netting/service.h"
#include "scenarios/flows/netting/flaws/flaws.h"
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/parties/clerk.h"
#include "scenarios/flows/netting/parties/desk.h"
#include "scenarios/flows/netting/parts.h"
#include "scenarios/flows/netting/seams.h"
#include "scenarios/flows/netting/telling/telling.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"

namespace ordeal::netting {
namespace {

namespace told = api::facts;
using api::ObligationState;
using play::Starting;

const std::string& schema() {
  static const std::string all = std::string(kTables) + jobs::kTables;
  return all;
}

// Cover is there by entries like any other, so the books add up from the first one on.
void open_all(env::Tx& tx, std::int64_t account, const std::vector<Money>& amounts) {
  for (const Money& amount : amounts) {
    open_account(tx, api::kHouse, amount.currency);
    open_account(tx, api::kFund, amount.currency);
    open_account(tx, api::kOutside, amount.currency);
    open_with(tx, account, amount);
  }
}

void open_books(env::Tx& tx, const play::Scenario& scenario) {
  const Rules& rules = scenario.setting<NettingSetting>().netting;
  for (std::size_t i = 0; i < rules.banks.size(); ++i)
    open_all(tx, bank_id(i).value, amounts_of(rules.banks[i].cover));
  open_all(tx, api::kFund, amounts_of(rules.fund));
}

void start_netting(const Starting& in) {
  const auto own = [&](const auto& seam) -> auto& { return in.process.own(in.designer.make(seam)); };
  const Designs designs{own(scheme()), own(cover()), own(once())};
  const Rules& rules = in.scenario.setting<NettingSetting>().netting;
  Terms terms{rules.session, rules.grace};
  terms.batch = in.knobs.number("netting.batch", terms.batch);
  for (const play::Part* desk : in.scenario.parties_of<DeskSpec>()) {
    for (std::size_t i = 0; i < rules.banks.size(); ++i) {
      if (rules.banks[i].name == desk->name) terms.banks[bank_id(i)] = "https://" + desk->name;
    }
  }
  in.process.make<Service>(in.env, *in.database, designs, std::move(terms)).start();
}

template <ObligationState State>
bool ended(const env::Message& fact) {
  return fact.as<told::ObligationEnded>().state == State;
}
bool begun(const env::Message& fact) { return fact.as<told::JobBegun>().token == 1; }
bool taken_over(const env::Message& fact) { return fact.as<told::JobBegun>().token > 1; }

std::vector<play::MachineRow> machine_rows() {
  static constexpr auto kObligations = names_of(ObligationState{});
  static constexpr auto kCycles = names_of(api::CycleState{});
  static constexpr auto kRuns = std::to_array<std::string_view>({"RUNNING", "ENDED"});
  return {{"obligation",
           "what one bank owes another for a payment",
           "netting",
           kObligations,
           {{"", "TAKEN", "the debtor", &told::ObligationTaken::type},
            {"TAKEN", "SETTLED", "its cycle", &told::ObligationEnded::type, ended<ObligationState::settled>},
            {"TAKEN", "UNPAID", "a bank without cover", &told::ObligationEnded::type,
             ended<ObligationState::unpaid>}}},
          {"cycle",
           "the obligations of a session in a currency",
           "netting",
           kCycles,
           {{"OPEN", "CLOSED", "its cut-off", &told::CycleClosed::type},
            {"CLOSED", "NETTED", "its job", &told::CycleNetted::type},
            {"NETTED", "SETTLED", "its job", &told::CycleSettled::type},
            {"NETTED", "CLOSED", "a bank without cover", &told::CycleUnwound::type}}},
          {"job run",
           "the work that is due once for a business date and a partition",
           "netting",
           kRuns,
           {{"", "RUNNING", "a node whose time has come", &told::JobBegun::type, begun},
            {"RUNNING", "RUNNING", "a node, after the lease of another", &told::JobBegun::type, taken_over},
            {"RUNNING", "ENDED", "its last step", &told::JobEnded::type}}}};
}

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "netting";
    f.summary = "what banks owe each other: collected, closed, netted, paid, by a job that two nodes fire";
    f.services = {{"netting",
                   "takes obligations of banks, keeps their settlement accounts, closes and settles cycles",
                   {},
                   [](const play::Designer&) { return std::string_view(schema()); },
                   open_books,
                   start_netting}};
    f.seams = {&scheme(), &cover(), &once()};
    f.flaws = flaw_rows();
    f.settings = {{{"netting", "the banks that owe each other, their cover, and when cycles close",
                    &netting_shape(), nullptr}}};
    f.parties = party_rows();
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {
        {"obligations_taken", "obligations that were taken", &told::ObligationTaken::type},
        {"obligations_settled", "obligations that were settled", &told::ObligationEnded::type,
         ended<ObligationState::settled>},
        {"obligations_unpaid", "obligations that were left to the banks", &told::ObligationEnded::type,
         ended<ObligationState::unpaid>},
        {"cycles_settled", "cycles that were settled", &told::CycleSettled::type},
        {"cycles_unwound", "times that a cycle was unwound", &told::CycleUnwound::type},
        {"runs_taken_over", "runs of a job that another node took over", &told::JobBegun::type, taken_over}};
    f.machines = machine_rows();
    f.columns = column_rows();
    f.marks = mark_rows();
    f.knobs = {{"netting.batch", {"1", "2"}, "jobs that are begun in one pass", "netting"}};
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    f.covers = cover_rows();
    f.teller = make_teller;
    f.answers = {play::Answer::of(picturing())};
    f.measures = measure_rows();
    f.comparisons = {{{}, "netting_day", 100}};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::netting
