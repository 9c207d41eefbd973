// I-01: one reference of a debtor is one obligation, and every answer to it names that one; another payment under it is a conflict.
// I-36: what banks are told is so. A refusal names something that is wrong, and what something is wrong with is not taken; "lacks cover"
// means that the account had less at some moment between asking and answer; "moved" that it is in the books; how an obligation stands is how
// it stood; and a position that was confirmed is the one that was settled.
#include <memory>

#include "core/netting/service.h"
#include "core/wire/names.h"
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/laws/rest_rows.h"
#include "scenarios/flows/netting/laws/watched.h"

namespace ordeal::netting {
namespace {

using api::CoverStatus;
using api::NettingProblem;
using api::ObligationState;
using api::SubmitStatus;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

Evidence about(const play::Scenario& scenario, const api::SubmitObligation& request) {
  return {{"debtor", bank_text(scenario, request.debtor)},
          {"creditor", bank_text(scenario, request.creditor)},
          {"amount", request.amount.text()},
          {"reference", request.reference.substr(0, 80)}};
}

void check_references(const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr) return;
  for (const auto& said : rest.diary()->submitted) {
    if (!said.answered_ns || said.reply.status != SubmitStatus::taken) continue;
    const Obligation* row = rest.obligation(said.request.debtor, said.request.reference);
    if (row == nullptr || row->id != said.reply.obligation || row->cycle != said.reply.cycle)
      findings.add(play::unsafe(kOneObligation, *said.answered_ns,
                                "an answer names another obligation than is kept under the reference",
                                about(rest.world.scenario(), said.request)));
    else if (row->creditor != said.request.creditor || row->amount != said.request.amount)
      findings.add(play::unsafe(kOneObligation, *said.answered_ns,
                                "a reference that stands for one payment was taken for another",
                                about(rest.world.scenario(), said.request)));
  }
}

// Is this problem there? By the words of core/api/netting.h alone.
bool is_so(const play::Scenario& scenario, const api::SubmitObligation& r, NettingProblem problem) {
  switch (problem) {
    case NettingProblem::none:
      return false;
    case NettingProblem::bad_reference:
      return r.reference.empty() || r.reference.size() > 64;
    case NettingProblem::no_bank:
      return !has_account(scenario, r.debtor, r.amount.currency) ||
             !has_account(scenario, r.creditor, r.amount.currency);
    case NettingProblem::to_itself:
      return r.debtor == r.creditor;
    case NettingProblem::bad_amount:
      return r.amount.minor == 0 || r.amount.minor > Money::kMaxMinor || r.amount.minor < -Money::kMaxMinor;
  }
  return false;
}
bool is_so(const play::Scenario& scenario, const api::MoveCover& r, NettingProblem problem) {
  switch (problem) {
    case NettingProblem::none:
    case NettingProblem::to_itself:
      return false;
    case NettingProblem::bad_reference:
      return r.request_key.empty() || r.request_key.size() > 64;
    case NettingProblem::no_bank:
      return !has_account(scenario, r.bank, r.amount.currency);
    case NettingProblem::bad_amount:
      return r.amount.minor <= 0 || r.amount.minor > Money::kMaxMinor;
  }
  return false;
}
template <class Request>
bool is_wrong(const play::Scenario& scenario, const Request& r) {
  using enum NettingProblem;
  for (const NettingProblem one : {bad_reference, no_bank, to_itself, bad_amount}) {
    if (is_so(scenario, r, one)) return true;
  }
  return false;
}

class AnswersAreTrue {
 public:
  explicit AnswersAreTrue(const play::Scenario& scenario) : scenario_(scenario), accounts_(scenario) {}

  void on(const told::ObligationTaken& taken, const Fact& fact, Findings&) {
    cycles_.on(taken);
    moves_[taken.obligation].push_back({ObligationState::taken, fact.at_ns});
  }
  void on(const told::ObligationEnded& ended, const Fact& fact, Findings&) {
    cycles_.on(ended);
    moves_[ended.obligation].push_back({ended.state, fact.at_ns});
  }
  void on(const told::NetEntryPosted& entry, const Fact& fact, Findings&) { accounts_.on(entry, fact.at_ns); }

  void at_rest(const RestRows& rest, Findings& findings) const {
    for (const auto& [id, row] : rest.obligations) {
      if (is_wrong(scenario_, api::SubmitObligation{row.debtor, row.creditor, row.amount, row.reference}))
        findings.add(play::unsafe(kAnswersAreTrue, rest.world.now_ns,
                                  "what no obligation can be made of was taken",
                                  about(scenario_, {row.debtor, row.creditor, row.amount, row.reference})));
    }
    if (rest.diary() != nullptr) {
      for (const auto& said : rest.diary()->submitted) check(said, rest, findings);
      for (const auto& said : rest.diary()->looked) check(said, rest, findings);
      for (const auto& said : rest.diary()->moved) check(said, rest, findings);
    }
    if (rest.desks() != nullptr) {
      for (const auto& [of, note] : rest.desks()->settled) check(note, findings);
    }
  }

 private:
  struct Moved {
    ObligationState state = ObligationState::taken;
    std::int64_t at_ns = 0;
  };

  void check(const Said<api::SubmitObligation, api::SubmitReply>& said, const RestRows& rest,
             Findings& findings) const {
    if (!said.answered_ns) return;
    const auto say = [&](std::string message) {
      Evidence evidence = about(scenario_, said.request);
      evidence.emplace_back("because", std::string(wire::name_of(said.reply.problem)));
      findings.add(play::unsafe(kAnswersAreTrue, *said.answered_ns, std::move(message), std::move(evidence)));
    };
    if (said.reply.status == SubmitStatus::refused && !is_so(scenario_, said.request, said.reply.problem))
      say("a bank was refused for what is not so");
    if (said.reply.status != SubmitStatus::conflict) return;
    const Obligation* row = rest.obligation(said.request.debtor, said.request.reference);
    if (row == nullptr || (row->creditor == said.request.creditor && row->amount == said.request.amount))
      say("a bank was told of a conflict that is none");
  }
  void check(const Said<api::LookAtObligation, api::ObligationReply>& said, const RestRows& rest,
             Findings& findings) const {
    if (!said.answered_ns) return;
    const Obligation* row = rest.obligation(said.request.debtor, said.request.reference);
    const bool true_answer = row == nullptr
                                 ? !said.reply.found
                                 : said.reply.found && said.reply.cycle == row->cycle &&
                                       was(row->id, said.reply.state, said.asked_ns, *said.answered_ns);
    if (true_answer) return;
    findings.add(play::unsafe(kAnswersAreTrue, *said.answered_ns, "a bank was told of another state",
                              {{"debtor", bank_text(scenario_, said.request.debtor)},
                               {"reference", said.request.reference},
                               {"answer", said.reply.found ? std::string(wire::name_of(said.reply.state))
                                                           : std::string("not there")}}));
  }
  void check(const Said<api::MoveCover, api::CoverReply>& said, const RestRows& rest,
             Findings& findings) const {
    if (!said.answered_ns) return;
    const auto say = [&](std::string message) {
      findings.add(play::unsafe(kAnswersAreTrue, *said.answered_ns, std::move(message),
                                {{"bank", bank_text(scenario_, said.request.bank)},
                                 {"amount", said.request.amount.text()},
                                 {"because", std::string(wire::name_of(said.reply.problem))}}));
    };
    const auto row = rest.requests.find({said.request.bank, said.request.request_key});
    const bool there = row != rest.requests.end();
    const bool same =
        there && row->second.asked.out == said.request.out && row->second.asked.amount == said.request.amount;
    switch (said.reply.status) {
      case CoverStatus::refused:
        if (!is_so(scenario_, said.request, said.reply.problem)) say("a bank was refused for what is not so");
        break;
      case CoverStatus::moved:
        if (!same) say("a bank was told that cover was moved, and it was not");
        break;
      case CoverStatus::conflict:
        if (!there || same) say("a bank was told of a conflict that is none");
        break;
      case CoverStatus::lacks_cover:
        if (!said.request.out || accounts_.had({said.request.bank.value, said.request.amount.currency},
                                               said.request.amount.minor, said.asked_ns, *said.answered_ns))
          say("a bank was told that cover is lacking, and it was there");
        break;
      case CoverStatus::busy:
        if (rest.world.machines_ran() && rest.diary()->moved.size() == 1)
          say("a bank was put off, and nobody was at work");
        break;
      case CoverStatus::unknown:
        break;
    }
  }
  void check(const DeskBook::Note& note, Findings& findings) const {
    const auto nets = cycles_.nets(note.advice.cycle);
    const auto found = nets.find(note.advice.bank);
    const std::int64_t expected = found == nets.end() ? 0 : found->second;
    if (note.advice.net.minor == expected &&
        note.advice.net.currency == api::key_of(note.advice.cycle).currency)
      return;
    findings.add(play::unsafe(kAnswersAreTrue, note.at_ns, "a bank was told another position than its own",
                              {{"cycle", note.advice.cycle.text()},
                               {"bank", bank_text(scenario_, note.advice.bank)},
                               {"told", note.advice.net.text()}}));
  }
  bool was(ObligationId id, ObligationState state, std::int64_t from_ns, std::int64_t until_ns) const {
    const auto found = moves_.find(id);
    if (found == moves_.end()) return false;
    for (std::size_t i = 0; i < found->second.size(); ++i) {
      const std::int64_t over_ns = i + 1 < found->second.size() ? found->second[i + 1].at_ns : INT64_MAX;
      const Moved& one = found->second[i];
      if (one.state == state && one.at_ns <= until_ns && over_ns >= from_ns) return true;
    }
    return false;
  }

  const play::Scenario& scenario_;
  WatchedCycles cycles_;
  WatchedAccounts accounts_;
  std::map<ObligationId, std::vector<Moved>> moves_;
};

}  // namespace

void watch_one_obligation(const play::Watching& parts) {
  parts.audit.add<RestRows>(kOneObligation, {"netting"}, check_references);
}

void watch_answers_are_true(const play::Watching& parts) {
  const auto law = std::make_shared<AnswersAreTrue>(parts.scenario);
  parts.monitors.add<told::ObligationTaken, told::ObligationEnded, told::NetEntryPosted>(law);
  parts.audit.add<RestRows>(kAnswersAreTrue, {"netting"}, [law](const RestRows& rest, Findings& findings) {
    law->at_rest(rest, findings);
  });
}

}  // namespace ordeal::netting
