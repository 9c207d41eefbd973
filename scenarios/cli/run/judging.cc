#include "scenarios/cli/run/judging.h"

#include <algorithm>

#include "core/base/digest.h"
#include "reports/words.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

bool in_share(std::uint64_t seed, Ratio share) {
  return mix64(seed ^ 0x7265706c6179ULL) % static_cast<std::uint64_t>(share.den) <
         static_cast<std::uint64_t>(share.num);
}

bool same_event(const sim::TraceRecord& a, const sim::TraceRecord& b) {
  return a.at_ns == b.at_ns && a.site == b.site && a.payload == b.payload && a.host == b.host &&
         a.kind == b.kind;
}

std::string worded(const sim::TrialResult& trial, std::size_t index) {
  if (index >= trial.records.size()) return "nothing: the trial is over";
  const sim::TraceRecord& record = trial.records[index];
  std::string out = reports::story_time(record.at_ns) + " ";
  out += record.host < trial.host_names.size() ? trial.host_names[record.host]
                                               : "host " + std::to_string(record.host);
  out += " " + std::string(sim::name_of(record.kind)) + " site " + std::to_string(record.site) + " payload " +
         std::to_string(record.payload);
  if (!record.text.empty()) out += " (" + record.text + ")";
  return record.cause.empty() ? out : out + ", from " + record.cause;
}

}  // namespace

sim::Finding first_difference(const std::function<sim::TrialResult(sim::Trace::Mode)>& play) {
  const sim::TrialResult a = play(sim::Trace::Mode::with_causes);
  const sim::TrialResult b = play(sim::Trace::Mode::with_causes);
  sim::Finding finding{std::string(kDeterminism), sim::FindingKind::nondeterminism, 0, "", {}};
  const std::size_t shorter = std::min(a.records.size(), b.records.size());
  std::size_t at = 0;
  while (at < shorter && same_event(a.records[at], b.records[at])) ++at;
  if (at == shorter && a.records.size() == b.records.size()) {
    finding.message =
        "two plays gave different trace hashes; two more, with full traces, agree event by event";
    return finding;
  }
  finding.at_ns = at < a.records.size() ? a.records[at].at_ns : b.records[at].at_ns;
  finding.message = "two plays of one seed differ, first in event " + std::to_string(at);
  finding.evidence = {{"one play", worded(a, at)}, {"the other", worded(b, at)}};
  return finding;
}

Judged play_and_judge(play::Stage& stage, const play::PlayOptions& options, Ratio rerun_share) {
  Judged judged;
  const std::int64_t began = wall_now_ns();
  judged.played = stage.play(options);
  judged.played.wall_ns = wall_now_ns() - began;
  sim::TrialResult& trial = judged.played.trial;
  if (trial.broken) return judged;
  judged.twice = trial.verdict != sim::Verdict::pass || in_share(options.seed, rerun_share);
  if (!judged.twice) return judged;

  play::PlayOptions again = options;
  again.trace = sim::Trace::Mode::hash_only;
  judged.same = stage.play(again).trial.trace_hash == trial.trace_hash;
  if (!judged.same) {
    trial.findings.push_back(first_difference([&](sim::Trace::Mode mode) {
      again.trace = mode;
      return stage.play(again).trial;
    }));
    trial.verdict = sim::Verdict::nondeterminism;
  }
  return judged;
}

}  // namespace ordeal::cli
