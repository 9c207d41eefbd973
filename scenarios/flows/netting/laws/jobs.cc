// I-67: of a job each step is done once for a business date and a partition: no transfer of a cycle is paid twice, nothing is closed or
// netted twice, and who was overtaken does nothing any more. Tokens only grow.
#include "core/api/jobs.h"

#include <memory>
#include <optional>
#include <set>

#include "core/netting/runner.h"
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/laws/rest_rows.h"
#include "scenarios/flows/netting/parts.h"

namespace ordeal::netting {
namespace {

using play::Findings;
using sim::Fact;
namespace told = api::facts;

class JobDoneOnce {
 public:
  explicit JobDoneOnce(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const told::JobBegun& begun, const Fact& fact, Findings& findings) {
    Run& run = runs_[cycle_of({begun.job, begun.day, begun.partition})];
    if (begun.token != run.token + 1 || run.ended)
      say("a run of a job was begun that cannot be", cycle_of({begun.job, begun.day, begun.partition}),
          begun.token, fact, findings);
    run.token = begun.token;
  }
  // A transfer's own entry, told just before its step.
  void on(const told::NetEntryPosted& entry, const Fact& fact, Findings& findings) {
    using enum api::NetEntryKind;
    if (entry.kind != paid_in && entry.kind != paid_out && entry.kind != direct && entry.kind != borne)
      return;
    const auto [first, is_new] = paid_.try_emplace(entry.transfer, fact.at_ns);
    if (is_new) return;
    findings.add(play::unsafe(kJobDoneOnce, fact.at_ns, "a transfer of a cycle was paid twice",
                              {{"cycle", entry.cycle.text()},
                               {"payer", account_text(scenario_, entry.from)},
                               {"payee", account_text(scenario_, entry.to)},
                               {"amount", entry.amount.text()},
                               {"after", play::how_long(fact.at_ns - first->second)}}));
  }
  void on(const told::JobDid& did, const Fact& fact, Findings& findings) {
    const CycleId cycle = cycle_of({did.job, did.day, did.partition});
    Run& run = runs_[cycle];
    const bool is_new = run.steps.insert(did.step).second;
    // What was paid twice has said so.
    if (!is_new && !did.step.starts_with("pay-"))
      say("a step of a job was done twice", cycle, did.token, fact, findings, did.step);
    else if (is_new && did.token != run.token && !overtaken_)
      overtaken_ = {cycle, did.step, did.token, fact.at_ns};
    if (!is_new) twice_ = true;
  }
  void on(const told::JobEnded& ended, const Fact& fact, Findings& findings) {
    const CycleId cycle = cycle_of({ended.job, ended.day, ended.partition});
    Run& run = runs_[cycle];
    if (run.ended || ended.token != run.token)
      say("a job was ended by somebody else", cycle, ended.token, fact, findings);
    run.ended = true;
  }
  void at_rest(const RestRows& rest, Findings& findings) const {
    // That is how things come to be done twice. Where they did, it has been said better.
    if (overtaken_ && !twice_)
      findings.add(play::unsafe(kJobDoneOnce, overtaken_->at_ns, "who was overtaken went on with a job",
                                {{"cycle", overtaken_->cycle.text()},
                                 {"step", overtaken_->step},
                                 {"run", std::to_string(overtaken_->token)}}));
    std::map<CycleId, std::set<std::string>> steps;
    for (const RestRows::Step& one : rest.steps) steps[one.cycle].insert(one.step);
    for (const auto& [cycle, row] : rest.runs) {
      const auto found = runs_.find(cycle);
      const Run run = found == runs_.end() ? Run{} : found->second;
      if (run.token != row.token || run.ended != row.ended || run.steps != steps[cycle])
        findings.add(play::unsafe(kJobDoneOnce, rest.world.now_ns, "a job stands otherwise than it was done",
                                  {{"cycle", cycle.text()}}));
    }
  }

 private:
  struct Run {
    std::int64_t token = 0;
    bool ended = false;
    std::set<std::string> steps{};
  };
  static void say(std::string message, CycleId cycle, std::int64_t token, const Fact& fact,
                  Findings& findings, const std::string& step = "-") {
    findings.add(play::unsafe(kJobDoneOnce, fact.at_ns, std::move(message),
                              {{"cycle", cycle.text()}, {"step", step}, {"run", std::to_string(token)}}));
  }

  const play::Scenario& scenario_;
  std::map<CycleId, Run> runs_;
  std::map<NetTransferId, std::int64_t> paid_;
  struct Overtaken {
    CycleId cycle{};
    std::string step{};
    std::int64_t token = 0;
    std::int64_t at_ns = 0;
  };
  std::optional<Overtaken> overtaken_;  // the first
  bool twice_ = false;
};

}  // namespace

void watch_job_done_once(const play::Watching& parts) {
  const auto law = std::make_shared<JobDoneOnce>(parts.scenario);
  parts.monitors.add<told::JobBegun, told::NetEntryPosted, told::JobDid, told::JobEnded>(law);
  parts.audit.add<RestRows>(kJobDoneOnce, {"netting"}, [law](const RestRows& rest, Findings& findings) {
    law->at_rest(rest, findings);
  });
}

}  // namespace ordeal::netting
