// Every combination of design choices holds every invariant (design section 6), in every journal mode, on one host or on six.
#include <set>
#include <typeinfo>

#include <gtest/gtest.h>

#include "scenarios/play/bad_input.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/tables.h"
#include "tests/support/story.h"

namespace ordeal::test {
namespace {

using scenarios::PlayOptions;
using scenarios::Stage;

// All combinations of the table's seams.
std::vector<std::map<std::string, std::string>> combinations() {
  std::vector<std::map<std::string, std::string>> all(1);
  for (const auto& seam : scenarios::seams()) {
    std::vector<std::map<std::string, std::string>> next;
    for (const auto& before : all) {
      for (const std::string_view design : seam.designs) {
        next.push_back(before);
        next.back().emplace(seam.seam, design);
      }
    }
    all = std::move(next);
  }
  return all;
}

scenarios::Scenario busy_shop() {
  auto shop = small_shop();
  shop.catalogue = {{"TEA", Money{1'990, {}}, 4, 2}, {"CUP", Money{4'500, {}}, 50, 1}};
  shop.workload.shoppers = 8;
  shop.workload.arrive_until = minutes(30);
  auto& habits = shop.workload.habits;
  habits.lines_max = 2;
  habits.never_pays = {1, 6};
  habits.pays_late = {1, 4};
  habits.late_min = minutes(12);
  habits.late_max = minutes(24);
  habits.direct_debit = {1, 3};
  habits.double_click = {1, 4};
  return shop;
}

TEST(Designs, EveryCombinationIsCleanUnderASwarm) {
  ASSERT_EQ(combinations().size(), 16u);
  for (const auto& designs : combinations()) {
    Stage stage(busy_shop(), {designs, {}});
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
  using scenarios::JournalMode;
  for (const JournalMode mode :
       {JournalMode::wal, JournalMode::delete_file, JournalMode::truncate, JournalMode::persist}) {
    auto shop = busy_shop();
    shop.database.journal_mode = mode;
    shop.database.page_size = mode == JournalMode::persist ? 4096 : 512;
    Stage stage(shop, {});
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
      PlayOptions options;
      options.seed = seed;
      const auto day = stage.play(options);
      ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
    }
  }
}

// A choice that builds the same object as another would make every test above prove nothing.
TEST(Designs, EachChoiceAndEachFlawBuildsItsOwnThing) {
  using scenarios::Designer;
  const auto type = [](const auto& made) {
    const auto* object = made.get();
    return object == nullptr ? std::string("none") : std::string(typeid(*object).name());
  };
  const auto types = [&](const Designer& designer) {
    return type(designer.gate()) + type(designer.status_writer()) + type(designer.closer()) +
           type(designer.late_payment()) + type(designer.publisher()) + type(designer.attempt_policy()) +
           type(designer.callback_handler()) + type(designer.statement_check());
  };
  std::set<std::string> seen;
  for (const auto& designs : combinations()) seen.insert(types(Designer(designs, {}, {})));
  EXPECT_EQ(seen.size(), 16u);
  for (const auto& flaw : scenarios::flaws())
    seen.insert(types(Designer({{"payment.statements", "daily"}}, {}, {std::string(flaw.id)})));
  EXPECT_EQ(seen.size(), 16u + scenarios::flaws().size());
}

TEST(Designs, OneHostForAllServicesHoldsToo) {
  auto shop = busy_shop();
  std::vector<std::string> all;
  for (const auto& host : shop.hosts) all.push_back(host.services.front());
  shop.hosts = {{"monolith", all}};
  Stage stage(shop, {});
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const auto day = stage.play(options);
    ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
  }
}

TEST(Designs, OtherChannelProfileHoldsToo) {  // I-34
  auto shop = busy_shop();
  shop.channel = "wechat";
  Stage stage(shop, {});
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const auto day = stage.play(options);
    ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << findings_of(day);
  }
}

TEST(Designs, UnknownNamesAreRefusedWithTheKnownOnes) {
  const auto message = [](const scenarios::Cast& cast) {
    try {
      Stage stage(small_shop(), cast);
    } catch (const scenarios::BadInput& error) {
      EXPECT_EQ(error.code(), scenarios::ExitCode::data);
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_NE(message({{{"stock.gate", "hope"}}, {}}).find("conditional_update"), std::string::npos);
  EXPECT_NE(message({{{"stock.door", "row_lock"}}, {}}).find("stock.gate"), std::string::npos);
  EXPECT_NE(message({{}, {"F-99"}}).find("F-01"), std::string::npos);
  EXPECT_NE(message({{}, {"F-01", "F-01"}}).find("two flaws"), std::string::npos);
  EXPECT_NE(message({{}, {"F-81"}}).find("payment.statements=daily"), std::string::npos);
}

}  // namespace
}  // namespace ordeal::test
