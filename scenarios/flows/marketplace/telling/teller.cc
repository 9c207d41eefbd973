#include <map>
#include <string>
#include <utility>

#include "core/wire/names.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/parts.h"
#include "scenarios/flows/marketplace/telling/telling.h"
#include "scenarios/play/actor.h"
#include "sim/simulation.h"

namespace ordeal::marketplace {
namespace {

using api::SaleState;

std::string_view verb(SaleState to) {
  switch (to) {
    case SaleState::paid:
      return " is paid for";
    case SaleState::shipped:
      return " is shipped";
    case SaleState::cancelled:
      return " is cancelled";
    case SaleState::placed:
      break;
  }
  return " is placed";
}

class MarketTeller final : public play::Teller {
 public:
  MarketTeller(const play::Scenario& scenario, sim::Simulation& simulation)
      : scenario_(scenario), sim_(simulation) {
    for (std::int64_t i = 1; i <= sellers_of(scenario); ++i)
      sim_.tale().call(MerchantId{i}.text(), "seller " + std::to_string(i));
  }

  void on_fact(const sim::Fact& fact) override {
    if (const auto* placed = fact.body.get_if<api::facts::SalePlaced>()) on_placed(fact, *placed);
    if (const auto* moved = fact.body.get_if<api::facts::SaleMoved>())
      tell(fact, moved->sale.id.text(), moved->sale.id.text() + std::string(verb(moved->sale.state)));
    if (const auto* copy = fact.body.get_if<api::facts::CopyWritten>())
      tell(fact, copy->sale.text(),
           "the search copy has " + copy->sale.text() + " as " + std::string(wire::name_of(copy->state)));
    if (const auto* taken = fact.body.get_if<api::facts::BucketTaken>())
      tell(fact, "bucket " + std::to_string(taken->bucket),
           "bucket " + std::to_string(taken->bucket) + " moves to " + shard_text(taken->shard));
  }

 private:
  void on_placed(const sim::Fact& fact, const api::facts::SalePlaced& placed) {
    const std::string number = placed.sale.id.text();
    const std::string buyer = placed.sale.buyer.text();
    if (const auto actor = play::actor_with_id(scenario_, placed.sale.buyer.value))
      sim_.tale().call(buyer, play::actor_name(scenario_, *actor));
    if (numbers_.emplace(number, numbers_.size() + 1).second)
      sim_.tale().call(number, "order " + std::to_string(numbers_.size()));
    sim::Told line;
    line.about = {number, buyer};
    line.text = buyer + "'s order is written on " + shard_text(placed.shard) + ": " + number;
    sim_.tell(fact, std::move(line));
  }
  void tell(const sim::Fact& fact, std::string about, std::string text) {
    sim::Told line;
    line.about = {std::move(about)};
    line.text = std::move(text);
    sim_.tell(fact, std::move(line));
  }

  const play::Scenario& scenario_;
  sim::Simulation& sim_;
  std::map<std::string, std::size_t> numbers_;
};

// Orders are bands.
class MarketPainter final : public play::Painter {
 public:
  void on_fact(const play::DrawnFact& fact, sim::Picture& picture) override {
    if (const auto* placed = fact.body.get_if<api::facts::SalePlaced>()) draw(fact, placed->sale, picture);
    if (const auto* moved = fact.body.get_if<api::facts::SaleMoved>()) draw(fact, moved->sale, picture);
    if (const auto* copy = fact.body.get_if<api::facts::CopyWritten>())
      picture.beliefs.push_back(
          {fact.at_ns, fact.host, copy->sale.text(), std::string(wire::name_of(copy->state))});
  }

 private:
  static void draw(const play::DrawnFact& fact, const api::Sale& sale, sim::Picture& picture) {
    picture.moves.push_back(
        {fact.at_ns, "sale", sale.id.text(), "", std::string(wire::name_of(sale.state)), ""});
  }
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<MarketTeller>(scenario, simulation);
}

const play::Picturing& picturing() {
  static const play::Picturing row{
      {&api::facts::SalePlaced::type(), &api::facts::SaleMoved::type(), &api::facts::CopyWritten::type()},
      [](const play::Scenario&) -> std::unique_ptr<play::Painter> {
        return std::make_unique<MarketPainter>();
      }};
  return row;
}

}  // namespace ordeal::marketplace
