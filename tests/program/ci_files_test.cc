// --junit, --summary and --annotations on real hunts, read back by what CI systems read them with.
#include <chrono>

#include <sys/stat.h>

#include "tests/program/program.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

using Json = nlohmann::json;

class CiFiles : public Program {
 protected:
  std::string at(const std::string& name) const { return (root_ / name).string(); }

  // What the strict reader makes of it.
  Json junit(const std::string& name) {
    const Ran ran =
        finish(start({source_dir() + "/tests/program/read_junit.py", at(name)}, "/usr/bin/python3"));
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    return Json::parse(ran.out, nullptr, false);
  }

  Ran with(std::vector<std::string> variables, const std::vector<std::string>& arguments) {
    variables.emplace_back(ORDEAL_PROGRAM);
    variables.insert(variables.end(), arguments.begin(), arguments.end());
    return finish(start(std::move(variables), "env"));
  }

  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(root_)) found.push_back(entry.path().filename().string());
    return found;
  }
};

TEST_F(CiFiles, SayOfAHuntWhatItsJsonSays) {
  const Ran ran = run({"hunt", "first_sale", "--flaw", "F-01", "--seeds", "1..40", "--json", "--out", out(),
                       "--junit", at("new folder/junit.xml"), "--summary", at("summary.md")});
  ASSERT_EQ(ran.code, 1) << ran.err;
  const Json hunt = ran.json();
  const Json junit = this->junit("new folder/junit.xml");
  EXPECT_EQ(junit.at("suites"), Json({"hunt first_sale"}));
  EXPECT_EQ(junit.at("properties").at("engine"), hunt.at("engine"));
  EXPECT_EQ(junit.at("properties").at("traces hash"), hunt.at("traces_hash"));
  EXPECT_GT(junit.at("cases").size(), 20U) << "every law that was watched";
  const std::string summary = slurp(root_ / "summary.md");
  ASSERT_FALSE(hunt.at("first_failures").empty());
  for (const Json& first : hunt.at("first_failures")) {
    const std::string law = first.at("invariant");
    const std::string seed = std::to_string(first.at("seed").get<std::uint64_t>());
    EXPECT_EQ(junit.at("seeds").at(law), seed);
    EXPECT_EQ(junit.at("failures").at(law), "seed " + seed + ": " + first.at("message").get<std::string>());
    EXPECT_NE(summary.find("run first_sale --seed " + seed + " --flaw F-01"), std::string::npos) << summary;
  }
  // The command that is shown plays the failure.
  const std::string replay = junit.at("replays").begin().value();
  EXPECT_EQ(finish(start({"-c", replay}, "bash")).code, 1) << replay;
}

TEST_F(CiFiles, OfAGreenHuntHaveNoFailure) {
  const Ran ran =
      run({"hunt", "first_sale", "--seeds", "1..20", "-q", "--out", out(), "--junit", at("junit.xml")});
  EXPECT_EQ(ran.code, 0);
  const Json junit = this->junit("junit.xml");
  EXPECT_TRUE(junit.at("failures").empty());
  EXPECT_TRUE(junit.at("errors").empty());
}

TEST_F(CiFiles, OfAnExplorationNameTheFaults) {
  const Ran ran =
      run({"explore", "first_sale", "--flaw", "F-11", "--actors", "1", "--seed", "1", "--journal-mode", "own",
           "--json", "--out", out(), "--junit", at("junit.xml"), "--summary", at("summary.md")});
  const Json explore = ran.json();
  const Json junit = this->junit("junit.xml");
  EXPECT_EQ(junit.at("suites"), Json({"explore first_sale"}));
  EXPECT_EQ(junit.at("failures").size(), explore.at("first_failures").size());
  EXPECT_EQ(junit.at("properties").at("certificate"), explore.at("certificate"));
  EXPECT_NE(slurp(root_ / "summary.md").find("ordeal explore first\\_sale"), std::string::npos);
}

TEST_F(CiFiles, AreWrittenWhenAHuntIsInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    fs::remove_all(out());
    fs::remove(root_ / "junit.xml");
    const pid_t process = start({"hunt", "first_sale", "--seeds", "1..100000000", "-q", "--out", out(),
                                 "--junit", at("junit.xml"), "--summary", at("summary.md")});
    for (int i = 0; i < 3'000; ++i) {
      std::error_code error;
      bool any = false;
      for (const auto& entry : fs::directory_iterator(out(), error))
        any = any || !Ran::finished_seeds(entry.path() / "results.jsonl").empty();
      if (any) break;
      ::usleep(10'000);
    }
    ::kill(process, signal);
    EXPECT_EQ(finish(process).code, 128 + signal);
    EXPECT_EQ(this->junit("junit.xml").at("errors"), Json({"stopped because it was interrupted"}));
    EXPECT_NE(slurp(root_ / "summary.md").find("it was interrupted"), std::string::npos);
  }
}

TEST_F(CiFiles, ThatCannotBeWrittenAreToldBeforeAnythingIsPlayed) {
  const auto began = std::chrono::steady_clock::now();
  for (const char* flag : {"--junit", "--summary"}) {
    for (const std::string& file :
         {std::string("/proc/nowhere/file"), root_.string(), std::string("/proc/version/x")}) {
      for (const char* verb : {"hunt", "explore"}) {
        const Ran ran = run({verb, "first_sale", "--out", out(), flag, file});
        EXPECT_EQ(ran.code, 74) << verb << " " << file << ran.out;
        EXPECT_NE(ran.err.find(file), std::string::npos) << ran.err;
      }
    }
  }
  EXPECT_FALSE(fs::exists(out())) << "something was played";
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(12)) << "a second for each";
}

TEST_F(CiFiles, OnAFullDiskStayAsTheyWereAndCostTheResultNothing) {
  std::ofstream(root_ / "junit.xml") << "of the hunt before";
  const std::string script =
      "ulimit -f 1; trap '' XFSZ; \"$0\" hunt first_sale --seeds 1..10 -q --out \"$1\" --junit \"$2\" | cat; "
      "exit "
      "${PIPESTATUS[0]}";
  const Ran ran = finish(start({"-c", script, ORDEAL_PROGRAM, out(), at("junit.xml")}, "bash"));
  EXPECT_EQ(ran.code, 74) << ran.err;
  EXPECT_NE(ran.out.find("10 of 10 trials passed"), std::string::npos) << ran.out;
  EXPECT_EQ(slurp(root_ / "junit.xml"), "of the hunt before");
  for (const std::string& name : names()) EXPECT_EQ(name.find(".tmp"), std::string::npos) << name;
}

TEST_F(CiFiles, GoThroughLinksAndIntoPipes) {
  std::ofstream(root_ / "real.xml") << "old";
  fs::create_symlink("real.xml", root_ / "link.xml");
  EXPECT_EQ(
      run({"hunt", "first_sale", "--seeds", "1..2", "-q", "--out", out(), "--junit", at("link.xml")}).code,
      0);
  EXPECT_TRUE(fs::is_symlink(root_ / "link.xml"));
  EXPECT_EQ(slurp(root_ / "real.xml").substr(0, 5), "<?xml");
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  const std::string script =
      "cat \"$2\" >\"$2.read\" & \"$0\" hunt first_sale --seeds 1..2 -q --out \"$1\" --summary \"$2\"; "
      "code=$?; wait; exit "
      "$code";
  EXPECT_EQ(finish(start({"-c", script, ORDEAL_PROGRAM, out(), at("pipe")}, "bash")).code, 0);
  EXPECT_TRUE(fs::is_fifo(root_ / "pipe")) << "nothing may take the place of what is no file";
  EXPECT_NE(slurp(root_ / "pipe.read").find("2 of 2 trials passed"), std::string::npos);
}

TEST_F(CiFiles, AnnotationsAreForGitHubAndOnStandardError) {
  const std::vector<std::string> hunt{"hunt",  "first_sale", "--flaw",      "F-01",  "--seeds",
                                      "1..40", "--json",     "--no-shrink", "--out", out()};
  const Ran github = with({"GITHUB_ACTIONS=true"}, hunt);
  EXPECT_EQ(github.json().at("exit_code"), 1) << "standard output has the one object, nothing else";
  EXPECT_NE(github.err.find("::error title=I-10 no-oversell::first_sale, seed "), std::string::npos)
      << github.err;
  EXPECT_NE(github.err.find("::notice title=ordeal hunt first_sale::"), std::string::npos) << github.err;
  EXPECT_EQ(with({"-u", "GITHUB_ACTIONS"}, hunt).err.find("::error"), std::string::npos);
  std::vector<std::string> none = hunt;
  none.insert(none.end(), {"--annotations", "none"});
  EXPECT_EQ(with({"GITHUB_ACTIONS=true"}, none).err.find("::error"), std::string::npos);
  const Ran wrong = run({"hunt", "first_sale", "--annotations", "gihtub"});
  EXPECT_EQ(wrong.code, 64);
  EXPECT_NE(wrong.err.find("did you mean  github"), std::string::npos) << wrong.err;
}

}  // namespace
}  // namespace ordeal::test
