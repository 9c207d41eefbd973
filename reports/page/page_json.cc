#include "reports/page/page_json.h"

#include <unordered_map>

#include <nlohmann/json.hpp>

#include "reports/run_json.h"
#include "reports/shrink_report.h"

namespace ordeal::reports {
namespace {

using Json = nlohmann::ordered_json;

// Numbers texts in the order in which they come up.
class Strings {
 public:
  std::size_t number(const std::string& text) {
    const auto [known, is_new] = numbers_.try_emplace(text, list_.size());
    if (is_new) list_.push_back(text);
    return known->second;
  }
  bool has(const std::string& text) const { return numbers_.contains(text); }
  Json take() { return Json(std::move(list_)); }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<std::string> list_;
};

// Times as steps from the one before.
class Steps {
 public:
  std::int64_t step(std::int64_t at_ns) { return at_ns - std::exchange(last_, at_ns); }

 private:
  std::int64_t last_ = 0;
};

Json events_json(const PageData& page, Strings& strings) {
  Json at = Json::array(), lane = Json::array(), kind = Json::array(), text = Json::array(),
       more = Json::array(), root = Json::array(), other = Json::array(), fate = Json::array(),
       flags = Json::array();
  Steps steps;
  for (std::size_t i = 0; i < page.events.size(); ++i) {
    const PageEvent& event = page.events[i];
    at.push_back(steps.step(event.at_ns));
    lane.push_back(event.lane == kNowhere ? -1 : static_cast<std::int64_t>(event.lane));
    kind.push_back(static_cast<int>(event.kind));
    text.push_back(strings.number(event.text));
    more.push_back(strings.number(event.more));
    root.push_back(strings.number(event.root));
    // How far away; 0: there is none.
    other.push_back(
        event.other == kNoEvent ? 0 : static_cast<std::int64_t>(event.other) - static_cast<std::int64_t>(i));
    fate.push_back(static_cast<int>(event.fate));
    flags.push_back((event.past ? 1 : 0) + (event.told ? 2 : 0));
  }
  return {{"n", page.events.size()},
          {"at", at},
          {"lane", lane},
          {"kind", kind},
          {"text", text},
          {"more", more},
          {"root", root},
          {"other", other},
          {"fate", fate},
          {"flags", flags}};
}

Json kinds_json() {
  Json names = Json::array();
  for (int kind = 0; kind <= static_cast<int>(sim::EventKind::log); ++kind)
    names.push_back(sim::name_of(static_cast<sim::EventKind>(kind)));
  return names;
}

Json picture_json(const sim::Picture& picture, Strings& strings) {
  Json moves = Json::array(), levels = Json::array(), passages = Json::array(), beliefs = Json::array();
  const auto s = [&](const std::string& text) { return strings.number(text); };
  for (const auto& move : picture.moves)
    moves.push_back({move.at_ns, s(move.kind), s(move.id), s(move.from), s(move.to), s(move.doubt)});
  for (const auto& level : picture.levels) {
    levels.push_back({level.at_ns, s(level.figure), s(level.of), s(level.unit), level.value,
                      level.bound == INT64_MAX ? Json() : Json(level.bound)});
  }
  for (const auto& passage : picture.passages) {
    passages.push_back({passage.at_ns, s(passage.from), s(passage.to), passage.minor, s(passage.currency),
                        s(passage.of), s(passage.why), passage.is_entry ? 1 : 0});
  }
  for (const auto& belief : picture.beliefs)
    beliefs.push_back({belief.at_ns, s(belief.who), s(belief.about), s(belief.what)});
  return {{"moves", moves}, {"levels", levels}, {"passages", passages}, {"beliefs", beliefs}};
}

Json lines_json(const std::vector<ComparedLine>& lines) {
  Json json = Json::array();
  for (const ComparedLine& line : lines) json.push_back({line.at_ns, line.text});
  return json;
}

// Evidence as rows: it may name one thing twice.
Json finding_rows(const sim::Finding& finding) {
  Json json = finding_json(finding);
  json["evidence"] = Json::array();
  for (const auto& [name, value] : finding.evidence) json["evidence"].push_back({name, value});
  return json;
}

Json trial_json(const PageData& page) {
  Strings strings;
  Json json;
  json["engine"] = page.setting.engine;
  json["scenario"] = page.setting.scenario;
  json["summary"] = page.setting.summary;
  json["design"] = page.setting.designs;
  json["seed"] = std::to_string(page.seed);  // may be more than a number of JavaScript holds
  json["verdict"] = page.verdict;
  json["exit_code"] = page.exit_code;
  json["trace_hash"] = page.trace_hash;
  json["trace_events"] = page.trace_events;
  json["virtual_ns"] = page.virtual_ns;
  json["order"] = page.order;
  json["replay"] = page.replay;
  json["sentence"] = page.sentence;
  json["promise"] = page.promise;
  json["planted"] = Json::array();
  for (const PlantedFlaw& flaw : page.planted) json["planted"].push_back({flaw.id, flaw.what, flaw.file});
  if (page.finding) json["finding"] = finding_rows(*page.finding);
  json["others"] = Json::array();
  for (const sim::Finding& other : page.others) json["others"].push_back(finding_rows(other));
  json["faults"] = faults_json(page.faults);
  json["plan"] = page.plan;
  json["marks"] = Json(page.marks);
  json["not_reached"] = page.not_reached;
  json["counts"] = Json(page.counts);
  json["story"] = Json::array();
  for (const StoryLine& line : page.story) json["story"].push_back({line.at_ns, line.sign, line.text});
  json["left_out"] = page.left_out;
  json["hosts"] = page.hosts;
  json["lanes"] = Json::array();
  for (const Lane& lane : page.lanes) json["lanes"].push_back({lane.name, lane.host, lane.past ? 1 : 0});
  json["kinds"] = kinds_json();
  json["events"] = events_json(page, strings);
  json["not_drawn"] = Json(page.not_drawn);
  json["breach"] = page.breach == kNoEvent ? Json() : Json(page.breach);
  json["things"] = Json::array();
  for (const PageThing& thing : page.things)
    json["things"].push_back(
        {strings.number(thing.id), strings.number(thing.name), strings.number(thing.of)});
  json["picture"] = picture_json(page.picture, strings);
  if (page.but_for)
    json["but_for"] = {{"rows", but_for_json(*page.but_for)}, {"untried", page.but_for->untried}};
  if (page.comparison) {
    const Comparison& both = *page.comparison;
    json["comparison"] = {{"title", both.title},           {"verdict", both.verdict},
                          {"here", lines_json(both.here)}, {"there", lines_json(both.there)},
                          {"parting", both.parting},       {"cut", both.cut}};
  }
  json["translated"] = Json::array();
  json["translations"] = Json::object();
  for (const auto& [text, translated] : page.translations) {
    if (strings.has(text)) {
      json["translated"].push_back({strings.number(text), translated});
    } else {
      json["translations"][text] = translated;
    }
  }
  json["strings"] = strings.take();
  return json;
}

Json hunt_view_json(const HuntView& view) {
  Json laws = Json::array(), causes = Json::array();
  for (const LawBroken& law : view.laws) {
    laws.push_back({{"law", law.law},
                    {"seeds", law.seeds},
                    {"trials_until", law.trials_until},
                    {"message", law.message}});
  }
  for (const FoundCause& cause : view.causes) {
    causes.push_back({{"law", cause.law},
                      {"cause", cause.cause},
                      {"seed", cause.seed},
                      {"count", cause.count},
                      {"replay", cause.replay},
                      {"takes", cause.takes}});
  }
  return {{"engine", view.engine},
          {"scenario", view.scenario},
          {"flaws", view.flaws},
          {"first_seed", view.first_seed},
          {"last_seed", view.last_seed},
          {"trials", view.trials},
          {"passed", view.passed},
          {"exit_code", view.exit_code},
          {"stopped_because", view.stopped_because},
          {"laws", laws},
          {"causes", causes},
          {"faults", faults_json(view.faults)},
          {"marks", Json(view.marks)},
          {"not_reached", view.not_reached},
          {"cut_off", view.cut_off},
          {"unreadable", view.unreadable}};
}

}  // namespace

std::string page_json(const WholePage& page) {
  Json json;
  json["schema"] = "ordeal/page/1";
  json["lang"] = page.lang;
  json["warnings"] = page.warnings;
  if (page.trial) json["trial"] = trial_json(*page.trial);
  if (page.hunt) json["hunt"] = hunt_view_json(*page.hunt);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace ordeal::reports
