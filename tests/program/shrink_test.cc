// shrink, and what hunt makes small by itself.
#include <functional>

#include "tests/program/program.h"

namespace ordeal::test {
namespace {

using Json = nlohmann::json;

class Shrink : public Program {
 protected:
  // A failure as it was found; its repro.
  std::string big(const std::string& flaw = "F-16") {
    const Ran hunted = run({"hunt", "first_sale", "--flaw", flaw, "--seeds", "1..2000", "--fail-fast",
                            "--no-shrink", "--json", "-q", "--out", out()});
    EXPECT_EQ(hunted.code, 1) << hunted.err;
    EXPECT_TRUE(hunted.json().at("findings").empty());
    return hunted.json().at("first_failures").at(0).at("repro");
  }
};

TEST_F(Shrink, WritesASmallReproThatReplaysAndTellsWhatItTakes) {
  const std::string repro = big();
  const Ran ran = run({"shrink", "last-failed", "--budget", "10m", "--json", "--out", out()});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  const Json json = ran.json();
  for (const char* key :
       {"schema",          "engine",     "scenario", "seed",  "invariant", "exit_code",
        "verdict",         "trace_hash", "from",     "repro", "before",    "after",
        "tries",           "finished",   "cause",    "takes", "but_for",   "but_for_untried",
        "stopped_because", "wall_ns"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json.at("schema"), "ordeal/shrink/1");
  EXPECT_EQ(fs::path(json.at("from").get<std::string>()).filename(), fs::path(repro).filename());
  EXPECT_EQ(json.at("finished"), true);
  EXPECT_LT(json.at("after").at("strikes"), json.at("before").at("strikes"));
  EXPECT_EQ(json.at("after").at("actors"), 1);
  EXPECT_EQ(json.at("before").at("actors"), 10);
  for (const Json& row : json.at("but_for")) {
    EXPECT_TRUE(row.at("kind") == "message" || row.at("still_breaks") == false) << row;
  }

  const std::string small = json.at("repro");
  EXPECT_TRUE(small.ends_with(".small.repro.json")) << small;
  const Ran again = run({"replay", small, "--json", "-v"});
  EXPECT_EQ(again.code, 1) << again.err;
  EXPECT_EQ(again.json().at("replay").at("reproduced"), true);
  EXPECT_EQ(again.json().at("trace_hash"), json.at("trace_hash"));
  EXPECT_EQ(again.json().at("but_for"), json.at("but_for"));
  EXPECT_NE(run({"replay", small, "-v"}).out.find("but for this, would it have happened?"),
            std::string::npos);

  // A small one stays where it is.
  const Ran smaller = run({"shrink", small, "--json"});
  EXPECT_EQ(smaller.code, 0);
  EXPECT_EQ(smaller.json().at("repro"), small);
  EXPECT_EQ(smaller.json().at("after"), json.at("after"));
}

TEST_F(Shrink, WithoutTimeTheBestSoFarIsKeptAndFails) {
  big("F-01");
  const Ran ran = run({"shrink", "last-failed", "--budget", "0s", "--json", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.json().at("finished"), false);
  EXPECT_EQ(ran.json().at("tries"), 0);
  EXPECT_EQ(run({"replay", ran.json().at("repro").get<std::string>(), "-q"}).code, 1);
}

TEST_F(Shrink, AnInterruptKeepsTheBestSoFar) {
  const Ran hunted = run({"hunt", "flash_sale", "--flaw", "F-01", "--seeds", "1..200", "--fail-fast",
                          "--no-shrink", "--json", "-q", "--out", out()});
  ASSERT_EQ(hunted.code, 1) << hunted.err;
  const fs::path repro = hunted.json().at("first_failures").at(0).at("repro").get<std::string>();
  const fs::path small = repro.parent_path() / "I-10-no-oversell.small.repro.json";
  const pid_t process = start({"shrink", repro.string(), "--budget", "10m", "--json"});
  for (int i = 0; i < 3'000 && !fs::exists(small); ++i) ::usleep(10'000);
  ASSERT_TRUE(fs::exists(small)) << "no improvement is kept";
  ::kill(process, SIGINT);
  const Ran ran = finish(process);
  EXPECT_TRUE(ran.code == 130 || ran.code == 0) << ran.code << ran.err;  // 0: it had just finished
  EXPECT_EQ(ran.json().at("exit_code"), ran.code);
  EXPECT_EQ(run({"replay", small.string(), "-q"}).code, 1);
}

TEST_F(Shrink, AFailureThatIsGoneIsSaidToBeGone) {
  const std::string repro = big();
  Json fixed = Json::parse(slurp(repro));
  fixed["flaws"] = Json::array();
  const std::string file = (root_ / "fixed.repro.json").string();
  std::ofstream(file) << fixed;
  const Ran ran = run({"shrink", file, "--json"});
  EXPECT_EQ(ran.code, 6);
  EXPECT_EQ(ran.json().at("exit_code"), 6);
  EXPECT_NE(ran.err.find("strikes matched"), std::string::npos) << ran.err;
  EXPECT_FALSE(fs::exists(root_ / "fixed.small.repro.json"));
}

TEST_F(Shrink, AStrikeThatMeetsNothingIsReported) {
  Json json = Json::parse(slurp(big()));
  json["engine"] = "ordeal 99.0.0";
  json["strikes"].push_back(
      {{"site", "shopper-0/checkout-1 › no › such place"}, {"occurrence", 0}, {"action", "drop"}});
  const std::string file = (root_ / "strange.repro.json").string();
  std::ofstream(file) << json;
  const Json strikes = run({"replay", file, "--json"}).json().at("replay").at("strikes");
  EXPECT_EQ(strikes.at("of"), json.at("strikes").size());
  EXPECT_LT(strikes.at("matched"), strikes.at("of"));
  const auto& unmatched = strikes.at("unmatched");
  EXPECT_NE(unmatched.back().get<std::string>().find("no › such place"), std::string::npos) << unmatched;
}

// The engine that wrote it has the plan: a strike in it at a place that is no longer there is told too.
TEST_F(Shrink, AStrikeOfTheOwnEngineThatMeetsNothingIsReportedToo) {
  Json json = Json::parse(slurp(big()));
  json["plan"]["strikes"].push_back(
      {{"site", "shopper-0/checkout-1 › no › such place"}, {"occurrence", 0}, {"action", "drop"}});
  const std::string file = (root_ / "strange.repro.json").string();
  std::ofstream(file) << json;
  const Ran ran = run({"replay", file});
  EXPECT_NE(ran.out.find("not all that its plan names was met"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("not met  at shopper-0/checkout-1 › no › such place"), std::string::npos) << ran.out;
}

TEST_F(Shrink, BadInputIsCalledByItsPlace) {
  EXPECT_EQ(run({"shrink", "nowhere.repro.json"}).code, 66);
  EXPECT_EQ(run({"shrink", "latest", "--out", out()}).code, 66);
  const std::string repro = big();
  EXPECT_EQ(run({"shrink", repro, "--budget", "soon"}).code, 64);
  EXPECT_EQ(run({"hunt", "first_sale", "--shrink-budget", "5"}).code, 64);
  const auto refused = [&](const std::function<void(Json&)>& edit) {
    Json json = Json::parse(slurp(repro));
    edit(json);
    const std::string file = (root_ / "bad.repro.json").string();
    std::ofstream(file) << json;
    const Ran ran = run({"shrink", file});
    EXPECT_EQ(ran.code, 65) << ran.err;
    return ran.err;
  };
  const std::string part = refused([](Json& json) {
    json["workload"]["omitted"] = {{{"actor", "shopper-1"}, {"part", "paymnet"}}};
  });
  EXPECT_NE(part.find("did you mean  payment"), std::string::npos) << part;
  const std::string actor = refused([](Json& json) {
    json["workload"]["omitted"] = {{{"actor", "shopper-10"}, {"part", "payment"}}};
  });
  EXPECT_NE(actor.find("at $.workload.omitted[0].actor"), std::string::npos) << actor;
  EXPECT_NE(actor.find("shopper-0 to shopper-9"), std::string::npos) << actor;
  const std::string setting = refused([](Json& json) {
    json["adjusted"] = {{{"at", "$.catalogue[0].stok"}, {"to", 1}}};
  });
  EXPECT_NE(setting.find("at $.adjusted[0].at"), std::string::npos) << setting;
  EXPECT_NE(setting.find("did you mean  $.catalogue[0].stock"), std::string::npos) << setting;
  const std::string value = refused([](Json& json) {
    json["adjusted"] = {{{"at", "$.catalogue[0].stock"}, {"to", "much"}}};
  });
  EXPECT_NE(value.find("in $.adjusted[0]"), std::string::npos) << value;
  const std::string heal = refused([](Json& json) { json["plan"]["heal_at"] = "48h"; });
  EXPECT_NE(heal.find("at $.plan.heal_at"), std::string::npos) << heal;
  EXPECT_NE(heal.find("24h"), std::string::npos) << heal;
  const std::string late = refused([](Json& json) {
    json["plan"]["windows"].push_back(
        {{"id", "late"}, {"fault", "host_outage"}, {"from", "23h"}, {"until", "25h"}});
  });
  EXPECT_NE(late.find(".until"), std::string::npos) << late;
  EXPECT_NE(late.find("24h"), std::string::npos) << late;
  const std::string host = refused([](Json& json) { json["plan"]["never_returning"] = {"oder-1"}; });
  EXPECT_NE(host.find("at $.plan.never_returning[0]"), std::string::npos) << host;
  EXPECT_NE(refused([](Json& json) { json["flaws"] = {"F-99"}; }).find("F-99"), std::string::npos);
}

TEST_F(Shrink, ASmallReproThatCannotBeWrittenCostsTheFileNotTheResult) {
  const std::string repro = big();
  // No file may be written at all beside it: its name is taken by a directory.
  std::string taken = repro;
  taken.replace(taken.rfind(".repro.json"), std::string::npos, ".small.repro.json");
  fs::create_directories(fs::path(taken) / "not empty");
  const Ran ran = run({"shrink", repro, "--json"});
  EXPECT_EQ(ran.code, 74) << ran.err;
  EXPECT_EQ(ran.json().at("repro"), nullptr);
  EXPECT_EQ(ran.json().at("after").at("actors"), 1);
}

TEST_F(Shrink, AHuntMakesTheFirstOfEachHeadlineSmallAndCountsWhatIsTheSame) {
  const auto hunt = [&](const std::string& jobs) {
    return run({"hunt", "first_sale", "--flaw", "F-16", "--seeds", "1..120", "-j", jobs, "--json", "-q",
                "--out", out()});
  };
  const Ran ran = hunt("2");
  EXPECT_EQ(ran.code, 1) << ran.err;
  const Json json = ran.json();
  const Json findings = json.at("findings");
  ASSERT_FALSE(findings.empty());
  const Json first = findings.at(0);
  EXPECT_EQ(first.at("invariant"), "I-32 no-double-charge");
  EXPECT_EQ(first.at("after").at("actors"), 1);
  EXPECT_EQ(first.at("before").at("actors"), 10);
  std::uint64_t counted = 0;
  for (const Json& finding : findings) counted += finding.at("count").get<std::uint64_t>();
  EXPECT_EQ(counted, json.at("looked_into").at("I-32 no-double-charge"));
  EXPECT_EQ(run({"replay", first.at("repro").get<std::string>(), "-q"}).code, 1);

  const auto lasting = [](Json all) {
    for (Json& finding : all) finding.erase("repro");
    return all;
  };
  EXPECT_EQ(lasting(hunt("1").json().at("findings")), lasting(findings));
}

TEST_F(Shrink, WhereTimeEndsItThatIsTold) {
  const Ran ran = run({"hunt", "first_sale", "--flaw", "F-16", "--seeds", "1..120", "--shrink-budget", "1ms",
                       "-q", "--out", out()});
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_NE(ran.err.find("--shrink-budget"), std::string::npos) << ran.err;
}

TEST_F(Shrink, AHuntReplaysTheCorpusFirst) {
  const Json corpus =
      run({"hunt", "first_sale", "--seeds", "1..5", "--json", "--out", out()}).json().at("corpus");
  EXPECT_GE(corpus.at("replayed").get<int>(), 6);
  EXPECT_EQ(corpus.at("as_expected"), corpus.at("replayed"));

  // A bug that was fixed and is back.
  Json back = Json::parse(slurp(big()));
  back["expects"]["verdict"] = "pass";
  fs::create_directories(root_ / "corpus");
  std::ofstream(root_ / "corpus" / "back.repro.json") << back;
  std::ofstream(root_ / "corpus" / "broken.repro.json") << "{";
  const Ran ran = run({"hunt", "first_sale", "--seeds", "1..5", "--corpus", (root_ / "corpus").string(),
                       "--json", "--out", out()});
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_EQ(ran.json().at("failed"), 0);
  const Json otherwise = ran.json().at("corpus").at("otherwise");
  ASSERT_EQ(otherwise.size(), 2U);
  EXPECT_NE(otherwise.at(0).get<std::string>().find("expected pass, found I-32"), std::string::npos)
      << otherwise;
  EXPECT_EQ(run({"hunt", "first_sale", "--corpus", "/nowhere"}).code, 66);
}

TEST_F(Shrink, ACorpusThatCannotBeReadOrFindsItsBugNoMoreIsNoPass) {
  fs::create_directories(root_ / "corpus");
  const auto hunt = [&] {
    return run({"hunt", "first_sale", "--seeds", "1..5", "--no-shrink", "--corpus",
                (root_ / "corpus").string(), "--out", out()});
  };
  // As if the flaw had gone from the code.
  Json gone = Json::parse(slurp(big()));
  gone["flaws"] = Json::array();
  std::ofstream(root_ / "corpus" / "gone.repro.json") << gone;
  const Ran missed = hunt();
  EXPECT_EQ(missed.code, 6) << missed.out;
  EXPECT_NE(missed.out.find("✗ corpus: "), std::string::npos) << missed.out;
  EXPECT_EQ(missed.out.find("✓"), std::string::npos) << missed.out;

  std::ofstream(root_ / "corpus" / "broken.repro.json") << "{";
  const Ran broken = hunt();
  EXPECT_EQ(broken.code, 65) << broken.out;
  EXPECT_NE(broken.out.find("broken.repro.json"), std::string::npos) << broken.out;
}

}  // namespace
}  // namespace ordeal::test
