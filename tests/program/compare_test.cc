// `ordeal compare` as a user types it: a real table against a golden file, the same bytes whatever the number of workers, and what
// is said to those who ask wrongly.
#include "tests/program/program.h"
#include "tests/support/golden.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

using Json = nlohmann::json;

class Compare : public Program {
 protected:
  const Json& row(const Json& table, const std::string& measure, const std::string& figure) {
    for (const Json& one : table.at("rows")) {
      if (one.at("measure") == measure && one.at("figure") == figure) return one;
    }
    ADD_FAILURE() << "no row " << measure << " " << figure;
    return table;
  }
  std::string write(const std::string& name, const std::string& text) {
    const fs::path path = root_ / name;
    std::ofstream(path) << text;
    return path.string();
  }
};

TEST_F(Compare, ARealTableIsGolden) {
  const Ran ran =
      run({"compare", "stock.gate=conditional_update,row_lock", "first_sale", "--seeds", "1..40"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  expect_golden("compare_gates.txt", ran.out);
}

TEST_F(Compare, TheNumberOfWorkersChangesNothing) {
  for (const char* faults : {"none", "swarm"}) {
    const std::vector<std::string> words{
        "compare", "stock.gate*order.close_by", "first_sale", "--seeds", "1..30", "--faults", faults};
    std::vector<std::string> json = words;
    json.emplace_back("--json");
    std::string first;
    for (const char* jobs : {"1", "2", "5"}) {
      std::vector<std::string> with = json;
      with.insert(with.end(), {"-j", jobs});
      const Ran ran = run(with);
      EXPECT_EQ(ran.code, 0) << ran.err;
      if (first.empty()) first = ran.out;
      EXPECT_EQ(ran.out, first) << faults << " -j " << jobs;
    }
  }
}

// Who asks for all designs is not refused for one that the scenario has no device for; who names it is.
TEST_F(Compare, LeavesOutWhatAScenarioHasNoDeviceForUnlessItIsNamed) {
  const auto left_out = [&](const char* scenario) {
    const Ran ran = run({"compare", "stock.gate", scenario, "--seeds", "1..3", "--json"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.json().at("left_out");
  };
  EXPECT_EQ(left_out("first_sale"), Json({"stock.gate=cache_then_db: first_sale has no cache"}));
  EXPECT_EQ(left_out("cache_failover"), Json::array());
  const Ran named =
      run({"compare", "stock.gate=row_lock,cache_then_db", "first_sale", "--seeds", "1..3", "-q"});
  EXPECT_EQ(named.code, 65) << named.out;
  EXPECT_NE(named.err.find("such as {\"name\": \"cache\", \"cache\": {}}"), std::string::npos) << named.err;
}

TEST_F(Compare, JsonHasEachFigureOfEachDesign) {
  const Ran ran = run({"compare", "stock.gate=conditional_update,row_lock", "order.status_write",
                       "first_sale", "--seeds", "1..30", "--json"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const Json table = ran.json();
  EXPECT_EQ(table.at("schema"), "ordeal/compare/1");
  EXPECT_EQ(table.at("questions"), Json({"stock.gate", "order.status_write"}));
  EXPECT_EQ(table.at("seeds"), Json({{"first", 1}, {"last", 30}, {"played", 30}}));
  const std::size_t designs = table.at("designs").size();
  ASSERT_EQ(designs, 4U);
  EXPECT_EQ(table.at("designs").at(3).at("answers"),
            Json({{"stock.gate", "row_lock"}, {"order.status_write", "version"}}));
  for (const Json& one : table.at("rows")) {
    EXPECT_EQ(one.at("figures").size(), designs) << one;
    EXPECT_EQ(one.at("wins").size(), designs) << one;
    EXPECT_FALSE(one.at("says").get<std::string>().empty());
  }
  EXPECT_EQ(row(table, "orders placed", "sum").at("figures").at(0), 300);
  EXPECT_EQ(row(table, "oversold", "sum").at("figures"), Json({0, 0, 0, 0}));
  EXPECT_EQ(row(table, "messages", "per order").at("figures").at(0).at("of"), 300);
  EXPECT_EQ(row(table, "placing an order", "p50").at("unit"), "ns");
  // Two round trips and a lock more than one statement.
  EXPECT_EQ(row(table, "placing an order", "p50").at("best"), Json({0, 1}));
}

TEST_F(Compare, APlantedBugBesideTheDesignsIsAnAnswerToo) {
  const Ran ran = run({"compare", "stock.gate", "first_sale", "--seeds", "1..200", "--faults", "swarm",
                       "--flaw", "F-01", "--json"});
  EXPECT_EQ(ran.code, 1) << ran.err;
  const Json table = ran.json();
  const Json& planted = table.at("designs").back();
  EXPECT_EQ(planted.at("answers").at("stock.gate"), "F-01");
  EXPECT_GT(planted.at("failed"), 0);
  EXPECT_EQ(planted.at("first_failed").at("invariant"), "I-10 no-oversell");
  EXPECT_EQ(table.at("designs").at(0).at("failed"), 0);
  EXPECT_GT(row(table, "oversold", "sum").at("figures").back(), 0);
  // The line that plays it again does.
  const std::string seed = std::to_string(planted.at("first_failed").at("seed").get<std::uint64_t>());
  EXPECT_EQ(run({"run", "first_sale", "--seed", seed, "--flaw", "F-01"}).code, 1);
}

TEST_F(Compare, OneWorkloadInThreeDeployments) {
  const Ran ran = run(
      {"compare", "first_sale", "first_sale_instances", "first_sale_monolith", "--seeds", "1..30", "--json"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const Json table = ran.json();
  EXPECT_EQ(table.at("questions"), Json({"scenario"}));
  const Json& messages = row(table, "messages", "per order").at("figures");
  EXPECT_GT(messages.at(1).at("sum"), messages.at(0).at("sum")) << "databases on other hosts";
}

TEST_F(Compare, ScenariosThatAreNotOneWorkloadAreRefused) {
  const Ran ran = run({"compare", "first_sale", "flash_sale"});
  EXPECT_EQ(ran.code, 65);
  EXPECT_NE(ran.err.find("first_sale and flash_sale are not one workload: $."), std::string::npos) << ran.err;
}

TEST_F(Compare, BothFormsAreKeptWhereAsked) {
  const Ran ran = run({"compare", "order.close_by", "first_sale", "--seeds", "1..5", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  ASSERT_TRUE(fs::exists(out()));
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(out())) {
    if (entry.path().filename() == "compare.txt") {
      EXPECT_EQ(slurp(entry.path()), ran.out);
      ++found;
    }
    if (entry.path().filename() == "compare.json") {
      EXPECT_EQ(Json::parse(slurp(entry.path())).at("schema"), "ordeal/compare/1");
      ++found;
    }
  }
  EXPECT_EQ(found, 2U);
}

struct Wrong {
  std::string name;
  std::vector<std::string> words;
  int code;
  std::vector<std::string> says;
};

class CompareBadInput : public Program, public testing::WithParamInterface<Wrong> {};

TEST_P(CompareBadInput, IsRefusedWithWhatWasMeant) {
  std::vector<std::string> words = GetParam().words;
  words.insert(words.begin(), "compare");
  const Ran ran = run(words);
  EXPECT_EQ(ran.code, GetParam().code) << ran.err;
  EXPECT_EQ(ran.out, "");
  for (const std::string& said : GetParam().says) EXPECT_NE(ran.err.find(said), std::string::npos) << ran.err;
}

INSTANTIATE_TEST_SUITE_P(
    Words, CompareBadInput,
    testing::Values(
        Wrong{"Nothing", {}, 64, {"question is required"}},
        Wrong{"UnknownQuestion",
              {"stock.gat"},
              66,
              {"\"stock.gat\"", "did you mean  stock.gate", "list seams"}},
        Wrong{"UnknownScenario", {"stock.gate", "flash_sal"}, 66, {"did you mean  flash_sale"}},
        Wrong{"UnknownInAProduct", {"stock.gate*order.close_bye"}, 66, {"did you mean  order.close_by"}},
        Wrong{"OneDesign",
              {"gateway.no_answer"},
              64,
              {"has one design, by_cause: there is nothing to compare", "--flaw F-88"}},
        Wrong{"OneDesignChosen", {"stock.gate=row_lock"}, 64, {"is asked with one design, row_lock"}},
        Wrong{"UnknownDesign", {"stock.gate=row_lok,conditional_update"}, 64, {"did you mean  row_lock"}},
        Wrong{"DesignTwice", {"stock.gate=row_lock,row_lock"}, 64, {"given twice"}},
        Wrong{"QuestionTwice", {"stock.gate", "stock.gate"}, 64, {"put twice"}},
        Wrong{"ScenarioTwice", {"stock.gate", "first_sale", "first_sale"}, 64, {"given twice"}},
        Wrong{"NoQuestion", {"first_sale"}, 64, {"compare needs a question", "list seams"}},
        Wrong{"AnsweredItself",
              {"stock.gate", "first_sale", "--design", "stock.gate=row_lock"},
              64,
              {"would answer the question itself"}},
        Wrong{
            "FlawElsewhere",
            {"stock.gate", "first_sale", "--flaw", "F-17"},
            64,
            {"takes the place of a design of order.status_write", "compare order.status_write --flaw F-17"}},
        Wrong{"Faults", {"stock.gate", "--faults", "swarms"}, 64, {"did you mean  swarm"}},
        Wrong{"Seeds", {"stock.gate", "--seeds", "9..1"}, 64, {"--seeds needs a range"}},
        Wrong{"AFlawThatIsNeverMet",
              {"payment.statement_check", "first_sale", "--flaw", "F-81"},
              65,
              {"payment.statement_check=F-81", "payment.statements=daily"}},
        Wrong{"NoFile", {"stock.gate", "./nowhere.json"}, 66, {"no file ./nowhere.json"}}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace ordeal::test
