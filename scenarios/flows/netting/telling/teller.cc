// The facts of netting in words, and what they draw. A cycle is named by its currency and its cut-off.
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/api/jobs.h"
#include "core/netting/runner.h"
#include "core/wire/names.h"
#include "scenarios/flows/netting/laws/watched.h"
#include "scenarios/flows/netting/parts.h"
#include "scenarios/flows/netting/telling/telling.h"

namespace ordeal::netting {
namespace {

namespace told = api::facts;

class NettingTeller final : public play::Teller {
 public:
  NettingTeller(const play::Scenario& scenario, sim::Simulation& simulation)
      : scenario_(scenario), sim_(simulation) {}

  void on_fact(const sim::Fact& fact) override {
    if (const auto* taken = fact.body.get_if<told::ObligationTaken>()) return say_taken(fact, *taken);
    if (const auto* begun = fact.body.get_if<told::JobBegun>()) return say_begun(fact, *begun);
    if (const auto* did = fact.body.get_if<told::JobDid>()) return say_paid(fact, *did);
    if (const auto* closed = fact.body.get_if<told::CycleClosed>())
      return say(fact, closed->cycle, "closes " + name(closed->cycle));
    if (const auto* netted = fact.body.get_if<told::CycleNetted>()) return say_netted(fact, *netted);
    if (const auto* posted = fact.body.get_if<told::NetEntryPosted>()) return say_posted(fact, *posted);
    if (const auto* unwound = fact.body.get_if<told::CycleUnwound>())
      return say(fact, unwound->cycle,
                 "unwinds " + name(unwound->cycle) + ": " + bank_text(scenario_, unwound->bank) +
                     " cannot pay " + unwound->missing.text());
    if (const auto* settled = fact.body.get_if<told::CycleSettled>())
      return say(fact, settled->cycle, "settles " + name(settled->cycle));
  }

 private:
  const std::string& name(CycleId cycle) {
    const auto [at, is_new] = names_.try_emplace(cycle, cycle.text());
    if (is_new) sim_.tale().call(at->second, cycle_text(scenario_, cycle));
    return at->second;
  }
  void say_taken(const sim::Fact& fact, const told::ObligationTaken& taken) {
    const std::string debtor = bank_text(scenario_, taken.debtor);
    const std::string clerk = person_of(scenario_, taken.reference);
    sim_.tale().call(
        taken.obligation.text(),
        "what " + debtor + " owes " + bank_text(scenario_, taken.creditor) + ", " + taken.amount.text(),
        clerk);
    sim::Told line;
    line.about = {taken.obligation.text(), taken.cycle.text(), clerk};
    line.text = host(fact) + " takes " + taken.obligation.text() + ", for " + name(taken.cycle);
    sim_.tell(fact, std::move(line));
  }
  void say_begun(const sim::Fact& fact, const told::JobBegun& begun) {
    const CycleId cycle = cycle_of({begun.job, begun.day, begun.partition});
    sim::Told line;
    line.about = {cycle.text()};
    line.text = "run " + std::to_string(begun.token) + " of the job of " + name(cycle) + " begins" +
                (begun.token == 1 ? "" : ": the lease of the one before is over");
    sim_.tell(fact, std::move(line));
  }
  // What a transfer moved stands just before the step of whoever made it.
  void say_paid(const sim::Fact& fact, const told::JobDid& did) {
    if (!paid_) return;
    sim::Told line;
    line.about = {paid_->cycle.text()};
    line.text = "run " + std::to_string(did.token) + " pays " + paid_->amount.text() + " from " +
                account_text(scenario_, paid_->from) + " to " + account_text(scenario_, paid_->to) + " for " +
                name(paid_->cycle);
    paid_.reset();
    sim_.tell(fact, std::move(line));
  }
  void say_netted(const sim::Fact& fact, const told::CycleNetted& netted) {
    std::string nets;
    for (const api::NetPosition& one : netted.positions)
      nets += (nets.empty() ? "" : ", ") + bank_text(scenario_, one.bank) + " " + one.net.text();
    say(fact, netted.cycle, "nets " + name(netted.cycle) + ": " + (nets.empty() ? "nothing" : nets));
  }
  void say_posted(const sim::Fact& fact, const told::NetEntryPosted& posted) {
    using enum api::NetEntryKind;
    if (posted.kind != put_in && posted.kind != taken_out && posted.kind != returned) {
      paid_ = posted;
      return;
    }
    sim::Told line;
    const std::string from = account_text(scenario_, posted.from);
    const std::string to = account_text(scenario_, posted.to);
    line.about = {posted.cycle ? posted.cycle.text() : person_of(scenario_, posted.request_key)};
    line.text = host(fact);
    if (posted.kind == put_in) line.text += " puts " + posted.amount.text() + " into " + to + "'s account";
    if (posted.kind == taken_out)
      line.text += " gives out " + posted.amount.text() + " of " + from + "'s account";
    if (posted.kind == returned) line.text += " gives " + posted.amount.text() + " back to " + to;
    sim_.tell(fact, std::move(line));
  }
  void say(const sim::Fact& fact, CycleId cycle, const std::string& text) {
    sim::Told line;
    line.about = {cycle.text()};
    line.text = host(fact) + " " + text;
    sim_.tell(fact, std::move(line));
  }
  const std::string& host(const sim::Fact& fact) { return sim_.host(fact.host).name(); }

  const play::Scenario& scenario_;
  sim::Simulation& sim_;
  std::map<CycleId, std::string> names_;
  std::optional<told::NetEntryPosted> paid_;
};

// A cycle and an obligation are bands; what stands in an account is a figure, and what is moved a passage.
class NettingPainter final : public play::Painter {
 public:
  explicit NettingPainter(const play::Scenario& scenario) : scenario_(scenario), accounts_(scenario) {}

  void on_fact(const play::DrawnFact& fact, sim::Picture& picture) override {
    if (const auto* taken = fact.body.get_if<told::ObligationTaken>())
      move(fact, "obligation", taken->obligation.text(), "TAKEN", picture);
    if (const auto* ended = fact.body.get_if<told::ObligationEnded>())
      move(fact, "obligation", ended->obligation.text(), std::string(wire::name_of(ended->state)), picture);
    if (const auto* closed = fact.body.get_if<told::CycleClosed>())
      move(fact, "cycle", closed->cycle.text(), "CLOSED", picture);
    if (const auto* netted = fact.body.get_if<told::CycleNetted>())
      move(fact, "cycle", netted->cycle.text(), "NETTED", picture);
    if (const auto* unwound = fact.body.get_if<told::CycleUnwound>())
      move(fact, "cycle", unwound->cycle.text(), "CLOSED", picture);
    if (const auto* settled = fact.body.get_if<told::CycleSettled>())
      move(fact, "cycle", settled->cycle.text(), "SETTLED", picture);
    if (const auto* posted = fact.body.get_if<told::NetEntryPosted>()) draw(fact, *posted, picture);
  }

 private:
  static void move(const play::DrawnFact& fact, std::string kind, std::string id, std::string to,
                   sim::Picture& picture) {
    picture.moves.push_back({fact.at_ns, std::move(kind), std::move(id), "", std::move(to), ""});
  }
  void draw(const play::DrawnFact& fact, const told::NetEntryPosted& posted, sim::Picture& picture) {
    accounts_.on(posted, fact.at_ns);
    const std::string currency(posted.amount.currency.text());
    for (const std::int64_t account : {posted.from, posted.to}) {
      picture.levels.push_back({fact.at_ns, "balance", account_text(scenario_, account), currency,
                                accounts_.balance({account, posted.amount.currency}), INT64_MAX});
    }
    picture.passages.push_back({fact.at_ns, account_text(scenario_, posted.from),
                                account_text(scenario_, posted.to), posted.amount.minor, currency,
                                posted.cycle ? posted.cycle.text() : std::string(),
                                std::string(wire::name_of(posted.kind)), true});
  }

  const play::Scenario& scenario_;
  WatchedAccounts accounts_;
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<NettingTeller>(scenario, simulation);
}

const play::Picturing& picturing() {
  static const play::Picturing row{
      {&told::ObligationTaken::type(), &told::ObligationEnded::type(), &told::CycleClosed::type(),
       &told::CycleNetted::type(), &told::CycleUnwound::type(), &told::CycleSettled::type(),
       &told::NetEntryPosted::type()},
      [](const play::Scenario& scenario) -> std::unique_ptr<play::Painter> {
        return std::make_unique<NettingPainter>(scenario);
      }};
  return row;
}

}  // namespace ordeal::netting
