// What CI systems are told: golden files, texts that try to be markup, and the limits that those systems have. Strict
// readers of the real thing are in tests/program/ci_files_test.cc.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reports/annotations.h"
#include "reports/ci_report.h"
#include "reports/ci_summary.h"
#include "reports/clean_text.h"
#include "reports/hunt_words.h"
#include "reports/junit.h"
#include "tests/reports/example.h"
#include "tests/support/golden.h"

namespace ordeal::reports {
namespace {

using test::expect_golden;

const std::vector<std::string>& laws() {
  static const std::vector<std::string> laws{"I-10 no-oversell", "I-32 no-double-charge",
                                             "I-11 stock-adds-up"};
  return laws;
}

std::size_t times(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

CiReport failing() { return ci_report(example::hunt(), laws(), {}); }

TEST(Ci, JunitOfAHunt) { expect_golden("junit.xml", junit_xml(failing())); }
TEST(Ci, SummaryOfAHunt) { expect_golden("summary.md", ci_summary(failing())); }
TEST(Ci, AnnotationsOfAHunt) { expect_golden("annotations.txt", github_annotations(failing())); }

TEST(Ci, GreenHasNoFailureAndStillSaysWhatItDidNotShow) {
  const CiReport report = ci_report(example::green_hunt(), laws(), {});
  EXPECT_TRUE(report.green());
  const std::string xml = junit_xml(report);
  EXPECT_NE(xml.find("tests=\"4\" failures=\"0\" errors=\"0\" skipped=\"0\""), std::string::npos) << xml;
  EXPECT_EQ(xml.find("<failure"), std::string::npos);
  EXPECT_EQ(times(xml, "<testcase "), 4U);
  EXPECT_EQ(github_annotations(report).find("::error"), std::string::npos);
  EXPECT_NE(github_annotations(report).find(
                "::warning title=ordeal hunt first_sale::never happened: order abandoned"),
            std::string::npos);
  EXPECT_NE(ci_summary(report).find("✅"), std::string::npos);
  EXPECT_NE(ci_summary(report).find("never happened: order abandoned"), std::string::npos);
}

TEST(Ci, AnyExitCodeButZeroIsExplained) {
  for (const int code : {1, 2, 3, 4, 5, 6, 8, 70, 74, 75, 130, 143}) {
    HuntReport hunt = example::green_hunt();
    hunt.exit_code = code;
    const CiReport report = ci_report(hunt, laws(), {});
    EXPECT_FALSE(report.green());
    EXPECT_FALSE(report.shortcomings.empty()) << code;
    EXPECT_NE(junit_xml(report).find("errors=\"1\""), std::string::npos) << code;
    EXPECT_NE(github_annotations(report).find("::error"), std::string::npos) << code;
    EXPECT_NE(ci_summary(report).find("❌"), std::string::npos) << code;
  }
}

TEST(Ci, AnInterruptedHuntIsNoPass) {
  HuntReport hunt = example::green_hunt();
  hunt.exit_code = 130;
  hunt.stopped_because = "it was interrupted";
  EXPECT_NE(junit_xml(ci_report(hunt, laws(), {})).find("stopped because it was interrupted"),
            std::string::npos);
}

TEST(Ci, LawsThatNobodyTriedDidNotHold) {
  HuntReport hunt;
  hunt.setting = example::setting();
  hunt.exit_code = 5;
  const CiReport report = ci_report(hunt, laws(), {});
  EXPECT_NE(junit_xml(report).find("skipped=\"3\""), std::string::npos);
  EXPECT_EQ(times(junit_xml(report), "<skipped "), 3U);
  EXPECT_NE(ci_summary(report).find("3 laws not tried"), std::string::npos);
}

TEST(Ci, WhatWasExpectedAndFoundIsAPass) {
  HuntReport hunt = example::hunt();
  hunt.exit_code = 0;
  hunt.corpus.reset();
  hunt.expected = "I-10 no-oversell";
  CiReport report = ci_report(hunt, laws(), {});
  EXPECT_TRUE(report.green());
  EXPECT_NE(junit_xml(report).find("failures=\"0\" errors=\"0\""), std::string::npos);
  EXPECT_EQ(github_annotations(report).find("::error"), std::string::npos);
  hunt.exit_code = 6;
  hunt.expectation_missed = "expected I-10 no-oversell alone, found also I-32 no-double-charge";
  hunt.first_failures.push_back({50, "I-32 no-double-charge", sim::FindingKind::safety, "paid twice", ""});
  report = ci_report(hunt, laws(), {});
  EXPECT_NE(junit_xml(report).find("failures=\"1\" errors=\"1\""), std::string::npos) << junit_xml(report);
}

TEST(Ci, AnExplorationHasItsCasesAndIsNoSuccessWithoutACertificate) {
  ExploreReport explore;
  explore.setting = example::setting();
  explore.candidates = 100;
  explore.explored = 90;
  explore.pruned = {{"equal", 10}};
  explore.passed = 89;
  explore.failed = 1;
  explore.stopped_because = "everything was explored";
  explore.certificate = "00112233";
  explore.exit_code = 1;
  explore.by_invariant = {{"I-10 no-oversell", 1}};
  explore.first_failures = {{"I-10 no-oversell",
                             sim::FindingKind::safety,
                             "sold 4",
                             7,
                             2,
                             "wal",
                             {"at x: the message is lost"},
                             ".ordeal/x/I-10.repro.json"}};
  EXPECT_NE(junit_xml(ci_report(explore, laws(), {})).find("tests=\"4\" failures=\"1\" errors=\"0\""),
            std::string::npos);
  explore.certificate.reset();
  explore.exit_code = 130;
  explore.stopped_because = "it was interrupted";
  const std::string xml = junit_xml(ci_report(explore, laws(), {}));
  EXPECT_NE(xml.find("100 of 100 explored, so there is no certificate: it was interrupted"),
            std::string::npos)
      << xml;
}

// What somebody could write into an item's name, to become part of the report.
constexpr std::string_view kHostile =
    "</failure> ]]> <script>alert(1)</script> | a | b\n::error::mine\r\n```\n@everyone %0A "
    "\x01\x1b[31m\xff\xfe "
    "\xed\xa0\x80 \xef\xbf\xbf \"quoted\" 'x' & [link](http://x) <!-- ";

TEST(Ci, HostileTextsStayTexts) {
  HuntReport hunt = example::hunt();
  hunt.first_failures[0].message = kHostile;
  hunt.small[0].takes = {std::string(kHostile)};
  const CiReport report = ci_report(hunt, laws(), {});
  const std::string xml = junit_xml(report);
  EXPECT_EQ(times(xml, "</failure>"), 1U);
  EXPECT_EQ(xml.find("<script"), std::string::npos);
  EXPECT_NE(xml.find("&amp; [link]"), std::string::npos);
  EXPECT_EQ(xml.find("& "), std::string::npos);
  EXPECT_EQ(xml.find("\"quoted\""), std::string::npos);
  EXPECT_EQ(xml.find('\x01'), std::string::npos);
  EXPECT_EQ(xml.find('\x1b'), std::string::npos);
  const std::string summary = ci_summary(report);
  EXPECT_EQ(summary.find("\n::error"), std::string::npos);
  EXPECT_NE(summary.find("````text\n"), std::string::npos) << "a fence longer than those in the text";
  std::string outside = summary;  // of code, where it is text
  for (std::size_t at = outside.find("````text\n"); at != std::string::npos; at = outside.find("````text\n"))
    outside.erase(at, outside.find("````\n", at + 4) + 5 - at);
  EXPECT_EQ(outside.find("<script"), std::string::npos);
  EXPECT_EQ(outside.find("@everyone"), std::string::npos);
  EXPECT_EQ(outside.find("[link]("), std::string::npos);
  const std::string annotations = github_annotations(report);
  EXPECT_EQ(times(annotations, "\n"), times("\n" + annotations, "\n::"))
      << "each line is one command of ours";
}

TEST(Ci, NoMoreThanTenAnnotationsOfAKind) {
  HuntReport hunt = example::hunt();
  for (int i = 0; i < 25; ++i)
    hunt.first_failures.push_back({1, "I-" + std::to_string(i) + " x", sim::FindingKind::safety, "m", ""});
  const std::string text = github_annotations(ci_report(hunt, laws(), {}));
  EXPECT_EQ(times(text, "::error "), 10U);
  EXPECT_NE(text.find("::error title=ordeal::and 18 more\n"), std::string::npos) << text;
}

TEST(Ci, ASummaryStaysBelowWhatGitHubTakes) {
  HuntReport hunt = example::hunt();
  for (int i = 0; i < 3'000; ++i) {
    hunt.first_failures.push_back({1, "I-" + std::to_string(i) + " " + std::string(2'000, 'x'),
                                   sim::FindingKind::safety, std::string(5'000, 'y'), ""});
  }
  const std::string text = ci_summary(ci_report(hunt, laws(), {}));
  EXPECT_LT(text.size(), kSummaryLimit + 1);
  EXPECT_GT(text.size(), kSummaryLimit / 2);
  EXPECT_NE(text.find("left out for want of room"), std::string::npos);
}

TEST(Ci, MissingSeedsAreNamed) {
  EXPECT_EQ(missing_words({}), "");
  EXPECT_EQ(missing_words({1, {7}, {}}), "1 seed is missing: 7");
  EXPECT_EQ(missing_words({1'000, {7, 8}, {}}), "1,000 seeds are missing: 7, 8, …");
  EXPECT_EQ(missing_words({30, {3, 7}, {"3/4"}}), "30 seeds are missing: all of shard 3/4");
  EXPECT_EQ(missing_words({0, {}, {"1/4", "3/4"}}), "seeds are missing: all of shard 1/4, 3/4");
}

TEST(CleanText, KeepsTextAndReplacesWhatIsNone) {
  EXPECT_EQ(clean("tea, 茶, 𝄞\n\tend"), "tea, 茶, 𝄞\n\tend");
  EXPECT_EQ(clean("a\x01z"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(clean("a\xffz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(clean("\xc0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "overlong";
  EXPECT_EQ(cut("茶茶茶", 7), "茶…");
  EXPECT_EQ(cut("茶茶", 6), "茶茶");
}

RC_GTEST_PROP(CleanText, IsCleanAlready, ()) {
  const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  const std::string once = clean(bytes);
  RC_ASSERT(clean(once) == once);
  RC_ASSERT(std::none_of(once.begin(), once.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
  }));
}

}  // namespace
}  // namespace ordeal::reports
