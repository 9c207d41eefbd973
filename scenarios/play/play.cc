#include "scenarios/play/play.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "faults/inject/plan_hooks.h"
#include "faults/search/slight.h"
#include "faults/search/swarm.h"
#include "scenarios/play/devices.h"
#include "scenarios/play/machine_rows.h"
#include "scenarios/play/menu.h"
#include "scenarios/play/world.h"
#include "sim/disk/vfs.h"

namespace ordeal::play {

struct Stage::Impl {
  Impl(const Flows& f, Scenario s, Cast c)
      : flows(f),
        scenario(std::move(s)),
        cast(std::move(c)),
        designer(flows, scenario.designs, cast.designs, cast.flaws),
        deployment(flows, scenario, designer),
        menu(menu_of(flows, scenario, designer)),
        everybody(all_actors(scenario)) {}

  // A scenario that is adjusted has its own database images.
  struct Variant {
    Variant(const Impl& of, Scenario s, std::vector<Adjustment> a)
        : adjusted(std::move(a)), scenario(std::move(s)), deployment(of.flows, scenario, of.designer) {}

    std::vector<Adjustment> adjusted;
    Scenario scenario;
    Deployment deployment;
  };
  Variant& variant(const std::vector<Adjustment>& adjusted);

  const Flows& flows;
  Scenario scenario;
  Cast cast;
  Designer designer;
  Deployment deployment;
  faults::Menu menu;
  std::vector<Actor> everybody;
  sim::FiberPool fibers;
  std::vector<std::unique_ptr<Variant>> variants;  // the one that was played last is first
};

// A shrinker plays the best so far and a candidate in turn.
Stage::Impl::Variant& Stage::Impl::variant(const std::vector<Adjustment>& adjusted) {
  constexpr std::size_t kKept = 4;
  auto found = std::find_if(variants.begin(), variants.end(),
                            [&](const auto& one) { return one->adjusted == adjusted; });
  if (found == variants.end()) {
    auto smaller = try_adjusted(flows, scenario, adjusted);
    ORDEAL_CHECK(smaller.has_value(), "options with adjustments that the scenario does not take");
    if (variants.size() == kKept) variants.pop_back();
    variants.push_back(std::make_unique<Variant>(*this, *std::move(smaller), adjusted));
    found = variants.end() - 1;
  }
  std::rotate(variants.begin(), found, found + 1);
  return *variants.front();
}

namespace {

// The choice has the names of sim::Routing, in its order.
sim::Routing route_of(const Designer& designer) {
  const auto names = route_choice().designs();
  const auto at = std::find(names.begin(), names.end(), designer.design_of(route_choice())) - names.begin();
  return static_cast<sim::Routing>(at);
}

faults::Plan plan_for(const PlayOptions& options, const faults::Menu& menu, Duration storm) {
  faults::Plan plan;
  if (options.faults == FaultMode::swarm) plan = faults::portfolio(sim::Choices(options.seed), menu);
  if (options.faults == FaultMode::slight)
    plan = faults::everything_slightly(sim::Choices(options.seed), menu);
  if (options.faults == FaultMode::plan) plan = options.plan;
  plan.heal_at = storm;
  return plan;
}

}  // namespace

Stage::Stage(const Flows& flows, Scenario scenario, Cast cast) {
  sim::prepare_sqlite();
  impl_ = std::make_unique<Impl>(flows, std::move(scenario), std::move(cast));
  for (const auto& [seam, design] : impl_->designer.designs()) {
    const std::string missing = missing_device(flows, impl_->scenario, seam, design);
    if (!missing.empty())
      throw BadInput(ExitCode::data, "scenario " + impl_->scenario.name + " lacks " + missing);
  }
}
Stage::~Stage() = default;

const Flows& Stage::flows() const { return impl_->flows; }
const Scenario& Stage::scenario() const { return impl_->scenario; }
const Cast& Stage::cast() const { return impl_->cast; }
const faults::Menu& Stage::menu() const { return impl_->menu; }

Played Stage::play(const PlayOptions& options) { return play(options, nullptr); }
Played Stage::play(const PlayOptions& options, std::vector<Measured>& measured) {
  return play(options, &measured);
}

Played Stage::play(const PlayOptions& options, std::vector<Measured>* measured) {
  Impl::Variant* variant = options.adjusted.empty() ? nullptr : &impl_->variant(options.adjusted);
  const Scenario& scenario = variant == nullptr ? impl_->scenario : variant->scenario;
  Played played;
  played.plan = plan_for(options, impl_->menu, scenario.storm);
  std::optional<faults::PlanHooks> hooks;
  if (options.faults != FaultMode::none) hooks.emplace(played.plan);
  const Knobs knobs(played.plan.knobs);
  sim::Hooks* asked = hooks ? &*hooks : nullptr;
  faults::SiteList sites(asked);
  if (options.list_sites) asked = &sites;
  World world({impl_->flows, scenario, impl_->designer,
               variant == nullptr ? impl_->deployment : variant->deployment, knobs,
               options.only ? *options.only : impl_->everybody, options.omitted, hooks ? &*hooks : nullptr,
               options.list_sites ? &sites : nullptr});
  if (measured != nullptr) world.measure_into(*measured);

  played.ordering = options.ordering ? *options.ordering : sim::drawn_ordering(options.seed);
  sim::Options engine;
  engine.seed = options.seed;
  engine.ordering = played.ordering;
  engine.start = scenario.start;
  engine.trace = options.trace;
  engine.through_json = knobs.ratio("network.through_json", engine.through_json);
  for (const Flow* flow : impl_->flows.all())
    engine.open_paths.insert(engine.open_paths.end(), flow->open_paths.begin(), flow->open_paths.end());
  engine.route = route_of(impl_->designer);
  sim::Trial trial;
  trial.build = [&](sim::Simulation& sim) { world.build(sim); };
  trial.storm = scenario.storm;
  trial.heal = [&](sim::Simulation&) { world.heal(); };
  trial.settle_bound = scenario.settle_bound;
  trial.audit = [&](sim::Simulation&, bool settled) { world.audit(settled); };
  played.trial = sim::run_trial(impl_->fibers, engine, asked, trial);
  played.sites = sites.take();
  played.at_rest = world.at_rest();
  played.counts = world.counts();
  played.moves = world.moves();
  played.set_about = world.set_about();
  played.fired = world.take_fired();
  if (hooks) {
    played.reach.add(hooks->reach());
    played.unmatched = hooks->unmatched();
  }
  return played;
}

}  // namespace ordeal::play
