// Do the figures of a purchase say what happened? Each is doubted with a design that is planted beside the right one: slow,
// greedy, wasteful. A trial that is measured is the trial that is not.
#include <memory>

#include <gtest/gtest.h>

#include "scenarios/cli/compare/compared_sums.h"
#include "scenarios/flows/purchase/flow.h"
#include "scenarios/flows/purchase/seams.h"
#include "scenarios/flows/spanning/laws.h"
#include "tests/support/story.h"

namespace ordeal::cli {
namespace {

using inventory::Gate;
using test::minutes;

// Right, and slow: it looks at the whole stock three times before it takes anything.
class SlowGate final : public Gate {
 public:
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    for (int i = 0; i < 3; ++i) {
      db.read("inventory.look",
              [&](env::Connection& connection) { inventory::available(connection, lines.front().sku); });
    }
    return gate_->reserve(db, order, lines);
  }

 private:
  std::unique_ptr<Gate> gate_ = inventory::make_gate("conditional_update");
};

// Sells nothing: units that are there are refused.
class MiserlyGate final : public Gate {
 public:
  api::ReserveStatus reserve(env::Database&, OrderId, std::span<const api::Line>) override {
    return api::ReserveStatus::out_of_stock;
  }
};

// Takes whatever is asked for.
class GreedyGate final : public Gate {
 public:
  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override {
    return env::in_transaction(db, "inventory.reserve", [&](env::Tx& tx) {
      if (const auto earlier = inventory::earlier_answer(tx, order)) return *earlier;
      for (const api::Line& line : lines) inventory::hold(tx, order, line);
      return api::ReserveStatus::reserved;
    });
  }
};

template <class T>
std::unique_ptr<Gate> make() {
  return std::make_unique<T>();
}

const play::Flaw<Gate>& slow() {
  static const play::Flaw<Gate> row{
      {"T-1", "slow gate", "I-10 no-oversell", "", "looks three times"}, purchase::gate(), make<SlowGate>};
  return row;
}
const play::Flaw<Gate>& miserly() {
  static const play::Flaw<Gate> row{
      {"T-2", "miserly gate", "I-16", "", "refuses everybody"}, purchase::gate(), make<MiserlyGate>};
  return row;
}
const play::Flaw<Gate>& greedy() {
  static const play::Flaw<Gate> row{{"T-3", "greedy gate", "I-10 no-oversell", "", "takes without looking"},
                                    purchase::gate(),
                                    make<GreedyGate>};
  return row;
}

const play::Flows& flows_with_bad_gates() {
  static const play::Flow purchase = [] {
    play::Flow flow = purchase::flow();
    flow.flaws.insert(flow.flaws.end(), {&slow(), &miserly(), &greedy()});
    return flow;
  }();
  static const play::Flows flows({&purchase, &spanning::flow()});
  return flows;
}

test::Shop busy_shop() {
  test::Shop shop = test::small_shop();
  shop.catalogue.skus = {{"TEA", Money{1'990, {}}, 4, 1, {}}};
  shop.shopping.shoppers = 8;
  shop.shopping.arrive.until = test::seconds(2);
  shop.habits().never_pays = {1, 4};
  return shop;
}

// The right gate, and `flaw` beside it.
std::vector<reports::ComparedRow> compare_with(const char* flaw, std::uint64_t seeds = 20) {
  const play::Flows& flows = flows_with_bad_gates();
  std::vector<std::unique_ptr<play::Stage>> stages;
  // The parts of the scenario name rows of all_flows(), which stay where they are.
  stages.push_back(std::make_unique<play::Stage>(flows, busy_shop().scenario(), play::Cast{}));
  stages.push_back(std::make_unique<play::Stage>(flows, busy_shop().scenario(), play::Cast{{}, {flaw}}));
  ComparedSums sums(flows.measures(), stages.size());
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const SeedLine line = play_with_each(stages, seed, play::FaultMode::none, true);
    EXPECT_FALSE(line.our_bug) << *line.our_bug;
    sums.add(line);
  }
  return sums.rows();
}

const reports::ComparedRow& row(const std::vector<reports::ComparedRow>& rows, std::string_view name) {
  for (const reports::ComparedRow& one : rows) {
    if (one.name == name) return one;
  }
  ADD_FAILURE() << "no row " << name;
  return rows.front();
}

bool first_is_best(const reports::ComparedRow& of) { return best_of(of) == std::vector<bool>{true, false}; }

TEST(Measures, ASlowGateIsSlower) {
  const auto rows = compare_with("T-1");
  EXPECT_TRUE(first_is_best(row(rows, "placing an order p50")));
  EXPECT_TRUE(first_is_best(row(rows, "SQL statements per order")));
  const auto& slower = row(rows, "placing an order p50");
  EXPECT_GT(slower.figures[1].num, slower.figures[0].num);
  // Each look takes 20 to 200 µs, there are three.
  EXPECT_LT(slower.figures[1].num - slower.figures[0].num, 3'000'000);
  const auto& sold = row(rows, "orders paid");
  EXPECT_TRUE(best_of(sold).empty()) << "it sells as much";
  EXPECT_EQ(row(rows, "oversold").figures[1].num, 0);
}

TEST(Measures, AMiserlyGateLosesSales) {
  const auto rows = compare_with("T-2");
  const auto& lost = row(rows, "lost sales");
  EXPECT_TRUE(first_is_best(lost));
  EXPECT_EQ(lost.figures[1].num, 20 * 4) << "all that was there";
  EXPECT_TRUE(first_is_best(row(rows, "orders paid")));
  EXPECT_EQ(row(rows, "orders paid").figures[1].num, 0);
}

TEST(Measures, AGreedyGateOversells) {
  const auto rows = compare_with("T-3");
  EXPECT_EQ(row(rows, "oversold").figures[0].num, 0);
  EXPECT_EQ(row(rows, "oversold").figures[1].num, 20 * 4) << "eight shoppers, four units";
}

TEST(Measures, ClosingsAreSoonAfterTheirTimeAndCounted) {
  const auto rows = compare_with("T-1");
  const auto& late = row(rows, "closing after its time p99");
  EXPECT_GT(late.figures[0].num, 0);
  EXPECT_LT(late.figures[0].num, 5'000'000'000) << "I-41, in a calm world";
  EXPECT_GT(row(rows, "orders closed").figures[0].num, 0);
}

TEST(Measures, ATrialThatIsMeasuredIsTheTrialThatIsNot) {
  play::Stage stage(all_flows(), busy_shop().scenario(), {});
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    play::PlayOptions options;
    options.seed = seed;
    const play::Played bare = stage.play(options);
    std::vector<play::Measured> samples;
    EXPECT_EQ(stage.play(options, samples).trial.trace_hash, bare.trial.trace_hash);
    EXPECT_FALSE(samples.empty());
  }
}

}  // namespace
}  // namespace ordeal::cli
