#include "scenarios/cli/explore/explore_sums.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "faults/plan/plan_json.h"

namespace ordeal::cli {
namespace {

using Json = nlohmann::ordered_json;

void keep_first(std::vector<FirstBroken>& first, const FirstBroken& one) {
  const auto same = [&](const FirstBroken& other) { return other.invariant == one.invariant; };
  if (std::none_of(first.begin(), first.end(), same)) first.push_back(one);
}

void add_counts(reports::Named<std::uint64_t>& to, const reports::Named<std::uint64_t>& from) {
  for (const auto& [name, count] : from) to[name] += count;
}

Json first_json(const std::vector<FirstBroken>& first) {
  Json json = Json::array();
  for (const FirstBroken& one : first) {
    json.push_back({one.seed, one.actors, one.invariant, static_cast<int>(one.kind), one.message,
                    faults::plan_to_text(one.plan)});
  }
  return json;
}

ExploreSums parsed(const Json& json) {
  ExploreSums sums;
  sums.unit = json.at("unit");
  sums.seed = json.at("seed");
  sums.actors = json.at("actors");
  sums.trials = json.at("trials");
  sums.passed = json.at("passed");
  sums.failed = json.at("failed");
  sums.mismatches = json.at("mismatches");
  sums.events = json.at("events");
  sums.checked = json.at("checked");
  sums.wrong = json.at("wrong");
  for (const auto& [name, count] : json.at("by_verdict").items()) sums.by_verdict[name] = count;
  for (const auto& [name, count] : json.at("by_invariant").items()) sums.by_invariant[name] = count;
  for (const auto& [name, count] : json.at("pruned").items()) sums.pruned[name] = count;
  for (const Json& name : json.at("headlines")) sums.headlines.insert(name.get<std::string>());
  for (const Json& item : json.at("first")) {
    auto plan = faults::plan_from_text(item.at(5).get<std::string>());
    if (!plan) continue;
    sums.first.push_back({item.at(0), item.at(1), item.at(2),
                          static_cast<sim::FindingKind>(item.at(3).get<int>()), item.at(4),
                          *std::move(plan)});
  }
  for (const Json& bug : json.at("our_bugs")) sums.our_bugs.push_back(bug);
  sums.digest = json.at("digest");
  sums.future = json.at("future");
  return sums;
}

}  // namespace

void ExploreSums::add(const Judged& judged, const faults::Plan& plan, CertificateHash& hash) {
  const sim::TrialResult& trial = judged.played.trial;
  const bool good = trial.verdict == sim::Verdict::pass && !trial.broken;
  ++trials;
  ++(good ? passed : failed);
  mismatches += judged.same ? 0 : 1;
  events += trial.events;
  ++by_verdict[trial.broken ? "broken" : std::string(sim::name_of(trial.verdict))];
  hash.add(trial.trace_hash.high);
  hash.add(trial.trace_hash.low);
  hash.add(static_cast<std::uint64_t>(trial.verdict));
  if (!trial.findings.empty()) headlines.insert(trial.findings.front().invariant);
  std::set<std::string> broken;
  for (const sim::Finding& finding : trial.findings) {
    if (!broken.insert(finding.invariant).second) continue;
    ++by_invariant[finding.invariant];
    hash.add(std::string_view(finding.invariant));
    keep_first(first, {seed, actors, finding.invariant, finding.kind, finding.message, plan});
  }
  if (trial.broken) our_bugs.push_back(*trial.broken);
}

void ExploreSums::add(const ExploreSums& later, CertificateHash& hash) {
  trials += later.trials;
  passed += later.passed;
  failed += later.failed;
  mismatches += later.mismatches;
  events += later.events;
  checked += later.checked;
  wrong += later.wrong;
  add_counts(by_verdict, later.by_verdict);
  add_counts(by_invariant, later.by_invariant);
  add_counts(pruned, later.pruned);
  headlines.insert(later.headlines.begin(), later.headlines.end());
  for (const FirstBroken& one : later.first) keep_first(first, one);
  our_bugs.insert(our_bugs.end(), later.our_bugs.begin(), later.our_bugs.end());
  hash.add(std::string_view(later.digest));
}

std::string to_text(const ExploreSums& sums) {
  const Json json{{"unit", sums.unit},
                  {"seed", sums.seed},
                  {"actors", sums.actors},
                  {"trials", sums.trials},
                  {"passed", sums.passed},
                  {"failed", sums.failed},
                  {"mismatches", sums.mismatches},
                  {"events", sums.events},
                  {"checked", sums.checked},
                  {"wrong", sums.wrong},
                  {"by_verdict", Json(sums.by_verdict)},
                  {"by_invariant", Json(sums.by_invariant)},
                  {"pruned", Json(sums.pruned)},
                  {"headlines", Json(sums.headlines)},
                  {"first", first_json(sums.first)},
                  {"our_bugs", sums.our_bugs},
                  {"digest", sums.digest},
                  {"future", sums.future}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<ExploreSums> sums_from(std::string_view text) {
  try {
    return parsed(Json::parse(text));
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace ordeal::cli
