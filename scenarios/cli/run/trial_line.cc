#include "scenarios/cli/run/trial_line.h"

#include <algorithm>
#include <concepts>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/wire/json_text.h"

namespace ordeal::cli {
namespace {

using Json = nlohmann::json;

// Text that may hold anything.
std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// A line is written for every trial, and a tree of it costs five times as much.
class LineText {
 public:
  LineText& key(std::string_view name) {
    separate();
    wire::append_quoted(text_, name);
    text_ += ':';
    fresh_ = true;
    return *this;
  }
  LineText& open(char bracket) {
    separate();
    text_ += bracket;
    fresh_ = true;
    return *this;
  }
  LineText& close(char bracket) {
    text_ += bracket;
    fresh_ = false;
    return *this;
  }
  LineText& value(std::integral auto number) { return raw(std::to_string(number)); }
  LineText& value(bool truth) { return raw(truth ? "true" : "false"); }
  LineText& value(std::string_view name) {
    separate();
    wire::append_quoted(text_, name);
    return *this;
  }
  LineText& raw(std::string_view json) {
    separate();
    text_ += json;
    return *this;
  }
  template <class Number>
  LineText& numbers(std::string_view name, const reports::Named<Number>& all) {
    key(name).open('{');
    for (const auto& [of, number] : all) key(of).value(number);
    return close('}');
  }
  std::string take() { return std::move(text_); }

 private:
  void separate() {
    if (!std::exchange(fresh_, false)) text_ += ',';
  }

  std::string text_;
  bool fresh_ = true;  // nothing stands before in this object or array, or its key does
};

TrialLine parsed(const Json& json) {
  TrialLine line;
  line.seed = json.at("seed");
  line.verdict = static_cast<sim::Verdict>(json.at("verdict").get<int>());
  line.trace_hash = json.at("trace_hash");
  line.events = json.at("events");
  line.virtual_ns = json.at("virtual_ns");
  line.twice = json.at("twice");
  line.same = json.at("same");
  for (const Json& item : json.at("findings")) {
    line.findings.push_back({item.at(0), static_cast<sim::FindingKind>(item.at(1).get<int>()), item.at(2)});
  }
  for (const auto& [name, count] : json.at("marks").items()) line.marks[name] = count;
  for (const auto& [name, count] : json.at("counts").items()) line.counts[name] = count;
  for (const auto& [name, count] : json.at("set_about").items()) line.set_about[name] = count;
  for (const auto& [machine, edges] : json.at("moves").items()) line.moves[machine] = edges;
  for (const auto& [kind, n] : json.at("faults").items())
    line.faults.by_kind[kind] = {n.at(0), n.at(1), n.at(2), n.at(3)};
  for (const Json& n : json.at("rates")) {
    line.rates.push_back(
        {static_cast<faults::FaultKind>(n.at(0).get<int>()), {n.at(1), n.at(2)}, n.at(3), n.at(4)});
  }
  if (json.contains("our_bug")) line.our_bug = json.at("our_bug");
  if (json.contains("unsaved")) line.unsaved = json.at("unsaved");
  return line;
}

}  // namespace

TrialLine line_of(std::uint64_t seed, const Judged& judged) {
  const sim::TrialResult& trial = judged.played.trial;
  TrialLine line;
  line.seed = seed;
  line.verdict = trial.verdict;
  line.trace_hash = trial.trace_hash.text();
  line.events = trial.events;
  line.virtual_ns = trial.virtual_ns;
  line.twice = judged.twice;
  line.same = judged.same;
  for (const sim::Finding& finding : trial.findings) {
    const auto known = [&](const TrialLine::Broken& other) { return other.invariant == finding.invariant; };
    if (std::any_of(line.findings.begin(), line.findings.end(), known)) continue;
    line.findings.push_back({finding.invariant, finding.kind, finding.message});
  }
  line.marks = trial.marks;
  line.counts.insert(judged.played.counts.begin(), judged.played.counts.end());
  line.set_about.insert(judged.played.set_about.begin(), judged.played.set_about.end());
  line.moves.insert(judged.played.moves.begin(), judged.played.moves.end());
  for (const faults::KindInfo& kind : faults::kinds()) {
    const faults::Tally& tally = judged.played.reach.of(kind.kind);
    if (tally.armed == 0) continue;
    line.faults.by_kind[std::string(kind.name)] = {tally.armed, tally.reached, tally.effective, tally.hits};
  }
  for (const faults::RateRow& row : judged.played.reach.rates())
    line.rates.push_back({row.kind, row.asked, row.tries, row.hits});
  line.our_bug = trial.broken;
  return line;
}

std::string to_text(const TrialLine& line) {
  LineText text;
  text.open('{').numbers("counts", line.counts).key("events").value(line.events);
  text.key("faults").open('{');
  for (const auto& [kind, n] : line.faults.by_kind)
    text.key(kind).open('[').value(n.armed).value(n.reached).value(n.effective).value(n.hits).close(']');
  text.close('}').key("findings").open('[');
  for (const TrialLine::Broken& one : line.findings)
    text.open('[').value(one.invariant).value(static_cast<int>(one.kind)).raw(quoted(one.message)).close(']');
  text.close(']').numbers("marks", line.marks).key("moves").open('{');
  for (const auto& [machine, edges] : line.moves) {
    text.key(machine).open('[');
    for (const std::string& edge : edges) text.value(edge);
    text.close(']');
  }
  text.close('}');
  if (line.our_bug) text.key("our_bug").raw(quoted(*line.our_bug));
  text.key("rates").open('[');
  for (const TrialLine::Rate& rate : line.rates)
    text.open('[')
        .value(static_cast<int>(rate.kind))
        .value(rate.asked.num)
        .value(rate.asked.den)
        .value(rate.tries)
        .value(rate.hits)
        .close(']');
  text.close(']').key("same").value(line.same).key("seed").value(line.seed);
  text.numbers("set_about", line.set_about).key("trace_hash").value(line.trace_hash);
  text.key("twice").value(line.twice);
  if (line.unsaved) text.key("unsaved").raw(quoted(*line.unsaved));
  text.key("verdict").value(static_cast<int>(line.verdict)).key("virtual_ns").value(line.virtual_ns);
  return text.close('}').take();
}

std::optional<TrialLine> line_from(std::string_view text) {
  try {
    return parsed(Json::parse(text));
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace ordeal::cli
