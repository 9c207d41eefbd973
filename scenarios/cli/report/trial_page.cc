#include "scenarios/cli/report/trial_page.h"

#include <algorithm>
#include <optional>

#include "reports/page/translations.h"
#include "reports/text.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/flaw_file.h"
#include "scenarios/cli/hunt/corpus.h"
#include "scenarios/cli/hunt/recall.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/language.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/places.h"
#include "scenarios/cli/replay/making_small.h"
#include "scenarios/cli/report/passing.h"
#include "scenarios/cli/run/judging.h"
#include "scenarios/cli/wall_clock.h"
#include "scenarios/play/adjusting.h"
#include "scenarios/play/picturing.h"

namespace ordeal::cli {
namespace {

// Of a big failure most things are needed for nothing, and asking takes long.
constexpr std::size_t kSmall = 20;
constexpr std::int64_t kBudgetNs = 5'000'000'000;

std::optional<reports::ButForTable> what_it_takes(const Production& production, const play::Played& played,
                                                  const std::string& invariant) {
  play::PlayOptions options = production.options;
  options.faults = play::FaultMode::plan;
  options.plan = played.plan;
  const play::Size size = play::size_of(production.stage->scenario(), options, played);
  if (played.trial.verdict == sim::Verdict::pass || played.trial.broken) return std::nullopt;
  if (std::max(size.strikes, size.actors) > kSmall) return std::nullopt;
  const play::Aim aim = play::aim_at(invariant, played.trial);
  if (!aim.hit_by(played.trial)) return std::nullopt;
  return but_for_table(*production.stage, options, aim, wall_now_ns() + kBudgetNs, {});
}

// Files are named as from the root of the tree, wherever it lies.
std::string file_of(const Repertoire& repertoire, const std::string& flaw) {
  for (const auto& shelf : repertoire.lessons) {
    if (const auto file = flaw_file(shelf, flaw)) return file->lexically_relative(sources()).string();
  }
  return "";
}

std::vector<reports::PlantedFlaw> planted(const Repertoire& repertoire, const reports::Repro& repro) {
  std::vector<reports::PlantedFlaw> out;
  for (const std::string& id : repro.flaws) {
    const play::FlawRow* flaw = repertoire.flows.flaw(id);
    out.push_back({id, flaw == nullptr ? "" : std::string(flaw->summary), file_of(repertoire, id)});
  }
  return out;
}

void compare_with_what_it_says(const reports::Repro& repro, const reports::RunReport& report,
                               const play::Played& played, TrialPage& out) {
  const bool same_engine = repro.engine == kEngine;
  const bool same_trace = report.trace_hash == repro.expects.trace_hash;
  if (same_trace) return;
  if (same_engine) {
    out.as_it_says = false;
    out.warnings.push_back("This engine wrote the repro file and plays another trial: expected trace " +
                           repro.expects.trace_hash + ", got " + report.trace_hash +
                           ". The file was changed, or one seed gives two worlds.");
    return;
  }
  const bool again = as_expected(repro, played.trial);
  out.warnings.push_back("Found by " + repro.engine + ", played by " + std::string(kEngine) +
                         ": another trace. " + repro.expects.invariant +
                         (again ? " is found again." : " is not found."));
}

}  // namespace

TrialPage trial_page(const Repertoire& repertoire, const std::string& repro_file) {
  const reports::Repro repro = read_repro_file(repro_file);
  const Production production = recall(repertoire.flows, repro, repro_file);
  play::PlayOptions options = production.options;
  options.trace = sim::Trace::Mode::with_causes;
  Judged judged;
  judged.played = production.stage->play(options);
  const play::Played& played = judged.played;
  const reports::RunReport report = run_report(production, repro.seed, judged);

  const std::string& invariant = repro.expects.invariant;
  const auto passing =
      passing_beside(repertoire.flows, repro, repro_file, production, played, wall_now_ns() + kBudgetNs);
  std::optional<reports::OtherTrial> other;
  if (passing) other.emplace(reports::OtherTrial{passing->title, passing->played.trial});
  const std::string about = played.trial.findings.empty() ? "" : played.trial.findings.front().invariant;
  const play::LawRow* law = repertoire.flows.law(as_expected(repro, played.trial) ? invariant : about);
  const play::Scenario& scenario = production.stage->scenario();
  const auto smaller = play::try_adjusted(repertoire.flows, scenario, options.adjusted);
  const sim::Picture picture =
      play::picture_of(repertoire.flows, smaller ? *smaller : scenario, played.trial);

  TrialPage out;
  out.page = reports::page_data({.report = report,
                                 .story = {played.trial, played.plan, played.fired},
                                 .picture = picture,
                                 .invariant = invariant,
                                 .promise = law == nullptr ? "" : std::string(law->promise),
                                 .planted = planted(repertoire, repro),
                                 .replay = reports::replay_line(repro_file, {.program = program_name()}),
                                 .but_for = what_it_takes(production, played, invariant),
                                 .other = other ? &*other : nullptr});
  const auto chinese = translation_into(Language::chinese, repertoire.flows);
  out.page.translations = reports::translations_of(out.page, *chinese);
  compare_with_what_it_says(repro, report, played, out);
  return out;
}

}  // namespace ordeal::cli
