// The facts of refunds in words, and what they draw. Refunds are named by their buyer.
#include <map>
#include <string>
#include <utility>

#include "core/api/aftersale.h"
#include "core/wire/names.h"
#include "scenarios/flows/aftersale/laws/watched.h"
#include "scenarios/flows/aftersale/parts.h"
#include "scenarios/flows/aftersale/telling/telling.h"

namespace ordeal::aftersale {
namespace {

namespace told = api::facts;

class AftersaleTeller final : public play::Teller {
 public:
  AftersaleTeller(const play::Scenario& scenario, sim::Simulation& simulation)
      : scenario_(scenario), sim_(simulation) {}

  void on_fact(const sim::Fact& fact) override {
    if (const auto* asked = fact.body.get_if<told::BackAsked>()) return say_asked(fact, *asked);
    if (const auto* funded = fact.body.get_if<told::BackFunded>())
      say(fact, funded->refund, "has the merchant pay for " + funded->refund.text());
    if (const auto* rerouted = fact.body.get_if<told::BackRerouted>())
      say(fact, rerouted->refund, "has a payout take the place of " + rerouted->refund.text());
    if (const auto* ended = fact.body.get_if<told::BackEnded>())
      say(fact, ended->refund,
          "counts " + ended->refund.text() + " as " + std::string(wire::name_of(ended->state)));
    if (const auto* judged = fact.body.get_if<told::DisputeJudged>())
      say_case(fact, judged->case_number, judged->payment,
               judged->state == api::DisputeState::held
                   ? "holds " + judged->amount.text() + " of the payment of " +
                         buyer_text(scenario_, judged->payment) + " for the bank"
                   : "contests the case of " + buyer_text(scenario_, judged->payment));
    if (const auto* reversed = fact.body.get_if<told::DisputeReversed>()) {
      const PaymentId payment = cases_[reversed->case_number];
      say_case(fact, reversed->case_number, payment,
               "frees what it held for " + buyer_text(scenario_, payment) + "'s bank");
    }
  }

 private:
  void say_asked(const sim::Fact& fact, const told::BackAsked& asked) {
    const std::string buyer = buyer_text(scenario_, asked.buyer);
    const std::size_t nth = ++refunds_[buyer];
    sim_.tale().call(asked.refund.text(),
                     buyer + "'s " + (nth == 1 ? "" : std::to_string(nth) + ". ") + "refund", buyer);
    buyers_[asked.refund] = buyer;
    const bool waits = asked.state == api::BackState::waiting;
    say(fact, asked.refund,
        "makes " + asked.refund.text() + " of " + asked.amount.text() +
            (waits                                   ? ", which waits for the merchant's money"
             : asked.route == api::BackRoute::payout ? ", by a payout"
                                                     : ""));
  }
  void say(const sim::Fact& fact, RefundId refund, const std::string& text) {
    sim::Told line;
    line.about = {refund.text(), buyers_[refund]};
    line.text = host(fact) + " " + text;
    sim_.tell(fact, std::move(line));
  }
  void say_case(const sim::Fact& fact, const std::string& number, PaymentId payment,
                const std::string& text) {
    cases_[number] = payment;
    sim::Told line;
    line.about = {number, buyer_text(scenario_, payment)};
    line.text = host(fact) + " " + text;
    sim_.tell(fact, std::move(line));
  }
  const std::string& host(const sim::Fact& fact) { return sim_.host(fact.host).name(); }

  const play::Scenario& scenario_;
  sim::Simulation& sim_;
  std::map<RefundId, std::string> buyers_;
  std::map<std::string, std::size_t> refunds_;
  std::map<std::string, PaymentId> cases_;
};

// A refund is a band; what is taken of a payment is a figure.
class AftersalePainter final : public play::Painter {
 public:
  explicit AftersalePainter(const play::Scenario& scenario) : scenario_(scenario), watched_(scenario) {}

  void on_fact(const play::DrawnFact& fact, sim::Picture& picture) override {
    const sim::Fact seen{fact.body, fact.at_ns, 0, {}};
    if (const auto* asked = fact.body.get_if<told::BackAsked>()) {
      watched_.on(*asked, seen);
      move(fact, asked->refund, std::string(wire::name_of(asked->state)), picture);
      level(fact, asked->payment, picture);
    }
    if (const auto* funded = fact.body.get_if<told::BackFunded>()) {
      watched_.on(*funded, seen);
      move(fact, funded->refund, "SENDING", picture);
    }
    if (const auto* ended = fact.body.get_if<told::BackEnded>()) {
      watched_.on(*ended, seen);
      move(fact, ended->refund, std::string(wire::name_of(ended->state)), picture);
      if (const auto* refund = watched_.refund(ended->refund)) level(fact, refund->what.payment, picture);
    }
    if (const auto* judged = fact.body.get_if<told::DisputeJudged>()) {
      watched_.on(*judged, seen);
      level(fact, judged->payment, picture);
    }
  }

 private:
  static void move(const play::DrawnFact& fact, RefundId refund, std::string to, sim::Picture& picture) {
    picture.beliefs.push_back({fact.at_ns, fact.host, refund.text(), to});
    picture.moves.push_back({fact.at_ns, "part_refund", refund.text(), "", std::move(to), ""});
  }
  void level(const play::DrawnFact& fact, PaymentId payment, sim::Picture& picture) {
    const Watched::OfPayment& of = watched_.payment(payment);
    picture.levels.push_back(
        {fact.at_ns, "taken", buyer_text(scenario_, payment), "CNY", of.reserved(), of.captured});
  }

  const play::Scenario& scenario_;
  Watched watched_;
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<AftersaleTeller>(scenario, simulation);
}

const play::Picturing& picturing() {
  static const play::Picturing row{{&told::BackAsked::type(), &told::BackFunded::type(),
                                    &told::BackEnded::type(), &told::DisputeJudged::type()},
                                   [](const play::Scenario& scenario) -> std::unique_ptr<play::Painter> {
                                     return std::make_unique<AftersalePainter>(scenario);
                                   }};
  return row;
}

}  // namespace ordeal::aftersale
