#include "reports/page/perfetto.h"

#include <map>

#include <nlohmann/json.hpp>

namespace ordeal::reports {
namespace {

using Json = nlohmann::ordered_json;
using sim::EventKind;

constexpr int kLanes = 1;  // "processes": the lanes, and what the flow draws
constexpr int kDrawn = 2;
constexpr double kLength = 1;  // of what has none, so that it can be seen and clicked

double micros(std::int64_t ns) { return static_cast<double>(ns) / 1000; }

class Writer {
 public:
  explicit Writer(const PageData& page) : page_(page) {
    for (const PageThing& thing : page.things) names_.emplace(thing.id, thing.name);
  }

  std::string write() {
    title("process_name", kLanes, 0, page_.setting.scenario + ", seed " + std::to_string(page_.seed));
    for (std::size_t lane = 0; lane < page_.lanes.size(); ++lane)
      title("thread_name", kLanes, static_cast<int>(lane), name_of(page_.lanes[lane].name));
    for (std::uint32_t i = 0; i < page_.events.size(); ++i) event(i);
    states();
    for (const auto& level : page_.picture.levels) {
      const std::string name = level.figure + (level.of.empty() ? "" : ", " + name_of(level.of));
      events_.push_back({{"ph", "C"},
                         {"pid", kDrawn},
                         {"ts", micros(level.at_ns)},
                         {"name", name},
                         {"args", {{level.unit, level.value}}}});
    }
    if (page_.finding) {
      events_.push_back({{"ph", "i"},
                         {"pid", kLanes},
                         {"tid", 0},
                         {"s", "g"},
                         {"ts", micros(page_.finding->at_ns)},
                         {"name", page_.finding->invariant + ": " + page_.sentence}});
    }
    const Json json{{"displayTimeUnit", "ns"},
                    {"otherData", {{"engine", page_.setting.engine}, {"trace_hash", page_.trace_hash}}},
                    {"traceEvents", std::move(events_)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  std::string name_of(const std::string& id) const {
    const auto known = names_.find(id);
    return known == names_.end() ? id : known->second;
  }
  void title(const char* what, int process, int thread, const std::string& name) {
    events_.push_back(
        {{"ph", "M"}, {"pid", process}, {"tid", thread}, {"name", what}, {"args", {{"name", name}}}});
  }
  void event(std::uint32_t i) {
    const PageEvent& event = page_.events[i];
    if (event.lane == kNowhere) return;
    Json slice{{"ph", "X"},         {"pid", kLanes},
               {"tid", event.lane}, {"ts", micros(event.at_ns)},
               {"dur", kLength},    {"cat", sim::name_of(event.kind)},
               {"name", event.text}};
    if (!event.more.empty()) slice["args"] = {{"about", event.more}};
    events_.push_back(std::move(slice));
    if (event.other == kNoEvent) return;
    const bool sent = event.kind == EventKind::message_sent;
    Json flow{
        {"ph", sent ? "s" : "f"},       {"pid", kLanes},    {"tid", event.lane}, {"ts", micros(event.at_ns)},
        {"id", sent ? i : event.other}, {"cat", "message"}, {"name", "message"}};
    if (!sent) flow["bp"] = "e";
    events_.push_back(std::move(flow));
  }
  // A state lasts until the next of the same thing.
  void states() {
    std::map<std::pair<std::string, std::string>, const sim::Picture::Move*> open;
    const auto mark = [this](const char* phase, const sim::Picture::Move& move, std::int64_t at_ns) {
      events_.push_back({{"ph", phase},
                         {"pid", kDrawn},
                         {"ts", micros(at_ns)},
                         {"cat", move.kind},
                         {"id", move.kind + " " + move.id},
                         {"name", name_of(move.id) + ": " + move.to + (move.doubt.empty() ? "" : " (!)")}});
    };
    for (const auto& move : page_.picture.moves) {
      const sim::Picture::Move*& last = open[{move.kind, move.id}];
      if (last != nullptr) mark("e", *last, move.at_ns);
      mark("b", move, move.at_ns);
      last = &move;
    }
    for (const auto& [thing, last] : open) mark("e", *last, page_.virtual_ns);
  }

  const PageData& page_;
  std::map<std::string, std::string, std::less<>> names_;
  Json events_ = Json::array();
};

}  // namespace

std::string perfetto_json(const PageData& page) { return Writer(page).write(); }

}  // namespace ordeal::reports
