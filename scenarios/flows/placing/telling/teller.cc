// The facts of placing in words, and what they draw. Orders are named by their customer.
#include <map>
#include <string>
#include <utility>

#include "core/api/placing.h"
#include "core/wire/names.h"
#include "scenarios/flows/placing/parts.h"
#include "scenarios/flows/placing/telling/telling.h"

namespace ordeal::placing {
namespace {

namespace told = api::facts;
using api::BranchState;
using api::PlacedState;

class PlacingTeller final : public play::Teller {
 public:
  PlacingTeller(const play::Scenario& scenario, sim::Simulation& simulation)
      : scenario_(scenario), sim_(simulation) {}

  void on_fact(const sim::Fact& fact) override {
    if (const auto* begun = fact.body.get_if<told::PlacingBegun>()) return say_begun(fact, *begun);
    if (const auto* decided = fact.body.get_if<told::PlacingDecided>()) return say_decided(fact, *decided);
    if (const auto* moved = fact.body.get_if<told::BranchMoved>()) return say_moved(fact, *moved);
    if (const auto* moved = fact.body.get_if<told::DifferenceMoved>()) return say_difference(fact, *moved);
  }

 private:
  void say_begun(const sim::Fact& fact, const told::PlacingBegun& begun) {
    const std::string customer = customer_text(scenario_, begun.user);
    const std::size_t nth = ++orders_[customer];
    sim_.tale().call(begun.order.text(),
                     customer + "'s " + (nth == 1 ? "" : std::to_string(nth) + ". ") + "order", customer);
    owners_[begun.order] = customer;
    say(fact, begun.order,
        "writes down " + begun.order.text() + ": " + std::to_string(begun.qty) + " of " +
            thing_text(scenario_, begun.sku) +
            (begun.points > 0 ? ", " + std::to_string(begun.points) + " points" : ""));
  }
  void say_decided(const sim::Fact& fact, const told::PlacingDecided& decided) {
    if (decided.state == PlacedState::placed)
      return say(fact, decided.order, "counts " + decided.order.text() + " as placed");
    say(fact, decided.order,
        "rejects " + decided.order.text() +
            (decided.lack == api::Lack::time
                 ? ", for somebody did not answer"
                 : ", for there is not enough " + std::string(wire::name_of(decided.lack))));
  }
  void say_moved(const sim::Fact& fact, const told::BranchMoved& moved) {
    const std::string amount =
        std::to_string(moved.amount) + " of " + pool_text(scenario_, moved.service, moved.pool);
    const std::string order = moved.order.text();
    const auto text = [&]() -> std::string {
      switch (moved.to) {
        case BranchState::tried:
          return "freezes " + amount + " for " + order;
        case BranchState::confirmed:
          return "uses the frozen " + amount + " for " + order;
        case BranchState::cancelled:
          return "gives " + amount + " back that was frozen for " + order;
        case BranchState::suspended:
          return "is told to cancel " + order + ", of which it has nothing";
        case BranchState::denied:
          return "has not " + amount + " for " + order;
        case BranchState::taken:
          return "takes " + amount + " for " + order;
        case BranchState::returned:
          return "gives " + amount + " back that was taken for " + order;
      }
      return {};
    };
    say(fact, moved.order, text());
  }
  void say_difference(const sim::Fact& fact, const told::DifferenceMoved& moved) {
    const std::string order = moved.order.text();
    if (moved.to == told::DifferenceState::open)
      return say(fact, moved.order,
                 "finds that the " + moved.service +
                     (moved.too_much ? " still holds something for " : " holds nothing for ") + order);
    if (moved.to == told::DifferenceState::suspense)
      return say(fact, moved.order, "puts " + order + " in suspense");
    say(fact, moved.order, "notes that " + order + " and the " + moved.service + " agree");
  }
  void say(const sim::Fact& fact, OrderId order, const std::string& text) {
    sim::Told line;
    line.about = {order.text(), owners_[order]};
    line.text = sim_.host(fact.host).name() + " " + text;
    sim_.tell(fact, std::move(line));
  }

  const play::Scenario& scenario_;
  sim::Simulation& sim_;
  std::map<OrderId, std::string> owners_;
  std::map<std::string, std::size_t> orders_;
};

// An order is a band; what is held of a pool is a figure.
class PlacingPainter final : public play::Painter {
 public:
  explicit PlacingPainter(const play::Scenario& scenario) : scenario_(scenario) {}

  void on_fact(const play::DrawnFact& fact, sim::Picture& picture) override {
    if (const auto* begun = fact.body.get_if<told::PlacingBegun>())
      draw(fact, begun->order, PlacedState::pending, picture);
    if (const auto* decided = fact.body.get_if<told::PlacingDecided>())
      draw(fact, decided->order, decided->state, picture);
    if (const auto* moved = fact.body.get_if<told::BranchMoved>()) draw(fact, *moved, picture);
  }

 private:
  void draw(const play::DrawnFact& fact, OrderId order, PlacedState state, sim::Picture& picture) {
    picture.moves.push_back({fact.at_ns, "order", order.text(), "", std::string(wire::name_of(state)), ""});
    picture.beliefs.push_back({fact.at_ns, fact.host, order.text(), picture.moves.back().to});
  }
  void draw(const play::DrawnFact& fact, const told::BranchMoved& moved, sim::Picture& picture) {
    std::int64_t more = 0;
    if (moved.to == BranchState::tried || moved.to == BranchState::taken) more = moved.amount;
    if (moved.to == BranchState::cancelled || moved.to == BranchState::returned) more = -moved.amount;
    if (more == 0) return;
    const std::string pool = pool_text(scenario_, moved.service, moved.pool);
    picture.levels.push_back({fact.at_ns, "held", pool, "", held_[pool] += more, 0});
  }

  const play::Scenario& scenario_;
  std::map<std::string, std::int64_t> held_;
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<PlacingTeller>(scenario, simulation);
}

const play::Picturing& picturing() {
  static const play::Picturing row{
      {&told::PlacingBegun::type(), &told::PlacingDecided::type(), &told::BranchMoved::type()},
      [](const play::Scenario& scenario) -> std::unique_ptr<play::Painter> {
        return std::make_unique<PlacingPainter>(scenario);
      }};
  return row;
}

}  // namespace ordeal::placing
