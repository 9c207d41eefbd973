#include "scenarios/cli/replay/making_small.h"

#include <array>
#include <utility>

#include "faults/kinds/cause_of.h"
#include "reports/run_json.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

// A write waits for the disk, and improvements come by the dozen: so often at most.
constexpr std::int64_t kKeepEvery = 100'000'000;

class Keeper {
 public:
  Keeper(const Production& production, const std::string& invariant, std::filesystem::path file)
      : production_(production), invariant_(invariant), file_(std::move(file)) {}

  void offer(const play::Small& small) {
    const std::int64_t now = wall_now_ns();
    if (kept_ns_ && now - *kept_ns_ < kKeepEvery) return;
    keep(small);
    kept_ns_ = wall_now_ns();
  }

  void keep(const play::Small& small) {
    if (file_.empty() || trouble_) return;
    try {
      const auto repro = repro_of(production_, small.options, small.played, invariant_);
      write_whole(file_, reports::json_text(repro));
    } catch (const IoError& error) {
      trouble_ = error.what();
    }
  }

  const std::optional<std::string>& trouble() const { return trouble_; }

 private:
  const Production& production_;
  const std::string& invariant_;
  std::filesystem::path file_;
  std::optional<std::int64_t> kept_ns_;
  std::optional<std::string> trouble_;
};

reports::Sizes sizes(const play::Size& size) { return {size.strikes, size.windows, size.actors}; }

// "settings catalogue[0].stock 1, without catalogue[1]"
std::string settings_text(const std::vector<play::Adjustment>& adjusted) {
  std::string set;
  std::string gone;
  for (const play::Adjustment& one : adjusted) {
    std::string& list = one.is_gone() ? gone : set;
    list += (list.empty() ? "" : ", ") + one.at.substr(2);
    if (!one.is_gone()) list += " " + one.to;
  }
  std::string text = "settings " + set;
  if (!gone.empty()) text += (set.empty() ? "" : ", ") + ("without " + gone);
  return text;
}

std::vector<std::string> what_it_takes(const play::Scenario& scenario, const play::Small& small) {
  std::vector<std::string> lines;
  for (const faults::Strike& strike : small.options.plan.strikes) lines.push_back(readable(strike));
  for (const faults::Window& window : small.options.plan.windows) lines.push_back(readable(window));
  for (const play::Actor& actor : play::actors_of(scenario, small.options)) {
    const auto& row = *static_cast<const play::WorkloadRow*>(scenario.workloads[actor.workload].row);
    std::string parts;
    for (const play::Omission& one : small.options.omitted) {
      if (one.actor != actor) continue;
      parts += parts.empty() ? ", without " : ", ";
      parts += row.omissions[one.part].name;
    }
    for (char& c : parts) c = c == '_' ? ' ' : c;
    lines.push_back(play::actor_name(scenario, actor) + parts);
  }
  if (!small.options.adjusted.empty()) lines.push_back(settings_text(small.options.adjusted));
  return lines;
}

}  // namespace

std::filesystem::path small_beside(const std::filesystem::path& repro) {
  if (is_small(repro)) return repro;
  std::string name = repro.string();
  if (name.ends_with(kReproEnding)) name.resize(name.size() - kReproEnding.size());
  return name + std::string(kSmallEnding);
}

MadeSmall make_small(const Production& production, const play::PlayOptions& failing,
                     const play::Played& first, const std::string& invariant, const SmallOrder& order) {
  play::Stage& stage = *production.stage;
  MadeSmall made;
  made.aim = play::aim_at(invariant, first.trial);
  Keeper keeper(production, invariant, order.file);
  const play::Small* best = nullptr;
  faults::Budget budget;
  budget.max_tries = order.most_tries;
  budget.expired = [&] {
    if (order.tell && best != nullptr) order.tell(*best, budget.tries);
    return (order.interrupted && order.interrupted()) || wall_now_ns() >= order.until_ns;
  };
  const auto on_better = [&](const play::Small& small) {
    best = &small;
    keeper.offer(small);
  };
  made.small = play::shrink({stage, made.aim, budget, on_better, order.times}, failing, first);
  keeper.keep(made.small);
  made.trouble = keeper.trouble();

  reports::SmallFailure& row = made.row;
  row.invariant = invariant;
  row.cause = faults::cause_of(made.small.options.plan);
  row.seed = failing.seed;
  if (!made.trouble) row.repro = order.file.string();
  row.before = sizes(play::size_of(stage.scenario(), failing, first));
  row.after = sizes(play::size_of(stage.scenario(), made.small.options, made.small.played));
  row.tries = made.small.tries;
  row.finished = made.small.finished;
  row.takes = what_it_takes(stage.scenario(), made.small);
  return made;
}

reports::ButForTable but_for_table(play::Stage& stage, const play::PlayOptions& small, const play::Aim& aim,
                                   std::int64_t until_ns, const std::function<bool()>& interrupted) {
  constexpr std::array<const char*, 4> kKinds{"strike", "window", "actor", "message"};
  faults::Budget budget;
  budget.max_tries = UINT64_MAX;
  budget.expired = [&] { return (interrupted && interrupted()) || wall_now_ns() >= until_ns; };
  const play::ButForResult result = play::but_for(stage, small, aim, budget);
  reports::ButForTable table;
  for (const play::ButFor& row : result.rows)
    table.rows.push_back({kKinds[static_cast<std::size_t>(row.kind)], row.what, row.still_breaks});
  table.untried = result.untried;
  return table;
}

}  // namespace ordeal::cli
