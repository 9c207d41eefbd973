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
#include "scenarios/play/bad_input.h"
#include "scenarios/play/library.h"
#include "scenarios/play/tables.h"
#include "tests/support/source_dir.h"

namespace ordeal::scenarios {
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
    parse_scenario(text, "shop.json");
    return "";
  } catch (const BadInput& error) {
    EXPECT_EQ(error.code(), code);
    return error.what();
  }
}

// Every key there is.
constexpr std::string_view kWhole = R"({
  "$schema": "../../schema.json", "schema": "ordeal/scenario/1",
  "name": "corner_shop", "summary": "A shop.", "start": "2026-01-01T00:00:00Z", "storm": "24h", "settle_bound": "1d2h",
  "hosts": [{"name": "front-1", "services": ["gateway", "order"]},
            {"name": "back", "services": ["inventory", "payment", "ledger", "notification"]}],
  "designs": {"stock.gate": "row_lock"},
  "database": {"journal_mode": "persist", "page_size": 4096},
  "catalogue": [{"sku": "tea", "price": "68.00 CNY", "stock": 3, "weight": 4}, {"sku": "cup", "price": 1999, "stock": 0}],
  "channel": "wechat",
  "workload": {"kind": "shopping", "shoppers": 12, "arrive": {"from": "1s", "until": "10m"}, "purse": "5000.00 CNY",
    "habits": {"never_pays": "1/10", "pays_late": "2/10", "direct_debit": "1", "double_click": "0",
      "think": {"min": "2s", "max": "3m"}, "late": {"min": "14m", "max": "20m"}, "lines_max": 2, "quantity_max": 5}},
  "merchant": {"slow": "1/20", "broken": "1/30"},
  "faults": {"kinds": ["host_crash", "fork"], "hosts": ["back"], "windows_max": 3},
  "invariants": ["I-10 no-oversell"], "sometimes": ["out of stock"]
})";

TEST(Loader, ReadsEveryField) {
  using namespace ordeal::literals;
  const Scenario s = parse_scenario(kWhole, "shop.json");
  EXPECT_EQ(s.name, "corner_shop");
  EXPECT_EQ(s.summary, "A shop.");
  EXPECT_EQ(s.start.ns, 1'767'225'600'000'000'000);
  EXPECT_EQ(s.storm, 24_h);
  EXPECT_EQ(s.settle_bound, 26_h);
  ASSERT_EQ(s.hosts.size(), 2U);
  EXPECT_EQ(s.hosts[0].name, "front-1");
  EXPECT_EQ(s.hosts[0].services, (std::vector<std::string>{"gateway", "order"}));
  EXPECT_EQ(s.designs, (std::map<std::string, std::string>{{"stock.gate", "row_lock"}}));
  EXPECT_EQ(s.database.journal_mode, JournalMode::persist);
  EXPECT_EQ(s.database.page_size, 4096);
  ASSERT_EQ(s.catalogue.size(), 2U);
  EXPECT_EQ(s.catalogue[0].name, "tea");
  EXPECT_EQ(s.catalogue[0].price, (Money{6800, Currency{}}));
  EXPECT_EQ(s.catalogue[0].stock, 3);
  EXPECT_EQ(s.catalogue[0].weight, 4);
  EXPECT_EQ(s.catalogue[1].price, (Money{1999, Currency{}}));
  EXPECT_EQ(s.catalogue[1].weight, 1);
  EXPECT_EQ(s.channel, "wechat");
  EXPECT_EQ(s.merchant.slow, (Ratio{1, 20}));
  EXPECT_EQ(s.merchant.broken, (Ratio{1, 30}));
  EXPECT_EQ(s.faults.kinds, (std::vector<std::string>{"host_crash", "fork"}));
  EXPECT_EQ(s.faults.hosts, std::vector<std::string>{"back"});
  EXPECT_EQ(s.faults.windows_max, 3);
  EXPECT_EQ(s.invariants, std::vector<std::string>{"I-10 no-oversell"});
  EXPECT_EQ(s.sometimes, std::vector<std::string>{"out of stock"});
  EXPECT_EQ(s.source, kWhole);
}

TEST(Loader, ReadsTheWorkload) {
  using namespace ordeal::literals;
  const WorkloadSpec work = parse_scenario(kWhole, "shop.json").workload;
  EXPECT_EQ(work.shoppers, 12U);
  EXPECT_EQ(work.arrive_from, 1_s);
  EXPECT_EQ(work.arrive_until, 10_min);
  EXPECT_EQ(work.purse_minor, 500'000);
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
  const Library library(kRoot / "scenarios/files");
  for (const ShelfMark& mark : library.list()) EXPECT_EQ(library.load(mark.name).name, mark.name);
}

TEST(Loader, AnEmbeddedScenarioIsTheSameScenario) {
  const Scenario whole = Library(kRoot / "scenarios/files").load("flash_sale");
  const Scenario again = read_scenario(parse_strictly(whole.source, "x"), {"repro.json", "$.scenario"});
  EXPECT_EQ(parse_strictly(again.source, "x"), parse_strictly(whole.source, "x"));
  EXPECT_EQ(again.catalogue.size(), whole.catalogue.size());
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
  EXPECT_GE(count, 60U);
}

TEST(Loader, AWholeMessageNamesPlaceExpectationFindingAndTheNearestWord) {
  std::string text(kWhole);
  text.replace(text.find("\"row_lock\""), 10, "\"row_lok\"");
  EXPECT_EQ(complaint(text),
            "shop.json: at $.designs.stock.gate\n"
            "  expected      a design of stock.gate: conditional_update, row_lock\n"
            "  found         \"row_lok\"\n"
            "  did you mean  row_lock");
}

TEST(Loader, SurvivesTextsThatAreNoJson) {
  for (const std::string text : {"", "{", "[[[[", "\xff\xfe", "nul", "{\"a\":1e999}", "\"\\ud800\""}) {
    EXPECT_NE(complaint(text), "") << text;
  }
  EXPECT_NE(complaint(std::string(100'000, '[')), "");
}

// The schema is for editors and lists names that the tables own.
TEST(Schema, ListsTheNamesOfTheTables) {
  const Json schema = Json::parse(slurp(kRoot / "scenarios/schema.json"));
  const Json& properties = schema.at("properties");
  const auto names = [](const Json& list) {
    const auto all = list.get<std::vector<std::string>>();
    return std::set<std::string>(all.begin(), all.end());
  };
  std::set<std::string> laws, kinds;
  for (const InvariantRow& row : invariants()) laws.emplace(row.name);
  for (const faults::KindInfo& kind : faults::kinds()) kinds.emplace(kind.name);
  EXPECT_EQ(names(properties.at("invariants").at("items").at("enum")), laws);
  EXPECT_EQ(names(properties.at("faults").at("properties").at("kinds").at("items").at("enum")), kinds);
  const Json& designs = properties.at("designs").at("properties");
  EXPECT_EQ(designs.size(), seams().size());
  for (const SeamRow& seam : seams()) {
    const std::set<std::string> known(seam.designs.begin(), seam.designs.end());
    ASSERT_TRUE(designs.contains(std::string(seam.seam))) << seam.seam;
    EXPECT_EQ(names(designs.at(std::string(seam.seam)).at("enum")), known);
  }
  const auto services = service_names();
  EXPECT_EQ(names(properties.at("hosts").at("items").at("properties").at("services").at("items").at("enum")),
            std::set<std::string>(services.begin(), services.end()));
  const auto channels = channel_names();
  EXPECT_EQ(names(properties.at("channel").at("enum")),
            std::set<std::string>(channels.begin(), channels.end()));
  const auto modes = journal_mode_names();
  EXPECT_EQ(names(properties.at("database").at("properties").at("journal_mode").at("enum")),
            std::set<std::string>(modes.begin(), modes.end()));
}

}  // namespace
}  // namespace ordeal::scenarios
