// Explorations: everything is played, the certificate is the same for any number of workers, and a planted bug
// that one fault reaches is found.
#include "tests/program/program.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

using Json = nlohmann::json;

std::vector<std::string> explore(const std::string& out, std::vector<std::string> more) {
  std::vector<std::string> arguments{"explore", "first_sale", "--shoppers", "1",
                                     "--json",  "-q",         "--out",      out};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST_F(Program, ExploringPrintsEveryPromisedFieldAndCountsEverySingle) {
  const Ran ran = run(explore(out(), {}));
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  const Json json = ran.json();
  for (const char* key : {"schema", "engine", "scenario", "scenario_hash", "seed", "sites", "strikes",
                          "candidates", "explored", "pruned", "certificate", "stopped_because"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  for (const char* kind : {"sending", "stepping", "disk", "fork"})
    EXPECT_GT(json.at("sites").at(kind), 0) << kind;
  std::uint64_t singles = 0;
  for (const auto& [action, count] : json.at("strikes").items()) singles += count.get<std::uint64_t>();
  for (const char* action :
       {"drop", "duplicate", "delay", "reset", "crash", "crash, all unsynced kept", "freeze",
        "crash_before_disk", "crash_after_disk", "disk_fail", "disk_stall", "take"}) {
    EXPECT_TRUE(json.at("strikes").contains(action)) << action;
  }
  EXPECT_EQ(json.at("candidates"), json.at("worlds").size() + singles) << "and the trials without faults";
  std::uint64_t pruned = 0;
  for (const auto& [why, count] : json.at("pruned").items()) pruned += count.get<std::uint64_t>();
  EXPECT_EQ(json.at("explored").get<std::uint64_t>() + pruned, json.at("candidates"));
  EXPECT_EQ(Json::parse(slurp(run_directory() / "explore.json")), json);
}

TEST_F(Program, ExploringPlaysEveryJournalModeAndSeedsThatDiffer) {
  const Json json = run(explore(out(), {})).json();
  std::set<std::string> modes;
  std::set<std::uint64_t> seeds;
  std::uint64_t left_out = 0;
  for (const Json& world : json.at("worlds")) {
    modes.insert(world.at("journal_mode").get<std::string>());
    seeds.insert(world.at("seed").get<std::uint64_t>());
    left_out += world.at("left_out").get<std::uint64_t>();
  }
  EXPECT_EQ(modes, (std::set<std::string>{"wal", "delete", "truncate", "persist"}));
  EXPECT_EQ(seeds.size(), 5U);
  EXPECT_EQ(json.at("worlds").size(), 20U);
  EXPECT_EQ(json.at("worlds").at(0).at("seed"), 1);
  EXPECT_EQ(json.at("worlds").at(0).at("left_out"), 0);
  EXPECT_GT(left_out, 0U);
  EXPECT_EQ(json.at("pruned").at("done to that place four times before"), left_out);
}

TEST_F(Program, ExploringAllPlaysTheFirstAloneToo) {
  const Json json =
      run({"explore", "first_sale", "--journal-mode", "own", "--seed", "1", "--json", "-q", "--out", out()})
          .json();
  ASSERT_EQ(json.at("worlds").size(), 2U);
  EXPECT_EQ(json.at("worlds").at(0).at("actors"), 1);
  EXPECT_EQ(json.at("worlds").at(1).at("actors"), 10);
  EXPECT_LT(json.at("worlds").at(0).at("candidates"), json.at("worlds").at(1).at("candidates"));
}

TEST_F(Program, ExploringOneWorldIsToldHow) {
  const auto worlds = [&](std::vector<std::string> more) {
    return run(explore(out(), std::move(more))).json().at("worlds");
  };
  const Json own = worlds({"--seed", "2", "--journal-mode", "own"});
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].at("seed"), 2);
  EXPECT_EQ(own[0].at("journal_mode"), "wal");
  const Json other = worlds({"--seed", "2", "--journal-mode", "delete"});
  ASSERT_EQ(other.size(), 1U);
  EXPECT_EQ(other[0].at("journal_mode"), "delete");
  EXPECT_NE(other[0].at("candidates"), own[0].at("candidates"));
  const Ran wrong = run(explore(out(), {"--journal-mode", "persits"}));
  EXPECT_EQ(wrong.code, 64);
  EXPECT_NE(wrong.err.find("did you mean  persist"), std::string::npos) << wrong.err;
}

TEST_F(Program, TheCertificateDependsOnTheWorldAlone) {
  const auto certificate = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--journal-mode", "own"});
    return run(explore(out(), std::move(more))).json().at("certificate").get<std::string>();
  };
  const std::string one = certificate({"-j", "1"});
  EXPECT_EQ(one.size(), 32U);
  EXPECT_EQ(certificate({"-j", "1"}), one);
  EXPECT_EQ(certificate({"-j", "2"}), one);
  EXPECT_EQ(certificate({"-j", "5"}), one);
  EXPECT_NE(certificate({"--seed", "2"}), one);
}

// first_sale with two kinds of fault only, so that all pairs are played in seconds.
std::string with_few_kinds(const fs::path& folder) {
  Json scenario =
      Json::parse(slurp(fs::path(source_dir()) / "scenarios/flows/purchase/scenarios/smoke/first_sale.json"));
  scenario.erase("$schema");
  scenario["name"] = "few_kinds";
  scenario["faults"] = {{"kinds", {"message_loss", "host_freeze"}}};
  const fs::path path = folder / "few_kinds.json";
  std::ofstream(path) << scenario;
  return path.string();
}

TEST_F(Program, EveryPairIsPlayedOrPrunedForAReasonAndTheReasonsHold) {
  const Ran ran = run(
      {"explore", with_few_kinds(root_), "--shoppers", "2", "--faults", "2", "--json", "-q", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  const Json json = ran.json();
  std::uint64_t pruned = 0;
  for (const char* why : {"a fault of the same instant stands for it",
                          "second fault in a future that an earlier single has had",
                          "two singles that touch no host at the same time"}) {
    const auto count = json.at("pruned").value(why, std::uint64_t{0});
    EXPECT_GT(count, 0U) << why;
    pruned += count;
  }
  EXPECT_EQ(json.at("explored").get<std::uint64_t>() + pruned, json.at("candidates"));
  EXPECT_GT(json.at("candidates"), 10'000);
  EXPECT_GT(json.at("pruned_checked"), 0);
  EXPECT_EQ(json.at("pruned_wrong"), 0);
  EXPECT_EQ(json.at("certificate").get<std::string>().size(), 32U);
}

TEST_F(Program, TheCertificateOfAllPairsDependsOnTheWorldAlone) {
  const auto certificate = [&](const char* jobs) {
    return run({"explore", with_few_kinds(root_), "--shoppers", "1", "--faults", "2", "--json", "-q", "-j",
                jobs, "--out", out()})
        .json()
        .at("certificate")
        .get<std::string>();
  };
  EXPECT_EQ(certificate("1"), certificate("3"));
}

TEST_F(Program, AFlawThatOneFaultReachesIsFoundAndItsReproReplays) {
  const Ran ran = run(explore(out(), {"--flaw", "F-11", "--expect-violation", "I-31"}));
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  const Json first = ran.json().at("first_failures").at(0);
  EXPECT_EQ(first.at("faults").size(), 1U) << first;
  const Ran again = run({"replay", first.at("repro"), "--json", "--out", out()});
  EXPECT_EQ(again.code, 1) << again.out << again.err;
  EXPECT_EQ(again.json().at("replay").at("reproduced"), true);
}

TEST_F(Program, AFailureInAnotherWorldReplaysInThatWorld) {
  const Ran ran = run(explore(out(), {"--flaw", "F-11", "--seed", "33", "--journal-mode", "delete"}));
  EXPECT_EQ(ran.code, 1) << ran.out << ran.err;
  const Json first = ran.json().at("first_failures").at(0);
  EXPECT_EQ(first.at("seed"), 33);
  EXPECT_EQ(first.at("journal_mode"), "delete");
  EXPECT_EQ(run({"replay", first.at("repro"), "--json", "--out", out()}).code, 1);
}

TEST_F(Program, AnInterruptedExplorationHasNoCertificate) {
  const pid_t process =
      start({"explore", "first_sale", "--faults", "2", "-j", "1", "--json", "--out", out()});
  for (int i = 0; i < 3'000 && !fs::exists(out()); ++i) ::usleep(10'000);
  ::usleep(300'000);
  ::kill(process, SIGINT);
  const Ran ran = finish(process);
  EXPECT_EQ(ran.code, 130) << ran.err;
  EXPECT_EQ(ran.json().at("stopped_because"), "it was interrupted");
  EXPECT_TRUE(ran.json().at("certificate").is_null());
}

TEST_F(Program, ExplorationsRefuseWhatTheyCannotDo) {
  EXPECT_EQ(run(explore(out(), {"--faults", "3"})).code, 64);
  EXPECT_EQ(run({"explore", "first_sale", "--shoppers", "11", "--out", out()}).code, 64);
}

TEST_F(Program, AHuntThatShowsNothingNewStops) {
  const Ran ran = run({"hunt", "first_sale", "--until-stale", "20", "--json", "-q", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.json().at("stopped_because"), "nothing new in 20 trials");
  EXPECT_EQ(run({"hunt", "first_sale", "--until-stale", "soon", "--out", out()}).code, 64);
}

TEST_F(Program, TheOrderOfATrialIsKeptInItsRepro) {
  const Ran ran =
      run({"run", "first_sale", "--flaw", "F-17", "--seed", "1", "--order", "pct", "--json", "--out", out()});
  EXPECT_EQ(ran.json().at("order"), "pct");
  if (ran.json().at("repro").is_null()) GTEST_SKIP() << "this seed shows no failure";
  const Ran again = run({"replay", ran.json().at("repro"), "--json", "--out", out()});
  EXPECT_EQ(again.json().at("order"), "pct");
  EXPECT_EQ(again.json().at("trace_hash"), ran.json().at("trace_hash"));
}

}  // namespace
}  // namespace ordeal::test
