// Short stories of trials that were made up: what is of the past, how it is named, folded, cut and laid out.
#include "reports/short_story.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include <gtest/gtest.h>

#include "reports/layout.h"
#include "reports/plain_faults.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

using sim::Told;
using sim::Weight;

constexpr std::int64_t kSecond = 1'000'000'000;

// Two borrowers of books, one shelf.
struct Library {
  Library() {
    result.host_names = {"desk-1", "shelf-1", "readers"};
    result.virtual_ns = 3600 * kSecond;
    for (const char* reader : {"reader-1", "reader-2", "reader-3"}) result.tale.introduce(reader);
    result.tale.call("slip-A", "reader-2's slip", "reader-2");
    result.tale.call("slip-B", "reader-3's slip", "reader-3");
    result.tale.call("book-1", "Emma");
  }

  void tell(std::int64_t seconds, std::uint32_t host, std::vector<std::string> about, std::string text,
            Weight weight = Weight::step, std::string again = {}) {
    Told line;
    line.at_ns = seconds * kSecond;
    line.host = host;
    line.about = std::move(about);
    line.text = std::move(text);
    line.weight = weight;
    line.again = std::move(again);
    result.tale.tell(std::move(line));
  }
  void strike(std::int64_t seconds, std::uint32_t host, faults::Strike what) {
    sim::TraceRecord record;
    record.at_ns = seconds * kSecond;
    record.host = host;
    record.kind = sim::EventKind::fault;
    result.records.push_back(std::move(record));
    fired.push_back({std::move(what), ""});
  }
  void broken(std::int64_t seconds, std::string message,
              std::vector<std::pair<std::string, std::string>> evidence) {
    result.findings.push_back({"I-1 one-reader", sim::FindingKind::safety, seconds * kSecond,
                               std::move(message), std::move(evidence)});
  }
  std::string story(Page page = {}) const {
    return short_story({result, plan, fired}, "I-1 one-reader", page);
  }

  sim::TrialResult result;
  faults::Plan plan;
  std::vector<faults::FiredStrike> fired;
};

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(ShortStory, KeepsToThePastOfTheBreachAndNamesEverybody) {
  Library library;
  library.tell(1, 2, {"reader-1"}, "reader-1 looks around");  // has nothing to do with it
  library.tell(2, 2, {"reader-2"}, "reader-2 asks for book-1");
  library.tell(3, 1, {"book-1", "slip-A"}, "book-1 is lent on slip-A");
  library.tell(4, 1, {"book-1", "slip-B"}, "book-1 is lent on slip-B");
  library.tell(5, 2, {"reader-2"}, "reader-2 reads");  // after the breach
  library.broken(4, "a book was lent twice",
                 {{"book", "book-1 Emma"}, {"slip", "slip-B at +00:00:04.000000"}});
  EXPECT_EQ(library.story(),
            "00:00:02    ann asks for Emma\n"
            "00:00:03    Emma is lent on ann's slip\n"
            "00:00:04    Emma is lent on ben's slip\n"
            "          ✗ a book was lent twice: book Emma, slip ben's slip\n");
  EXPECT_EQ(who_is_who({library.result, library.plan, library.fired}, "I-1 one-reader", {}),
            "ann is reader-2, ben is reader-3");
}

TEST(ShortStory, WhatTheEvidenceDoesNotNameBringsInNobody) {
  Library library;
  library.tell(3, 1, {"book-1", "slip-A"}, "book-1 is lent on slip-A");
  library.tell(4, 1, {"book-1", "slip-B"}, "book-1 is lent on slip-B");
  library.broken(5, "a slip is torn", {{"slip", "slip-B"}});
  const std::string story = library.story();
  EXPECT_EQ(story.find("00:00:03"), std::string::npos) << story;
  EXPECT_NE(story.find("00:00:04    Emma is lent on ann's slip"), std::string::npos) << story;
}

TEST(ShortStory, ABreachThatNamesNothingIsAboutEverything) {
  Library library;
  library.tell(1, 2, {"reader-1"}, "reader-1 looks around");
  library.broken(2, "the books do not add up", {{"sum", "3"}});
  EXPECT_EQ(library.story(),
            "00:00:01    ann looks around\n"
            "00:00:02  ✗ the books do not add up: sum 3\n");
}

TEST(ShortStory, TheFlowsSentenceIsFilledFromTheEvidence) {
  Library library;
  library.result.tale.breach("a book was lent twice", "{no such key} {book}");
  library.result.tale.breach("another *", "{book}");
  library.result.tale.breach("a * was lent *", "{book} went out on {slip}, though it was out");
  library.broken(4, "a book was lent twice", {{"book", "book-1"}, {"slip", "slip-B at +00:00:04.000000"}});
  EXPECT_EQ(library.story(), "00:00:04  ✗ Emma went out on ann's slip, though it was out\n");
}

TEST(ShortStory, WhatOnlyTheAuditSeesHasBeenSoSinceTheLastLine) {
  Library library;
  library.tell(7, 1, {"slip-A"}, "slip-A is lost");
  library.broken(3600, "a slip is missing", {{"slip", "slip-A"}});
  EXPECT_EQ(library.story(),
            "00:00:07    ann's slip is lost\n"
            "          ✗ and so it stays: a slip is missing: slip ann's slip\n");
}

TEST(ShortStory, RepetitionsAreToldOnceAlsoWhenTheyAlternate) {
  Library library;
  for (std::int64_t i = 1; i <= 14; ++i) {
    library.strike(i, 2,
                   {"reader-2/visit › send desk.ask", static_cast<std::uint32_t>(i), faults::act::Drop{}});
    library.tell(i, 2, {"reader-2"}, "reader-2 gets no answer and asks again", Weight::step, "again");
  }
  library.broken(20, "a reader was never heard", {{"reader", "reader-2"}});
  EXPECT_EQ(library.story(),
            "00:00:01    ann gets no answer and asks again, 14 times\n"
            "          ⚡ readers' request is lost (for ann), 14 times\n"
            "00:00:20  ✗ a reader was never heard: reader ann\n");
}

TEST(ShortStory, OfManyFaultsOnlyThoseThatStruckTheCastAreTold) {
  Library library;
  library.tell(1, 1, {"slip-A"}, "slip-A is written");
  const auto crash = [](const char* site) {
    return faults::Strike{site, 0, faults::act::Crash{Duration{2 * kSecond}}};
  };
  library.strike(2, 1, crash("reader-3/visit › before commit shelf.lend"));  // a host of the story
  library.strike(3, 0, crash("reader-2/visit › before commit desk.note"));   // its work
  for (int i = 0; i < 4; ++i) library.strike(4 + i, 0, crash("reader-3/visit › before commit desk.note"));
  library.broken(20, "a slip is gone", {{"slip", "slip-A"}});
  const std::string story = library.story();
  EXPECT_NE(story.find("00:00:02  ⚡ shelf-1 crashes just before it commits and is up again after 2 s"),
            std::string::npos)
      << story;
  EXPECT_NE(story.find("00:00:03  ⚡ desk-1 crashes"), std::string::npos) << story;
  EXPECT_EQ(story.find("00:00:04"), std::string::npos) << story;
}

TEST(ShortStory, OfAFewFaultsAllAreTold) {
  Library library;
  library.tell(1, 1, {"slip-A"}, "slip-A is written");
  library.strike(4, 0,
                 {"reader-3/visit › before commit desk.note", 0, faults::act::Freeze{Duration{kSecond}}});
  library.broken(20, "a slip is gone", {{"slip", "slip-A"}});
  EXPECT_NE(library.story().find("desk-1 freezes for 1 s just before it commits (for ben)"),
            std::string::npos)
      << library.story();
}

TEST(ShortStory, TooMuchIsLeftOutAndSaid) {
  Library library;
  for (std::int64_t i = 1; i <= 30; ++i)
    library.tell(i, 1, {"slip-A"}, "slip-A is stamped " + std::to_string(i), Weight::step);
  library.strike(15, 1, {"reader-2/visit › write shelf.db", 0, faults::act::DiskFail{}});
  library.broken(40, "a slip is full", {{"slip", "slip-A"}});
  const std::string story = library.story({.lines = 8});
  EXPECT_EQ(lines_in(story), 8U) << story;
  EXPECT_NE(story.find("stamped 1\n"), std::string::npos) << story;
  EXPECT_NE(story.find("stamped 30\n"), std::string::npos) << story;
  EXPECT_NE(story.find("disk fails"), std::string::npos) << story;
  EXPECT_NE(story.find("… 25 lines left out here and below: -v\n"), std::string::npos) << story;
}

TEST(ShortStory, DetailsFillTheRoomThatIsLeftTheLastFirst) {
  Library library;
  library.tell(1, 1, {"slip-A"}, "slip-A is written");
  for (std::int64_t i = 2; i <= 9; ++i)
    library.tell(i, 1, {"slip-A"}, "slip-A is stamped " + std::to_string(i), Weight::detail);
  library.broken(10, "a slip is full", {{"slip", "slip-A"}});
  const std::string story = library.story();
  EXPECT_EQ(lines_in(story), 6U) << story;
  EXPECT_EQ(story.find("stamped 5"), std::string::npos) << story;
  EXPECT_NE(story.find("stamped 6"), std::string::npos) << story;
}

TEST(ShortStory, HostsThatComeBackTogetherAreOneLine) {
  Library library;
  library.tell(1, 1, {"slip-A"}, "slip-A is written");
  library.plan.windows = {
      {"kill", faults::HostKill{}, {{"desk-1", "shelf-1"}, {}, {}, {}}, Duration{2 * kSecond}}};
  for (std::uint32_t host = 0; host < 2; ++host) {
    sim::TraceRecord record;
    record.at_ns = 3 * kSecond;
    record.host = host;
    record.payload = 2;
    record.kind = sim::EventKind::host_up;
    library.result.records.push_back(std::move(record));
  }
  library.broken(10, "a slip is gone", {{"slip", "slip-A"}, {"where", "desk"}});
  EXPECT_EQ(library.story(),
            "00:00:01    ann's slip is written\n"
            "00:00:02  ⚡ 2 hosts crash at once: desk-1 and shelf-1\n"
            "00:00:03    desk-1 and shelf-1 are up again\n"
            "00:00:10  ✗ a slip is gone: slip ann's slip, where desk\n");
}

TEST(ShortStory, EveryWidthIsKept) {
  Library library;
  library.tell(1, 2, {"reader-2"}, "reader-2 asks for book-1, and for another that has a very long title");
  library.strike(15, 1,
                 {"reader-2/visit › write shelf.db", 0, faults::act::DiskStall{Duration{1'370'000'000}}});
  library.broken(3600, "a slip is missing", {{"reader", "reader-2"}});
  for (std::size_t width = 20; width <= 100; ++width) {
    std::stringstream story(library.story({.width = width, .lines = 40}));
    for (std::string line; std::getline(story, line);) EXPECT_LE(display_width(line), width) << line;
  }
  EXPECT_EQ(library.story({.width = 20, .lines = 40}).substr(0, 31), "00:00:01\n  ann asks for Emma,\n ");
}

TEST(ShortStory, WithoutFindingsThereIsNone) {
  const Library library;
  EXPECT_EQ(library.story(), "");
  EXPECT_EQ(who_is_who({library.result, library.plan, library.fired}, "", {}), "");
}

TEST(PlainFaults, ACrowdHasItsRequests) {
  const sim::Tale tale;
  const faults::Strike lost{"r/visit › send desk.ask", 0, faults::act::Drop{}};
  EXPECT_EQ(plain_strike(lost, "readers", tale).what, "readers' request is lost");
  EXPECT_EQ(plain_strike(lost, "desk-1", tale).what, "desk-1's request is lost");
}

TEST(PlainFaults, AMessageIsSaidInAShortPhrase) {
  sim::Tale tale;
  tale.introduce("reader-4");
  tale.phrase("desk.ask", "asking at the desk");
  EXPECT_EQ(plain_message("reader-4/a › visit › send desk.ask", tale),
            "asking at the desk, for reader-4: request");
  EXPECT_EQ(plain_message("reader-4/a › desk.ask › reply shelf.take", tale),
            "asking at the desk, for reader-4: answer");
  EXPECT_EQ(plain_message("job:dusting › send shelf.dust", tale), "shelf.dust: request");
}

TEST(PlainFaults, SayWhoSuffersWhatAndMeanwhile) {
  sim::Tale tale;
  tale.phrase("desk.ask", "asking at the desk");
  tale.phrase("POST /ring/", "ringing");
  tale.phrase("mood: sour", "is in a sour mood");
  tale.phrase("shelf: unlucky", "The shelf is locked.");
  const auto plain = [&](const char* site, faults::Action action) {
    const PlainStrike words = plain_strike({site, 0, std::move(action)}, "desk-1", tale);
    return words.what + (words.doing.empty() ? "" : " | " + words.doing);
  };
  namespace act = faults::act;
  const Duration second{kSecond};
  EXPECT_EQ(plain("r/visit › reply desk.ask", act::Reset{}),
            "desk-1's answer breaks off | asking at the desk");
  EXPECT_EQ(plain("r/visit › send POST /ring/1", act::Delay{second * 90}),
            "desk-1's request comes 1 min 30 s late | ringing");
  EXPECT_EQ(plain("r/visit › desk.ask › send log", act::Hold{second}),
            "desk-1's request is held for 1 s | asking at the desk");
  EXPECT_EQ(plain("r/visit › after send desk.ask", act::Freeze{faults::kNever}),
            "desk-1 freezes until all faults end just after it asked | asking at the desk");
  EXPECT_EQ(plain("r/visit › desk.ask › before commit note", act::Crash{faults::kNever}),
            "desk-1 crashes just before it commits and stays down | asking at the desk");
  EXPECT_EQ(plain("r › mood", act::Take{"sour"}), "desk-1 is in a sour mood");
  EXPECT_EQ(plain("r › shelf", act::Take{"unlucky"}), "desk-1: The shelf is locked.");
  EXPECT_EQ(plain("r › lamp", act::Take{"off"}), "desk-1: \"lamp\" goes the way \"off\"");
  EXPECT_EQ(plain("r › write x", act::DiskLostWrite{}).substr(0, 8), "desk-1: ");
}

TEST(PlainFaults, OfCachesAndBrokers) {
  const sim::Tale tale;
  const auto plain = [&](faults::Action action) {
    return plain_strike({"r › cache GET x", 0, std::move(action)}, "redis", tale).what;
  };
  namespace act = faults::act;
  const Duration second{kSecond};
  EXPECT_EQ(plain(act::CacheFailover{Duration{79'500'000}, second}),
            "redis fails over, and the writes of the last 79 ms are gone");
  EXPECT_EQ(plain(act::CacheRestartEmpty{second}), "redis comes back empty");
  EXPECT_EQ(plain(act::CacheEvict{}), "redis has let go of the key");
  EXPECT_EQ(plain(act::BrokerRedeliver{second}),
            "redis forgets that the message was dealt with, and brings it again");
  EXPECT_EQ(plain(act::BrokerDuplicate{}), "redis stores the message twice");
  EXPECT_EQ(plain(act::BrokerHold{second * 3}), "redis keeps the message back for 3 s");
  EXPECT_EQ(plain(act::BrokerCrash{faults::kNever}),
            "redis loses what it had not written down and stays down");
}

TEST(PlainFaults, TimesAndLists) {
  EXPECT_EQ(plain_time(Duration{500'000}), "0.5 ms");
  EXPECT_EQ(plain_time(Duration{310'000'000}), "310 ms");
  EXPECT_EQ(plain_time(Duration{1'370'000'000}), "1.37 s");
  EXPECT_EQ(plain_time(Duration{323 * kSecond}), "5 min 23 s");
  EXPECT_EQ(plain_time(Duration{4500 * kSecond}), "1 h 15 min");
  EXPECT_EQ(plain_list({"a"}), "a");
  EXPECT_EQ(plain_list({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(plain_list({"a", "b", "c", "d"}), "a, b and 2 more");
  const std::vector<std::string> hosts{"a-1", "b-1", "c-1", "d-1"};
  EXPECT_EQ(
      plain_window({"w", faults::HostOutage{}, {{"a-1"}, {}, {}, {}}, Duration{}, Duration{120 * kSecond}},
                   hosts),
      "a-1 is down, for 2 min");
  EXPECT_EQ(plain_window({"w", faults::ClockFreeze{}, {}}, hosts),
            "wall clocks stand still on a-1, b-1 and 2 more, until all faults end");
}

// Eight characters, so that the text beside it begins in one column, in a world of a minute as in one of a fortnight.
TEST(StoryClock, IsEightCharactersWide) {
  const std::pair<std::int64_t, const char*> all[] = {{0, "00:00:00"},
                                                      {59, "00:00:59"},
                                                      {47 * 3'600 + 37 * 60 + 47, "47:37:47"},
                                                      {100 * 3'600 - 1, "99:59:59"},
                                                      {130 * 3'600 + 5 * 60 + 59, "5d 10:05"},
                                                      {240 * 3'600, "10d00:00"}};
  for (const auto& [seconds, text] : all) EXPECT_EQ(story_clock(seconds * kSecond), text);
}

}  // namespace
}  // namespace ordeal::reports
