// What a page is made from, and how it is written: messages that are paired, the past that is lit, ids in facts, hunts from
// their files, and nothing in the data that could end its element.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "core/base/ids.h"
#include "reports/page/fact_ids.h"
#include "reports/page/hunt_view.h"
#include "reports/page/mermaid.h"
#include "reports/page/page_events.h"
#include "reports/page/page_html.h"
#include "reports/page/perfetto.h"
#include "reports/page/translations.h"

namespace ordeal::reports {
namespace {

using Json = nlohmann::json;
using sim::EventKind;

// A library: a desk, a shelf, and those who read, "people". One slip is written twice.
class Library {
 public:
  Library() {
    trial.host_names = {"desk", "shelf", "people"};
    trial.virtual_ns = 1'000'000'000;
    trial.tale.introduce("reader-1");
    trial.tale.introduce("reader-2");
    trial.tale.call("slip-1", "reader-1's slip", "reader-1");
    trial.tale.call("slip-2", "reader-2's slip", "reader-2");
  }
  sim::TraceRecord& add(EventKind kind, std::uint32_t host, std::string text, std::string root,
                        std::uint64_t site = 0, std::uint64_t payload = 0) {
    trial.records.push_back({now += 1000, site, payload, host, kind, std::move(text), std::move(root)});
    return trial.records.back();
  }
  void tell(std::uint32_t host, std::string text, std::vector<std::string> about, std::string root) {
    trial.tale.tell({now, host, std::move(root), std::move(about), std::move(text)});
  }
  void breaks(std::string message, std::string what) {
    trial.findings.push_back(
        {"I-1 one-reader", sim::FindingKind::safety, now, std::move(message), {{"slip", std::move(what)}}});
    trial.verdict = sim::Verdict::safety;
  }
  StoryOf story() const { return {trial, plan, fired}; }
  PageEvents events() const {
    return page_events(story(), trial.findings.empty() ? nullptr : &trial.findings.front());
  }
  PageData page() const {
    RunReport report;
    report.setting.scenario = "library";
    report.verdict = trial.verdict;
    return page_data({.report = report,
                      .story = story(),
                      .picture = picture,
                      .invariant = "I-1 one-reader",
                      .promise = "A book has one reader.",
                      .planted = {},
                      .replay = "./ordeal replay x",
                      .but_for = {}});
  }

  std::int64_t now = 0;
  sim::TrialResult trial;
  sim::Picture picture;
  faults::Plan plan;
  std::vector<faults::FiredStrike> fired;
};

constexpr std::uint64_t kAsk = 7;

TEST(PageEvents, AMessageIsPairedWithWhereItCame) {
  Library library;
  library.add(EventKind::message_sent, 2, "send desk.ask to desk #1.1", "reader-1/a", kAsk);
  library.add(EventKind::message_sent, 2, "send desk.ask to desk #1.2", "reader-1/a", kAsk);
  library.add(EventKind::message_delivered, 0, "#1.2", "", kAsk, 2);  // the second overtakes the first
  library.add(EventKind::message_delivered, 0, "#1.1", "", kAsk, 2);
  const auto events = library.events().events;
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[2].other, 1U);
  EXPECT_EQ(events[3].other, 0U);
  EXPECT_EQ(events[0].other, 3U);
  EXPECT_EQ(events[0].text, "send desk.ask to desk");
  EXPECT_EQ(events[3].text, "send desk.ask to desk");
  EXPECT_EQ(events[3].root, "reader-1/a");
  EXPECT_EQ(events[0].fate, Fate::arrived);
}

TEST(PageEvents, WhatBecameOfAMessageIsSaidOfItsSending) {
  Library library;
  library.add(EventKind::message_sent, 2, "send desk.ask to desk #1.1", "reader-1/a", 1);
  library.add(EventKind::message_lost, 2, "", "", 1, 0);
  library.add(EventKind::message_sent, 2, "send desk.ask to desk #1.2", "reader-1/a", 2);
  library.add(EventKind::message_lost, 2, "", "", 2, 3);
  library.add(EventKind::message_sent, 2, "send desk.ask to desk #1.3", "reader-1/a", 3);
  library.add(EventKind::message_lost, 0, "#1.3", "", 3, 2);
  library.add(EventKind::message_sent, 2, "send desk.ask to desk #1.4", "reader-1/a", 4);
  std::vector<Fate> fates;
  for (const PageEvent& event : library.events().events) {
    if (event.kind == EventKind::message_sent) fates.push_back(event.fate);
  }
  EXPECT_EQ(fates, (std::vector{Fate::lost, Fate::damaged, Fate::nobody_there, Fate::on_its_way}));
}

TEST(PageEvents, AMessageThatIsDoubledComesTwice) {
  Library library;
  library.add(EventKind::fault, 2, "doubled", "", kAsk);
  library.fired.push_back({{"reader-1/a › send desk.ask", 0, faults::act::Duplicate{}}, ""});
  library.trial.records.push_back(
      {library.now, kAsk, 0, 2, EventKind::message_sent, "send desk.ask to desk #1.1", "reader-1/a"});
  library.add(EventKind::message_delivered, 0, "#1.1", "", kAsk, 2);
  library.add(EventKind::message_delivered, 0, "#1.1", "", kAsk, 2);
  const auto events = library.events().events;
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[1].fate, Fate::twice);
  EXPECT_EQ(events[2].other, 1U);
  EXPECT_EQ(events[3].other, 1U);
}

TEST(PageEvents, WhatIsNotDrawnIsCounted) {
  Library library;
  library.add(EventKind::slept, 0, "sleeps", "");
  library.add(EventKind::disk_write, 0, "", "");
  library.add(EventKind::disk_write, 0, "", "");
  library.add(EventKind::committed, 0, "desk.write in desk.db", "reader-1/a");
  const PageEvents events = library.events();
  EXPECT_EQ(events.events.size(), 1U);
  EXPECT_EQ(events.not_drawn, (Named<std::uint64_t>{{"disk_write", 2}, {"slept", 1}}));
}

TEST(PageEvents, AFactHasTheWordsOfTheTale) {
  Library library;
  library.add(EventKind::fact, 0, R"(fact.Lent {"slip":"slip-1"})", "reader-1/a");
  library.tell(0, "the book is lent on slip-1", {"slip-1"}, "reader-1/a");
  library.add(EventKind::fact, 0, R"(fact.Counted {"books":1})", "reader-1/a");
  library.tell(2, "reader-2 yawns", {"reader-2"}, "reader-2/b");
  const auto events = library.events().events;
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].text, "the book is lent on slip-1");
  EXPECT_TRUE(events[0].told);
  EXPECT_EQ(events[0].more, R"({"slip":"slip-1"})");
  EXPECT_EQ(events[1].text, "fact.Counted");
  EXPECT_FALSE(events[1].told);
  EXPECT_EQ(events[2].text, "reader-2 yawns");  // no fact's: an event of its own
}

// reader-1 asks, the desk asks the shelf, and there it breaks; reader-2 asks and writes, too, and has nothing to do with it.
Library broken_library() {
  Library library;
  library.add(EventKind::committed, 1, "shelf.dust in shelf.db", "reader-2/b");
  library.add(EventKind::message_sent, 2, "send desk.ask to desk #1.1", "reader-2/b", 11);
  library.add(EventKind::message_delivered, 0, "#1.1", "", 11, 2);
  library.add(EventKind::message_sent, 2, "send desk.ask to desk #1.2", "reader-1/a", 12);
  library.add(EventKind::message_delivered, 0, "#1.2", "", 12, 2);
  library.add(EventKind::message_sent, 0, "send shelf.take to shelf #1.1", "reader-1/a", 13);
  library.add(EventKind::message_delivered, 1, "#1.1", "", 13, 2);
  library.add(EventKind::fact, 1, R"(fact.Lent {"slip":"slip-1"})", "reader-1/a");
  library.tell(1, "the book is lent on slip-1", {"slip-1"}, "reader-1/a");
  library.breaks("a book was lent twice", "slip-1");
  library.add(EventKind::message_sent, 1, "reply shelf.take to desk #1.1", "reader-1/a", 14);
  library.add(EventKind::message_delivered, 0, "#1.1", "", 14, 2);
  return library;
}

TEST(PageEvents, TheBreachIsWhereItBrokeAndItsPastIsLit) {
  const PageEvents events = broken_library().events();
  ASSERT_EQ(events.breach, 7U);
  std::string lit;
  for (const PageEvent& event : events.events) lit += event.past ? '#' : '.';
  EXPECT_EQ(lit, "...#####..");
}

TEST(PageEvents, WhoeverIsOfTheStoryHasALane) {
  const PageEvents events = broken_library().events();
  std::vector<std::string> names;
  for (const Lane& lane : events.lanes) names.push_back(lane.name + (lane.past ? "!" : ""));
  EXPECT_EQ(names, (std::vector<std::string>{"reader-1!", "shelf!", "people", "desk!"}));
  EXPECT_EQ(events.events[3].lane, 0U);
  EXPECT_EQ(events.events[1].lane, 2U);
}

TEST(PageEvents, ABreachThatOnlyTheAuditSeesHasBeenSoSinceTheLastThatWasTold) {
  Library library = broken_library();
  library.trial.findings.front().at_ns = library.trial.virtual_ns;
  EXPECT_EQ(library.events().breach, 7U);
}

TEST(FactIds, NumbersBecomeTheIdsThatTheTaleKnows) {
  sim::Tale tale;
  const std::uint64_t large = (std::uint64_t{1} << 49) + 12345;
  tale.call("slip-" + base32(large), "a slip");
  tale.call("book-" + base32(7), "Emma");
  const FactIds ids(tale);
  const std::string json =
      R"({"slip":)" + std::to_string(large) + R"(,"book":7,"pages":7,"of":[{"book":7}]})";
  EXPECT_EQ(ids.in(json), R"({"slip":"slip-)" + base32(large) + R"(","book":"book-)" + base32(7) +
                              R"(","pages":7,"of":[{"book":"book-)" + base32(7) + R"("}]})");
  EXPECT_EQ(ids.in("no JSON"), "no JSON");
}

TEST(FactIds, ARowThatWasWrittenHasTheNamesOfItsKey) {
  sim::Tale tale;
  const std::uint64_t large = (std::uint64_t{1} << 49) + 12345;
  const std::string slip = "slip-" + base32(large), book = "book-" + base32(7);
  tale.call(slip, "a slip");
  tale.call(book, "Emma");
  const FactIds ids(tale);
  EXPECT_EQ(ids.in_row("lent(book 7): times 1 → 2, last_slip null → " + std::to_string(large)),
            "lent " + book + ": times 1 → 2, last_slip null → " + slip);
  EXPECT_EQ(ids.in_row("lent(slip_id " + std::to_string(large) + ", page 7): gone"),
            "lent " + slip + ", page 7: gone");
  EXPECT_EQ(ids.in_row("lent(page 7): due_at null → 1767226500247673229, tries 5 → 1767226500247673229"),
            "lent page 7: due_at null → 2026-01-01 00:15:00.247673, tries 5 → 1767226500247673229");
  EXPECT_EQ(ids.in_row("… 88"), "… 88");
}

TEST(PageEvents, UnderAStatementStandTheRowsThatItChanged) {
  Library library;
  library.add(EventKind::committed, 0, "desk.lend in desk.db\nupdate t set a = 1\n  t(id 7): a 0 → 1",
              "reader-1/a");
  const auto events = library.events().events;
  EXPECT_EQ(events.at(0).text, "desk.lend in desk.db");
  EXPECT_EQ(events.at(0).more, "update t set a = 1\n  t id 7: a 0 → 1");
}

std::string island_of(const std::string& html) {
  const std::string begin = R"(<script type="application/json" id="data">)";
  const std::size_t from = html.find(begin) + begin.size();
  return html.substr(from, html.find("</script>", from) - from);
}

RC_GTEST_PROP(PageHtml, NoTextCanEndItsElement, (const std::string& text)) {
  Library library = broken_library();
  library.add(EventKind::log, 0, text + "</script><script>alert(1)</script><!--", "reader-1/a");
  library.trial.host_names[0] = "</title><script>" + text;
  WholePage page;
  page.trial = library.page();
  page.warnings = {text + "]]></script>"};
  const std::string html = page_html(page);
  const std::string island = island_of(html);
  RC_ASSERT(island.find('<') == std::string::npos);
  const Json data = Json::parse(island, nullptr, false);
  RC_ASSERT(!data.is_discarded());
  const Json same = Json::parse(page_json(page));
  RC_ASSERT(data == same);
}

TEST(PageHtml, TheTitleIsEscapedAndNothingMayBeAskedFor) {
  Library library = broken_library();
  library.trial.findings.front().invariant = "I-1 <b>&";
  WholePage page;
  page.trial = library.page();
  const std::string html = page_html(page);
  EXPECT_NE(html.find("<title>I-1 &lt;b&gt;&amp;: library"), std::string::npos);
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
}

TEST(PageJson, EventsStandInColumns) {
  WholePage page;
  page.trial = broken_library().page();
  const Json trial = Json::parse(page_json(page)).at("trial");
  const Json& events = trial.at("events");
  EXPECT_EQ(events.at("n"), 10);
  for (const char* column : {"at", "lane", "kind", "text", "more", "root", "other", "fate", "flags"})
    EXPECT_EQ(events.at(column).size(), 10U) << column;
  EXPECT_EQ(events.at("at"), Json::parse("[1000,1000,1000,1000,1000,1000,1000,1000,1000,1000]"));
  EXPECT_EQ(events.at("other"), Json::parse("[0,1,-1,1,-1,1,-1,0,1,-1]"));
  EXPECT_EQ(trial.at("strings").at(events.at("text").at(7).get<std::size_t>()), "the book is lent on slip-1");
  EXPECT_EQ(trial.at("breach"), 7);
  EXPECT_EQ(trial.at("seed"), "0");
}

TEST(PageTranslations, HaveWhatIsToldByItsEnglish) {
  WholePage whole;
  whole.trial = broken_library().page();
  PageData& page = *whole.trial;
  page.but_for = ButForTable{};
  page.but_for->rows = {{"strike", "shelf's disk fails", false},
                        {"message", "asking, for ann: request", false}};
  page.planted = {{"F-1", "Lends twice.", "flaws/f1.cc"}};
  page.picture.moves = {{1000, "slip", "slip-1", "", "LENT", ""}};
  page.picture.beliefs = {{1000, "desk", "slip-1", "LENT"}, {1000, "desk", "slip-1", "slip-1 is lent"}};
  page.events.emplace_back().kind = EventKind::log;
  page.events.back().text = "slip-1 waits";
  page.comparison = Comparison{};
  page.comparison->there = {{1000, "ann waits"}};
  page.comparison->title = "without F-1";
  const Translation translation({{"the book is lent on *", "书借出了：{1}"},
                                 {"a book was lent twice*", "一本书借了两次{1}"},
                                 {"A book has one reader.", "一本书只有一位读者。"},
                                 {"*'s disk fails", "{1} 的磁盘报错"},
                                 {"asking, for *: request", "问（{1}）：请求"},
                                 {"Lends twice.", "借两次。"},
                                 {"without *", "去掉 {1}"},
                                 {"send * to *", "{1} 发往 {2}"},
                                 {"* is lent", "{1} 已借出"},
                                 {"word: LENT", "借出"},
                                 {"word: desk", "柜台"},
                                 {"* waits", "{1} 在等"}});
  page.translations = translations_of(page, translation);
  EXPECT_EQ(page.translations.at("the book is lent on ann's slip"), "书借出了：ann's slip");
  EXPECT_EQ(page.translations.at(page.sentence).substr(0, 9), "一本书");
  EXPECT_EQ(page.translations.at("A book has one reader."), "一本书只有一位读者。");
  EXPECT_EQ(page.translations.at("shelf's disk fails"), "shelf 的磁盘报错");
  EXPECT_EQ(page.translations.at("ann waits"), "ann 在等");
  EXPECT_EQ(page.translations.at("asking, for ann: request"), "问（ann）：请求");
  EXPECT_EQ(page.translations.at("Lends twice."), "借两次。");
  EXPECT_EQ(page.translations.at("without F-1"), "去掉 F-1");
  EXPECT_EQ(page.translations.at("send desk.ask to desk"), "desk.ask 发往 desk");
  // By the text with ids, as the page has it, with names in it.
  EXPECT_EQ(page.translations.at("the book is lent on slip-1"), "书借出了：ann's slip");
  EXPECT_EQ(page.translations.at("slip-1 is lent"), "ann's slip 已借出");
  EXPECT_EQ(page.translations.at("LENT"), "借出");
  EXPECT_EQ(page.translations.at("desk"), "柜台");
  EXPECT_FALSE(page.translations.contains("slip-1 waits")) << "a log is the words of a program";
  for (const auto& [text, translated] : page.translations) EXPECT_NE(text, translated);
  const Json json = Json::parse(page_json(whole));
  std::map<std::string, std::string> written = json.at("trial").at("translations");
  for (const Json& one : json.at("trial").at("translated"))
    written.emplace(json.at("trial").at("strings").at(one.at(0).get<std::size_t>()), one.at(1));
  EXPECT_EQ(written, page.translations);
}

TEST(Comparing, SaysTheFirstLinesInWhichTwoTrialsPart) {
  // Who is named first in the story is ann in both, though another comes up first in the tales.
  Library here;
  here.tell(2, "reader-2 yawns", {"reader-2"}, "reader-2/b");
  here.add(EventKind::fact, 1, R"(fact.Lent {"slip":"slip-1"})", "reader-1/a");
  here.tell(1, "the book is lent on slip-1", {"slip-1"}, "reader-1/a");
  here.breaks("a book was lent twice", "slip-1");
  Library there;
  there.tell(2, "reader-2 yawns", {"reader-2"}, "reader-2/b");
  here.tell(1, "reader-1 reads", {"reader-1"}, "reader-1/a");
  there.tell(1, "the book is lent on slip-1", {"slip-1"}, "reader-1/a");
  there.tell(1, "reader-1 waits", {"reader-1"}, "reader-1/a");
  RunReport report;
  const OtherTrial other{"without it", there.trial};
  const PageData page = page_data({.report = report,
                                   .story = here.story(),
                                   .picture = here.picture,
                                   .invariant = "",
                                   .promise = "",
                                   .planted = {},
                                   .replay = "",
                                   .but_for = {},
                                   .other = &other});
  ASSERT_TRUE(page.comparison.has_value());
  EXPECT_EQ(page.comparison->parting, 2U);
  EXPECT_EQ(page.comparison->here.at(2).text, "ann reads");
  EXPECT_EQ(page.comparison->there.at(2).text, "ann waits");
  EXPECT_EQ(page.comparison->there.at(0).text, "ben yawns");
}

TEST(Comparing, WhatBothSayAfterThePartingStandsInOneRow) {
  Library here, there;
  for (const char* line : {"both", "only here", "shared", "other a", "end", "left"})
    here.tell(0, line, {}, "");
  for (const char* line : {"both", "shared", "more", "other b", "end"}) there.tell(0, line, {}, "");
  RunReport report;
  const OtherTrial other{"without it", there.trial};
  const PageData page = page_data({.report = report,
                                   .story = here.story(),
                                   .picture = here.picture,
                                   .invariant = "",
                                   .promise = "",
                                   .planted = {},
                                   .replay = "",
                                   .but_for = {},
                                   .other = &other});
  std::string rows;
  const Comparison& both = page.comparison.value();
  ASSERT_EQ(both.here.size(), both.there.size());
  for (std::size_t i = 0; i < both.here.size(); ++i)
    rows += both.here[i].text + "|" + both.there[i].text + "\n";
  EXPECT_EQ(rows, "both|both\nonly here|\nshared|shared\nother a|more\n|other b\nend|end\nleft|\n");
  EXPECT_EQ(both.parting, 1U);
}

TEST(Mermaid, DrawsThePastAndNothingElse) {
  EXPECT_EQ(mermaid_text(broken_library().page()),
            "sequenceDiagram\n"
            "  participant l0 as ann\n"
            "  participant l1 as shelf\n"
            "  participant l3 as desk\n"
            "  l0->>l3: desk.ask\n"
            "  l3->>l1: shelf.take\n"
            "  Note over l1: ✗ 00:00:00 a book was lent twice: slip ann's slip\n");
}

TEST(Mermaid, NoTextEndsItsLine) {
  Library library = broken_library();
  library.trial.findings.front().message = "a;b#c\nd";
  EXPECT_NE(mermaid_text(library.page()).find("a#59;b#35;c d"), std::string::npos);
}

TEST(Perfetto, EveryFlowHasTwoEnds) {
  Library library = broken_library();
  library.picture.moves = {{1000, "slip", "slip-1", "", "WRITTEN", ""},
                           {2000, "slip", "slip-1", "WRITTEN", "LENT", "x"}};
  library.picture.levels = {{1000, "lent", "", "books", 1, INT64_MAX}};
  const Json json = Json::parse(perfetto_json(library.page()));
  std::vector<std::uint64_t> begun, ended;
  int spans = 0;
  for (const Json& event : json.at("traceEvents")) {
    const std::string phase = event.at("ph");
    if (phase == "s") begun.push_back(event.at("id"));
    if (phase == "f") ended.push_back(event.at("id"));
    spans += phase == "b" ? 1 : phase == "e" ? -1 : 0;
  }
  std::sort(begun.begin(), begun.end());
  std::sort(ended.begin(), ended.end());
  EXPECT_EQ(begun, ended);
  EXPECT_EQ(begun.size(), 4U);
  EXPECT_EQ(spans, 0);
}

constexpr const char* kLines =
    R"({"seed":3,"verdict":1,"findings":[["I-1 one-reader",0,"twice"]],"marks":{"late":2},"faults":{"disk_stall":[1,1,0,0]}})"
    "\n"
    R"({"seed":1,"verdict":0,"findings":[],"marks":{"late":1},"faults":{"disk_stall":[2,1,1,4]}})"
    "\n";

TEST(HuntView, AHuntThatWasCutOffSaysWhatItsLinesSay) {
  const auto view = hunt_view({std::nullopt, std::string(kLines) + R"({"seed":2,"verdi)"}, "./ordeal");
  ASSERT_TRUE(view.ok());
  EXPECT_TRUE(view.value().cut_off);
  EXPECT_EQ(view.value().trials, 2U);
  EXPECT_EQ(view.value().passed, 1U);
  EXPECT_EQ(view.value().unreadable, 1U);
  EXPECT_EQ(view.value().marks.at("late"), 3U);
  EXPECT_EQ(view.value().faults.by_kind.at("disk_stall").armed, 3U);
  ASSERT_EQ(view.value().laws.size(), 1U);
  EXPECT_EQ(view.value().laws.front().trials_until, 2U);  // seed 3 is the second of two
}

TEST(HuntView, ASummaryThatIsNoneIsRefused) {
  EXPECT_FALSE(hunt_view({R"({"schema":"ordeal/hunt/1"})", kLines}, "./ordeal").ok());
  EXPECT_FALSE(hunt_view({"{", kLines}, "./ordeal").ok());
}

}  // namespace
}  // namespace ordeal::reports
