#include "scenarios/cli/learn/worlds.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenarios/cli/hunt/workers.h"
#include "scenarios/cli/learn/cage.h"
#include "scenarios/cli/learn/plug_in.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

using Json = nlohmann::ordered_json;

// A trial of a lesson takes milliseconds.
constexpr std::int64_t kPatienceNs = 10'000'000'000;
constexpr int kPollMs = 100;

// Of one worker: the flows that it plays, made when it plays for the first time.
class Cast {
 public:
  Cast(const Repertoire& repertoire, const AtTheSeam& who, const CageNote& note)
      : repertoire_(repertoire), who_(who), note_(note) {}

  const play::Flows& flows() {
    if (who_.library.empty()) return repertoire_.flows;
    if (!plug_in_) {
      enter_cage(note_);
      plug_in_ = std::make_unique<PlugIn>(repertoire_.flows, who_.flaw, who_.library);
    }
    return plug_in_->flows();
  }
  play::Stage& stage(const std::string& scenario) {
    if (!production_.stage) {
      const Repertoire own{flows(), repertoire_.shelves, repertoire_.corpus, repertoire_.lessons};
      CastFlags cast;
      cast.scenario = scenario;
      if (!who_.flaw.empty()) cast.flaws = {who_.flaw};
      cast.order = "mixed";
      production_ = produce(own, cast);
    }
    return *production_.stage;
  }
  const play::PlayOptions& options() const { return production_.options; }

 private:
  const Repertoire& repertoire_;
  const AtTheSeam& who_;
  const CageNote& note_;
  std::unique_ptr<PlugIn> plug_in_;
  Production production_;
};

// One line for one trial; what a plug-in throws where no trial catches it is told the same way.
std::string guarded(const std::function<Json()>& play) {
  try {
    return play().dump(-1, ' ', false, Json::error_handler_t::replace);
  } catch (const std::exception& error) {
    return Json{{"threw", error.what()}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

std::string mishap_of(const Workers& workers, const CageNote& note, bool patience_lost) {
  if (patience_lost)
    return "it did not come to an end within 10 s: is there a loop that never ends, or a lock that is held "
           "over a call of the database?";
  if (const std::string call = note.forbidden(); !call.empty())
    return "it asked the system for \"" + call +
           "\", which no design of a trade core needs: the simulation has "
           "clocks, disks and networks of its own";
  if (!workers.crash()) return "";
  return "the process " + workers.crash()->how;
}

// Waits for every line; false when nothing came for too long, or `on_line` wants no more.
bool wait_for(Workers& workers, const std::function<bool(const std::string&)>& on_line) {
  std::int64_t heard_ns = wall_now_ns();
  while (workers.running()) {
    bool go_on = true;
    workers.wait(kPollMs, [&](const std::string& line) {
      heard_ns = wall_now_ns();
      go_on = on_line(line) && go_on;
    });
    if (!go_on) {
      workers.kill();
      while (workers.running()) workers.wait(kPollMs, [](const std::string&) {});
      return true;
    }
    if (wall_now_ns() - heard_ns < kPatienceNs) continue;
    workers.kill();
    while (workers.running()) workers.wait(kPollMs, [](const std::string&) {});
    return false;
  }
  return true;
}

Json told_json(const DayTold& told) {
  return {{"verdict", static_cast<int>(told.verdict)},
          {"invariant", told.invariant},
          {"breaks", told.breaks},
          {"story", told.story},
          {"broken", told.broken}};
}

DayTold told_from(const Json& json) {
  return {static_cast<sim::Verdict>(json.at("verdict").get<int>()), json.at("invariant"), json.at("breaks"),
          json.at("story"), json.at("broken")};
}

Json seed_json(Cast& cast, const std::string& scenario, std::uint64_t seed) {
  play::Stage& stage = cast.stage(scenario);
  play::PlayOptions options = cast.options();
  options.seed = seed;
  const play::Played played = stage.play(options);
  const sim::TrialResult& trial = played.trial;
  if (trial.broken) return {{"seed", seed}, {"threw", *trial.broken}};
  if (trial.verdict == sim::Verdict::pass) return {{"seed", seed}};
  const bool found = !trial.findings.empty();
  return {{"seed", seed},
          {"invariant", found ? trial.findings.front().invariant : std::string(sim::name_of(trial.verdict))},
          {"message", found ? trial.findings.front().message : ""}};
}

void add(Tally& tally, const Json& line) {
  ++tally.played;
  if (line.contains("threw")) {
    if (tally.mishap.empty()) tally.mishap = "it threw: " + line.at("threw").get<std::string>();
    return;
  }
  if (!line.contains("invariant")) return;
  ++tally.broken;
  const std::string invariant = line.at("invariant");
  ++tally.by_invariant[invariant];
  const std::uint64_t seed = line.at("seed");
  if (tally.first_broken && *tally.first_broken < seed) return;
  tally.first_broken = seed;
  tally.first_breach = invariant + ": " + line.at("message").get<std::string>();
}

// A day that a worker of its own plays and tells.
DayOutcome told_by_worker(const Repertoire& repertoire, const AtTheSeam& who,
                          const std::function<DayTold(Cast&)>& play) {
  DayOutcome outcome;
  const CageNote note;
  Cast cast(repertoire, who, note);
  Workers workers({1, 1}, 1, [&](std::uint64_t) { return guarded([&] { return told_json(play(cast)); }); });
  const bool came = wait_for(workers, [&](const std::string& text) {
    const Json line = Json::parse(text);
    if (line.contains("threw")) {
      outcome.mishap = "it threw: " + line.at("threw").get<std::string>();
    } else {
      outcome.told = told_from(line);
    }
    return true;
  });
  if (outcome.mishap.empty()) outcome.mishap = mishap_of(workers, note, !came);
  if (outcome.mishap.empty() && !outcome.told.broken.empty())
    outcome.mishap = "it threw: " + outcome.told.broken;
  return outcome;
}

}  // namespace

DayOutcome play_day(const Repertoire& repertoire, const AtTheSeam& who, const std::filesystem::path& repro,
                    const reports::Page& page, bool calm) {
  return told_by_worker(repertoire, who, [&](Cast& cast) {
    BadDay day(cast.flows(), repro);
    return day.play(calm ? std::vector<faults::Strike>{} : day.strikes(), page);
  });
}

DayOutcome play_seed(const Repertoire& repertoire, const AtTheSeam& who, const std::string& scenario,
                     std::uint64_t seed, const reports::Page& page) {
  return told_by_worker(repertoire, who, [&](Cast& cast) {
    play::Stage& stage = cast.stage(scenario);
    play::PlayOptions options = cast.options();
    options.seed = seed;
    options.trace = sim::Trace::Mode::full;
    const play::Played played = stage.play(options);
    DayTold told;
    told.verdict = played.trial.verdict;
    told.broken = played.trial.broken.value_or("");
    if (!played.trial.findings.empty()) told.invariant = played.trial.findings.front().invariant;
    told.story = reports::short_story({played.trial, played.plan, played.fired}, told.invariant, page);
    return told;
  });
}

Tally play_seeds(const Repertoire& repertoire, const AtTheSeam& who, const SeedsOrder& order) {
  Tally tally;
  const std::int64_t began_ns = wall_now_ns();
  const CageNote note;
  Cast cast(repertoire, who, note);
  Workers workers(order.seeds, order.jobs, [&](std::uint64_t seed) {
    return guarded([&] { return seed_json(cast, order.scenario, seed); });
  });
  const bool came = wait_for(workers, [&](const std::string& text) {
    add(tally, Json::parse(text));
    return tally.mishap.empty() && (!order.on_way || order.on_way(tally.played));
  });
  if (tally.mishap.empty()) tally.mishap = mishap_of(workers, note, !came);
  tally.wall_ns = wall_now_ns() - began_ns;
  return tally;
}

}  // namespace ordeal::cli
