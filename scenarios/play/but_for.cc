#include "scenarios/play/but_for.h"

#include <algorithm>
#include <utility>

namespace ordeal::play {
namespace {

struct Candidate {
  ButFor row;
  PlayOptions options;
};

// Every message of the trial up to its finding, with the plan that loses it.
std::vector<Candidate> without_messages(Stage& stage, const PlayOptions& small) {
  PlayOptions listing = small;
  listing.list_sites = true;
  const Played played = stage.play(listing);
  const std::int64_t last = played.trial.findings.empty() ? INT64_MAX : played.trial.findings.front().at_ns;
  std::vector<Candidate> out;
  for (const faults::SiteAsked& site : played.sites) {
    if (site.question != faults::Question::sending || site.at_ns > last) continue;
    const auto struck = [&](const faults::Strike& strike) {
      return strike.site == site.site && strike.occurrence == site.occurrence;
    };
    const auto& strikes = small.plan.strikes;
    if (std::any_of(strikes.begin(), strikes.end(), struck)) continue;  // a row of its own
    PlayOptions options = small;
    options.plan.strikes.push_back({site.site, site.occurrence, faults::act::Drop{}});
    std::string what = site.site;
    if (site.occurrence > 0) what += ", time " + std::to_string(site.occurrence + 1);
    out.push_back({{ButFor::Kind::message, std::move(what), false}, std::move(options)});
  }
  return out;
}

std::vector<Candidate> candidates(Stage& stage, const PlayOptions& small) {
  std::vector<Candidate> out;
  for (std::size_t i = 0; i < small.plan.strikes.size(); ++i) {
    PlayOptions options = small;
    options.plan.strikes.erase(options.plan.strikes.begin() + static_cast<std::ptrdiff_t>(i));
    out.push_back({{ButFor::Kind::strike, readable(small.plan.strikes[i]), false}, std::move(options)});
  }
  for (std::size_t i = 0; i < small.plan.windows.size(); ++i) {
    PlayOptions options = small;
    options.plan.windows.erase(options.plan.windows.begin() + static_cast<std::ptrdiff_t>(i));
    out.push_back({{ButFor::Kind::window, readable(small.plan.windows[i]), false}, std::move(options)});
  }
  const std::vector<Actor> actors = actors_of(stage.scenario(), small);
  for (const Actor& actor : actors) {
    PlayOptions options = small;
    options.only = actors;
    std::erase(*options.only, actor);
    out.push_back({{ButFor::Kind::actor, actor_name(stage.scenario(), actor), false}, std::move(options)});
  }
  for (Candidate& message : without_messages(stage, small)) out.push_back(std::move(message));
  return out;
}

}  // namespace

ButForResult but_for(Stage& stage, const PlayOptions& small, const Aim& aim, faults::Budget& budget) {
  ButForResult result;
  for (Candidate& candidate : candidates(stage, small)) {
    if (!budget.take()) {
      ++result.untried;
      continue;
    }
    candidate.row.still_breaks = aim.hit_by(stage.play(candidate.options).trial);
    result.rows.push_back(std::move(candidate.row));
  }
  return result;
}

}  // namespace ordeal::play
