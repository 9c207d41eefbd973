// The facts of payouts in words, and what they draw. Payouts are named by their payee.
#include <map>
#include <string>
#include <utility>

#include "core/api/payout.h"
#include "core/wire/names.h"
#include "scenarios/flows/payout/laws/watched.h"
#include "scenarios/flows/payout/parts.h"
#include "scenarios/flows/payout/telling/telling.h"

namespace ordeal::payout {
namespace {

namespace told = api::facts;

class PayoutTeller final : public play::Teller {
 public:
  PayoutTeller(const play::Scenario& scenario, sim::Simulation& simulation)
      : scenario_(scenario), sim_(simulation) {}

  void on_fact(const sim::Fact& fact) override {
    if (const auto* made = fact.body.get_if<told::PayoutMade>()) return say_made(fact, *made);
    if (const auto* occupied = fact.body.get_if<told::QuotaOccupied>()) return say_occupied(fact, *occupied);
    if (const auto* released = fact.body.get_if<told::QuotaReleased>()) return say_released(fact, *released);
    if (const auto* claimed = fact.body.get_if<told::PayoutClaimed>())
      say(fact, claimed->payout, "takes " + claimed->payout.text() + " as claimed");
    if (const auto* rerouted = fact.body.get_if<told::PayoutRerouted>())
      say(fact, rerouted->payout, "pays " + rerouted->payout.text() + " again under another number");
    if (const auto* ended = fact.body.get_if<told::PayoutEnded>())
      say(fact, ended->payout,
          "counts " + ended->payout.text() + " as " + std::string(wire::name_of(ended->state)));
    if (const auto* configured = fact.body.get_if<told::AccountConfigured>()) {
      sim::Told line;
      line.about = {account_text(scenario_, configured->account)};
      line.text =
          host(fact) + " gives " + line.about.front() + " " + configured->terms.quota.text() + " a day";
      sim_.tell(fact, std::move(line));
    }
  }

 private:
  void say_made(const sim::Fact& fact, const told::PayoutMade& made) {
    const std::string payee = payee_text(scenario_, made.user);
    const std::size_t nth = ++payouts_[payee];
    sim_.tale().call(made.payout.text(),
                     payee + "'s " + (nth == 1 ? "" : std::to_string(nth) + ". ") + "payout", payee);
    payees_[made.payout] = payee;
    say(fact, made.payout, "makes a code for " + made.payout.text() + " of " + made.amount.text());
  }
  void say_occupied(const sim::Fact& fact, const told::QuotaOccupied& occupied) {
    occupied_[occupied.occupation] = occupied;
    say(fact, occupied.payout,
        "occupies " + occupied.amount.text() + " of " + account_text(scenario_, occupied.account) + " for " +
            occupied.payout.text());
  }
  void say_released(const sim::Fact& fact, const told::QuotaReleased& released) {
    const told::QuotaOccupied& was = occupied_[released.occupation];
    say(fact, was.payout,
        "frees " + was.amount.text() + " of " + account_text(scenario_, was.account) + " again");
  }
  void say(const sim::Fact& fact, PayoutId payout, const std::string& text) {
    sim::Told line;
    line.about = {payout.text(), payees_[payout]};
    line.text = host(fact) + " " + text;
    sim_.tell(fact, std::move(line));
  }
  const std::string& host(const sim::Fact& fact) { return sim_.host(fact.host).name(); }

  const play::Scenario& scenario_;
  sim::Simulation& sim_;
  std::map<PayoutId, std::string> payees_;
  std::map<std::string, std::size_t> payouts_;
  std::map<OccupationId, told::QuotaOccupied> occupied_;
};

// A payout is a band; what is free of an account's quota is a figure.
class PayoutPainter final : public play::Painter {
 public:
  explicit PayoutPainter(const play::Scenario& scenario) : scenario_(scenario), watched_(scenario) {}

  void on_fact(const play::DrawnFact& fact, sim::Picture& picture) override {
    const sim::Fact seen{fact.body, fact.at_ns, 0, {}};
    if (const auto* made = fact.body.get_if<told::PayoutMade>()) move(fact, made->payout, "MADE", picture);
    if (const auto* claimed = fact.body.get_if<told::PayoutClaimed>())
      move(fact, claimed->payout, "PAYING", picture);
    if (const auto* ended = fact.body.get_if<told::PayoutEnded>())
      move(fact, ended->payout, std::string(wire::name_of(ended->state)), picture);
    if (const auto* occupied = fact.body.get_if<told::QuotaOccupied>()) {
      watched_.on(*occupied, seen);
      level(fact, {occupied->account, occupied->day}, picture);
    }
    if (const auto* released = fact.body.get_if<told::QuotaReleased>()) {
      const Watched::Held* held = watched_.find(released->occupation);
      if (held == nullptr) return;
      const Watched::AccountDay of{held->what.account, held->what.day};
      watched_.on(*released, seen);
      level(fact, of, picture);
    }
  }

 private:
  static void move(const play::DrawnFact& fact, PayoutId payout, std::string to, sim::Picture& picture) {
    picture.beliefs.push_back({fact.at_ns, fact.host, payout.text(), to});
    picture.moves.push_back({fact.at_ns, "payout", payout.text(), "", std::move(to), ""});
  }
  void level(const play::DrawnFact& fact, Watched::AccountDay of, sim::Picture& picture) {
    picture.levels.push_back({fact.at_ns, "taken", account_text(scenario_, of.first), "CNY",
                              watched_.taken(of), watched_.quota(of)});
  }

  const play::Scenario& scenario_;
  Watched watched_;
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<PayoutTeller>(scenario, simulation);
}

const play::Picturing& picturing() {
  static const play::Picturing row{
      {&told::PayoutMade::type(), &told::PayoutClaimed::type(), &told::PayoutEnded::type(),
       &told::QuotaOccupied::type(), &told::QuotaReleased::type()},
      [](const play::Scenario& scenario) -> std::unique_ptr<play::Painter> {
        return std::make_unique<PayoutPainter>(scenario);
      }};
  return row;
}

}  // namespace ordeal::payout
