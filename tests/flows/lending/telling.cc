#include "tests/flows/lending/telling.h"

#include <string>
#include <utility>

#include "tests/flows/lending/library/api.h"
#include "tests/flows/lending/parts.h"

namespace ordeal::lending {
namespace {

class LendingTeller final : public play::Teller {
 public:
  LendingTeller(const play::Scenario& scenario, sim::Simulation& simulation) : sim_(simulation) {
    for (std::int64_t i = 1; i <= scenario.setting<StandSetting>().stand.umbrellas; ++i)
      sim_.tale().call(UmbrellaId{i}.text(), "umbrella " + std::to_string(i));
  }

  void on_fact(const sim::Fact& fact) override {
    if (const auto* lent = fact.body.get_if<facts::UmbrellaLent>())
      tell(fact, *lent, lent->umbrella.text() + " is lent on " + lent->loan.text());
    if (const auto* back = fact.body.get_if<facts::UmbrellaBack>())
      tell(fact, *back, back->umbrella.text() + " comes back from " + back->loan.text());
    if (const auto* lost = fact.body.get_if<facts::UmbrellaLost>())
      tell(fact, *lost, lost->umbrella.text() + " on " + lost->loan.text() + " is written off");
  }

 private:
  template <class Body>
  void tell(const sim::Fact& fact, const Body& body, std::string text) {
    sim::Told line;
    line.about = {body.umbrella.text(), body.loan.text()};
    line.text = std::move(text);
    sim_.tell(fact, std::move(line));
  }

  sim::Simulation& sim_;
};

// A loan is a band, the umbrellas that are out are a figure.
class LendingPainter final : public play::Painter {
 public:
  explicit LendingPainter(const play::Scenario& scenario)
      : umbrellas_(scenario.setting<StandSetting>().stand.umbrellas) {}

  void on_fact(const play::DrawnFact& fact, sim::Picture& picture) override {
    if (const auto* lent = fact.body.get_if<facts::UmbrellaLent>()) draw(fact, lent->loan, "OUT", 1, picture);
    if (const auto* back = fact.body.get_if<facts::UmbrellaBack>())
      draw(fact, back->loan, "BACK", -1, picture);
    if (const auto* lost = fact.body.get_if<facts::UmbrellaLost>())
      draw(fact, lost->loan, "LOST", 0, picture);
  }

 private:
  void draw(const play::DrawnFact& fact, LoanId loan, std::string state, std::int64_t more,
            sim::Picture& picture) {
    picture.moves.push_back({fact.at_ns, "loan", loan.text(), "", std::move(state), ""});
    picture.levels.push_back({fact.at_ns, "out", "", "", out_ += more, umbrellas_});
    picture.beliefs.push_back({fact.at_ns, fact.host, loan.text(), picture.moves.back().to});
  }

  std::int64_t umbrellas_;
  std::int64_t out_ = 0;
};

}  // namespace

const play::Picturing& picturing() {
  static const play::Picturing row{
      {&facts::UmbrellaLent::type(), &facts::UmbrellaBack::type(), &facts::UmbrellaLost::type()},
      [](const play::Scenario& scenario) -> std::unique_ptr<play::Painter> {
        return std::make_unique<LendingPainter>(scenario);
      }};
  return row;
}

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<LendingTeller>(scenario, simulation);
}

std::vector<play::WordRow> word_rows() {
  return {{"counter.borrow", "asking for an umbrella"},
          {"counter.give_back", "giving it back"},
          {"library.borrow", "lending an umbrella"},
          {"library.give_back", "taking an umbrella back"},
          {"weather: rain", "says that it rains"},
          {"weather: no answer", "does not know"},
          {"downpour: comes with all others", "all come at the same moment"}};
}

std::vector<play::BreachRow> breach_rows() {
  return {{"an umbrella was lent that another borrower has",
           "{umbrella} was lent on {was lent to} while it is out on {has it}"},
          {"a loan is still out", "{umbrella} is still out on {loan}, and nobody is waiting for it"}};
}

}  // namespace ordeal::lending
