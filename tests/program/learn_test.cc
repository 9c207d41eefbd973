// `ordeal learn` and `ordeal demo`, as a learner and an author use them.
#include <algorithm>
#include <fstream>

#include "tests/program/program.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {
namespace {

const fs::path kLessons = fs::path(source_dir()) / "scenarios/flows/purchase/lessons";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class Learn : public Program {
 protected:
  Learn() { ::setenv("LC_ALL", "C.UTF-8", 1); }

  Ran learn(std::vector<std::string> words, const std::string& typed = "") {
    words.insert(words.begin(), "learn");
    words.insert(words.end(), {"--home", home().string()});
    return run(words, typed);
  }
  Ran practise(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"oversell", "--practice", "--seeds", "200"});
    return learn(more);
  }
  fs::path home() const { return root_ / "home"; }
  fs::path mine() const { return home() / "practice" / "oversell.cc"; }
  // The learner's file is this, with one text replaced.
  void write(const fs::path& from, const std::string& replace = "", const std::string& by = "") {
    std::string code = slurp(from);
    if (!replace.empty()) {
      ASSERT_TRUE(has(code, replace));
      code.replace(code.find(replace), replace.size(), by);
    }
    fs::create_directories(mine().parent_path());
    std::ofstream(mine()) << code;
  }
  // The fix, which does this first.
  void write_fix_that_first(const std::string& does, const std::string& includes = "") {
    const std::string begins = "return env::in_transaction(db, \"inventory.reserve\"";
    write(kLessons / "oversell/fixed.cc", begins, does + "\n    " + begins);
    if (includes.empty()) return;
    const std::string code = slurp(mine());
    std::ofstream(mine()) << includes + "\n" + code;
  }
};

TEST_F(Learn, ListsTheLessonsAsALadder) {
  const Ran ran = learn({});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(has(ran.out, " 1  oversell")) << ran.out;
  EXPECT_TRUE(has(ran.out, "learn oversell")) << ran.out;
}

TEST_F(Learn, FollowsTheLocaleAndTheFlag) {
  ::setenv("LC_ALL", "zh_CN.UTF-8", 1);
  EXPECT_TRUE(has(learn({}).out, "由易到难"));
  EXPECT_TRUE(has(learn({"--lang", "en"}).out, "from easy to hard"));
  ::setenv("LC_ALL", "C.UTF-8", 1);
  EXPECT_TRUE(has(learn({"--lang", "zh"}).out, "由易到难"));
  const Ran ran = learn({"--lang", "fr"});
  EXPECT_EQ(ran.code, 64);
  EXPECT_TRUE(has(ran.err, "en or zh")) << ran.err;
}

TEST_F(Learn, SaysWhichLessonWasMeant) {
  const Ran ran = learn({"oversel"});
  EXPECT_EQ(ran.code, 66);
  EXPECT_TRUE(has(ran.err, "did you mean  oversell")) << ran.err;
}

// Each page of the first lesson, over a pipe: the third disk is tried in vain, the second is par and one over.
TEST_F(Learn, IsBrokenByTheLearnerAndThenTold) {
  const Ran ran = learn({"oversell", "--seeds", "50"}, "3\n5c\nu\n3c\n");
  EXPECT_EQ(ran.code, 0) << ran.err;
  for (const char* part :
       {"class CheckThenActGate", "order-1's disk stalls", "Nothing is broken", "Taken back",
        "Broken: I-10 no-oversell", "2 strokes, par is 1", "2 tea are promised, of a stock of 1",
        "needed      order-1's disk stalls", "The same bad day: held.", "50 other bad days",
        "I-11 stock-adds-up", "on that day: held", "select … for update"})
    EXPECT_TRUE(has(ran.out, part)) << part << "\n" << ran.out;
  EXPECT_TRUE(has(learn({}).out, "done")) << "progress is kept";
}

TEST_F(Learn, GivesHintsThatCostAStroke) {
  const Ran ran = learn({"oversell", "--seeds", "10"}, "h\nh\n3c\n");
  EXPECT_TRUE(has(ran.out, "Look at moment 3")) << ran.out;
  EXPECT_TRUE(has(ran.out, "(3c)")) << ran.out;
  EXPECT_TRUE(has(ran.out, "3 strokes, par is 1")) << ran.out;
}

// The right thing at another moment, another thing at the right one: that is told.
TEST_F(Learn, SaysWhatIsNear) {
  // Payment asks the channel at 20 s, 1, 3 and 10 minutes; the last one is it.
  const Ran ran = learn({"pay-against-timeout", "--seeds", "10"}, "9b\nu\n22a\nu\nq\n");
  EXPECT_TRUE(has(ran.out, "Close: this is the moment")) << ran.out;
  EXPECT_TRUE(has(ran.out, "Close: this is what has to happen, but at a later moment")) << ran.out;
}

// Who breaks it in another way has not seen the day that the lesson goes on about.
TEST_F(Learn, TellsItsOwnBadDayToWhoBrokeAnother) {
  const Ran ran = learn({"pay-against-timeout", "--seeds", "10"}, "3c\n");
  EXPECT_TRUE(has(ran.out, "Broken: I-04 one-transition-wins")) << ran.out;
  const std::size_t page = ran.out.find("The bad day");
  ASSERT_NE(page, std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("payment-1 freezes for 6 min 11 s", page), std::string::npos) << ran.out;
  const std::size_t story = ran.out.find("00:10:00", page);
  EXPECT_NE(story, std::string::npos) << ran.out;
}

TEST_F(Learn, TakesNonsenseInItsStride) {
  const Ran ran = learn({"oversell", "--seeds", "10"}, "99\n3z\nfoo\n\n-1\ns\n");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(has(ran.out, "There is no moment 99")) << ran.out;
  EXPECT_TRUE(has(ran.out, "has no \"z\"")) << ran.out;
}

TEST_F(Learn, EndsWhereTheLearnerLeaves) {
  const Ran ran = learn({"oversell"}, "q\n");
  EXPECT_EQ(ran.code, 0);
  EXPECT_FALSE(has(ran.out, "The design that holds")) << ran.out;
  EXPECT_FALSE(has(learn({}).out, " done ")) << "a lesson that was left is not done";
}

// For screen readers: nothing that is only seen.
TEST_F(Learn, IsPlainWhereItShouldBe) {
  const Ran ran = learn({"oversell", "--show", "--plain", "--seeds", "10", "--color", "always"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  for (const char* sign : {"\x1b[", "──", "✓", "✗", "⚡"}) EXPECT_FALSE(has(ran.out, sign)) << sign << ran.out;
}

TEST_F(Learn, FitsATerminalOfEightyColumnsInBothLanguages) {
  ::setenv("COLUMNS", "80", 1);
  for (const char* language : {"en", "zh"}) {
    const Ran ran = learn({"oversell", "--show", "--seeds", "10", "--lang", language});
    std::istringstream in(ran.out);
    for (std::string line; std::getline(in, line);) {
      std::size_t columns = 0;
      for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
      // Three bytes a character: it takes two columns.
      for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xF0) == 0xE0 ? 1 : 0;
      const auto narrow = std::count_if(line.begin(), line.end(),
                                        [](char c) { return static_cast<unsigned char>(c) == 0xE2; });
      EXPECT_LE(columns - static_cast<std::size_t>(narrow), 80U) << line;
    }
  }
  ::unsetenv("COLUMNS");
}

// --- practice ---

TEST_F(Learn, BeginsPracticeWithTheNaiveDesignWhichIsNotEnough) {
  const Ran ran = practise();
  EXPECT_EQ(ran.code, 1) << ran.err;
  for (const char* part :
       {"compiling: passed", "a calm day: passed", "the bad day: not yet (I-10 no-oversell)",
        "Next to pass: the bad day", "2 tea are promised"})
    EXPECT_TRUE(has(ran.out, part)) << part << "\n" << ran.out;
  EXPECT_TRUE(has(slurp(mine()), "class CheckThenActGate"));
}

TEST_F(Learn, PassesTheFixAndGradesIt) {
  write(kLessons / "oversell/fixed.cc");
  const fs::path grade = root_ / "grade.json";
  const Ran ran = practise({"--grade", grade.string()});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  const auto json = nlohmann::json::parse(slurp(grade));
  EXPECT_EQ(json.at("schema"), "ordeal/grade/1");
  EXPECT_EQ(json.at("status"), "pass");
  EXPECT_EQ(json.at("passed"), json.at("of"));
  EXPECT_EQ(json.at("pass_k").at("200"), true);
}

// What a learner writes for a booking stands in the namespace of bookings.
TEST_F(Learn, GradesALessonOfAnotherFlow) {
  const fs::path lesson = fs::path(source_dir()) / "scenarios/flows/booking/lessons/lock-granularity";
  fs::create_directories(mine().parent_path());
  const fs::path file = home() / "practice" / "lock-granularity.cc";
  fs::copy_file(lesson / "fixed.cc", file);
  const std::vector<std::string> words{"lock-granularity", "--practice", "--seeds", "100"};
  EXPECT_EQ(learn(words).code, 0) << "the fix";
  fs::copy_file(lesson / "half.cc", file, fs::copy_options::overwrite_existing);
  const Ran half = learn(words);
  EXPECT_EQ(half.code, 1) << half.out;
  EXPECT_TRUE(has(half.out, "the day of part two: not yet")) << half.out;
}

TEST_F(Learn, DoesNotPassTheHalfFix) {
  write(kLessons / "oversell/half.cc");
  const fs::path grade = root_ / "grade.json";
  const Ran ran = practise({"--grade", grade.string()});
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_TRUE(has(ran.out, "the day of part two: not yet")) << ran.out;
  const auto json = nlohmann::json::parse(slurp(grade));
  EXPECT_EQ(json.at("status"), "fail");
  EXPECT_EQ(json.at("pass_k").at("1"), false);
  EXPECT_EQ(json.at("tests").at(4).at("status"), "error") << "never came to it";
}

// Both days that everybody knows are of one line; only among the hidden ones is a basket whose second line is sold out.
TEST_F(Learn, TellsTheHiddenDayThatBroke) {
  write(kLessons / "oversell/fixed.cc", "while (i-- > 0) inventory::put_back(tx, lines[i]);", ";");
  const Ran ran = practise();
  EXPECT_EQ(ran.code, 1) << ran.out << ran.err;
  EXPECT_TRUE(has(ran.out, "the day of part two: passed")) << ran.out;
  EXPECT_TRUE(has(ran.out, "The first hidden day that broke")) << ran.out;
  EXPECT_TRUE(has(ran.out, "I-11 stock-adds-up")) << ran.out;
}

TEST_F(Learn, ShowsWhatTheCompilerSays) {
  write(kLessons / "oversell/fixed.cc", "take_if_available", "take_if_there");
  const Ran ran = practise();
  EXPECT_EQ(ran.code, 7) << ran.out;
  EXPECT_TRUE(has(ran.out, "take_if_there")) << ran.out;
  EXPECT_TRUE(has(ran.out, mine().string() + ":")) << "the learner's file and line\n" << ran.out;
  EXPECT_TRUE(has(ran.out, "core/inventory/gate.h")) << ran.out;
}

TEST_F(Learn, RefusesAnotherSort) {
  write(kLessons / "oversell/fixed.cc",
        "std::unique_ptr<inventory::Gate> make_check_then_act_gate() { return "
        "std::make_unique<ConditionalUpdate>(); }",
        "std::unique_ptr<int> make_check_then_act_gate() { return std::make_unique<int>(); }");
  const Ran ran = practise();
  EXPECT_EQ(ran.code, 7) << ran.out << ran.err;
}

TEST_F(Learn, CatchesCodeThatCrashes) {
  write_fix_that_first("*static_cast<volatile int*>(nullptr) = 0;");
  const Ran ran = practise();
  EXPECT_EQ(ran.code, 7) << ran.out;
  EXPECT_TRUE(has(ran.out, "did not get through")) << ran.out;
}

TEST_F(Learn, CatchesCodeThatThrows) {
  write_fix_that_first("throw std::runtime_error(\"not today\");");
  const Ran ran = practise();
  EXPECT_EQ(ran.code, 7) << ran.out;
  EXPECT_TRUE(has(ran.out, "not today")) << ran.out;
}

TEST_F(Learn, CatchesCodeThatForks) {
  write_fix_that_first("::fork();", "#include <unistd.h>");
  const Ran ran = practise();
  EXPECT_EQ(ran.code, 7) << ran.out;
  EXPECT_TRUE(has(ran.out, "clone") || has(ran.out, "fork")) << ran.out;
}

TEST_F(Learn, CatchesCodeThatOpensASocketOrWritesAFile) {
  write_fix_that_first("::socket(AF_INET, SOCK_STREAM, 0);", "#include <sys/socket.h>");
  const Ran socket = practise();
  EXPECT_EQ(socket.code, 7) << socket.out;
  EXPECT_TRUE(has(socket.out, "\"socket\"")) << socket.out;
  const fs::path file = root_ / "made";
  write_fix_that_first("std::ofstream(\"" + file.string() + "\") << 1;", "#include <fstream>");
  EXPECT_EQ(practise().code, 7);
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(Learn, CatchesCodeThatNeverEnds) {
  write_fix_that_first("for (volatile int i = 0;; i = i + 1) {}");
  const Ran ran = practise();
  EXPECT_EQ(ran.code, 7) << ran.out;
  EXPECT_TRUE(has(ran.out, "never ends")) << ran.out;
}

// A save is noticed, and graded; what the last run came to is the exit code.
TEST_F(Learn, WatchesTheFileAndGradesEachSave) {
  const pid_t process =
      start({"learn", "oversell", "--practice", "--watch", "--seeds", "100", "--home", home().string()});
  const auto said = [&](const std::string& what) {
    for (int i = 0; i < 600; ++i) {
      if (has(slurp(root_ / "stdout"), what)) return true;
      ::usleep(100'000);
    }
    return false;
  };
  EXPECT_TRUE(said("Ctrl-C ends it")) << slurp(root_ / "stdout");
  EXPECT_TRUE(has(slurp(root_ / "stdout"), "the bad day: not yet"));
  write(kLessons / "oversell/fixed.cc");
  EXPECT_TRUE(said("All 5 stages passed")) << slurp(root_ / "stdout");
  ::kill(process, SIGINT);
  EXPECT_EQ(finish(process).code, 0);
}

TEST_F(Learn, SaysThatAResultCannotBeWritten) {
  write(kLessons / "oversell/fixed.cc");
  const Ran ran = practise({"--grade", "/nowhere/grade.json"});
  EXPECT_EQ(ran.code, 74) << ran.out;
  EXPECT_TRUE(has(ran.err, "/nowhere/grade.json")) << ran.err;
}

TEST_F(Learn, MakesTheSkeletonOfALessonFromARepro) {
  const std::string repro =
      (fs::path(source_dir()) / "tests/regressions/repros/F-01.small.repro.json").string();
  EXPECT_EQ(learn({"--from", repro, "--as", "Over Sell"}).code, 64);
  EXPECT_EQ(learn({"--from", repro, "--as", "oversell"}).code, 64) << "it is there already";
  EXPECT_EQ(learn({"--from", "/nowhere.repro.json", "--as", "x"}).code, 66);
}

TEST_F(Learn, HasThreeHints) {
  EXPECT_TRUE(has(learn({"oversell", "--practice", "--hint", "1"}).out, "Hint 1 of 3"));
  EXPECT_TRUE(has(learn({"oversell", "--practice", "--hint", "3"}).out, "put_back"));
  EXPECT_EQ(learn({"oversell", "--practice", "--hint", "4"}).code, 64);
}

TEST_F(Learn, SaysWhichFlagsBelongTogether) {
  EXPECT_EQ(learn({"oversell", "--watch"}).code, 64);
  EXPECT_EQ(learn({"--practice"}).code, 64);
  EXPECT_EQ(learn({"--from", "x.repro.json"}).code, 64);
}

TEST_F(Learn, LeavesTheProgressOfANewerProgramAlone) {
  fs::create_directories(home());
  const std::string newer = "{\"schema\": \"ordeal/progress/9\", \"stars\": 5}\n";
  std::ofstream(home() / "learn.json") << newer;
  const Ran ran = learn({"oversell", "--show", "--seeds", "10"});
  EXPECT_EQ(ran.code, 65) << ran.out;
  EXPECT_TRUE(has(ran.err, "newer")) << ran.err;
  EXPECT_EQ(slurp(home() / "learn.json"), newer);
}

// --- authors ---

TEST_F(Learn, EveryLessonTeachesWhatItSays) {
  const Ran ran = learn({"--check", "--seeds", "1000"});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_FALSE(has(ran.out, "✗")) << ran.out;
}

// --- demo ---

TEST_F(Learn, TheDemoFindsTellsAndFixesAnOversell) {
  const Ran ran = run({"demo", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  for (const char* part :
       {"I-10 no-oversell is broken", "made small", "ann is told: \"yours\"", "ben is told: \"yours\"",
        "on the same bad day: held", "and on 1,000 other bad days", "learn oversell"})
    EXPECT_TRUE(has(ran.out, part)) << part << "\n" << ran.out;
  // Of the README what does not hang on how fast a machine is.
  const std::string readme = slurp(fs::path(source_dir()) / "README.md");
  const std::size_t story = ran.out.find("00:00:00");
  ASSERT_NE(story, std::string::npos);
  EXPECT_TRUE(has(readme, ran.out.substr(story, ran.out.find("\n\n", story) - story))) << ran.out;
  EXPECT_EQ(run({"replay", "last-failed", "--out", out()}).code, 1) << "what it found can be replayed";
}

TEST_F(Learn, TheDemoSpeaksChineseToTheLastLine) {
  const Ran ran = run({"demo", "--lang", "zh", "--out", out()});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  for (const char* part : {"I-10 no-oversell 在第", "得到答复：“是你的了”", "同一个倒霉日：守住了",
                           "另外 1,000 个倒霉日也都守住了", "learn oversell --lang zh"})
    EXPECT_TRUE(has(ran.out, part)) << part << "\n" << ran.out;
  std::istringstream in(ran.out);
  for (std::string line; std::getline(in, line);)
    EXPECT_TRUE(line.empty() || std::any_of(line.begin(), line.end(),
                                            [](char c) {
                                              const auto byte = static_cast<unsigned char>(c);
                                              return byte >= 0xE3 && byte <= 0xE9;
                                            }))
        << line;
}

TEST_F(Learn, TheDemoFollowsTheLocaleAndTheFlag) {
  ::setenv("LC_ALL", "zh_CN.UTF-8", 1);
  const Ran chinese = run({"demo", "--out", out()});
  EXPECT_TRUE(has(chinese.out, "倒霉日")) << chinese.out;
  EXPECT_FALSE(has(chinese.out, "--lang")) << "the locale says it for the next command, too";
  EXPECT_TRUE(has(run({"demo", "--lang", "en", "--out", out()}).out, "bad day"));
  const Ran ran = run({"demo", "--lang", "fr", "--out", out()});
  EXPECT_EQ(ran.code, 64);
  EXPECT_TRUE(has(ran.err, "expected en or zh, found \"fr\"")) << ran.err;
}

}  // namespace
}  // namespace ordeal::test
