// Every way of asking wrongly: the exit code, the words, an empty standard output, and nothing written.
#include "tests/program/program.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

struct Case {
  std::string name;
  std::vector<std::string> arguments;
  int code;
  std::vector<std::string> words;
};

const std::string kBad = test::source_dir() + "/tests/scenarios/bad_scenarios/";

const std::string kScenario =
    test::source_dir() + "/scenarios/flows/purchase/scenarios/smoke/first_sale.json";
const std::string kRepro = test::source_dir() + "/tests/regressions/repros/F-01.small.repro.json";

const std::vector<Case>& cases() {
  static const std::vector<Case> table{
      {"UnknownVerb", {"rnu", "first_sale"}, 64, {"no verb \"rnu\"", "did you mean  run", "ordeal help"}},
      {"VerbToCome", {"diff", "first_sale"}, 64, {"no verb \"diff\""}},
      {"VersionByAnotherName", {"-V"}, 64, {"did you mean  --version"}},
      {"VerbOfTheScript", {"help", "test"}, 64, {"did you mean  ./ordeal test"}},
      {"NameInCapitals", {"run", "FIRST_SALE"}, 66, {"did you mean  first_sale"}},
      {"NameCutShort", {"run", "flash"}, 66, {"did you mean  flash_sale"}},
      {"SmallLetters", {"show", "invariant", "i-10"}, 66, {"did you mean  I-10 no-oversell"}},
      {"HalfAName", {"show", "design", "row_lock"}, 66, {"did you mean  stock.gate=row_lock"}},
      {"NoKind", {"show", "F-01"}, 64, {"did you mean  ordeal show flaw F-01"}},
      {"AlmostDiskDuties", {"list", "disk-duty"}, 64, {"did you mean  disk-duties"}},
      {"AbbreviatedVerb", {"hun", "first_sale"}, 64, {"did you mean  hunt"}},
      {"FlagBeforeVerb", {"--json", "run"}, 64, {"no flag --json before a verb"}},
      {"UnknownFlag", {"run", "first_sale", "--sed", "7"}, 64, {"no flag --sed", "did you mean  --seed"}},
      {"FlagOfAnotherVerb", {"run", "first_sale", "--jobs", "2"}, 64, {"no flag --jobs"}},
      {"AbbreviatedFlag", {"hunt", "first_sale", "--budg", "1s"}, 64, {"did you mean  --budget"}},
      {"UnknownShortFlag", {"run", "first_sale", "-x"}, 64, {"-x"}},
      {"NoScenario", {"run"}, 64, {"scenario is required"}},
      {"TwoScenarios", {"run", "first_sale", "flash_sale"}, 64, {"flash_sale"}},
      {"FlagWithoutValue", {"run", "first_sale", "--seed"}, 64, {"--seed"}},
      {"BadSeed", {"run", "first_sale", "--seed", "seven"}, 64, {"--seed needs a number", "\"seven\""}},
      {"BadSeeds", {"hunt", "first_sale", "--seeds", "9..1"}, 64, {"--seeds needs a range"}},
      {"BadBudget", {"hunt", "first_sale", "--budget", "60"}, 64, {"--budget needs a duration"}},
      {"BadJobs", {"hunt", "first_sale", "-j", "0"}, 64, {"--jobs"}},
      {"BadMaxFailures", {"hunt", "first_sale", "--max-failures", "0"}, 64, {"--max-failures"}},
      {"BadShare", {"run", "first_sale", "--rerun-share", "0.05"}, 64, {"--rerun-share needs a share"}},
      {"BadColor", {"run", "first_sale", "--color", "allways"}, 64, {"did you mean  always"}},
      {"UnknownFlaw",
       {"run", "first_sale", "--flaw", "F-1"},
       64,
       {"--flaw needs a known flaw", "did you mean  F-"}},
      {"UnknownSeam",
       {"run", "first_sale", "--design", "stock.gat=row_lock"},
       64,
       {"did you mean  stock.gate"}},
      {"UnknownDesign",
       {"run", "first_sale", "--design", "stock.gate=redis"},
       64,
       {"conditional_update, row_lock"}},
      {"DesignTwice",
       {"run", "first_sale", "--design", "stock.gate=row_lock", "--design", "stock.gate=row_lock"},
       64,
       {"--design stock.gate was given twice"}},
      {"UnknownInvariant",
       {"run", "first_sale", "--expect-violation", "I-99"},
       64,
       {"--expect-violation needs a known invariant"}},
      {"UnknownScenario",
       {"run", "frist_sale"},
       66,
       {"no scenario \"frist_sale\"", "did you mean  first_sale"}},
      {"MissingScenarioFile", {"run", "nowhere/shop.json"}, 66, {"nowhere/shop.json"}},
      {"MissingScenarios", {"run", "first_sale", "--scenarios", "nowhere"}, 66, {"no scenarios in nowhere"}},
      {"ScenarioIsADirectory", {"run", "/"}, 74, {"cannot read /"}},
      {"BrokenJson", {"run", kBad + "broken_json.json"}, 65, {"broken_json.json:3:12: this is not JSON"}},
      {"UnknownKey", {"run", kBad + "unknown_key.json"}, 65, {"at $.stom", "did you mean  storm"}},
      {"WrongUnit", {"hunt", kBad + "wrong_unit.json"}, 65, {"at $.storm", "unit \"hours\""}},
      {"FaultWithoutACache",
       {"run", kBad + "fault_without_a_cache.json"},
       65,
       {"at $.faults.kinds[1]", "no cache in this scenario"}},
      {"MissingPlan",
       {"run", "first_sale", "--faults", "nowhere.json"},
       66,
       {"there is no file nowhere.json"}},
      {"MistypedPlan", {"run", "first_sale", "--faults", "swrm"}, 66, {"did you mean  swarm"}},
      {"PlanIsNoPlan",
       {"run", "first_sale", "--faults", kBad + "unknown_key.json"},
       65,
       {"unknown_key.json"}},
      {"ScenarioForARepro", {"replay", kScenario}, 65, {"a scenario: ordeal run, hunt and explore take it"}},
      {"ReproForAScenario", {"run", kRepro}, 65, {"a repro: ordeal replay and shrink take it"}},
      {"ReproForAPlan", {"run", "first_sale", "--faults", kRepro}, 65, {"expected      a fault plan"}},
      {"FlawAndDesignOfOneSeam",
       {"run", "first_sale", "--design", "stock.gate=row_lock", "--flaw", "F-01"},
       64,
       {"--flaw F-01 takes the place", "leave out --design stock.gate"}},
      {"NothingToReplay", {"replay", "latest"}, 66, {"no run yet"}},
      {"MistypedReplay", {"replay", "last-faild"}, 66, {"did you mean  last-failed"}},
      {"ReproIsNoJson", {"replay", kBad + "broken_json.json"}, 65, {":3:12: this is not JSON"}},
      {"ReproIsNoRepro", {"replay", kBad + "unknown_key.json"}, 65, {"at $."}},
      {"UnknownKind", {"list", "flawes"}, 64, {"did you mean  flaws"}},
      {"ShowWithoutName", {"show", "flaw"}, 64, {"show flaw needs a name", "ordeal list flaws"}},
      {"ShowUnknownName",
       {"show", "invariant", "I-99"},
       66,
       {"no invariant \"I-99\"", "ordeal list invariants"}},
  };
  return table;
}

TEST_F(Program, BadInputIsRefusedWithItsCodeAndWords) {
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.name);
    std::vector<std::string> arguments = one.arguments;
    const std::string& verb = arguments.front();
    if (verb == "run" || verb == "hunt" || verb == "replay")
      arguments.insert(arguments.end(), {"--out", out()});
    if (one.name == "FlagWithoutValue") arguments = one.arguments;
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, one.code) << ran.err;
    if (one.name == "FlagBeforeVerb") {
      EXPECT_EQ(ran.json().at("exit_code"), one.code);
    } else {
      EXPECT_EQ(ran.out, "");
    }
    EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
    for (const std::string& word : one.words)
      EXPECT_NE(ran.err.find(word), std::string::npos) << word << "\n" << ran.err;
    EXPECT_FALSE(fs::exists(out())) << "something was written";
  }
}

TEST_F(Program, EveryBadScenarioIsBadData) {
  for (const auto& entry : fs::directory_iterator(kBad)) {
    if (entry.path().extension() != ".json") continue;
    const Ran ran = run({"run", entry.path().string(), "--json", "--out", out()});
    EXPECT_EQ(ran.code, 65) << entry.path() << ran.err;
    EXPECT_EQ(ran.json().at("exit_code"), 65);
  }
}

TEST_F(Program, HelpIsOnStandardOutput) {
  EXPECT_NE(run({}).out.find("ordeal hunt flash_sale"), std::string::npos);
  for (const std::vector<std::string>& ask : {std::vector<std::string>{"help"}, {"--help"}, {"-h"}}) {
    const Ran ran = run(ask);
    EXPECT_EQ(ran.code, 0);
    EXPECT_NE(ran.out.find("exit codes"), std::string::npos);
  }
  EXPECT_NE(run({"help", "hunt"}).out.find("--budget"), std::string::npos);
  EXPECT_NE(run({"run", "--help"}).out.find("--expect-violation"), std::string::npos);
  EXPECT_EQ(run({"--version"}).out.rfind("ordeal ", 0), 0U);
}

TEST_F(Program, ListsAndShows) {
  for (const std::string kind :
       {"scenarios", "invariants", "flaws", "seams", "designs", "faults", "knobs", "points", "flows",
        "services", "workloads", "parties", "marks", "counts", "machines"}) {
    const Ran ran = run({"list", kind, "--json"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.json().at("kind"), kind);
    EXPECT_GE(ran.json().at("items").size(), kind == "workloads" ? 1U : 2U) << kind;
    EXPECT_NE(run({"list", kind}).out, "");
  }
  EXPECT_NE(run({"show", "flaw", "F-01"}).out.find("I-10 no-oversell"), std::string::npos);
  EXPECT_EQ(run({"show", "invariant", "I-10", "--json"}).json().at("name"), "I-10 no-oversell");
  EXPECT_NE(run({"show", "scenario", "first_sale"}).out.find("alipay (channel)"), std::string::npos);
  EXPECT_NE(run({"show", "seam", "stock.gate"}).out.find("row_lock"), std::string::npos);
  EXPECT_NE(run({"show", "workload", "shopping"}).out.find("second_click"), std::string::npos);
  EXPECT_EQ(run({"show", "schema"}).out, slurp(fs::path(source_dir()) / "scenarios/schema.json"));
  EXPECT_NE(run({"show", "fault", "message_loss"}).out.find("messages are lost"), std::string::npos);
}

}  // namespace
}  // namespace ordeal::test
