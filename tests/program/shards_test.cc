// Hunts that are split, cut off, taken up again and put together: what is kept is what one hunt that was left alone keeps,
// byte for byte but for timing.json.
#include <map>

#include "tests/program/program.h"

namespace ordeal::test {
namespace {

using Json = nlohmann::json;

class Shards : public Program {
 protected:
  // Failures of a planted bug, a cheap one. They are made small in events, which are the same everywhere; the time that
  // ends it all the same must not be met on a busy machine.
  std::vector<std::string> hunt(const std::string& place, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"hunt",    "first_sale",      "--flaw", "F-01",
                                       "--seeds", "1..160",          "-q",     "--out",
                                       at(place), "--shrink-budget", "30m"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  std::string at(const std::string& place) const { return (root_ / place).string(); }

  fs::path only_run_in(const std::string& place) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(root_ / place)) {
      if (!entry.is_symlink()) found.push_back(entry.path());
    }
    EXPECT_EQ(found.size(), 1U) << place;
    return found.empty() ? fs::path() : found.front();
  }

  static std::map<std::string, std::string> kept(const fs::path& run) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(run)) {
      const std::string name = entry.path().filename().string();
      if (name != "timing.json") files[name] = slurp(entry.path());
    }
    return files;
  }

  static void expect_same(const fs::path& one, const fs::path& other) {
    const auto files = kept(one);
    const auto others = kept(other);
    EXPECT_GE(files.size(), 4U) << "campaign, results, hunt and a repro";
    for (const auto& [name, text] : files) {
      const auto found = others.find(name);
      if (found == others.end()) {
        ADD_FAILURE() << name << " is missing in " << other;
        continue;
      }
      EXPECT_EQ(found->second, text) << name;
    }
    EXPECT_EQ(others.size(), files.size());
  }

  // Starts a hunt and kills it in the middle, so that nothing can be said or saved.
  void cut_off(const std::vector<std::string>& arguments, const std::string& place, std::size_t after) {
    const pid_t process = start(arguments);
    for (int i = 0; i < 3'000; ++i) {
      std::error_code error;
      std::size_t finished = 0;
      for (const auto& entry : fs::recursive_directory_iterator(root_ / place, error)) {
        if (entry.path().filename() == "results.jsonl") finished += Ran::finished_seeds(entry.path()).size();
      }
      if (finished >= after) break;
      ::usleep(1'000);
    }
    ::kill(process, SIGKILL);
    EXPECT_EQ(finish(process).code, 128 + SIGKILL) << "it was over too soon";
  }
};

TEST_F(Shards, MergeToWhatOneMachineFindsWhateverHappenedToThem) {
  EXPECT_EQ(run(hunt("whole")).code, 1);
  const fs::path whole = only_run_in("whole");
  for (const std::string k : {"1", "2", "4"}) run(hunt("shards/" + k, {"--shard", k + "/4"}));
  run(hunt("shards/2", {"--shard", "2/4"}));  // played twice
  cut_off(hunt("shards/3", {"--shard", "3/4", "-j", "1"}), "shards/3", 3);
  const Ran missing = run({"merge", at("shards"), "--out", at("too early"), "--json"});
  EXPECT_EQ(missing.code, 1) << "what was broken outranks what is missing";
  EXPECT_GT(missing.json().at("missing_seeds").at("count"), 0);
  EXPECT_EQ(run({"hunt", "--resume", at("shards/3"), "-q"}).code, 0);

  const std::vector<std::string> orders[] = {{at("shards")},
                                             {at("shards/4"), at("shards/3"), at("shards/2"), at("shards/1")},
                                             {at("shards/2"), at("shards"), at("too early")}};
  for (std::size_t i = 0; i < std::size(orders); ++i) {
    std::vector<std::string> arguments{"merge"};
    arguments.insert(arguments.end(), orders[i].begin(), orders[i].end());
    const std::string place = "merged" + std::to_string(i);
    arguments.insert(arguments.end(), {"--out", at(place), "-q"});
    const Ran merged = run(arguments);
    EXPECT_EQ(merged.code, 1) << merged.err;
    expect_same(whole, only_run_in(place));
  }
  EXPECT_EQ(run({"merge", at("merged0"), at("merged1"), "--out", at("again"), "-q"}).code, 1);
  expect_same(whole, only_run_in("again"));
}

TEST_F(Shards, OfAHuntThatStopsAtItsFailuresStopWhereItStops) {
  for (const char* limit : {"1", "2"}) {
    const std::string place = std::string("limit") + limit;
    run(hunt(place + "/whole", {"--max-failures", limit}));
    for (const std::string k : {"1", "2", "3"})
      run(hunt(place + "/shards", {"--max-failures", limit, "--shard", k + "/3"}));
    EXPECT_EQ(run({"merge", at(place + "/shards"), "--out", at(place + "/merged"), "-q"}).code, 1);
    expect_same(only_run_in(place + "/whole"), only_run_in(place + "/merged"));
  }
}

TEST_F(Shards, ThatAreMissingAreNamed) {
  const auto green = [&](const std::string& k) {
    run({"hunt", "first_sale", "--seeds", "1..40", "-q", "--out", at("shards"), "--shard", k});
  };
  green("1/4");
  green("3/4");
  green("4/4");
  Ran ran = run({"merge", at("shards"), "--out", out(), "--json"});
  EXPECT_EQ(ran.code, 8) << ran.err;
  EXPECT_EQ(ran.json().at("missing_seeds").at("count"), 10);
  EXPECT_EQ(ran.json().at("missing_seeds").at("shards"), Json({"2/4"}));
  ran = run({"merge", at("shards"), "--out", out()});
  EXPECT_NE(ran.out.find("10 seeds are missing: all of shard 2/4"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("✓ 30"), std::string::npos) << ran.out;
  green("2/4");
  EXPECT_EQ(run({"merge", at("shards"), "--out", out(), "-q"}).code, 0);
}

TEST_F(Shards, ThatContradictEachOtherAreRefused) {
  run(hunt("a", {"--shard", "1/2", "--no-shrink"}));
  fs::copy(root_ / "a", root_ / "b", fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  const fs::path results = only_run_in("b") / "results.jsonl";
  std::string text = slurp(results);
  const std::string key = "\"trace_hash\":\"";
  const std::size_t hash = text.find(key, text.find("\n")) + key.size();
  text.replace(hash, 4, text.compare(hash, 4, "0000") == 0 ? "1111" : "0000");
  std::ofstream(results, std::ios::binary) << text;
  const Ran ran = run({"merge", at("a"), at("b"), "--out", out()});
  EXPECT_EQ(ran.code, 8);
  EXPECT_NE(ran.err.find("seed 3 has two results"), std::string::npos) << ran.err;
  EXPECT_FALSE(fs::exists(out())) << "nothing half-written";
}

TEST_F(Shards, OfOtherHuntsOrOtherEnginesAreRefused) {
  run(hunt("a", {"--shard", "1/2", "--no-shrink"}));
  run({"hunt", "first_sale", "--flaw", "F-01", "--seeds", "1..180", "-q", "--out", at("b"), "--shard", "2/2",
       "--no-shrink"});
  const Ran ran = run({"merge", at("a"), at("b"), "--out", out()});
  EXPECT_EQ(ran.code, 8);
  EXPECT_NE(ran.err.find("seeds is "), std::string::npos) << ran.err;

  const fs::path campaign = only_run_in("a") / "campaign.json";
  Json json = Json::parse(slurp(campaign));
  json["engine"] = "ordeal 0.0.1+000000000000";
  std::ofstream(campaign) << json;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"merge", at("a"), "--out", out()},
        std::vector<std::string>{"hunt", "--resume", at("a") + "/latest"}}) {
    const Ran other = run(arguments);
    EXPECT_EQ(other.code, 8) << other.out;
    EXPECT_NE(other.err.find("was hunted by \"ordeal 0.0.1+000000000000\""), std::string::npos) << other.err;
  }
}

TEST_F(Shards, AreFoundInTheEnvironment) {
  std::vector<std::string> arguments{"GITLAB_CI=true",
                                     "CI_NODE_INDEX=2",
                                     "CI_NODE_TOTAL=4",
                                     ORDEAL_PROGRAM,
                                     "hunt",
                                     "first_sale",
                                     "--seeds",
                                     "1..8",
                                     "--shard",
                                     "auto",
                                     "--json",
                                     "--out",
                                     out()};
  const Ran ran = finish(start(arguments, "env"));
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.json().at("shard"), "2/4");
  EXPECT_EQ(ran.json().at("trials"), 2);
  EXPECT_NE(ran.err.find("shard 2/4, from CI_NODE_INDEX=2 and CI_NODE_TOTAL=4 (GitLab)"), std::string::npos)
      << ran.err;
  EXPECT_EQ(Ran::finished_seeds(run_directory() / "results.jsonl"), (std::set<std::uint64_t>{2, 6}));
}

TEST_F(Shards, WithoutAnySeedSayThatNothingRan) {
  EXPECT_EQ(run({"hunt", "first_sale", "--seeds", "1..2", "--shard", "3/4", "-q", "--out", out()}).code, 5);
}

TEST_F(Shards, LeaveItToTheMergeToMissWhatWasExpected) {
  const auto expecting = [&](const std::string& k) {
    return run(hunt("shards", {"--shard", k, "--expect-violation", "I-10", "--no-shrink"})).code;
  };
  for (const char* k : {"1/3", "2/3", "3/3"}) EXPECT_EQ(expecting(k), 0);
  EXPECT_EQ(run({"merge", at("shards"), "--out", out(), "-q"}).code, 0);
}

using Resuming = Shards;

TEST_F(Resuming, EndsAsAHuntThatWasNeverCutOff) {
  run(hunt("whole", {"-j", "1"}));
  cut_off(hunt("cut", {"-j", "2"}), "cut", 10);
  const fs::path cut = only_run_in("cut");
  std::ofstream(cut / "results.jsonl", std::ios::app) << "{\"counts\":{\"torn";  // as the kernel may leave it
  std::ofstream(cut / "hunt.json.4711.tmp") << "{";
  // Workers of the hunt that was killed may still be at their last trial; until they are gone "try again" is the truth.
  int code = 75;
  for (int i = 0; i < 200 && code == 75; ++i) {
    if (i > 0) ::usleep(100'000);
    code = run({"hunt", "--resume", cut.string(), "-q", "-j", "2"}).code;
  }
  EXPECT_EQ(code, 1);
  expect_same(only_run_in("whole"), cut);
  EXPECT_EQ(run({"hunt", "--resume", cut.string(), "-q"}).code, 1)
      << "and once more, with nothing left to play";
  expect_same(only_run_in("whole"), cut);
}

TEST_F(Resuming, GoesOnAfterAnInterruptionAndForgetsWhatWasOnlyFirstUntilThen) {
  run(hunt("whole"));
  const pid_t process = start(hunt("cut", {"-j", "1"}));
  for (int i = 0; i < 3'000; ++i) {
    std::error_code error;
    std::size_t finished = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / "cut", error)) {
      if (entry.path().filename() == "results.jsonl") finished += Ran::finished_seeds(entry.path()).size();
    }
    if (finished >= 30) break;
    ::usleep(1'000);
  }
  ::kill(process, SIGTERM);
  EXPECT_EQ(finish(process).code, 143);
  const fs::path cut = only_run_in("cut");
  std::ofstream(cut / "I-99-gone.small.repro.json") << "{}";
  EXPECT_EQ(run({"hunt", "--resume", at("cut"), "-q"}).code, 1);
  expect_same(only_run_in("whole"), cut);
}

TEST_F(Resuming, OfTheSameCommandBeginsOrGoesOn) {
  run(hunt("whole", {"--shard", "2/2"}));
  const std::vector<std::string> again = hunt("cut", {"--shard", "2/2", "--resume", "auto", "-j", "1"});
  cut_off(again, "cut", 10);
  const fs::path cut = only_run_in("cut");
  const std::size_t before = Ran::finished_seeds(cut / "results.jsonl").size();
  run(hunt("cut", {"--shard", "1/2", "--resume", "auto"}));
  EXPECT_EQ(Ran::finished_seeds(cut / "results.jsonl").size(), before) << "another shard begins anew";
  EXPECT_EQ(run(again).code, 1);
  expect_same(only_run_in("whole"), cut);
  EXPECT_EQ(Json::parse(slurp(cut / "timing.json")).at("played_before"), before);
  const auto count = [&] {
    return std::distance(fs::directory_iterator(root_ / "cut"), fs::directory_iterator());
  };
  const auto runs = count();
  EXPECT_EQ(run(again).code, 1) << "it came to its end, and says so again";
  EXPECT_EQ(count(), runs) << "and nothing was played";
}

TEST_F(Resuming, RefusesWhatItCannotGoOnWith) {
  EXPECT_EQ(run({"hunt", "--resume", at("nowhere")}).code, 66);
  fs::create_directories(root_ / "empty");
  const Ran empty = run({"hunt", "--resume", at("empty")});
  EXPECT_EQ(empty.code, 66);
  EXPECT_NE(empty.err.find("campaign.json"), std::string::npos) << empty.err;

  run({"hunt", "first_sale", "--seeds", "1..3", "-q", "--out", at("done")});
  const Ran done = run({"hunt", "--resume", at("done")});
  EXPECT_EQ(done.code, 66);
  EXPECT_NE(done.err.find("was cut off"), std::string::npos) << done.err;
  const Ran again = run({"hunt", "first_sale", "--resume", at("done")});
  EXPECT_EQ(again.code, 64);
  EXPECT_NE(again.err.find("leave out SCENARIO"), std::string::npos) << again.err;
  EXPECT_EQ(run({"hunt", "--resume", at("done"), "--seeds", "1..9"}).code, 64);

  const fs::path campaign = only_run_in("done") / "campaign.json";
  const std::string text = slurp(campaign);
  std::ofstream(campaign) << "{\"schema\": \"ordeal/campaign/9\"}";
  const Ran newer = run({"hunt", "--resume", only_run_in("done").string()});
  EXPECT_EQ(newer.code, 65);
  EXPECT_NE(newer.err.find("ordeal/campaign/9"), std::string::npos) << newer.err;
  std::ofstream(campaign) << text;
  std::ofstream(only_run_in("done") / "results.jsonl", std::ios::app)
      << slurp(only_run_in("done") / "results.jsonl").replace(0, 0, "");
  EXPECT_EQ(run({"hunt", "--resume", only_run_in("done").string(), "-q"}).code, 0) << "the same lines twice";
}

using Remembering = Shards;

TEST_F(Remembering, PlaysWhatWasFoundFirstAndForgetsWhatIsMended) {
  EXPECT_EQ(run(hunt("a", {"--remember", at("memory")})).code, 1);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(root_ / "memory")) files.push_back(entry.path());
  ASSERT_FALSE(files.empty());
  for (const fs::path& file : files)
    EXPECT_TRUE(file.filename().string().starts_with("first_sale.I-10")) << file;

  const std::vector<std::string> green{"hunt",  "first_sale", "--seeds",    "1..2",      "--json",
                                       "--out", out(),        "--remember", at("memory")};
  Ran ran = run(green);
  EXPECT_EQ(ran.code, 1) << "the two seeds pass, what is remembered does not: " << ran.err;
  EXPECT_EQ(ran.json().at("failed"), 0);
  EXPECT_EQ(ran.json().at("remembered").at("again").size(), files.size());

  // The bug is mended: the same worlds, played without it.
  for (const fs::path& file : files) {
    Json repro = Json::parse(slurp(file));
    repro["flaws"] = Json::array();
    repro["plan"]["strikes"] = Json::array();
    repro["strikes"] = Json::array();
    std::ofstream(file) << repro;
  }
  std::ofstream(root_ / "memory" / "torn.repro.json") << "{\"schema\"";
  ran = run(green);
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_EQ(ran.json().at("remembered").at("mended").size(), files.size());
  EXPECT_EQ(ran.json().at("remembered").at("unclear").size(), 1U);
  for (const fs::path& file : files) EXPECT_FALSE(fs::exists(file)) << file;
  EXPECT_EQ(run(green).json().at("remembered").at("replayed"), 0);
}

TEST_F(Remembering, SaysAtOnceThatItCannot) {
  const Ran ran = run({"hunt", "first_sale", "--out", out(), "--remember", "/proc/nowhere"});
  EXPECT_EQ(ran.code, 74);
  EXPECT_NE(ran.err.find("/proc/nowhere"), std::string::npos) << ran.err;
}

TEST_F(Resuming, WaitsForNobodyWhoIsStillAtWork) {
  const pid_t process = start({"hunt", "first_sale", "--seeds", "1..100000000", "-q", "--out", at("busy")});
  // Its directory comes first, then what is in it.
  const auto at_work = [&] {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(root_ / "busy", error)) {
      if (fs::exists(entry.path() / "results.jsonl", error)) return true;
    }
    return false;
  };
  for (int i = 0; i < 10'000 && !at_work(); ++i) ::usleep(1'000);
  const pid_t second = start({"hunt", "--resume", at("busy")});
  EXPECT_EQ(finish(second).code, 75);
  ::kill(process, SIGKILL);
  int status = 0;
  ::waitpid(process, &status, 0);
}

}  // namespace
}  // namespace ordeal::test
