// What is no pass, though no invariant was broken; and what a replay says after the code was mended.
#include <fstream>
#include <functional>

#include "tests/program/program.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

using Json = nlohmann::ordered_json;

class Verdicts : public Program {
 protected:
  std::string file(const std::string& name, const Json& json) const {
    const std::string path = (root_ / name).string();
    std::ofstream(path) << json.dump(2);
    return path;
  }
  std::string edited(const std::string& name, const std::function<void(Json&)>& edit) const {
    Json scenario =
        Json::parse(slurp(source_dir() + "/scenarios/flows/purchase/scenarios/smoke/first_sale.json"));
    edit(scenario);
    return file(name, scenario);
  }
  std::string thinking(const std::string& min, const std::string& max) const {
    return edited("think.json", [&](Json& scenario) {
      scenario["workloads"][0]["habits"]["think"] = {{"min", min}, {"max", max}};
    });
  }
};

TEST_F(Verdicts, AWorldThatDoesNotComeToRestIsNoPassAndSaysWhoIsAwake) {
  const std::string scenario = thinking("100d", "101d");
  const Ran ran = run({"run", scenario, "--seed", "3", "--json", "--out", out()});
  EXPECT_EQ(ran.code, 2) << ran.out;
  EXPECT_EQ(ran.json().at("verdict"), "liveness");
  const auto finding = ran.json().at("findings").at(0);
  EXPECT_EQ(finding.at("invariant"), "rest");
  EXPECT_NE(finding.at("message").get<std::string>().find("still at work"), std::string::npos) << finding;
  EXPECT_NE(finding.at("evidence").dump().find("since +00:00:0"), std::string::npos) << finding;
  EXPECT_NE(finding.at("evidence").dump().find("shopper-"), std::string::npos) << finding;
  EXPECT_EQ(run({"hunt", scenario, "--seeds", "1..5", "--no-shrink", "-q", "--out", out()}).code, 2);
}

TEST_F(Verdicts, WhereNobodyGetsWhatTheyCameForNothingIsShown) {
  const std::string scenario = thinking("20m", "30m");  // orders close after a quarter of an hour
  const Ran ran = run({"run", scenario, "--seed", "3", "--faults", "none", "--json", "--out", out()});
  EXPECT_EQ(ran.code, 4) << ran.out;
  EXPECT_EQ(ran.json().at("counts").at("orders_paid"), 0);
  EXPECT_EQ(ran.json().at("findings").at(0).at("invariant"), "use");

  // Under faults one trial tells nothing, many do.
  const Ran hunted = run({"hunt", scenario, "--seeds", "1..20", "--no-shrink", "--out", out()});
  EXPECT_EQ(hunted.code, 4) << hunted.out;
  EXPECT_NE(hunted.out.find("orders_paid stays 0"), std::string::npos) << hunted.out;

  // Who leaves without paying wanted nothing.
  const std::string leaving =
      edited("leaving.json", [](Json& json) { json["workloads"][0]["habits"]["never_pays"] = "1"; });
  EXPECT_EQ(run({"run", leaving, "--faults", "none", "--out", out()}).code, 0);
}

TEST_F(Verdicts, APlanOfOnesOwnThatMeetsNothingIsInconclusive) {
  Json plan{{"heal_at", "24h"}, {"windows", Json::array()}, {"strikes", Json::array()}};
  plan["strikes"].push_back({{"site", "nowhere › send order.place"}, {"occurrence", 0}, {"action", "drop"}});
  const Ran ran = run({"run", "first_sale", "--faults", file("plan.json", plan), "--json", "--out", out()});
  EXPECT_EQ(ran.code, 4) << ran.out;
  EXPECT_NE(ran.json().at("findings").dump().find("nowhere"), std::string::npos) << ran.out;
  EXPECT_EQ(run({"hunt", "first_sale", "--faults", file("plan.json", plan), "--seeds", "1..3", "-q", "--out",
                 out()})
                .code,
            4);
}

TEST_F(Verdicts, MoreActorsThanThereIsRoomForAreRefused) {
  const auto crowds = [&](std::size_t count, int shoppers) {
    return edited("crowds.json", [&](Json& scenario) {
      Json crowd = scenario["workloads"][0];
      crowd["shoppers"] = shoppers;
      crowd["habits"]["double_click"] = "1";
      scenario["workloads"] = Json::array();
      for (std::size_t i = 0; i < count; ++i) {
        crowd["name"] = "crowd-" + std::to_string(i);
        scenario["workloads"].push_back(crowd);
      }
    });
  };
  const Ran ran = run({"run", crowds(2, 2'501)});
  EXPECT_EQ(ran.code, 65) << ran.err;
  EXPECT_NE(ran.err.find("at $.workloads"), std::string::npos) << ran.err;
  EXPECT_EQ(run({"run", crowds(1, 5'000), "--faults", "none", "-q", "--out", out()}).code, 0);
  EXPECT_EQ(run({"run", crowds(1, 5'001)}).code, 65);
}

TEST_F(Verdicts, AReplayOfWhatWasMendedSaysSoAndEndsWell) {
  Json repro = Json::parse(slurp(source_dir() + "/tests/regressions/repros/F-01.small.repro.json"));
  repro["engine"] = "ordeal 0.0.0+000000000000";
  EXPECT_EQ(run({"replay", file("bug.repro.json", repro), "-q"}).code, 1) << "another build, the same bug";
  repro["flaws"] = Json::array();
  const std::string mended = file("mended.repro.json", repro);
  const Ran ran = run({"replay", mended});
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_NE(ran.out.find("✓ not broken any more: I-10 no-oversell"), std::string::npos) << ran.out;
  EXPECT_EQ(run({"replay", mended, "--json"}).json().at("replay").at("not_broken_any_more"), true);
}

TEST_F(Verdicts, WhatWasBrokenOutranksWhatCouldNotBeKeptAndThatIsToldFirst) {
  const std::vector<std::string> hunt{"hunt",   "first_sale",  "--flaw", "F-01", "--seeds",
                                      "1..200", "--no-shrink", "-q",     "--out"};
  auto arguments = hunt;
  arguments.push_back("/proc/nowhere");
  const Ran ran = run(arguments);
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_EQ(ran.err.find("error: cannot create /proc/nowhere"), 0U) << ran.err;

  // Results fill what room there is; the repro had its own from the start.
  const std::string script = "ulimit -f 400; trap '' XFSZ; \"$@\"";
  std::vector<std::string> small{"-c", script, "bash", ORDEAL_PROGRAM};
  small.insert(small.end(), hunt.begin(), hunt.end());
  small.push_back(out());
  EXPECT_EQ(finish(start(small, "bash")).code, 1);
  EXPECT_EQ(run({"replay", "last-failed", "-q", "--out", out()}).code, 1);
}

TEST_F(Verdicts, ALongHuntThatNeverSawWhatItMustIsInconclusive) {
  const std::string plenty = edited("plenty.json", [](Json& json) {
    for (Json& sku : json["catalogue"]) sku["stock"] = 100'000;
    json["workloads"][0]["shoppers"] = 2;
    json["sometimes"] = {"out of stock", "capture found by statement"};
  });
  const auto hunt = [&](const char* seeds, const char* faults) {
    return run({"hunt", plenty, "--seeds", seeds, "--faults", faults, "--no-shrink", "--out", out()});
  };
  const Ran ran = hunt("1..501", "swarm");
  EXPECT_EQ(ran.code, 4) << ran.out;
  EXPECT_NE(ran.out.find("inconclusive: never happened in 501 trials, and has to: out of stock"),
            std::string::npos)
      << ran.out;
  EXPECT_EQ(ran.out.find("✓"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("! never happened: capture found by statement"), std::string::npos) << ran.out;
  EXPECT_EQ(hunt("1..500", "swarm").code, 0);
  EXPECT_EQ(hunt("1..501", "none").code, 0) << "who chooses the faults chooses what can happen";
}

TEST_F(Verdicts, ALongHuntOfWhatWeShipSeesWhatItMust) {
  for (const char* scenario : {"first_sale", "day_end", "first_sale_monolith"}) {
    const Ran ran = run({"hunt", scenario, "--seeds", "3001..3501", "--no-shrink", "--corpus", root_.string(),
                         "--out", out()});
    EXPECT_EQ(ran.code, 0) << ran.out;
  }
}

TEST_F(Verdicts, TheLastLineCanBeCopied) {
  const fs::path elsewhere = root_ / "two words";
  fs::create_directories(elsewhere);
  fs::create_symlink(ORDEAL_PROGRAM, elsewhere / "it's ordeal");
  const std::string runs = (elsewhere / "runs").string();
  const Ran ran = finish(start({"run", "first_sale", "--seed", "14", "--flaw", "F-01", "--out", runs},
                               (elsewhere / "it's ordeal").string()));
  ASSERT_EQ(ran.code, 1) << ran.out << ran.err;
  const std::size_t at = ran.out.find("again  ");
  ASSERT_NE(at, std::string::npos) << ran.out;
  const std::string line = ran.out.substr(at + 7, ran.out.find('\n', at) - at - 7);
  EXPECT_NE(line.find(" replay '"), std::string::npos) << line;
  EXPECT_EQ(finish(start({"-c", line}, "bash")).code, 1) << line;
}

TEST_F(Verdicts, AFirstHuntIsExplainedAndALaterOneIsNot) {
  const std::vector<std::string> hunt{"hunt", "first_sale", "--seeds", "1..20", "--out", out()};
  const std::string first = run(hunt).out;
  EXPECT_NE(first.find("A trial is one world"), std::string::npos) << first;
  EXPECT_NE(first.find(std::string("next      ") + ORDEAL_PROGRAM + " hunt first_sale --flaw F-01"),
            std::string::npos)
      << first;
  EXPECT_EQ(run(hunt).out.find("A trial is one world"), std::string::npos);
}

TEST_F(Verdicts, AFirstHuntThatFoundWhatItExpectedDoesNotSayThatNothingWasBroken) {
  const auto ran = run({"hunt", "first_sale", "--flaw", "F-11", "--seeds", "1..20", "--expect-violation",
                        "I-31", "--out", out()});
  ASSERT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.out.find("in none of these"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("of these 20 worlds a promise was broken"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace ordeal::test
