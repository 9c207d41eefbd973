// Lessons as files: what is wrong in one is told by its place, and nothing is guessed.
#include "scenarios/cli/learn/lesson.h"

#include <fstream>
#include <functional>
#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include "scenarios/cli/learn/progress.h"
#include "scenarios/cli/places.h"
#include "scenarios/flows/flows.h"
#include "scenarios/play/bad_input.h"
#include "tests/support/source_dir.h"

namespace ordeal::cli {
namespace {

namespace fs = std::filesystem;

// A shelf with a copy of the first lesson, to be spoilt.
class Lessons : public testing::Test {
 protected:
  Lessons()
      : root_(fs::path(testing::TempDir()) / ("ordeal-lessons-" + std::to_string(::getpid()))),
        repertoire_{all_flows(), {}, {}, {root_ / "lessons"}} {
    fs::remove_all(root_);
    fs::create_directories(root_ / "lessons");
    fs::copy(fs::path(test::source_dir()) / "scenarios/flows/purchase/lessons/oversell", folder());
  }
  ~Lessons() override { fs::remove_all(root_); }

  fs::path folder() const { return root_ / "lessons" / "oversell"; }
  static std::string slurp(const fs::path& file) { return play::read_text_file(file); }
  void replace(const std::string& file, const std::string& what, const std::string& by) {
    std::string text = slurp(folder() / file);
    ASSERT_NE(text.find(what), std::string::npos) << what;
    text.replace(text.find(what), what.size(), by);
    std::ofstream(folder() / file) << text;
  }
  void expect_refused(const std::string& words) {
    try {
      lesson_named(repertoire_, "oversell");
      FAIL() << "was read";
    } catch (const play::BadInput& error) {
      EXPECT_EQ(error.code(), play::ExitCode::data) << error.what();
      EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find(folder().string()), std::string::npos) << error.what();
    }
  }

  fs::path root_;
  Repertoire repertoire_;
};

TEST_F(Lessons, AreReadInBothLanguages) {
  const Lesson lesson = lesson_named(repertoire_, "oversell");
  EXPECT_EQ(lesson.flaw, "F-01");
  EXPECT_GE(lesson.mutants.size(), 3U);
  for (const Language language : kLanguages) {
    EXPECT_EQ(lesson.text(language).hints.size(), 3U);
    EXPECT_GE(lesson.text(language).follow_ups.size(), 3U);
    EXPECT_FALSE(lesson.text(language).title.empty());
  }
  EXPECT_NE(lesson.text(Language::english).question, lesson.text(Language::chinese).question);
}

TEST_F(Lessons, NameTheKeyThatIsUnknownOrMissing) {
  replace("lesson.json", "\"minutes\"", "\"minuets\"");
  expect_refused("minuets");
}

TEST_F(Lessons, NameTheFlawThatWasMeant) {
  replace("lesson.json", "\"F-01\"", "\"F-0l\"");
  expect_refused("$.flaw");
}

TEST_F(Lessons, NameTheSectionThatIsMissing) {
  replace("zh.md", "## part two", "## part too");
  expect_refused("part two");
}

TEST_F(Lessons, KnowNoFurtherSection) {
  replace("en.md", "## question", "## moral\nBe good.\n\n## question");
  expect_refused("moral");
}

TEST_F(Lessons, HaveThreeHints) {
  replace("en.md", "### Nearly the code", "Nearly the code");
  expect_refused("three hints");
}

TEST_F(Lessons, SayWhereAMistakeInTheFixDoesNotFit) {
  replace("lesson.json", "if (inventory::take_if_available(tx, lines[i])) continue;",
          "if (never_there()) continue;");
  expect_refused("stands in fixed.cc once");
}

TEST_F(Lessons, AreFoundByNameOrNotAtAll) {
  try {
    lesson_named(repertoire_, "over-sell");
    FAIL();
  } catch (const play::BadInput& error) {
    EXPECT_EQ(error.code(), play::ExitCode::not_found);
    EXPECT_NE(std::string(error.what()).find("did you mean  oversell"), std::string::npos) << error.what();
  }
}

// Whatever flow a lesson is of: its code is looked for in the namespace of the flow that has the flaw.
TEST(TheLessons, StandOnALadderWithoutGapsAndHaveOneNameEach) {
  const play::Flows flows = all_flows();
  const Repertoire repertoire{flows, {}, {}, default_lessons(flows)};
  const std::vector<Lesson> lessons = all_lessons(repertoire);
  std::set<std::string> names;
  std::int64_t step = 0;
  for (const Lesson& lesson : lessons) {
    EXPECT_EQ(lesson.step, ++step) << lesson.name;
    EXPECT_TRUE(names.insert(lesson.name).second) << lesson.name;
    const std::string flow = lesson.folder.parent_path().parent_path().filename().string();
    EXPECT_TRUE(lesson.makes.starts_with("ordeal::" + flow + "::planted::make_")) << lesson.makes;
    EXPECT_TRUE(fs::exists(test::source_dir() / fs::path(lesson.interface))) << lesson.interface;
    for (const std::string& point : lesson.points) {
      const bool is_file = point.starts_with("core/");
      const bool is_seam = point.starts_with("seam ");
      EXPECT_TRUE(!is_file || fs::exists(test::source_dir() / fs::path(point))) << point;
      EXPECT_TRUE(!is_seam || flows.seam(point.substr(5)) != nullptr) << point;
    }
  }
  EXPECT_GE(lessons.size(), 22U);
}

TEST_F(Lessons, ShowTheClassOfACodeFile) {
  const std::string code = shown_code(folder() / "fixed.cc");
  EXPECT_TRUE(code.starts_with("class ConditionalUpdate final")) << code;
  EXPECT_TRUE(code.ends_with("};\n")) << code;
  replace("fixed.cc", "\n};\n", "\n } ;\n");
  EXPECT_THROW(shown_code(folder() / "fixed.cc"), play::BadInput);
}

TEST_F(Lessons, ProgressKeepsWhatIsBetter) {
  const fs::path file = root_ / "learn.json";
  LearnProgress(file).note("oversell", {true, 4, 2});
  LearnProgress(file).note("oversell", {false, 2, 1});
  LearnProgress(file).note("oversell", {false, 3, 0});
  const LessonProgress kept = LearnProgress(file).of("oversell");
  EXPECT_TRUE(kept.done);
  EXPECT_EQ(kept.strokes, 2);
  EXPECT_EQ(kept.stage, 2);
  EXPECT_FALSE(LearnProgress(file).of("another").done);
}

}  // namespace
}  // namespace ordeal::cli
