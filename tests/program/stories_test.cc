// The default view of a replay: what somebody reads who does not know the code.
#include <algorithm>
#include <cstdlib>

#include <sys/ioctl.h>

#include "tests/program/program.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

const fs::path kCorpus = fs::path(source_dir()) / "tests/regressions/repros";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Code points: nothing in a story takes more than one column, or none.
std::size_t columns_of(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(
      line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

class Stories : public Program {
 protected:
  Stories() { ::unsetenv("COLUMNS"); }
  // Repros of the corpus that must break their invariant.
  static std::vector<fs::path> failing_repros() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(kCorpus)) {
      const auto json = nlohmann::json::parse(slurp(entry.path()));
      if (json.at("expects").at("verdict") != "pass") found.push_back(entry.path());
    }
    return found;
  }
};

TEST_F(Stories, TheOneInTheReadmeIsWhatTheProgramPrints) {
  const Ran ran = run({"replay", (kCorpus / "F-01.small.repro.json").string(), "--out", out()});
  EXPECT_NE(slurp(fs::path(source_dir()) / "README.md").find("```text\n" + ran.out + "```"),
            std::string::npos)
      << ran.out;
}

// One unit, two buyers, both told that it is theirs.
TEST_F(Stories, OfAnOversellTellsBothBuyers) {
  const Ran ran = run({"replay", (kCorpus / "F-01.small.repro.json").string(), "--out", out()});
  for (const char* line : {"ann is told: \"yours\"", "ben is told: \"yours\"", "of a stock of 1"})
    EXPECT_NE(ran.out.find(line), std::string::npos) << line << "\n" << ran.out;
}

TEST_F(Stories, OfTheWholeCorpusAreShortAndSayWhatWentWrong) {
  std::vector<std::size_t> heights;
  for (const fs::path& repro : failing_repros()) {
    const Ran ran = run({"replay", repro.string(), "--out", out()});
    const auto expected = nlohmann::json::parse(slurp(repro)).at("expects").at("verdict");
    EXPECT_EQ(ran.code, expected == "liveness" ? 2 : 1) << repro << ran.out << ran.err;
    const auto lines = lines_of(ran.out);
    heights.push_back(lines.size());
    EXPECT_LE(lines.size(), 12U) << ran.out;
    for (const std::string& line : lines) EXPECT_LE(columns_of(line), 80U) << line;
    for (const char* raw : {"ord-", "pay-", "sku-0", "shopper-", "usr-", " › ", "+24:00"})
      EXPECT_EQ(ran.out.find(raw), std::string::npos) << raw << "\n" << ran.out;
    EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '{'), 0) << ran.out;
    // First that it is the same failure, last the breach; before it somebody does something.
    EXPECT_TRUE(ran.out.starts_with("✓ I-")) << ran.out;
    const std::size_t breach = ran.out.find("✗ ");
    ASSERT_NE(breach, std::string::npos) << ran.out;
    EXPECT_GT(lines_of(ran.out.substr(breach)).front().size(), 30U) << ran.out;
    // A person, or a fault, before the breach.
    const std::string before = ran.out.substr(0, breach);
    EXPECT_TRUE(before.find("ann") != std::string::npos || before.find("⚡") != std::string::npos) << ran.out;
    // A sentence of the flow; without one the evidence would follow as a list.
    EXPECT_EQ(ran.out.find(", order ", breach), std::string::npos) << ran.out;
  }
  ASSERT_GE(heights.size(), 7U);
  std::sort(heights.begin(), heights.end());
  EXPECT_LE(heights[heights.size() / 2], 8U);
}

TEST_F(Stories, VerboseTellsEverythingAndWhoIsWho) {
  const std::string repro = (kCorpus / "F-16.small.repro.json").string();
  const Ran ran = run({"replay", repro, "-v", "--out", out()});
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_NE(ran.out.find("order-1 is up"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("ord-"), std::string::npos) << "ids as they are\n" << ran.out;
  EXPECT_NE(ran.out.find("in the short story ann is shopper-"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("✓ the same again"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("  sometimes "), std::string::npos) << "the tables\n" << ran.out;
}

TEST_F(Stories, QuietTellsNone) {
  const Ran ran = run({"replay", (kCorpus / "F-16.small.repro.json").string(), "-q"});
  EXPECT_EQ(ran.out.find("ann"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("✗ safety"), std::string::npos) << ran.out;
}

TEST_F(Stories, ARegressionThatPassesHasNoStory) {
  const Ran ran = run({"replay", (kCorpus / "I-32-frozen-clock.small.repro.json").string()});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("✓ pass"), std::string::npos) << ran.out;
}

// Not only what was kept and looked at: failures as a hunt leaves them, with faults that have nothing to do with them.
TEST_F(Stories, OfFailuresThatAreNotSmallAreShortToo) {
  const Ran hunted = run({"hunt", "first_sale", "--flaw", "F-16", "--seeds", "1..200", "--max-failures", "1",
                          "--no-shrink", "--json", "-q", "--out", out()});
  ASSERT_EQ(hunted.code, 1) << hunted.err;
  for (const auto& failure : hunted.json().at("first_failures")) {
    const Ran ran = run({"replay", failure.at("repro").get<std::string>()});
    EXPECT_LE(lines_of(ran.out).size(), 12U) << ran.out;
    for (const std::string& line : lines_of(ran.out)) EXPECT_LE(columns_of(line), 80U) << line;
    EXPECT_EQ(ran.out.find("ord-"), std::string::npos) << ran.out;
  }
}

TEST_F(Stories, TheWidthIsWhatColumnsSays) {
  const std::string repro = (kCorpus / "F-17.small.repro.json").string();
  const auto widest = [&](const char* columns) {
    ::setenv("COLUMNS", columns, 1);
    const Ran ran = run({"replay", repro});
    std::size_t most = 0;
    for (const std::string& line : lines_of(ran.out)) most = std::max(most, columns_of(line));
    EXPECT_NE(ran.out.find("✗"), std::string::npos) << ran.out;
    return most;
  };
  EXPECT_LE(widest("20"), 20U);
  EXPECT_LE(widest("5"), 20U) << "no story fits into less";
  EXPECT_LE(widest("40"), 40U);
  const std::size_t usual = widest("80");
  EXPECT_GT(usual, 60U);
  EXPECT_EQ(widest(""), usual);
  EXPECT_EQ(widest("wide"), usual) << "what is no number is no width";
  EXPECT_LE(widest("100000"), 100U);
  ::unsetenv("COLUMNS");
}

TEST_F(Stories, TheWidthIsThatOfTheTerminal) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_GE(terminal, 0);
  ASSERT_EQ(::grantpt(terminal) + ::unlockpt(terminal), 0);
  winsize size{};
  size.ws_col = 30;
  size.ws_row = 10;
  ASSERT_EQ(::ioctl(terminal, TIOCSWINSZ, &size), 0);
  const std::string repro = (kCorpus / "F-17.small.repro.json").string();
  std::vector<std::string> words{ORDEAL_PROGRAM, "replay", repro, "--color", "never"};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, ::ptsname(terminal), O_RDWR | O_NOCTTY, 0);
  pid_t process = -1;
  ASSERT_EQ(posix_spawnp(&process, argv[0], &actions, nullptr, argv.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  std::string text;
  for (char part[512];;) {
    const ssize_t n = ::read(terminal, part, sizeof part);  // an error once nobody has the terminal open
    if (n <= 0) break;
    text.append(part, static_cast<std::size_t>(n));
  }
  int status = 0;
  ::waitpid(process, &status, 0);
  ::close(terminal);
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_NE(text.find("✗"), std::string::npos) << text;
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  for (const std::string& line : lines_of(text)) EXPECT_LE(columns_of(line), 30U) << line;
}

}  // namespace
}  // namespace ordeal::test
