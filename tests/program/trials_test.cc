// run, replay and doctor on the smoke scenario.
#include "tests/program/program.h"

namespace ordeal::test {
namespace {

using Json = nlohmann::json;

Json without_wall_times(Json json) {
  for (const char* key : {"wall_ns", "repro"}) json.erase(key);
  return json;
}

TEST_F(Program, RunPrintsOneJsonObjectWithEveryPromisedField) {
  const Ran ran = run({"run", "first_sale", "--seed", "7", "--json", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.err << ran.out;
  EXPECT_EQ(ran.err, "");
  const Json json = ran.json();
  for (const char* key :
       {"schema", "engine", "scenario", "seed", "verdict", "exit_code", "trace_hash", "events", "virtual_ns",
        "wall_ns", "findings", "faults", "sometimes", "counts", "repro"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json.at("schema"), "ordeal/run/1");
  EXPECT_EQ(json.at("verdict"), "pass");
  EXPECT_EQ(json.at("seed"), 7);
  EXPECT_EQ(json.at("trace_hash").get<std::string>().size(), 32U);
  EXPECT_EQ(json.at("counts").at("orders_placed").get<int>() > 0, true);
  EXPECT_FALSE(fs::exists(out())) << "a trial that passed left something behind";
}

TEST_F(Program, OneSeedGivesOneWorldHoweverItIsAskedFor) {
  const Json first = run({"run", "first_sale", "--seed", "7", "--json"}).json();
  EXPECT_EQ(without_wall_times(run({"run", "first_sale", "--seed", "0x7", "--json"}).json()),
            without_wall_times(first));
  const Ran told = run({"run", "first_sale", "--seed", "7", "--json", "-v"});
  EXPECT_EQ(told.json().at("trace_hash"), first.at("trace_hash")) << "telling the story changed it";
  EXPECT_NE(told.err.find("+00:"), std::string::npos) << "with --json the story belongs on standard error";
  EXPECT_NE(run({"run", "first_sale", "--seed", "8", "--json"}).json().at("trace_hash"),
            first.at("trace_hash"));
}

TEST_F(Program, TheStoryIsTold) {
  const Ran ran = run({"run", "first_sale", "--seed", "7", "-v"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_NE(ran.out.find("orders for"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("✓ pass"), std::string::npos);
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << "colours without a terminal";
  EXPECT_NE(run({"run", "first_sale", "--seed", "7", "--color", "always"}).out.find('\x1b'),
            std::string::npos);
}

TEST_F(Program, WithoutFaultsNothingIsArmed) {
  const Json json = run({"run", "first_sale", "--seed", "7", "--faults", "none", "--json"}).json();
  EXPECT_EQ(json.at("faults").at("armed"), 0);
  EXPECT_EQ(json.at("verdict"), "pass");
}

TEST_F(Program, AFoundFlawReplaysToTheSameTrace) {
  const Ran hunted = run({"hunt", "first_sale", "--flaw", "F-01", "--seeds", "1..2000", "--fail-fast",
                          "--json", "-q", "--out", out()});
  ASSERT_EQ(hunted.code, 1) << hunted.err;
  const Json first = hunted.json().at("first_failures").at(0);
  const std::string repro = first.at("repro");
  const Ran replayed = run({"replay", repro, "--json", "--out", out()});
  EXPECT_EQ(replayed.code, 1) << replayed.err;
  const Json outcome = replayed.json().at("replay");
  EXPECT_EQ(outcome.at("reproduced"), true) << outcome;
  EXPECT_EQ(outcome.at("expects").at("trace_hash"), replayed.json().at("trace_hash"));
  EXPECT_EQ(run({"replay", "last-failed", "--out", out(), "-q"}).code, 1);
  EXPECT_EQ(run({"replay", fs::path(repro).parent_path().string(), "-q"}).code, 1);

  // The seed alone gives the same world.
  const Ran ran = run({"run", "first_sale", "--flaw", "F-01", "--seed",
                       std::to_string(first.at("seed").get<std::uint64_t>()), "--json", "--out", out()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.json().at("trace_hash"), replayed.json().at("trace_hash"));
  EXPECT_TRUE(fs::exists(ran.json().at("repro").get<std::string>()));

  Json changed = Json::parse(slurp(repro));
  const auto replay = [&](const Json& json) {
    std::ofstream(root_ / "changed.repro.json") << json;
    return run({"replay", (root_ / "changed.repro.json").string(), "--json", "--out", out()});
  };
  // The same engine, another trace: nondeterminism.
  changed["expects"]["trace_hash"] = "00000000000000000000000000000000";
  EXPECT_EQ(replay(changed).code, 3);
  // Another engine: its strikes are played, and how many matched is told.
  changed["engine"] = "ordeal 99.0.0";
  const Ran other = replay(changed);
  EXPECT_TRUE(other.code == 0 || other.code == 1 || other.code == 2) << other.code;
  EXPECT_EQ(other.json().at("replay").at("same_engine"), false);
  EXPECT_EQ(other.json().at("replay").at("strikes").at("of"), changed.at("strikes").size());
  // Broken in its parts.
  Json broken = changed;
  broken["flaws"] = {"F-99"};
  EXPECT_EQ(replay(broken).code, 65);
  broken = changed;
  broken["workload"]["only"] = {"shopper-10"};
  EXPECT_EQ(replay(broken).code, 65);
  broken = changed;
  broken["scenario"]["storm"] = "soon";
  const Ran refused = replay(broken);
  EXPECT_EQ(refused.code, 65);
  EXPECT_NE(refused.err.find("$.scenario.storm"), std::string::npos) << refused.err;
}

TEST_F(Program, AnExpectedViolationIsSuccessAndAnythingElseIsNot) {
  const Ran hunted = run({"hunt", "first_sale", "--flaw", "F-01", "--seeds", "1..2000", "--fail-fast",
                          "--json", "-q", "--out", out()});
  ASSERT_EQ(hunted.code, 1) << hunted.err;
  const std::string seed =
      std::to_string(hunted.json().at("first_failures").at(0).at("seed").get<std::uint64_t>());
  const auto found = hunted.json().at("by_invariant");
  const auto expect = [&](const std::string& invariant) {
    return run({"run", "first_sale", "--flaw", "F-01", "--seed", seed, "--expect-violation", invariant,
                "--out", out()})
        .code;
  };
  ASSERT_EQ(found.size(), 1U) << found;
  EXPECT_EQ(expect(found.begin().key()), 0);
  EXPECT_EQ(expect("I-70 entries-balance"), 6);
  EXPECT_EQ(run({"run", "first_sale", "--seed", "7", "--expect-violation", "I-10"}).code, 6);
}

TEST_F(Program, AFailureThatCannotBeKeptIsStillTold) {
  const Ran hunted = run({"hunt", "first_sale", "--flaw", "F-01", "--seeds", "1..2000", "--fail-fast",
                          "--json", "-q", "--out", out()});
  const std::string seed =
      std::to_string(hunted.json().at("first_failures").at(0).at("seed").get<std::uint64_t>());
  const Ran ran =
      run({"run", "first_sale", "--flaw", "F-01", "--seed", seed, "--json", "--out", "/proc/nowhere"});
  EXPECT_EQ(ran.code, 1) << "what was broken outranks what could not be kept";
  EXPECT_EQ(ran.json().at("verdict"), "safety");
  EXPECT_EQ(ran.json().at("repro"), nullptr);
  EXPECT_NE(ran.err.find("/proc/nowhere"), std::string::npos) << ran.err;
}

TEST_F(Program, DoctorIsContentHereAndNotWithoutAPlaceForRuns) {
  const Ran well = run({"doctor", "--json", "--out", out()});
  EXPECT_EQ(well.code, 0) << well.out;
  for (const auto& check : well.json().at("checks")) EXPECT_EQ(check.at("ok"), true) << check;
  const Ran ill = run({"doctor", "--out", "/proc/nowhere"});
  EXPECT_EQ(ill.code, 74);
  EXPECT_NE(ill.out.find("/proc/nowhere"), std::string::npos);
}

TEST_F(Program, AFullStandardOutputIsAnError) {
  const pid_t process = start({"-c", "exec \"$0\" list flaws > /dev/full", ORDEAL_PROGRAM}, "sh");
  const Ran ran = finish(process);
  EXPECT_EQ(ran.code, 74);
  EXPECT_NE(ran.err.find("standard output"), std::string::npos);
}

}  // namespace
}  // namespace ordeal::test
