// The loader takes every scenario that ships and says what is wrong with every bad one, by place and in words.
#include "scenarios/play/loader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "faults/kinds/fault.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/schema.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::play {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = test::source_dir();

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The message of what parsing throws; empty when it throws nothing.
std::string complaint(const std::string& text, ExitCode code = ExitCode::data) {
  try {
    parse_scenario(all_flows(), text, "shop.json");
    return "";
  } catch (const BadInput& error) {
    EXPECT_EQ(error.code(), code);
    return error.what();
  }
}

// Every key there is.
constexpr std::string_view kWhole = R"({
  "$schema": "../../schema.json", "schema": "ordeal/scenario/2",
  "name": "corner_shop", "summary": "A shop.", "start": "2026-01-01T00:00:00Z", "storm": "24h", "settle_bound": "1d2h",
  "deployment": "services",
  "hosts": [{"name": "front", "services": ["gateway", "order"], "instances": 2},
            {"name": "back", "services": ["inventory", "payment", "ledger", "notification"], "databases": ["order"]}],
  "designs": {"stock.gate": "row_lock", "deployment.route": "sticky"},
  "database": {"journal_mode": "persist", "page_size": 4096, "connections": 3},
  "catalogue": [{"sku": "tea", "price": "68.00 CNY", "stock": 3, "weight": 4}, {"sku": "cup", "price": 1999, "stock": 0}],
  "parties": [{"kind": "channel", "name": "east", "profile": "alipay"}, {"kind": "channel", "profile": "wechat"},
              {"kind": "merchant", "name": "teahouse", "slow": "1/20", "broken": "1/30"}],
  "workloads": [{"kind": "shopping", "name": "morning", "shoppers": 12, "arrive": {"from": "1s", "until": "10m"},
    "purse": "5000.00 CNY", "channels": ["east"],
    "habits": {"never_pays": "1/10", "pays_late": "2/10", "direct_debit": "1", "double_click": "0",
      "think": {"min": "2s", "max": "3m"}, "late": {"min": "14m", "max": "20m"}, "lines_max": 2, "quantity_max": 5}}],
  "faults": {"kinds": ["host_crash", "fork"], "hosts": ["back"], "focus": ["answer: slow"], "windows_max": 3},
  "invariants": ["I-10 no-oversell"], "sometimes": ["out of stock"]
})";

TEST(Loader, ReadsEveryField) {
  using namespace ordeal::literals;
  const Scenario s = parse_scenario(all_flows(), kWhole, "shop.json");
  EXPECT_EQ(s.name, "corner_shop");
  EXPECT_EQ(s.summary, "A shop.");
  EXPECT_EQ(s.start.ns, 1'767'225'600'000'000'000);
  EXPECT_EQ(s.storm, 24_h);
  EXPECT_EQ(s.settle_bound, 26_h);
  EXPECT_EQ(s.deployment, DeploymentKind::services);
  ASSERT_EQ(s.hosts.size(), 3U);
  EXPECT_EQ(s.hosts[0].name, "front-1");
  EXPECT_EQ(s.hosts[1].name, "front-2");
  EXPECT_EQ(s.hosts[1].services, (std::vector<std::string>{"gateway", "order"}));
  EXPECT_EQ(s.hosts[2].name, "back");
  EXPECT_EQ(s.hosts[2].databases, std::vector<std::string>{"order"});
  EXPECT_EQ(s.instances_of("order"), 2U);
  EXPECT_EQ(s.database_host_of("order"), &s.hosts[2]);
  EXPECT_EQ(s.database_host_of("payment"), nullptr);
  EXPECT_EQ(s.designs,
            (std::map<std::string, std::string>{{"stock.gate", "row_lock"}, {"deployment.route", "sticky"}}));
  EXPECT_EQ(s.database.journal_mode, JournalMode::persist);
  EXPECT_EQ(s.database.page_size, 4096);
  EXPECT_EQ(s.database.connections, 3);
  EXPECT_EQ(s.faults.kinds, (std::vector<std::string>{"host_crash", "fork"}));
  EXPECT_EQ(s.faults.hosts, std::vector<std::string>{"back"});
  EXPECT_EQ(s.faults.focus, std::vector<std::string>{"answer: slow"});
  EXPECT_EQ(s.faults.windows_max, 3);
  EXPECT_EQ(s.invariants, std::vector<std::string>{"I-10 no-oversell"});
  EXPECT_EQ(s.sometimes, std::vector<std::string>{"out of stock"});
  EXPECT_EQ(s.source, kWhole);
}

TEST(Loader, ReadsTheSettings) {
  const Scenario scenario = parse_scenario(all_flows(), kWhole, "shop.json");
  const auto& skus = scenario.setting<purchase::Catalogue>().skus;
  ASSERT_EQ(skus.size(), 2U);
  EXPECT_EQ(skus[0].name, "tea");
  EXPECT_EQ(skus[0].price, (Money{6800, Currency{}}));
  EXPECT_EQ(skus[0].stock, 3);
  EXPECT_EQ(skus[0].weight, 4);
  EXPECT_EQ(skus[1].price, (Money{1999, Currency{}}));
  EXPECT_EQ(skus[1].weight, 1);
}

TEST(Loader, ReadsTheParties) {
  const Scenario scenario = parse_scenario(all_flows(), kWhole, "shop.json");
  ASSERT_EQ(scenario.parties.size(), 3U);
  EXPECT_EQ(scenario.parties[0].name, "east");
  EXPECT_EQ(scenario.parties[0].as<purchase::ChannelSpec>().profile, purchase::ProfileName::alipay);
  EXPECT_EQ(scenario.parties[1].name, "channel") << "a party without a name is called after its kind";
  EXPECT_EQ(scenario.parties[1].as<purchase::ChannelSpec>().profile, purchase::ProfileName::wechat);
  EXPECT_EQ(scenario.parties[2].name, "teahouse");
  EXPECT_EQ(scenario.parties[2].as<purchase::MerchantSpec>().slow, (Ratio{1, 20}));
  EXPECT_EQ(scenario.parties[2].as<purchase::MerchantSpec>().broken, (Ratio{1, 30}));
}

TEST(Loader, ReadsTheWorkloads) {
  using namespace ordeal::literals;
  const Scenario scenario = parse_scenario(all_flows(), kWhole, "shop.json");
  ASSERT_EQ(scenario.workloads.size(), 1U);
  EXPECT_EQ(scenario.workloads[0].name, "morning");
  EXPECT_EQ(scenario.workloads[0].actors(), 12U);
  const auto& work = scenario.workloads[0].as<purchase::ShoppingSpec>();
  EXPECT_EQ(work.shoppers, 12U);
  EXPECT_EQ(work.arrive.from, 1_s);
  EXPECT_EQ(work.arrive.until, 10_min);
  EXPECT_EQ(work.purse, (Money{500'000, Currency{}}));
  EXPECT_EQ(work.channels, std::vector<std::string>{"east"});
  EXPECT_EQ(work.habits.never_pays, (Ratio{1, 10}));
  EXPECT_EQ(work.habits.pays_late, (Ratio{2, 10}));
  EXPECT_EQ(work.habits.direct_debit, Ratio::one());
  EXPECT_EQ(work.habits.double_click, Ratio::zero());
  EXPECT_EQ(work.habits.think_min, 2_s);
  EXPECT_EQ(work.habits.think_max, 3_min);
  EXPECT_EQ(work.habits.late_min, 14_min);
  EXPECT_EQ(work.habits.late_max, 20_min);
  EXPECT_EQ(work.habits.lines_max, 2);
  EXPECT_EQ(work.habits.quantity_max, 5);
}

TEST(Loader, ReadsEveryScenarioThatShips) {
  const Library library = test::library();
  for (const ShelfMark& mark : library.list()) EXPECT_EQ(library.load(mark.name).name, mark.name);
}

TEST(Loader, AnEmbeddedScenarioIsTheSameScenario) {
  const Scenario whole = test::library().load("flash_sale");
  const Scenario again =
      read_scenario(all_flows(), parse_strictly(whole.source, "x"), {"repro.json", "$.scenario"});
  EXPECT_EQ(parse_strictly(again.source, "x"), parse_strictly(whole.source, "x"));
  EXPECT_EQ(again.setting<purchase::Catalogue>().skus.size(),
            whole.setting<purchase::Catalogue>().skus.size());
}

TEST(Loader, SaysWhatIsWrongWithEveryBadScenario) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(kRoot / "tests/scenarios/bad_scenarios")) {
    if (entry.path().extension() != ".json") continue;
    ++count;
    const std::string said = complaint(slurp(entry.path()));
    EXPECT_NE(said, "") << entry.path() << " was accepted";
    EXPECT_TRUE(said.starts_with("shop.json:")) << said;
    std::ifstream expected(fs::path(entry.path()).replace_extension(".error"));
    std::string line;
    std::getline(expected, line);  // about the schema, for schema_agrees.py
    EXPECT_TRUE(line.starts_with("schema: "));
    while (std::getline(expected, line))
      EXPECT_NE(said.find(line), std::string::npos) << entry.path() << " says:\n" << said;
  }
  EXPECT_GE(count, 80U);
}

TEST(Loader, AWholeMessageNamesPlaceExpectationFindingAndTheNearestWord) {
  std::string text(kWhole);
  text.replace(text.find("\"row_lock\""), 10, "\"row_lok\"");
  EXPECT_EQ(complaint(text),
            "shop.json: at $.designs.stock.gate\n"
            "  expected      a design of stock.gate: conditional_update, row_lock, version, cache_then_db\n"
            "  found         \"row_lok\"\n"
            "  did you mean  row_lock");
}

TEST(Loader, SurvivesTextsThatAreNoJson) {
  for (const std::string text : {"", "{", "[[[[", "\xff\xfe", "nul", "{\"a\":1e999}", "\"\\ud800\""}) {
    EXPECT_NE(complaint(text), "") << text;
  }
  EXPECT_NE(complaint(std::string(100'000, '[')), "");
}

// ---- several of one kind ----

// Two channels and two merchants; the crowd of the morning pays by the one, that of the evening by the other.
constexpr std::string_view kTwoCrowds = R"({
  "schema": "ordeal/scenario/2",
  "name": "two_crowds", "summary": "Two crowds, two channels.", "storm": "6h", "settle_bound": "50h",
  "hosts": [{"name": "front", "services": ["gateway"], "instances": 2},
            {"name": "back", "services": ["order", "inventory", "payment", "ledger", "notification"]}],
  "catalogue": [{"sku": "tea", "price": "68.00 CNY", "stock": 40}, {"sku": "cup", "price": "19.99 CNY", "stock": 40, "merchant": "teahouse"}],
  "parties": [{"kind": "channel", "name": "east", "profile": "alipay"},
              {"kind": "channel", "name": "west", "profile": "wechat"},
              {"kind": "merchant"}, {"kind": "merchant", "name": "teahouse"}],
  "workloads": [
    {"kind": "shopping", "name": "morning", "shoppers": 4, "arrive": {"from": "0s", "until": "10m"},
     "purse": "1000.00 CNY", "channels": ["east"]},
    {"kind": "shopping", "name": "evening", "shoppers": 3, "arrive": {"from": "2h", "until": "3h"},
     "purse": "800.00 CNY", "channels": ["west"], "habits": {"direct_debit": "1/2", "double_click": "1/2"}}]
})";

TEST(SeveralOfOneKind, Load) {
  const Scenario scenario = parse_scenario(all_flows(), kTwoCrowds, "shop.json");
  EXPECT_EQ(scenario.parties_of<purchase::ChannelSpec>().size(), 2U);
  EXPECT_EQ(scenario.parties_of<purchase::MerchantSpec>().size(), 2U);
  ASSERT_EQ(scenario.workloads.size(), 2U);
  EXPECT_EQ(all_actors(scenario).size(), 7U);
  EXPECT_EQ(actor_name(scenario, {0, 3}), "morning-3");
  EXPECT_EQ(actor_named(scenario, "evening-2"), (Actor{1, 2}));
  EXPECT_EQ(actor_named(scenario, "evening-3"), std::nullopt);
  const std::vector<std::string> hosts{"east",    "west",    "merchant", "teahouse", "morning",
                                       "evening", "front-1", "front-2",  "back"};
  EXPECT_EQ(host_names(scenario), hosts);
}

TEST(SeveralOfOneKind, PlayAndBothChannelsTakeMoney) {
  Stage stage(all_flows(), parse_scenario(all_flows(), kTwoCrowds, "shop.json"), {});
  PlayOptions options;
  options.faults = FaultMode::none;
  options.trace = sim::Trace::Mode::full;
  const Played day = stage.play(options);
  EXPECT_TRUE(test::clean(day));
  EXPECT_EQ(day.counts.at("orders_paid"), 7);
  EXPECT_EQ(day.counts.at("captures"), 7);
  EXPECT_EQ(day.counts.at("merchant_notices"), 7);
  std::map<std::string, std::size_t> debits;  // by channel
  for (const sim::TraceRecord& record : day.trial.records) {
    if (record.text.starts_with("takes ")) ++debits[day.trial.host_names.at(record.host)];
  }
  EXPECT_EQ(debits, (std::map<std::string, std::size_t>{{"east", 4}, {"west", 3}}));
}

TEST(SeveralOfOneKind, HoldEveryLawUnderASwarm) {
  Stage stage(all_flows(), parse_scenario(all_flows(), kTwoCrowds, "shop.json"), {});
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const Played day = stage.play(options);
    ASSERT_EQ(day.trial.verdict, sim::Verdict::pass) << "seed " << seed << "\n" << test::findings_of(day);
    ASSERT_TRUE(day.trial.settled || !day.plan.never_returning.empty()) << "seed " << seed;
  }
}

// ---- the schema ----

TEST(Schema, TheFileIsWhatTheRowsSay) {
  const std::string now = scenario_schema(all_flows()).dump(2) + "\n";
  EXPECT_EQ(slurp(kRoot / "scenarios/schema.json") == now, true)
      << "scenarios/schema.json is old; make it anew with  ./ordeal show schema > scenarios/schema.json";
}

// The schema lists every name that the rows own.
TEST(Schema, ListsTheNamesOfTheRows) {
  const Json schema = scenario_schema(all_flows());
  const Json& properties = schema.at("properties");
  const auto names = [](const Json& list) {
    const auto all = list.get<std::vector<std::string>>();
    return std::set<std::string>(all.begin(), all.end());
  };
  std::set<std::string> laws, kinds;
  for (const LawRow* row : all_flows().laws()) laws.emplace(row->name);
  for (const faults::KindInfo& kind : faults::kinds()) kinds.emplace(kind.name);
  EXPECT_EQ(names(properties.at("invariants").at("items").at("enum")), laws);
  EXPECT_EQ(names(properties.at("faults").at("properties").at("kinds").at("items").at("enum")), kinds);
  const Json& designs = properties.at("designs").at("properties");
  EXPECT_EQ(designs.size(), all_flows().seams().size());
  for (const SeamRow* seam : all_flows().seams()) {
    const auto all = seam->designs();
    ASSERT_TRUE(designs.contains(std::string(seam->name))) << seam->name;
    EXPECT_EQ(names(designs.at(std::string(seam->name)).at("enum")),
              std::set<std::string>(all.begin(), all.end()));
  }
  const auto services = names_of(all_flows().services(), &ServiceRow::name);
  EXPECT_EQ(names(properties.at("hosts").at("items").at("properties").at("services").at("items").at("enum")),
            std::set<std::string>(services.begin(), services.end()));
  const auto deployments = deployment_names();
  EXPECT_EQ(names(properties.at("deployment").at("enum")),
            std::set<std::string>(deployments.begin(), deployments.end()));
  const auto modes = journal_mode_names();
  EXPECT_EQ(names(properties.at("database").at("properties").at("journal_mode").at("enum")),
            std::set<std::string>(modes.begin(), modes.end()));
}

}  // namespace
}  // namespace ordeal::play
