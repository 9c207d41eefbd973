// report: files for browsers and other readers of traces, and what is wrong before one is written.
#include "tests/program/program.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

class Report : public Program {
 protected:
  std::string repro(const std::string& flaw = "F-01") const {
    return (fs::path(source_dir()) / "tests/regressions/repros" / (flaw + ".small.repro.json")).string();
  }
  std::string file(const std::string& name) const { return (root_ / name).string(); }
  // Files of the test, but for what its runs said.
  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(root_)) names.insert(entry.path().filename().string());
    names.erase("stdout");
    names.erase("stderr");
    return names;
  }
};

TEST_F(Report, WritesAPageATraceAndADiagram) {
  const Ran ran = run({"report", repro(), "--html", file("a.html"), "--perfetto", file("a.json"), "--mermaid",
                       file("a.mmd")});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(files(), (std::set<std::string>{"a.html", "a.json", "a.mmd"}));
  EXPECT_TRUE(slurp(file("a.html")).ends_with("</html>\n"));
  EXPECT_NE(slurp(file("a.html")).find("I-10 no-oversell"), std::string::npos);
  const auto trace = nlohmann::json::parse(slurp(file("a.json")));
  EXPECT_GT(trace.at("traceEvents").size(), 100U);
  const std::string diagram = slurp(file("a.mmd"));
  EXPECT_TRUE(diagram.starts_with("sequenceDiagram\n"));
  EXPECT_NE(diagram.find("2 tea are promised, of a stock of 1"), std::string::npos);
}

// Of a real run: whoever changes how an oversell goes, or is told, makes it anew with this command.
TEST_F(Report, TheDiagramOfAnOversellIsTheOneThatIsKept) {
  ASSERT_EQ(run({"report", repro(), "--mermaid", file("a.mmd")}).code, 0);
  EXPECT_EQ(slurp(file("a.mmd")), slurp(fs::path(source_dir()) / "tests/golden/oversell.mmd"));
}

TEST_F(Report, TheTraceIsThatOfAReplay) {
  const Ran replayed = run({"replay", repro("F-16"), "--json"});
  ASSERT_EQ(run({"report", repro("F-16"), "--perfetto", file("a.json")}).code, 0);
  EXPECT_EQ(nlohmann::json::parse(slurp(file("a.json"))).at("otherData").at("trace_hash"),
            replayed.json().at("trace_hash"));
}

TEST_F(Report, SpeaksTheLanguageThatIsAskedFor) {
  ASSERT_EQ(run({"report", repro(), "--html", file("a.html"), "--lang", "zh"}).code, 0);
  EXPECT_NE(slurp(file("a.html")).find("<html lang=\"zh\">"), std::string::npos);
  const Ran wrong = run({"report", repro(), "--html", file("b.html"), "--lang", "fr"});
  EXPECT_EQ(wrong.code, 64);
  EXPECT_NE(wrong.err.find("expected en or zh, found \"fr\""), std::string::npos) << wrong.err;
  EXPECT_FALSE(fs::exists(file("b.html")));
}

TEST_F(Report, WantsAFile) {
  const Ran ran = run({"report", repro()});
  EXPECT_EQ(ran.code, 64);
  EXPECT_NE(ran.err.find("--html report.html"), std::string::npos) << ran.err;
  EXPECT_EQ(run({"report", repro(), "--mermaid", file("a.mmd"), "--open"}).code, 64);
}

TEST_F(Report, AFileThatCannotBeWrittenLeavesNothing) {
  for (const std::string& bad : {file("no-such-folder/a.html"), root_.string()}) {
    const Ran ran = run({"report", repro(), "--html", bad});
    EXPECT_EQ(ran.code, 74) << ran.err;
    EXPECT_NE(ran.err.find(bad), std::string::npos) << ran.err;
    EXPECT_EQ(files(), std::set<std::string>{});
  }
}

TEST_F(Report, AFullDiskLeavesNothing) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const Ran ran = run({"report", repro(), "--html", "/dev/full/a.html"});
  EXPECT_EQ(ran.code, 74) << ran.err;
}

TEST_F(Report, AReproThatWasTamperedWithIsShownAsSuchOrRefused) {
  std::string text = slurp(repro());
  const std::string key = "\"trace_hash\": \"";
  const std::size_t at = text.find(key) + key.size();
  text[at] = text[at] == '0' ? '1' : '0';
  std::ofstream(file("hash.repro.json")) << text;
  const Ran other = run({"report", file("hash.repro.json"), "--html", file("hash.html")});
  EXPECT_TRUE(other.code == 3 || other.err.find("another trace") != std::string::npos) << other.err;
  EXPECT_NE(slurp(file("hash.html")).find(other.code == 3 ? "plays another trial" : "another trace"),
            std::string::npos);

  std::ofstream(file("key.repro.json")) << "{\"schema\": \"ordeal/repro/2\", \"engin\": 1}";
  const Ran wrong = run({"report", file("key.repro.json"), "--html", file("key.html")});
  EXPECT_EQ(wrong.code, 65);
  EXPECT_NE(wrong.err.find("key.repro.json"), std::string::npos) << wrong.err;
  EXPECT_FALSE(fs::exists(file("key.html")));
}

TEST_F(Report, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(run({"report", "nothing.json", "--html", file("a.html")}).code, 66);
  EXPECT_EQ(run({"report", root_.string(), "--html", file("a.html")}).code, 66);
  EXPECT_EQ(files(), std::set<std::string>{});
}

TEST_F(Report, AGreenHuntHasAPageAndNoTrial) {
  ASSERT_EQ(run({"hunt", "first_sale", "--seeds", "1..5", "--out", out()}).code, 0);
  ASSERT_EQ(run({"report", "latest", "--out", out(), "--html", file("a.html")}).code, 0);
  EXPECT_NE(slurp(file("a.html")).find("\"trials\":5"), std::string::npos);
  const Ran none = run({"report", "latest", "--out", out(), "--mermaid", file("a.mmd")});
  EXPECT_EQ(none.code, 66) << none.err;
  std::ofstream(run_directory() / "hunt.json") << "{}";
  EXPECT_EQ(run({"report", "latest", "--out", out(), "--html", file("b.html")}).code, 65);
}

}  // namespace
}  // namespace ordeal::test
