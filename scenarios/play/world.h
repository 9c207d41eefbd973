// World: one trial of a scenario, as the rows of flows see it: the simulation, the scenario, and the parties' books. It
// builds the deployment and everybody around it, watches the laws, heals, and audits what is left. `Stage` (play.h) makes
// one for each trial.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

#include "faults/inject/plan_hooks.h"
#include "faults/search/site_list.h"
#include "scenarios/play/books.h"
#include "scenarios/play/deployment.h"
#include "scenarios/play/laws/watch.h"
#include "sim/disk/audit_connection.h"

namespace ordeal::play {

// What is not shown where nobody comes to what they came for.
inline constexpr std::string_view kUse = "use";

class World {
 public:
  struct Setting {
    const Flows& flows;
    const Scenario& scenario;
    const Designer& designer;
    Deployment& deployment;
    const Knobs& knobs;
    const std::vector<Actor>& actors;      // who takes part, sorted
    const std::vector<Omission>& omitted;  // sorted
    faults::PlanHooks* hooks;              // null: no faults
    faults::SiteList* sites;               // null: they are not listed
  };
  explicit World(const Setting& setting);

  const Scenario& scenario() const { return in_.scenario; }
  const Designer& designer() const { return in_.designer; }
  sim::Simulation& simulation() { return *sim_; }

  // The one book of this type, made when it is first asked for.
  template <class B>
  B& books() {
    for (const auto& [type, books] : books_) {
      if (*type == typeid(B)) return static_cast<B&>(*books);
    }
    books_.emplace_back(&typeid(B), std::make_unique<B>());
    return static_cast<B&>(*books_.back().second);
  }

  // An actor sets about what it came for, which its flow counts as `use` (a CountRow's name; static): it has all that this
  // takes and is in time. Where many do and none ever gets there, a trial has shown nothing.
  void sets_about(std::string_view use) { ++set_about_[use]; }

  // Before it is built: the audit is to fill this with the samples of all measures. It outlives the world.
  void measure_into(std::vector<Measured>& measured) { measured_ = &measured; }

  void build(sim::Simulation& simulation);
  void heal();
  void audit(bool settled);

  // After the audit.
  std::uint64_t at_rest() const { return at_rest_; }  // state_hash.h; only where sites are listed
  std::map<std::string, std::int64_t> counts() const;
  // By machine: the names of the edges that were taken.
  std::map<std::string, std::vector<std::string>> moves() const;
  std::map<std::string, std::int64_t> set_about() const { return {set_about_.begin(), set_about_.end()}; }
  std::vector<faults::FiredStrike> take_fired() { return std::move(fired_); }

 private:
  using Opened = std::vector<std::pair<const Deployment::Store*, std::unique_ptr<sim::AuditConnection>>>;

  void count(const sim::Fact& fact);
  void note_moves(const sim::Fact& fact);
  void install_tellers();
  void install_parties();
  void install_workloads();
  Opened open_stores();
  void look_through(const std::string& file, sim::AuditConnection& audit);
  void gather(const sim::DamageLog& damage);
  void note_damage(const sim::DamageFound& found);
  void judge(const Opened& opened, bool settled);
  void measure(const Rest& rest);
  void note_unrest();
  void note_what_came_to_nothing();
  void hash(const Opened& opened);

  Setting in_;
  sim::Simulation* sim_ = nullptr;
  std::vector<Crowd> crowds_;
  std::vector<std::pair<const std::type_info*, std::unique_ptr<Books>>> books_;
  Findings findings_;
  Watch watch_;
  std::vector<std::unique_ptr<Teller>> tellers_;
  std::vector<std::pair<const CountRow*, std::int64_t>> counts_;
  // An edge of a machine, and how often it was taken.
  struct Taken {
    const MachineRow* machine;
    const EdgeRow* edge;
    std::uint64_t times = 0;
  };
  std::vector<Taken> edges_;
  std::map<std::string_view, std::int64_t> set_about_;
  std::int64_t healed_ns_ = 0;
  std::vector<faults::FiredStrike> fired_;
  std::uint64_t at_rest_ = 0;
  std::vector<sim::DamageFound> found_;
  std::vector<Measured>* measured_ = nullptr;  // null: nobody asks
  std::vector<KeptFact> kept_;                 // in time, where they are to be measured
};

}  // namespace ordeal::play
