// Every combination of design choices holds every invariant (design section 6), in every journal mode, on one host or on six.
#include <set>
#include <typeinfo>

#include <gtest/gtest.h>

#include "scenarios/flows/purchase/flow.h"
#include "scenarios/flows/purchase/seams.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/designer.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using play::PlayOptions;
using play::Stage;

// All combinations of the flow's seams, but for where carts are read: this shop has none (carts_test.cc).
std::vector<std::map<std::string, std::string>> combinations() {
  std::vector<std::map<std::string, std::string>> all(1);
  for (const play::SeamRow* seam : purchase::flow().seams) {
    if (seam == &purchase::cart_reader()) continue;
    std::vector<std::map<std::string, std::string>> next;
    for (const auto& before : all) {
      for (const std::string_view design : seam->designs()) {
        if (design == "at_cart") continue;  // wants carts: carts_test.cc
        next.push_back(before);
        next.back().emplace(seam->name, design);
      }
    }
    all = std::move(next);
  }
  return all;
}

Shop busy_shop() {
  Shop shop = small_shop();
  shop.catalogue.skus = {{"TEA", Money{1'990, {}}, 4, 2, {}}, {"CUP", Money{4'500, {}}, 50, 1, {}}};
  shop.shopping.shoppers = 8;
  shop.shopping.arrive.until = minutes(30);
  auto& habits = shop.habits();
  habits.lines_max = 2;
  habits.never_pays = {1, 6};
  habits.pays_late = {1, 4};
  habits.late_min = minutes(12);
  habits.late_max = minutes(24);
  habits.direct_debit = {1, 3};
  habits.double_click = {1, 4};
  return shop;
}

// With a cache and a broker where the designs need them.
play::Scenario busy_day(const std::map<std::string, std::string>& designs) {
  Shop shop = busy_shop();
  if (designs.at("stock.gate") == "cache_then_db")
    shop.frame.hosts.push_back({"cache", {}, {}, play::CacheSpec{.keeps = play::CacheSpec::Keeps::replica}});
  if (designs.at("order.close_by") == "delayed_message")
    shop.frame.hosts.push_back({"broker", {}, {}, {}, play::BrokerSpec{play::BrokerSpec::Flush::async}});
  return shop.scenario();
}

TEST(Designs, EveryCombinationIsCleanUnderASwarm) {
  ASSERT_EQ(combinations().size(), 96u);
  for (const auto& designs : combinations()) {
    Stage stage(all_flows(), busy_day(designs), {designs, {}});
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      PlayOptions options;
      options.seed = seed;
      const auto day = stage.play(options);
      ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
      ASSERT_TRUE(day.trial.settled || !day.plan.never_returning.empty()) << "seed " << seed;
    }
  }
}

TEST(Designs, EveryJournalModeIsCleanUnderASwarm) {
  using play::JournalMode;
  for (const JournalMode mode :
       {JournalMode::wal, JournalMode::delete_file, JournalMode::truncate, JournalMode::persist}) {
    auto shop = busy_shop();
    shop.frame.database.journal_mode = mode;
    shop.frame.database.page_size = mode == JournalMode::persist ? 4096 : 512;
    Stage stage(all_flows(), shop.scenario(), {});
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
      PlayOptions options;
      options.seed = seed;
      const auto day = stage.play(options);
      ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
    }
  }
}

// Where a flaw can be met.
std::map<std::string, std::string> needed_by(const play::FlawRow& flaw) {
  if (flaw.needs.seam == nullptr) return {};
  return {{std::string(flaw.needs.seam->name), std::string(flaw.needs.design)}};
}

// A choice that builds the same object as another would make every test above prove nothing.
TEST(Designs, EachChoiceAndEachFlawBuildsItsOwnThing) {
  using play::Designer;
  const auto type = [](const auto& made) {
    const auto* object = made.get();
    return object == nullptr ? std::string("none") : std::string(typeid(*object).name());
  };
  const auto types = [&](const Designer& designer) {
    const auto of = [&](const auto& seam) { return type(designer.make(seam)); };
    return of(purchase::no_answer()) + of(purchase::gate()) + of(purchase::submit_guard()) +
           of(purchase::status_writer()) + of(purchase::closer()) + of(purchase::mark_paid()) +
           of(purchase::late_payment()) + of(purchase::publisher()) + of(purchase::attempt_policy()) +
           of(purchase::request_key()) + of(purchase::basket_lines()) + of(purchase::beginning()) +
           of(purchase::deduction()) + of(purchase::giving_up()) + of(purchase::way_change()) +
           of(purchase::refusal()) + of(purchase::price_check()) + of(purchase::holder()) +
           of(purchase::ender()) + of(purchase::cart_reader()) + of(purchase::clearing()) +
           of(purchase::owner_check()) + of(purchase::holding()) + of(purchase::entry_journal()) +
           of(purchase::telling()) + of(purchase::callback_handler()) + of(purchase::result_query()) +
           of(purchase::trade_closer()) +
           (purchase::reads_statements(designer) ? of(purchase::statement_check()) : "none");
  };
  std::set<std::string> seen;
  for (const auto& designs : combinations()) seen.insert(types(Designer(all_flows(), designs, {}, {})));
  EXPECT_EQ(seen.size(), 96u);
  const auto& flaws = purchase::flow().flaws;
  for (const play::FlawRow* flaw : flaws)
    seen.insert(types(Designer(all_flows(), needed_by(*flaw), {}, {std::string(flaw->id)})));
  EXPECT_EQ(seen.size(), 96u + flaws.size());
}

TEST(Designs, OneHostForAllServicesHoldsToo) {
  auto shop = busy_shop();
  std::vector<std::string> all;
  for (const auto& host : shop.frame.hosts) all.push_back(host.services.front());
  shop.frame.hosts = {{"all", all, {}}};
  Stage stage(all_flows(), shop.scenario(), {});
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const auto day = stage.play(options);
    ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
  }
}

TEST(Designs, OneProcessWithOneDatabaseHoldsToo) {
  auto shop = busy_shop();
  std::vector<std::string> all;
  for (const auto& host : shop.frame.hosts) all.push_back(host.services.front());
  shop.frame.hosts = {{"all", all, {}}};
  shop.frame.deployment = play::DeploymentKind::monolith;
  Stage stage(all_flows(), shop.scenario(), {});
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const auto day = stage.play(options);
    ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
  }
}

// One host serves the databases of two services that run elsewhere, and has one of its own between them.
TEST(Designs, DatabasesOfOthersAndItsOwnOnOneHostHoldToo) {
  auto shop = busy_shop();
  for (auto& host : shop.frame.hosts) {
    if (host.services.front() == "inventory") host.databases = {"order", "payment"};
  }
  Stage stage(all_flows(), shop.scenario(), {});
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const auto day = stage.play(options);
    ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
  }
}

TEST(Designs, OtherChannelProfileHoldsToo) {  // I-34
  auto shop = busy_shop();
  shop.pays_by("wechat");
  Stage stage(all_flows(), shop.scenario(), {});
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const auto day = stage.play(options);
    ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
  }
}

TEST(Designs, UnknownNamesAreRefusedWithTheKnownOnes) {
  const auto message = [](const play::Cast& cast) {
    try {
      Stage stage(all_flows(), small_shop().scenario(), cast);
    } catch (const play::BadInput& error) {
      EXPECT_EQ(error.code(), play::ExitCode::data);
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_NE(message({{{"stock.gate", "hope"}}, {}}).find("conditional_update"), std::string::npos);
  EXPECT_NE(message({{{"stock.door", "row_lock"}}, {}}).find("stock.gate"), std::string::npos);
  EXPECT_NE(message({{}, {"F-99"}}).find("F-01"), std::string::npos);
  EXPECT_NE(message({{}, {"F-01", "F-01"}}).find("two flaws"), std::string::npos);
  EXPECT_NE(message({{}, {"F-81"}}).find("payment.statements=daily"), std::string::npos);
  EXPECT_NE(message({{}, {"F-02"}}).find("stock.gate=cache_then_db"), std::string::npos);
  EXPECT_NE(message({{{"stock.gate", "cache_then_db"}}, {}}).find("\"cache\": {}"), std::string::npos);
}

}  // namespace
}  // namespace ordeal::test
