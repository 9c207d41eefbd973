// Hunts: the same result for any number of workers, and nothing finished is lost whatever ends them.
#include "tests/program/program.h"

namespace ordeal::test {
namespace {

using Json = nlohmann::json;

// What may differ between two hunts over the same seeds.
Json lasting(Json json) {
  for (const char* key :
       {"wall_ns", "trials_per_second", "orders_per_second", "events_per_second", "run_directory"})
    json.erase(key);
  for (const char* list : {"first_failures", "findings"}) {
    for (Json& one : json.at(list)) one.erase("repro");
  }
  return json;
}

// Waits until a running hunt has finished some trials.
void wait_for_results(const fs::path& runs) {
  for (int i = 0; i < 3'000; ++i) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(runs, error)) {
      if (Ran::finished_seeds(entry.path() / "results.jsonl").size() >= 5) return;
    }
    ::usleep(10'000);
  }
  FAIL() << "the hunt finishes no trials";
}

TEST_F(Program, HuntPrintsEveryPromisedFieldAndKeepsEveryResult) {
  const Ran ran = run({"hunt", "first_sale", "--seeds", "1..40", "--json", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  const Json json = ran.json();
  for (const char* key : {"schema", "scenario", "trials", "passed", "failed", "by_verdict", "by_invariant",
                          "trials_per_second", "orders_per_second", "events_per_second", "reruns",
                          "mismatches", "first_failures", "sometimes", "faults", "stopped_because"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json.at("trials"), 40);
  EXPECT_EQ(json.at("passed"), 40);
  EXPECT_EQ(json.at("stopped_because"), "all seeds were played");
  EXPECT_EQ(Ran::finished_seeds(run_directory() / "results.jsonl").size(), 40U);
  const Json kept = Json::parse(slurp(run_directory() / "hunt.json"));
  EXPECT_EQ(kept, lasting(json)) << "it failed nowhere, so no repro has a path";
  const Json timing = Json::parse(slurp(run_directory() / "timing.json"));
  for (const char* key : {"wall_ns", "trials_per_second", "run_directory"})
    EXPECT_EQ(timing.at(key), json.at(key));
}

TEST_F(Program, TheNumberOfWorkersChangesNothing) {
  const auto hunt = [&](const std::string& jobs) {
    return lasting(run({"hunt", "first_sale", "--flaw", "F-01", "--seeds", "1..300", "--max-failures", "3",
                        "-j", jobs, "--json", "-q", "--out", out()})
                       .json());
  };
  const Json one = hunt("1");
  EXPECT_EQ(hunt("2"), one);
  EXPECT_EQ(hunt("5"), one);
}

TEST_F(Program, EveryTrialPlayedTwiceAgreesWithItself) {
  const Json json =
      run({"hunt", "first_sale", "--seeds", "1..30", "--rerun-share", "1", "--json", "-q", "--out", out()})
          .json();
  EXPECT_EQ(json.at("reruns"), 30);
  EXPECT_EQ(json.at("mismatches"), 0);
}

TEST_F(Program, AnInterruptedHuntReportsAndKeepsWhatIsFinished) {
  for (const int signal : {SIGINT, SIGTERM}) {
    fs::remove_all(out());
    const pid_t process = start({"hunt", "first_sale", "--seeds", "1..100000000", "--json", "--out", out()});
    wait_for_results(out());
    ::kill(process, signal);
    const Ran ran = finish(process);
    EXPECT_EQ(ran.code, 128 + signal) << ran.err;
    EXPECT_EQ(ran.json().at("stopped_because"), "it was interrupted");
    EXPECT_EQ(Ran::finished_seeds(run_directory() / "results.jsonl").size(),
              ran.json().at("trials").get<std::size_t>());
  }
}

TEST_F(Program, AKilledHuntLosesNoFinishedResult) {
  const pid_t process = start({"hunt", "first_sale", "--seeds", "1..100000000", "-j", "2", "--out", out()});
  wait_for_results(out());
  ::kill(process, SIGKILL);
  EXPECT_EQ(finish(process).code, 128 + SIGKILL);
  EXPECT_GE(Ran::finished_seeds(run_directory() / "results.jsonl").size(), 5U);
}

TEST_F(Program, ACrashedWorkerIsOurBugAndItsSeedIsNamed) {
  const pid_t process =
      start({"hunt", "first_sale", "--seeds", "1..100000000", "-j", "2", "--json", "--out", out()});
  wait_for_results(out());
  const std::string id = std::to_string(process);
  std::istringstream children(slurp("/proc/" + id + "/task/" + id + "/children"));
  pid_t worker = -1;
  ASSERT_TRUE(children >> worker);
  ::kill(worker, SIGSEGV);
  const Ran ran = finish(process);
  EXPECT_EQ(ran.code, 70) << ran.err;
  const Json bug = ran.json().at("our_bugs").at(0);
  EXPECT_EQ(ran.json().at("stopped_because"), "a worker crashed");
  EXPECT_NE(ran.err.find("while it played seed " + std::to_string(bug.at("seed").get<std::uint64_t>())),
            std::string::npos)
      << ran.err;
}

TEST_F(Program, AWorkerThatIsKilledFromOutsideIsNoBugOfOurs) {
  for (const int signal : {SIGKILL, SIGXCPU, SIGTERM}) {
    const std::string place = out() + std::to_string(signal);
    const pid_t process =
        start({"hunt", "first_sale", "--seeds", "1..100000000", "-j", "2", "--json", "--out", place});
    wait_for_results(place);
    const std::string id = std::to_string(process);
    std::istringstream children(slurp("/proc/" + id + "/task/" + id + "/children"));
    pid_t worker = -1;
    ASSERT_TRUE(children >> worker);
    ::kill(worker, signal);
    const Ran ran = finish(process);
    EXPECT_EQ(ran.code, 75) << ran.err;
    EXPECT_EQ(ran.json().at("stopped_because"), "a worker was killed");
    EXPECT_TRUE(ran.json().at("our_bugs").empty());
    EXPECT_NE(ran.err.find("from outside"), std::string::npos) << ran.err;
  }
}

TEST_F(Program, AHuntCountsTheEdgesThatItTookAndUnderWhichFaults) {
  const Ran ran =
      run({"hunt", "first_sale", "--seeds", "1..60", "--no-shrink", "--json", "-q", "--out", out()});
  ASSERT_EQ(ran.code, 0) << ran.out << ran.err;
  const auto machines = ran.json().at("machines");
  const auto paid = machines.at("order").at("UNPAID → PAID by capture or closing");
  EXPECT_GT(paid.at("trials"), 40);
  EXPECT_LE(paid.at("trials"), 60);
  const auto under = paid.at("under").find("message_loss");
  ASSERT_NE(under, paid.at("under").end());
  EXPECT_LE(*under, paid.at("trials"));
  EXPECT_EQ(machines.at("attempt").at("PENDING, CLOSED or FAILED → SUCCEEDED by statement").at("trials"), 0)
      << "an edge that nobody took is counted, too";
  EXPECT_FALSE(machines.at("refund").contains("REQUESTED → FAILED")) << "no fact tells of it";

  const Ran shown = run({"show", "machine", "order", "--from", run_directory().string()});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_NE(shown.out.find("UNPAID → CLOSED by capture or closing  "), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("under "), std::string::npos) << shown.out;
  const Ran json = run({"show", "machine", "order", "--from", run_directory().string(), "--json"});
  EXPECT_EQ(json.json().at("edges"), machines.at("order"));
}

TEST_F(Program, AMachineIsShownAndAWrongPlaceForItsEdgesRefused) {
  const Ran shown = run({"show", "machine", "refund"});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_NE(shown.out.find("REQUESTED, SUCCEEDED, FAILED"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("REQUESTED → FAILED  (no fact tells of it)"), std::string::npos) << shown.out;
  EXPECT_EQ(run({"show", "machine", "order", "--from", root_.string()}).code, 66);
  EXPECT_EQ(run({"show", "machine", "order", "--from", (root_ / "nothing").string()}).code, 66);
  EXPECT_EQ(run({"show", "flaw", "F-01", "--from", root_.string()}).code, 64);
  std::ofstream(root_ / "hunt.json") << "{\"machines\": {\"order\": 7}}";
  EXPECT_EQ(run({"show", "machine", "order", "--from", root_.string()}).code, 65);
}

TEST_F(Program, ABudgetEndsAHunt) {
  const Ran ran = run({"hunt", "first_sale", "--budget", "1s", "--json", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.json().at("stopped_because"), "the budget was over");
  EXPECT_GT(ran.json().at("trials").get<int>(), 0);
}

TEST_F(Program, NothingRanIsNoSuccess) {
  const Ran ran = run({"hunt", "first_sale", "--budget", "0s", "--json", "--out", out()});
  EXPECT_EQ(ran.code, 5);
  EXPECT_EQ(ran.json().at("trials"), 0);
}

TEST_F(Program, APlaceForRunsThatCannotBeWrittenCostsTheResultsNotTheVerdict) {
  const Ran ran = run({"hunt", "first_sale", "--seeds", "1..10", "--json", "--out", "/proc/nowhere"});
  EXPECT_EQ(ran.code, 74);
  EXPECT_EQ(ran.json().at("passed"), 10);
  EXPECT_NE(ran.err.find("/proc/nowhere"), std::string::npos) << ran.err;
}

TEST_F(Program, AFullDiskCostsTheResultsNotTheVerdictAndLeavesNothingHalfWritten) {
  // No file may grow beyond one block; standard output is a pipe to cat, which may not write more either, so it counts bytes.
  const std::string script =
      "ulimit -f 1; trap '' XFSZ; \"$0\" hunt first_sale --seeds 1..40 -q --out \"$1\" | wc -c; exit "
      "${PIPESTATUS[0]}";
  const Ran ran = finish(start({"-c", script, ORDEAL_PROGRAM, out()}, "bash"));
  EXPECT_EQ(ran.code, 74) << ran.err;
  EXPECT_NE(ran.out, "0\n") << "no verdict";
  EXPECT_NE(ran.err.find("File too large"), std::string::npos) << ran.err;
  for (const auto& entry : fs::directory_iterator(run_directory())) {
    const std::string name = entry.path().filename().string();
    if (name == "timing.json") {
      EXPECT_TRUE(Json::accept(slurp(entry.path()))) << "it is small enough to be there whole";
    } else {
      EXPECT_EQ(name, "results.jsonl") << "half-written or temporary";
    }
  }
}

TEST_F(Program, AHuntExpectsAViolation) {
  const std::vector<std::string> base{"hunt",  "first_sale", "--seeds",           "1..40", "--json", "-q",
                                      "--out", out(),        "--expect-violation"};
  std::vector<std::string> arguments = base;
  arguments.push_back("I-10 no-oversell");
  const Ran ran = run(arguments);
  EXPECT_EQ(ran.code, 6);
  EXPECT_EQ(ran.json().at("expectation_missed"), "expected I-10 no-oversell, found no violation");
}

}  // namespace
}  // namespace ordeal::test
