#include "scenarios/cli/explore/explore_worlds.h"

#include <algorithm>
#include <cctype>

#include <tsl/robin_set.h>

#include "core/base/digest.h"
#include "faults/suggest.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/knobs.h"
#include "scenarios/play/loader.h"

namespace ordeal::cli {
namespace {

constexpr std::uint64_t kSeedsLookedAt = 64;

using Places = tsl::robin_set<std::uint64_t>;

Places places_of(Production& production, std::uint64_t actors, std::uint64_t seed) {
  play::PlayOptions options = production.options;
  options.seed = seed;
  options.only = first_actors(production.stage->scenario(), actors);
  options.plan = {};
  options.list_sites = true;
  Places places;
  for (const faults::SiteAsked& site : production.stage->play(options).sites)
    places.insert(PlacesStruck::place_of(site));
  return places;
}

std::size_t not_in(const Places& some, const Places& known) {
  return static_cast<std::size_t>(
      std::count_if(some.begin(), some.end(), [&](std::uint64_t place) { return !known.contains(place); }));
}

std::uint64_t key_of(const faults::SiteAsked& site, const faults::Action& action, std::string_view mode) {
  Digest digest(PlacesStruck::place_of(site));
  digest.add(faults::info(action).name);
  if (site.question == faults::Question::disk) digest.add(mode);
  return digest.value();
}

}  // namespace

faults::Plan ExploredWorld::plan() const {
  faults::Plan plan;
  if (!as_written) plan.knobs.emplace(play::kJournalModeKnob, journal_mode);
  return plan;
}

std::string own_journal_mode(const play::Scenario& scenario) {
  return std::string(play::journal_mode_names()[static_cast<std::size_t>(scenario.database.journal_mode)]);
}

std::vector<std::string> parse_journal_modes(const play::Scenario& scenario, std::string_view flag,
                                             std::string_view text) {
  const auto names = play::journal_mode_names();
  const std::string own = own_journal_mode(scenario);
  if (text == "own") return {own};
  if (text != "all") {
    if (std::find(names.begin(), names.end(), text) != names.end()) return {std::string(text)};
    std::vector<std::string_view> known(names.begin(), names.end());
    known.insert(known.begin(), {"all", "own"});
    std::string message = std::string(flag) + " needs ";
    for (std::size_t i = 0; i < known.size(); ++i)
      message += (i == 0 ? "" : i + 1 == known.size() ? " or " : ", ") + std::string(known[i]);
    message += ", found " + std::string(text);
    if (const auto meant = faults::nearest(text, known)) message += "\n  did you mean  " + *meant;
    throw play::BadInput(play::ExitCode::usage, message);
  }
  std::vector<std::string> modes{own};
  for (const std::string_view name : names)
    if (name != own) modes.emplace_back(name);
  return modes;
}

std::optional<std::vector<play::Actor>> first_actors(const play::Scenario& scenario, std::uint64_t count) {
  std::vector<play::Actor> all = play::all_actors(scenario);
  if (count >= all.size()) return std::nullopt;
  all.resize(count);
  return all;
}

std::vector<std::uint64_t> seeds_that_differ(Production& production, std::uint64_t actors, std::size_t most) {
  std::vector<Places> of_seed;
  for (std::uint64_t seed = 1; seed <= kSeedsLookedAt; ++seed)
    of_seed.push_back(places_of(production, actors, seed));
  Places known = of_seed.front();
  std::vector<std::uint64_t> seeds{1};
  while (seeds.size() < most) {
    const auto best = std::max_element(of_seed.begin(), of_seed.end(), [&](const Places& a, const Places& b) {
      return not_in(a, known) < not_in(b, known);
    });
    if (not_in(*best, known) == 0) break;
    known.insert(best->begin(), best->end());
    seeds.push_back(1 + static_cast<std::uint64_t>(best - of_seed.begin()));
  }
  return seeds;
}

std::vector<ExploredWorld> worlds_of(const std::vector<std::uint64_t>& seeds,
                                     const std::vector<std::string>& modes, std::string_view own,
                                     std::uint64_t actors) {
  std::vector<ExploredWorld> worlds;
  for (const std::string& mode : modes)
    for (const std::uint64_t seed : seeds) worlds.push_back({seed, mode, mode == own, actors});
  return worlds;
}

std::uint64_t PlacesStruck::place_of(const faults::SiteAsked& site) {
  Digest digest(static_cast<std::uint64_t>(site.question));
  std::string words = site.site;
  std::erase_if(words, [](unsigned char c) { return std::isdigit(c) != 0; });
  digest.add(std::string_view(words));
  return digest.value();
}

std::uint32_t PlacesStruck::add(const faults::SiteAsked& site, const faults::Action& action,
                                std::string_view mode) {
  return times_[key_of(site, action, mode)]++;
}

}  // namespace ordeal::cli
