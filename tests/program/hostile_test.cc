// Files, descriptors and signals of a hostile world: an error that says where, never a crash, a hang or a line of results
// with something else in it.
#include <csignal>
#include <fstream>

#include <sys/stat.h>

#include "tests/program/program.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

class Hostile : public Program {
 protected:
  std::string file(const std::string& name, const std::string& text) const {
    const std::string path = (root_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // As a scenario, a repro and a plan: one reader for all.
  void expect_refused(const std::string& path, int code, const std::string& words) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"run", path}, {"replay", path}, {"run", "first_sale", "--faults", path}}) {
      const Ran ran = run(arguments);
      EXPECT_EQ(ran.code, code) << arguments.front() << ": " << ran.err.substr(0, 300);
      EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err.substr(0, 300);
      EXPECT_LT(ran.err.size(), 2'000U);
      EXPECT_EQ(ran.err.find('\x1b'), std::string::npos);
      EXPECT_EQ(ran.out, "");
    }
  }
};

TEST_F(Hostile, DepthIsLimited) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  expect_refused(file("deep.json", deep), 65, "at most 64 levels");
  expect_refused(file("inside.json", "{\"name\": " + deep + "}"), 65, "at $.name[0]");
}

TEST_F(Hostile, NumbersTooBigAndBrokenTextsHaveAPlace) {
  expect_refused(file("big.json", "{\n  \"heal_at\": 1e309\n}"), 65, "big.json:2:18: ");
  expect_refused(file("cut.json", "{\n  \"heal_at\""), 65, "cut.json:2:");
  expect_refused(file("bytes.json", "{\"a\": \"\xff\xfe\"}"), 65, "bytes.json:1:");
}

TEST_F(Hostile, TextsThatWouldDriveATerminalAreRefused) {
  expect_refused(file("esc.json", R"({"name": "tea\u001b[2J"})"), 65, "\\u001b in \"tea\\u001b[2J\"");
  expect_refused(file("line.json", R"({"summary": "a\n✓ pass"})"), 65, "\\u000a");
  expect_refused(file("csi.json", R"({"na\u009bme": 1})"), 65, "\\u009b");
  expect_refused(file("turn.json", "{\"name\": \"\u202eaet\"}"), 65, "\\u202e");
}

TEST_F(Hostile, LongTextsAreCutInErrorsAndLongFilesRefused) {
  expect_refused(file("key.json", "{\"" + std::string(10'000'000, 'k') + "\": 1}"), 65, "kkk…");
  expect_refused(file("long.json", std::string(17U << 20U, ' ')), 65, "more than 16 MB");
}

TEST_F(Hostile, OnlyFilesAndPipesAreRead) {
  expect_refused("/dev/zero", 74, "neither a file nor a pipe");
  expect_refused("/dev/null", 74, "neither a file nor a pipe");
  const std::string pipe = (root_ / "pipe.json").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  expect_refused(pipe, 74, "a pipe with a name");
  const std::string scenario = source_dir() + "/scenarios/flows/purchase/scenarios/smoke/first_sale.json";
  const std::string script = "cat \"$1\" | \"$0\" run /dev/stdin -q";
  EXPECT_EQ(finish(start({"-c", script, ORDEAL_PROGRAM, scenario}, "sh")).code, 0);
}

TEST_F(Hostile, ClosedDescriptorsGetNothingIntoTheResults) {
  for (const std::string closed : {">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"}) {
    const std::string script =
        "exec \"$0\" hunt first_sale --flaw F-01 --seeds 1..60 --no-shrink --out \"$1\" " + closed;
    EXPECT_EQ(finish(start({"-c", script, ORDEAL_PROGRAM, out()}, "sh")).code, 1) << closed;
    std::ifstream results(run_directory() / "results.jsonl");
    std::size_t lines = 0;
    for (std::string line; std::getline(results, line); ++lines)
      EXPECT_TRUE(nlohmann::json::accept(line)) << closed << ": " << line;
    EXPECT_EQ(lines, 60U) << closed;
    fs::remove_all(out());
  }
}

TEST_F(Hostile, ALostTerminalEndsAHuntAsAPoliteKillDoes) {
  const pid_t process =
      start({"hunt", "first_sale", "--seeds", "1..100000000", "-j", "2", "--json", "--out", out()});
  for (int i = 0; i < 2'000 && !fs::exists(out() + "/latest"); ++i) {
    ::usleep(10'000);
    std::error_code none;
    if (!fs::exists(out(), none)) continue;
    bool any = false;
    for (const auto& entry : fs::directory_iterator(out()))
      any = any || Ran::finished_seeds(entry.path() / "results.jsonl").size() >= 5;
    if (any) break;
  }
  ::kill(process, SIGHUP);
  const Ran ran = finish(process);
  EXPECT_EQ(ran.code, 143) << ran.err;
  EXPECT_EQ(ran.json().at("stopped_because"), "it was interrupted");
  EXPECT_TRUE(fs::exists(run_directory() / "hunt.json"));
}

TEST_F(Hostile, ErrorsAreJsonToo) {
  const Ran ran = run({"run", "frist_sale", "--json"});
  EXPECT_EQ(ran.code, 66);
  EXPECT_EQ(ran.json().at("schema"), "ordeal/error/1");
  EXPECT_EQ(ran.json().at("exit_code"), 66);
  EXPECT_NE(ran.json().at("error").get<std::string>().find("did you mean  first_sale"), std::string::npos);
  EXPECT_EQ(run({"hunt", "first_sale", "--seed", "x", "--json"}).json().at("exit_code"), 64);
}

TEST_F(Hostile, AnEmptyValueIsNoValue) {
  for (const char* flag : {"--seeds", "--budget", "--corpus", "--jobs", "--out", "--until-stale"}) {
    const Ran ran = run({"hunt", "first_sale", flag, ""});
    EXPECT_EQ(ran.code, 64) << flag;
    EXPECT_NE(ran.err.find(flag), std::string::npos) << ran.err;
  }
}

}  // namespace
}  // namespace ordeal::test
