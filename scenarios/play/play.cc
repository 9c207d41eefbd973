#include "scenarios/play/play.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/api/facts.h"
#include "faults/inject/plan_hooks.h"
#include "faults/search/slight.h"
#include "faults/search/swarm.h"
#include "scenarios/flows/purchase/laws/monitor.h"
#include "scenarios/flows/purchase/parties/channel.h"
#include "scenarios/flows/purchase/parties/facts.h"
#include "scenarios/flows/purchase/parties/merchant.h"
#include "scenarios/flows/purchase/parties/shopper.h"
#include "scenarios/play/deployment.h"
#include "scenarios/play/disk_duty.h"
#include "scenarios/play/knobs.h"
#include "scenarios/play/state_hash.h"
#include "scenarios/play/tables.h"
#include "sim/disk/audit_connection.h"
#include "sim/disk/vfs.h"

namespace ordeal::scenarios {
namespace {

using namespace ordeal::literals;

constexpr std::string_view kShoppersHost = "shoppers";
constexpr std::string_view kMerchantHost = "merchant";

// How wrong a clock may be set, and how long a host may be away: within what the settle bound of a day and
// the patience of the services allow to judge.
constexpr Duration kClockErrorMax = 10_min;
constexpr Duration kDowntimeMax = 10_min;
constexpr Duration kDelayMax = 30_s;

// Counts what happened, for people and for `counts` in reports.
class Tally {
 public:
  void on_fact(const sim::Fact& fact) {
    namespace core_facts = api::facts;
    const env::Message& body = fact.body;
    if (body.get_if<core_facts::OrderPlaced>() != nullptr) return add("orders_placed");
    if (const auto* moved = body.get_if<core_facts::OrderMoved>()) {
      if (moved->to == api::OrderState::paid) add("orders_paid");
      if (moved->to == api::OrderState::closed) add("orders_closed");
      if (moved->to == api::OrderState::rejected) add("orders_rejected");
      return;
    }
    if (body.get_if<core_facts::PaymentCaptured>() != nullptr) return add("captures");
    if (body.get_if<core_facts::RefundSucceeded>() != nullptr) return add("refunds");
    if (body.get_if<core_facts::StatementAccepted>() != nullptr) return add("statements");
    if (body.get_if<core_facts::EntryPosted>() != nullptr) return add("ledger_entries");
    if (body.get_if<core_facts::MerchantNotified>() != nullptr) return add("merchant_notices");
    if (body.get_if<facts::ChannelDebited>() != nullptr) return add("channel_debits");
    if (body.get_if<facts::ChannelRefunded>() != nullptr) return add("channel_refunds");
    if (body.get_if<facts::CallbackSent>() != nullptr) return add("callbacks_sent");
  }
  std::map<std::string, std::int64_t> take() { return std::move(counts_); }

 private:
  void add(const char* name) { ++counts_[name]; }
  std::map<std::string, std::int64_t> counts_{
      {"orders_placed", 0},  {"orders_paid", 0},     {"orders_closed", 0},  {"orders_rejected", 0},
      {"captures", 0},       {"refunds", 0},         {"ledger_entries", 0}, {"merchant_notices", 0},
      {"channel_debits", 0}, {"channel_refunds", 0}, {"callbacks_sent", 0}, {"statements", 0}};
};

faults::ForkOnMenu on_menu(std::string_view fork, std::span<const std::string_view> ways) {
  faults::ForkOnMenu item{std::string(fork), {}};
  for (const std::string_view way : ways.subspan(1)) item.ways.emplace_back(way);
  return item;
}

// The ends of the days of China, as times of the trial.
std::vector<Duration> midnights(Instant start, Duration storm) {
  constexpr Duration kZone = 8_h;
  constexpr Duration kDay = 24_h;
  std::vector<Duration> out;
  const Duration into_day{(start.ns + kZone.ns) % kDay.ns};
  for (Duration at = kDay - into_day; at < storm; at = at + kDay) out.push_back(at);
  return out;
}

faults::Menu menu_of(const Scenario& scenario, const Designer& designer) {
  faults::Menu menu;
  std::vector<std::string> hosts = scenario.faults.hosts;
  if (hosts.empty()) {
    for (const HostSpec& host : scenario.hosts) hosts.push_back(host.name);
  }
  menu.crash_hosts = menu.freeze_hosts = menu.clock_hosts = menu.disk_hosts = hosts;
  menu.linked_hosts = hosts;
  // Whoever keeps no books of ours may stay away for good: money and stock must come to rest without them.
  menu.may_stay_down = {std::string(kMerchantHost), scenario.channel};
  std::map<std::string, std::vector<std::string>> groups;  // by service
  for (const std::string& outside :
       {std::string(kShoppersHost), std::string(kMerchantHost), scenario.channel}) {
    menu.linked_hosts.push_back(outside);
  }
  for (const HostSpec& spec : scenario.hosts) {
    if (std::find(hosts.begin(), hosts.end(), spec.name) == hosts.end()) continue;
    if (spec.services == std::vector<std::string>{"gateway"}) menu.may_stay_down.push_back(spec.name);
    for (const std::string& service : spec.services) groups[service].push_back(spec.name);
  }
  for (const auto& [service, group] : groups) menu.groups.push_back(group);
  // Whoever cuts a day by his own clock may have it wrong.
  for (const std::string& party : {scenario.channel, std::string(kMerchantHost)})
    menu.clock_hosts.push_back(party);
  menu.midnights = midnights(scenario.start, scenario.storm);
  for (const KnobRow& knob : knobs()) {
    menu.knobs.push_back({std::string(knob.name), {knob.values.begin(), knob.values.end()}});
  }
  menu.forks = {on_menu(kCallbackFork, kCallbackWays), on_menu(kCallbackStartFork, kCallbackStartWays),
                on_menu(kAnswerFork, kAnswerWays),     on_menu(kMerchantFork, kMerchantWays),
                on_menu(kArrivalFork, kArrivalWays),   on_menu(kPatienceFork, kPatienceWays)};
  if (designer.reads_statements()) menu.forks.push_back(on_menu(kStatementFork, kStatementWays));
  for (const PointRow& point : points()) {
    menu.forks.push_back({std::string(point.name), {std::string(sim::Process::kPointWays[1])}, true});
  }
  for (const std::string& kind : scenario.faults.kinds) menu.allowed.push_back(*faults::kind_named(kind));
  menu.storm = scenario.storm;
  menu.busy_until = scenario.workload.arrive_until + 25_min;
  menu.max_windows = static_cast<std::size_t>(scenario.faults.windows_max);
  menu.max_delay = kDelayMax;
  menu.max_downtime = kDowntimeMax;
  menu.max_clock_error = kClockErrorMax;
  return menu;
}

}  // namespace

struct Stage::Impl {
  Impl(Scenario s, Cast c)
      : scenario(std::move(s)),
        cast(std::move(c)),
        designer(scenario.designs, cast.designs, cast.flaws),
        deployment(scenario, designer),
        menu(menu_of(scenario, designer)) {}

  Scenario scenario;
  Cast cast;
  Designer designer;
  Deployment deployment;
  faults::Menu menu;
  sim::FiberPool fibers;
};

namespace {

// One world: what a single trial adds to the stage.
class World {
 public:
  World(const Scenario& scenario, Deployment& deployment, const PlayOptions& options, const Knobs& knobs,
        faults::PlanHooks* hooks, faults::SiteList* sites)
      : scenario_(scenario),
        deployment_(deployment),
        options_(options),
        knobs_(knobs),
        hooks_(hooks),
        sites_(sites),
        watch_(make_watch(scenario)) {}

  void build(sim::Simulation& sim) {
    sim.on_fact([this](const sim::Fact& fact) {
      tally_.on_fact(fact);
      for (const auto& monitor : watch_.monitors) monitor->on_fact(fact, findings_);
    });
    deployment_.install(sim, knobs_);
    if (hooks_ != nullptr) {
      for (const auto& knob : hooks_->plan().knobs)
        sim.trace().say(0, 0, [&] { return "knob " + knob.first + ": " + knob.second; });
    }
    open_purses();
    install_parties(sim);
    if (hooks_ != nullptr) hooks_->attach(sim);
    if (sites_ != nullptr) sites_->attach(sim);
    deployment_.boot(sim);
    for (const std::string_view party : {std::string_view(scenario_.channel), kMerchantHost, kShoppersHost}) {
      sim.find_host(party)->boot();
    }
  }

  void heal(sim::Simulation& sim) {
    healed_ns_ = sim.now_ns();
    if (sites_ != nullptr) sites_->detach();
    if (hooks_ != nullptr) hooks_->heal(sim);
  }

  void audit(sim::Simulation& sim, bool settled) {
    std::map<std::string, std::unique_ptr<sim::AuditConnection>, std::less<>> open;
    for (const std::string& service : Deployment::services()) {
      sim::Disk* disk = deployment_.disk_of(service);
      if (disk == nullptr) continue;
      gather(disk->damage());
      const std::string file = Deployment::database_of(service);
      try {
        sim::settle_flights(*disk, file, deployment_.journal_mode());
        auto audit = std::make_unique<sim::AuditConnection>(*disk, file, deployment_.journal_mode());
        // Where damage was done every page is read, not only those with rows for the audits.
        if (!disk->damage().done.empty()) look_through(file, *audit);
        open[service] = std::move(audit);
      } catch (const env::DatabaseError& error) {
        if (error.code() == env::DatabaseErrorCode::corrupt) {
          note_damage({file, 0, std::string(error.what()).substr(file.size() + 2)});  // "order.db: …"
          continue;
        }
        findings_.add({"database " + service,
                       sim::FindingKind::safety,
                       sim.now_ns(),
                       "the database of " + service + " cannot be opened: " + error.what(),
                       {}});
      }
    }
    const auto connection = [&](std::string_view service) -> env::Connection* {
      const auto found = open.find(service);
      return found == open.end() ? nullptr : found->second.get();
    };
    const AtRest world{connection("order"),
                       connection("inventory"),
                       connection("payment"),
                       connection("ledger"),
                       connection("notification"),
                       &books_,
                       &scenario_,
                       sim.now_ns(),
                       healed_ns_,
                       settled,
                       is_gone(scenario_.channel),
                       deployment_.reads_statements()};
    for (const auto& audit : watch_.audits) audit->check(world, findings_);
    if (hooks_ != nullptr) fired_ = hooks_->fired();
    for (const auto& [service, connection_open] : open) gather(connection_open->damage());
    std::vector<sim::Finding> findings = findings_.take();
    apply_duties(findings, found_, fired_, {deployment_.journal_mode(), sim::Synchronous::durable},
                 sim.now_ns());
    for (sim::Finding& finding : findings) sim.report(std::move(finding));
    if (sites_ == nullptr) return;
    Digest digest;
    for (const auto& [service, database] : open) add_rows(digest.add(service), *database);
    add_books(digest, books_);
    at_rest_ = digest.value();
  }

  std::uint64_t at_rest() const { return at_rest_; }
  std::map<std::string, std::int64_t> counts() { return tally_.take(); }
  std::vector<faults::FiredStrike> fired() { return std::move(fired_); }

 private:
  bool is_gone(const std::string& host) const {
    if (hooks_ == nullptr) return false;
    const std::vector<std::string>& gone = hooks_->plan().never_returning;
    return std::find(gone.begin(), gone.end(), host) != gone.end();
  }

  void look_through(const std::string& file, sim::AuditConnection& audit) {
    const std::string integrity = audit.integrity();
    if (integrity != "ok" && audit.damage().found.empty()) note_damage({file, 0, integrity});
  }

  void gather(const sim::DamageLog& damage) {
    for (const sim::DamageFound& found : damage.found) note_damage(found);
  }
  // Each once, however often and by whomever it was noticed.
  void note_damage(const sim::DamageFound& found) {
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const sim::DamageFound& one) {
      return one.file == found.file && one.what == found.what;
    });
    if (!known) found_.push_back(found);
  }

  void open_purses() {
    for (const std::uint32_t number : shoppers()) {
      const std::string name = "shopper-" + std::to_string(number);
      books_.purses[name] = scenario_.workload.purse_minor;
      books_.purses_before += scenario_.workload.purse_minor;
      books_.accounts[UserId{static_cast<std::int64_t>(number) + 1}.text()] = name;
    }
  }

  std::vector<std::uint32_t> shoppers() const {
    if (options_.only_shoppers) return *options_.only_shoppers;
    std::vector<std::uint32_t> all(scenario_.workload.shoppers);
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return all;
  }

  void install_parties(sim::Simulation& sim) {
    sim.add_host(scenario_.channel).install([this](sim::Process& process) {
      process.make<ChannelParty>(process, deployment_.account(), books_).start();
    });
    sim.add_host(std::string(kMerchantHost)).install([this](sim::Process& process) {
      process.make<MerchantParty>(process, scenario_.merchant, books_).start();
    });
    sim.add_host(std::string(kShoppersHost)).install([this](sim::Process& process) {
      env::Tasks& tasks = process.env().tasks;
      for (const std::uint32_t number : shoppers()) {
        auto& shopper = process.make<ShopperParty>(process, scenario_, number, options_.omitted);
        env::TraceScope scope(tasks, tasks.root(shopper.root()));
        tasks.spawn("visit", [&shopper] { shopper.visit(); });
      }
    });
  }

  const Scenario& scenario_;
  Deployment& deployment_;
  const PlayOptions& options_;
  const Knobs& knobs_;
  faults::PlanHooks* hooks_;
  faults::SiteList* sites_;
  Books books_;
  Findings findings_;
  Tally tally_;
  Watch watch_;
  std::int64_t healed_ns_ = 0;
  std::vector<faults::FiredStrike> fired_;
  std::uint64_t at_rest_ = 0;
  std::vector<sim::DamageFound> found_;
};

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

Stage::Stage(Scenario scenario, Cast cast) {
  sim::prepare_sqlite();
  impl_ = std::make_unique<Impl>(std::move(scenario), std::move(cast));
}
Stage::~Stage() = default;

const Scenario& Stage::scenario() const { return impl_->scenario; }
const Cast& Stage::cast() const { return impl_->cast; }
const faults::Menu& Stage::menu() const { return impl_->menu; }

Played Stage::play(const PlayOptions& options) {
  const Scenario& scenario = impl_->scenario;
  Played played;
  played.plan = plan_for(options, impl_->menu, scenario.storm);
  std::optional<faults::PlanHooks> hooks;
  if (options.faults != FaultMode::none) hooks.emplace(played.plan);
  const Knobs knobs = knobs_of(scenario, played.plan.knobs);
  sim::Hooks* asked = hooks ? &*hooks : nullptr;
  faults::SiteList sites(asked);
  if (options.list_sites) asked = &sites;
  World world(scenario, impl_->deployment, options, knobs, hooks ? &*hooks : nullptr,
              options.list_sites ? &sites : nullptr);

  played.ordering = options.ordering ? *options.ordering : sim::drawn_ordering(options.seed);
  sim::Options engine;
  engine.seed = options.seed;
  engine.ordering = played.ordering;
  engine.start = scenario.start;
  engine.trace = options.trace;
  engine.through_json = knobs.through_json;
  // What crosses the border in both directions is signed.
  engine.open_paths = {"/gateway", "/notify/"};
  sim::Trial trial;
  trial.build = [&](sim::Simulation& sim) { world.build(sim); };
  trial.storm = scenario.storm;
  trial.heal = [&](sim::Simulation& sim) { world.heal(sim); };
  trial.settle_bound = scenario.settle_bound;
  trial.audit = [&](sim::Simulation& sim, bool settled) { world.audit(sim, settled); };
  played.trial = sim::run_trial(impl_->fibers, engine, asked, trial);
  played.sites = sites.take();
  played.at_rest = world.at_rest();
  played.counts = world.counts();
  played.fired = world.fired();
  if (hooks) {
    played.reach.add(hooks->reach());
    played.unmatched = hooks->unmatched();
  }
  return played;
}

}  // namespace ordeal::scenarios
