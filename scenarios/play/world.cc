#include "scenarios/play/world.h"

#include <algorithm>

#include "scenarios/play/disk_duty.h"
#include "scenarios/play/machine_rows.h"
#include "scenarios/play/state_hash.h"
#include "sim/disk/vfs.h"
#include "sim/trial.h"
#include "sim/waiting.h"

namespace ordeal::play {
namespace {

// The part of a sorted list that belongs to one workload.
std::span<const Actor> of_workload(const std::vector<Actor>& actors, std::uint32_t workload) {
  const auto first = std::lower_bound(actors.begin(), actors.end(), Actor{workload, 0});
  const auto last = std::lower_bound(first, actors.end(), Actor{workload + 1, 0});
  return {first, last};
}

bool takes_part(const Flow& flow, const Scenario& scenario) {
  return std::any_of(flow.services.begin(), flow.services.end(),
                     [&](const ServiceRow& row) { return scenario.has_service(row.name); });
}

}  // namespace

World::World(const Setting& setting) : in_(setting), watch_(setting.flows, setting.scenario) {
  for (std::uint32_t i = 0; i < in_.scenario.workloads.size(); ++i)
    crowds_.emplace_back(in_.scenario, i, of_workload(in_.actors, i), in_.omitted);
  for (const Flow* flow : in_.flows.all()) {
    if (!takes_part(*flow, in_.scenario)) continue;
    for (const CountRow& row : flow->counts) counts_.emplace_back(&row, 0);
    for (const MachineRow& machine : flow->machines) {
      for (const EdgeRow& edge : machine.edges)
        if (edge.type != nullptr) edges_.push_back({&machine, &edge});
    }
  }
}

void World::build(sim::Simulation& simulation) {
  sim_ = &simulation;
  if (simulation.trace().full()) install_tellers();
  simulation.on_fact([this](const sim::Fact& fact) {
    count(fact);
    note_moves(fact);
    for (const auto& teller : tellers_) teller->on_fact(fact);
    watch_.on_fact(fact, findings_);
    if (measured_ != nullptr) kept_.push_back({fact.body, fact.at_ns});
  });
  in_.deployment.install(simulation, in_.knobs);
  if (in_.hooks != nullptr) {
    for (const auto& knob : in_.hooks->plan().knobs)
      simulation.trace().say(0, 0, [&] { return "knob " + knob.first + ": " + knob.second; });
  }
  install_parties();
  install_workloads();
  if (in_.hooks != nullptr) in_.hooks->attach(simulation);
  if (in_.sites != nullptr) in_.sites->attach(simulation);
  in_.deployment.boot(simulation);
  for (const Part& party : in_.scenario.parties) simulation.find_host(party.name)->boot();
  for (const Part& workload : in_.scenario.workloads) simulation.find_host(workload.name)->boot();
}

void World::install_tellers() {
  sim::Tale& tale = sim_->tale();
  for (const Crowd& crowd : crowds_) {
    for (const Actor& actor : crowd.actors()) tale.introduce(crowd.name_of(actor));
  }
  for (const Flow* flow : in_.flows.all()) {
    for (const WordRow& row : flow->words) tale.phrase(row.what, row.words);
    for (const PointRow& row : flow->points)
      tale.phrase(std::string(row.name) + ": " + std::string(sim::Process::kPointWays[1]), row.summary);
    for (const BreachRow& row : flow->breaches) tale.breach(row.message, row.sentence);
    if (flow->teller != nullptr && takes_part(*flow, in_.scenario))
      tellers_.push_back(flow->teller(in_.scenario, *sim_));
  }
}

void World::count(const sim::Fact& fact) {
  const env::MessageType* type = &fact.body.type();
  for (auto& [row, times] : counts_) {
    if (&row->type() == type && (row->counts == nullptr || row->counts(fact.body))) ++times;
  }
}

void World::note_moves(const sim::Fact& fact) {
  const env::MessageType* type = &fact.body.type();
  for (Taken& taken : edges_) {
    if (&taken.edge->type() == type && (taken.edge->is == nullptr || taken.edge->is(fact.body)))
      ++taken.times;
  }
}

std::map<std::string, std::vector<std::string>> World::moves() const {
  std::map<std::string, std::vector<std::string>> moves;
  for (const Taken& taken : edges_)
    if (taken.times != 0) moves[std::string(taken.machine->name)].push_back(name_of(*taken.edge));
  return moves;
}

std::map<std::string, std::int64_t> World::counts() const {
  std::map<std::string, std::int64_t> counts;
  for (const auto& [row, times] : counts_) counts.emplace(row->name, times);
  return counts;
}

void World::install_parties() {
  for (const Part& part : in_.scenario.parties) {
    const auto& row = *static_cast<const PartyRow*>(part.row);
    sim_->add_host(part.name).install(
        [this, &row, &part](sim::Process& process) { row.start(process, *this, part); });
  }
}

void World::install_workloads() {
  for (const Crowd& crowd : crowds_) {
    const auto& row = *static_cast<const WorkloadRow*>(crowd.part().row);
    if (row.prepare != nullptr) row.prepare(*this, crowd);
    sim_->add_host(crowd.part().name).install([this, &row, &crowd](sim::Process& process) {
      row.start(process, *this, crowd);
    });
  }
}

void World::heal() {
  healed_ns_ = sim_->now_ns();
  if (in_.sites != nullptr) in_.sites->detach();
  if (in_.hooks != nullptr) in_.hooks->heal(*sim_);
}

void World::audit(bool settled) {
  const Opened opened = open_stores();
  judge(opened, settled);
  if (in_.hooks != nullptr) fired_ = in_.hooks->fired();
  for (const auto& [store, database] : opened) gather(database->damage());
  if (!settled) note_unrest();
  note_what_came_to_nothing();
  std::vector<sim::Finding> findings = findings_.take();
  apply_duties(findings, found_, fired_, {in_.deployment.journal_mode(), sim::Synchronous::durable},
               sim_->now_ns());
  for (sim::Finding& finding : findings) sim_->report(std::move(finding));
  if (in_.sites != nullptr) hash(opened);
}

// Whoever is still at work when the bound is over goes on for ever, for all that anybody can tell. A host that stays away
// for good explains it: others may rightly ask for it as long as they like, and the laws know that it is gone.
void World::note_unrest() {
  for (sim::HostId id = 0; id < sim_->host_count(); ++id) {
    if (!sim_->host(id).is_up()) return;
  }
  findings_.add(not_live(
      sim::kRest, sim_->now_ns(),
      "the world does not come to rest: " + std::to_string(sim_->scheduler().stuck().size()) +
          " tasks are still at work " + how_long(in_.scenario.settle_bound.ns) + " after the faults ended",
      sim::who_waits(*sim_)));
}

// Under faults it may come to nothing; whoever plays many trials sees whether it always does.
void World::note_what_came_to_nothing() {
  if (in_.hooks != nullptr) {
    for (const faults::FaultReach& one : in_.hooks->reach()) {
      if (one.effective()) return;
    }
  }
  for (const auto& [use, actors] : set_about_) {
    const auto count = std::find_if(counts_.begin(), counts_.end(),
                                    [name = use](const auto& one) { return one.first->name == name; });
    if (count == counts_.end() || count->second != 0) continue;
    findings_.add({std::string(kUse),
                   sim::FindingKind::inconclusive,
                   sim_->now_ns(),
                   "nobody comes to what they came for: " + std::to_string(actors) + " set about it, and " +
                       std::string(use) + " stays 0 though no fault struck",
                   {{"what it takes", std::string(count->first->summary)}}});
  }
}

World::Opened World::open_stores() {
  Opened opened;
  const sim::JournalMode mode = in_.deployment.journal_mode();
  for (const Deployment::Store& store : in_.deployment.stores()) {
    gather(store.disk->damage());
    try {
      sim::settle_flights(*store.disk, store.file, mode);
      auto audit = std::make_unique<sim::AuditConnection>(*store.disk, store.file, mode);
      // Where damage was done every page is read, not only those with rows for the audits.
      if (!store.disk->damage().done.empty()) look_through(store.file, *audit);
      opened.emplace_back(&store, std::move(audit));
    } catch (const env::DatabaseError& error) {
      if (error.code() == env::DatabaseErrorCode::corrupt) {
        note_damage(
            {store.file, 0, std::string(error.what()).substr(store.file.size() + 2)});  // "order.db: …"
        continue;
      }
      findings_.add({"database " + store.file,
                     sim::FindingKind::safety,
                     sim_->now_ns(),
                     "the database " + store.file + " cannot be opened: " + error.what(),
                     {}});
    }
  }
  return opened;
}

void World::judge(const Opened& opened, bool settled) {
  Rest::Facts facts{sim_->now_ns(), healed_ns_, settled};
  facts.knobs = in_.knobs;
  if (in_.hooks != nullptr) {
    facts.gone = in_.hooks->plan().never_returning;
    faults::Disturbances struck = in_.hooks->disturbances();
    facts.machine_struck = struck.machine;
    facts.unlucky = struck.points;
    facts.repeated_messages = struck.repeated_messages;
    facts.forks = std::move(struck.forks);
  }
  Rest rest(in_.scenario, in_.designer, in_.flows, std::move(facts));
  for (const auto& [store, database] : opened) {
    for (const ServiceRow* row : store->services) rest.add(std::string(row->name), *database);
  }
  for (const auto& [type, books] : books_) rest.add(*type, *books);
  watch_.at_rest(rest, findings_);
  if (measured_ != nullptr) measure(rest);
}

void World::measure(const Rest& rest) {
  const Finished finished{rest, kept_, sim_->counters(), sim_->network().sent()};
  const auto read = [&](const std::vector<MeasureRow>& rows) {
    for (const MeasureRow& row : rows)
      row.read(finished, measured_->emplace_back(Measured{&row, {}}).samples);
  };
  for (const Flow* flow : in_.flows.all()) {
    if (takes_part(*flow, in_.scenario)) read(flow->measures);
  }
  read(machine_measures());
}

void World::hash(const Opened& opened) {
  Digest digest;
  for (const auto& [store, database] : opened) add_rows(digest.add(store->file), *database);
  for (const auto& [type, books] : books_) books->add_to(digest);
  at_rest_ = digest.value();
}

void World::look_through(const std::string& file, sim::AuditConnection& audit) {
  const std::string integrity = audit.integrity();
  if (integrity != "ok" && audit.damage().found.empty()) note_damage({file, 0, integrity});
}

void World::gather(const sim::DamageLog& damage) {
  for (const sim::DamageFound& found : damage.found) note_damage(found);
}

// Each once, however often and by whomever it was noticed.
void World::note_damage(const sim::DamageFound& found) {
  const bool known = std::any_of(found_.begin(), found_.end(), [&](const sim::DamageFound& one) {
    return one.file == found.file && one.what == found.what;
  });
  if (!known) found_.push_back(found);
}

}  // namespace ordeal::play
