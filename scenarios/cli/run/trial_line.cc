#include "scenarios/cli/run/trial_line.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/wire/json_text.h"

namespace ordeal::cli {
namespace {

using Json = nlohmann::json;

// The hundreds of names and numbers of a trial are written as they are, without a tree of values in between.
template <class Integer>
void append_number(std::string& text, Integer value) {
  wire::append_integer(text, static_cast<std::int64_t>(value));
}

template <class... Integers>
void append_numbers(std::string& text, Integers... values) {
  char before = '[';
  ((text += std::exchange(before, ','), append_number(text, values)), ...);
  text += ']';
}

// One more field of the object that `text` is in: what has a name, each by `append`.
template <class Value, class Append>
void append_named(std::string& text, std::string_view field, const reports::Named<Value>& named,
                  Append&& append) {
  text += ',';
  wire::append_quoted(text, field);
  text += ":{";
  bool first = true;
  for (const auto& [name, value] : named) {
    if (!std::exchange(first, false)) text += ',';
    wire::append_quoted(text, name);
    text += ':';
    append(value);
  }
  text += '}';
}

void append_rates(std::string& text, const std::vector<TrialLine::Rate>& rates) {
  text += ",\"rates\":[";
  bool first = true;
  for (const TrialLine::Rate& rate : rates) {
    if (!std::exchange(first, false)) text += ',';
    append_numbers(text, static_cast<int>(rate.kind), rate.asked.num, rate.asked.den, rate.tries, rate.hits);
  }
  text += ']';
}

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
  Json findings = Json::array();
  for (const TrialLine::Broken& one : line.findings) {
    findings.push_back({one.invariant, static_cast<int>(one.kind), one.message});
  }
  Json json{{"seed", line.seed},
            {"verdict", static_cast<int>(line.verdict)},
            {"trace_hash", line.trace_hash},
            {"events", line.events},
            {"virtual_ns", line.virtual_ns},
            {"twice", line.twice},
            {"same", line.same},
            {"findings", std::move(findings)}};
  if (line.our_bug) json["our_bug"] = *line.our_bug;
  if (line.unsaved) json["unsaved"] = *line.unsaved;
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.pop_back();  // the brace: the object goes on
  const auto count = [&](auto value) { append_number(text, value); };
  append_named(text, "marks", line.marks, count);
  append_named(text, "counts", line.counts, count);
  append_named(text, "set_about", line.set_about, count);
  append_named(text, "moves", line.moves, [&](const std::vector<std::string>& edges) {
    char before = '[';
    if (edges.empty()) text += before;
    for (const std::string& edge : edges) {
      text += std::exchange(before, ',');
      wire::append_quoted(text, edge);
    }
    text += ']';
  });
  append_named(text, "faults", line.faults.by_kind,
               [&](const auto& n) { append_numbers(text, n.armed, n.reached, n.effective, n.hits); });
  append_rates(text, line.rates);
  text += '}';
  return text;
}

std::optional<TrialLine> line_from(std::string_view text) {
  try {
    return parsed(Json::parse(text));
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace ordeal::cli
