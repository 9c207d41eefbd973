#include "reports/page/page_data.h"

#include <algorithm>
#include <map>

#include "reports/page/page_events.h"
#include "reports/plain_faults.h"

namespace ordeal::reports {
namespace {

// More than a terminal has room for, and still a story.
constexpr Page kStoryPage{.width = 400, .lines = 24};
// Lines of a comparison before and after the parting.
constexpr std::size_t kBefore = 12;
constexpr std::size_t kAfter = 28;

std::vector<ComparedLine> lines_of(const sim::Tale& tale, Names names) {
  std::vector<ComparedLine> lines;
  for (const sim::Told& line : tale.lines()) lines.push_back({line.at_ns, names.in(line.text)});
  return lines;
}

bool says_the_same(const ComparedLine& a, const ComparedLine& b) { return a.text == b.text; }

// After the parting: what both still say (the longest such run of lines) stands in one row. A line without text is a gap.
void align(Comparison& both) {
  const auto begin = static_cast<std::ptrdiff_t>(both.parting);
  const std::vector<ComparedLine> a(both.here.begin() + begin, both.here.end());
  const std::vector<ComparedLine> b(both.there.begin() + begin, both.there.end());
  std::vector<std::vector<std::size_t>> same(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;)
      same[i][j] =
          says_the_same(a[i], b[j]) ? same[i + 1][j + 1] + 1 : std::max(same[i + 1][j], same[i][j + 1]);
  }
  both.here.resize(both.parting);
  both.there.resize(both.parting);
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const bool together = i < a.size() && j < b.size() &&
                          (says_the_same(a[i], b[j]) ||
                           (same[i + 1][j + 1] >= same[i + 1][j] && same[i + 1][j + 1] >= same[i][j + 1]));
    const bool here = together || j == b.size() || (i < a.size() && same[i + 1][j] >= same[i][j + 1]);
    both.here.push_back(here ? a[i++] : ComparedLine{});
    both.there.push_back(together || !here ? b[j++] : ComparedLine{});
  }
}

Comparison compared(const PageOf& of, const OtherTrial& other, const Names& names) {
  Comparison both;
  both.title = other.title;
  both.verdict = std::string(sim::name_of(other.trial.verdict));
  both.here = lines_of(of.story.trial.tale, names);
  both.there = lines_of(other.trial.tale, names.among(other.trial.tale));
  const auto part =
      std::mismatch(both.here.begin(), both.here.end(), both.there.begin(), both.there.end(), says_the_same);
  both.parting = static_cast<std::size_t>(part.first - both.here.begin());
  both.cut = both.parting > kBefore ? both.parting - kBefore : 0;
  for (auto* lines : {&both.here, &both.there}) {
    lines->erase(lines->begin(), lines->begin() + static_cast<std::ptrdiff_t>(both.cut));
    if (lines->size() > kBefore + kAfter) lines->resize(kBefore + kAfter);
  }
  both.parting -= both.cut;
  align(both);
  return both;
}

std::vector<PageThing> things_of(const sim::Tale& tale, Names& names) {
  std::vector<PageThing> things;
  for (const auto& [id, entity] : tale.entities()) things.push_back({id, names.in(id), entity.of});
  for (const std::string& person : tale.persons()) {
    const bool known = tale.entities().contains(person);
    if (!known) things.push_back({person, names.in(person), ""});
  }
  std::sort(things.begin(), things.end(), [](const PageThing& a, const PageThing& b) { return a.id < b.id; });
  return things;
}

// Faults in the words of the story, without times; where two would be the same, with all; where nobody has any, as the plan
// has them. Messages by what they do and for whom.
ButForTable in_words(ButForTable table, const StoryOf& of, Names& names) {
  std::map<std::string, std::string> plain;
  std::map<std::string, int> briefs;
  for (const faults::FiredStrike& one : of.fired) ++briefs[plain_strike(one.strike, "", of.trial.tale).brief];
  auto fired = of.fired.begin();
  for (const sim::TraceRecord& record : of.trial.records) {
    if (record.kind != sim::EventKind::fault || fired == of.fired.end()) continue;
    const PlainStrike words = plain_strike(fired->strike, of.trial.host_names[record.host], of.trial.tale);
    const bool alone = briefs[plain_strike(fired->strike, "", of.trial.tale).brief] == 1;
    plain.emplace(
        faults::readable(fired->strike),
        alone ? words.brief : words.what + (words.doing.empty() ? "" : " (while " + words.doing + ")"));
    ++fired;
  }
  for (ButForRow& row : table.rows) {
    if (row.kind == "message") {
      row.what = names.in(plain_message(row.what, of.trial.tale));
      continue;
    }
    const auto known = plain.find(row.what);
    row.what = names.in(known == plain.end() ? row.what : known->second);
  }
  return table;
}

const sim::Finding* finding_of(const sim::TrialResult& trial, const std::string& invariant) {
  for (const sim::Finding& finding : trial.findings) {
    if (finding.invariant == invariant) return &finding;
  }
  return trial.findings.empty() ? nullptr : &trial.findings.front();
}

void say_what_was_played(const PageOf& of, PageData& page) {
  const RunReport& report = of.report;
  page.setting = report.setting;
  page.seed = report.seed;
  page.verdict = report.broken ? "broken" : std::string(sim::name_of(report.verdict));
  page.exit_code = report.exit_code;
  page.trace_hash = report.trace_hash;
  page.trace_events = report.events;
  page.virtual_ns = report.virtual_ns;
  page.order = report.order;
  page.replay = of.replay;
  page.planted = of.planted;
  page.faults = report.faults;
  page.plan = report.plan;
  page.marks = report.sometimes;
  page.not_reached = report.not_reached;
  page.counts = report.counts;
}

}  // namespace

PageData page_data(const PageOf& of) {
  PageData page;
  say_what_was_played(of, page);
  const sim::TrialResult& trial = of.story.trial;
  const sim::Finding* finding = finding_of(trial, of.invariant);

  ToldStory told = told_story(of.story, of.invariant, kStoryPage);
  page.story = std::move(told.lines);
  page.left_out = told.left_out;
  if (finding != nullptr) {
    page.finding = *finding;
    page.promise = of.promise;
    page.sentence = page.story.empty() ? finding->message : page.story.back().text;
    for (const sim::Finding& other : trial.findings) {
      if (&other != finding) page.others.push_back(other);
    }
  }
  page.hosts = trial.host_names;
  PageEvents events = page_events(of.story, finding);
  page.events = std::move(events.events);
  page.lanes = std::move(events.lanes);
  page.not_drawn = std::move(events.not_drawn);
  page.breach = events.breach;
  page.things = things_of(trial.tale, told.names);
  page.picture = of.picture;
  if (of.but_for) page.but_for = in_words(*of.but_for, of.story, told.names);
  if (of.other != nullptr) page.comparison = compared(of, *of.other, told.names);
  return page;
}

}  // namespace ordeal::reports
