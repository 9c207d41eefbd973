// Flow: one way that goods or money go, as rows. Everything that is particular to it stands in one folder
// (scenarios/flows/NAME) and is handed over as this value; what plays trials takes rows and knows no trade word.
// Adding a flow touches its folder and the list of flows (scenarios/flows/flows.h), nothing else: CONTRIBUTING.md walks
// through it.
//
// Rows refer to what they name with static lifetime. Names are unique over all flows of a list; `Flows` checks that.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include "core/env/database.h"
#include "core/env/env.h"
#include "scenarios/play/coverage.h"
#include "scenarios/play/measuring.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/seam.h"
#include "scenarios/play/teller.h"
#include "sim/process.h"

namespace ordeal::play {

class Description;  // scenarios/play/shape.h
class Designer;     // scenarios/play/designer.h
class Flows;        // scenarios/play/flows.h
class Knobs;        // scenarios/play/knobs.h
class World;        // scenarios/play/world.h
struct Watching;    // scenarios/play/laws/watch.h

// --- the system under test ---

// What a service is put together from, at each boot of a host that runs it.
struct Starting {
  sim::Process& process;    // owns what is made
  env::Env& env;            // the doors of this service
  env::Database* database;  // null for a service without tables
  const Scenario& scenario;
  const Designer& designer;
  const Knobs& knobs;
};

struct ServiceRow {
  std::string_view name;
  std::string_view summary;
  std::vector<std::string_view> calls;  // the services that it cannot do without
  // The tables of its database, by the designs that were chosen. Null: it has none, keeps nothing of ours, and its host
  // may stay down for good.
  std::string_view (*schema)(const Designer&) = nullptr;
  // The rows that are there before the first boot. May be null.
  void (*seed)(env::Tx&, const Scenario&) = nullptr;
  void (*start)(const Starting&) = nullptr;
  // Can it share a process and a database with others (a monolith)? Its tables then need names of their own, or to be
  // made `if not exists` and meant to be shared.
  bool may_share = true;
  // Further tables of its database, for what a scenario says. May be null.
  std::string_view (*further_tables)(const Scenario&) = nullptr;
};

// --- the world around it ---

// A place where a party, or code under test, may go another way than the ordinary one, which is the first.
struct ForkRow {
  std::string_view name;
  std::span<const std::string_view> ways;
  // Asked only where this seam stands at this design.
  FlawRow::Needs needs{};
};

// What a scenario may say about one kind of thing.
struct PartRow {
  std::string_view kind;     // "channel"; of a setting its key: "catalogue"
  std::string_view summary;  // one sentence
  const Description* description = nullptr;
  // What can only be checked when the whole scenario is read. May be null.
  void (*check)(const Part&, const Scenario&, const Place&) = nullptr;
};

// Something that several rows read, under a key of its own at the top of a scenario. Its description is of an object with
// that one key.
struct SettingRow : PartRow {};

// Somebody outside the system: a host of the party's name with a program of its own. It does not crash.
struct PartyRow : PartRow {
  std::vector<ForkRow> forks;
  // When its days end, after the first time and before the second, so that clock faults can aim at midnight. May be null.
  std::vector<Instant> (*midnights)(const Part&, Instant, Instant) = nullptr;
  // At each boot of its host.
  void (*start)(sim::Process&, World&, const Part&) = nullptr;
};

// A part of what one actor does, that a trial may do without; taking it away leaves every other choice as it was.
struct OmissionRow {
  std::string_view name;     // "second_click"; repro files use it
  std::string_view summary;  // what is different then
};

// A crowd: `count` actors who act by themselves, each by keyed choices from its own name.
struct WorkloadRow : PartRow {
  std::vector<ForkRow> forks;
  std::vector<OmissionRow> omissions;
  std::vector<std::string_view> services;  // that must be there
  std::uint32_t (*count)(const Part&) = nullptr;
  // Most of the work happens before this time of the trial.
  Duration (*busy_until)(const Part&) = nullptr;
  // Before anything boots: purses, accounts. `actors`: those who come. May be null.
  void (*prepare)(World&, const Crowd&) = nullptr;
  void (*start)(sim::Process&, World&, const Crowd&) = nullptr;
};

// --- what must hold, and what is told ---

// A promise. It is watched where all its services are deployed.
struct LawRow {
  std::string_view name;     // "I-10 no-oversell"
  std::string_view promise;  // one sentence
  bool safety = true;        // else liveness
  bool on_facts = true;      // monitor on every fact, or audit at rest only
  // Of breaches that show at the same moment the lower rank is told first: what says more about the cause.
  int rank = 0;
  std::vector<std::string_view> services;
  void (*watch)(const Watching&) = nullptr;
};

// A fact that is counted, for people and for `counts` in reports.
struct CountRow {
  std::string_view name;     // "orders_paid"
  std::string_view summary;  // one sentence
  const env::MessageType& (*type)();
  bool (*counts)(const env::Message& fact) = nullptr;  // null: every fact of the type
};

// A move of a state machine.
struct EdgeRow {
  std::string_view from;  // states; empty: it begins
  std::string_view to;
  std::string_view by;  // who or what moves it
  // The fact that tells of the move. Null: none does, and nobody can count it.
  const env::MessageType& (*type)() = nullptr;
  bool (*is)(const env::Message& fact) = nullptr;  // null: every fact of the type
};
// "UNPAID → PAID by capture".
std::string name_of(const EdgeRow& edge);

// What a thing that the system keeps can go through. Hunts count which edges were taken, and what struck then.
struct MachineRow {
  std::string_view name;  // "order"
  std::string_view summary;
  std::string_view service;  // that keeps it
  std::span<const std::string_view> states;
  std::vector<EdgeRow> edges;
};

// A column of a table of a service, and who would see a wrong value in it: a list, so that no column is forgotten.
struct ColumnRow {
  std::string_view service;
  std::string_view column;     // "orders.total"
  std::string_view judged_by;  // ids of laws, "I-73, I-92"; empty: by nobody
  std::string_view why_not{};  // only where nobody judges it
};

// A fault point of the core (core/env/points.h).
struct PointRow {
  std::string_view name;     // as the core asks for it
  std::string_view summary;  // what the less usual way is, one sentence
  std::string_view service;  // that asks; empty: any may, it is in a module that services share
};

// A long hunt that never saw a mark of which a scenario says `sometimes`: is it inconclusive, or told as not seen?
// `must` is for what at least one trial in 25 of every scenario that names it reaches under a swarm.
enum class MarkGrade : std::uint8_t { may, must };
std::string_view name_of(MarkGrade grade);

// A mark that a long hunt should reach.
struct MarkRow {
  std::string_view name;
  std::string_view summary;
  MarkGrade grade = MarkGrade::may;
};

// A setting that a trial may have otherwise than usual; its service reads it (Knobs).
struct KnobRow {
  std::string_view name;
  std::vector<std::string_view> values;
  std::string_view summary;
  std::string_view service;  // empty: the machine room's
};

// How something is said to people who do not know the code; the stories of replays use it.
struct WordRow {
  std::string_view what;   // a place of a cause ("order.place"), or a way at a fork ("callback: lost")
  std::string_view words;  // "placing the order"; of a way what its host then does: "loses its callback"
};

// The sentence for a breach. A message without one is told as it is, its evidence behind it.
struct BreachRow {
  std::string_view message;   // of the finding; '*' stands for any run of characters
  std::string_view sentence;  // {KEY} stands for the evidence of that key
};

// What laws that span flows ask of each: a value of a type that they define (scenarios/flows/spanning).
struct Answer {
  template <class T>
  static Answer of(const T& value) {
    return {&typeid(T), &value};
  }
  const std::type_info* type;
  const void* value;
};

struct Flow {
  std::string_view name;     // of its folder
  std::string_view summary;  // one sentence
  std::vector<ServiceRow> services{};
  std::vector<const SeamRow*> seams{};
  std::vector<const FlawRow*> flaws{};
  std::vector<SettingRow> settings{};
  std::vector<PartyRow> parties{};
  std::vector<WorkloadRow> workloads{};
  std::vector<LawRow> laws{};
  std::vector<CountRow> counts{};
  std::vector<MachineRow> machines{};
  std::vector<ColumnRow> columns{};
  std::vector<PointRow> points{};
  std::vector<MarkRow> marks{};
  std::vector<KnobRow> knobs{};
  // That its services run inside a cache.
  std::vector<env::CacheScript> scripts{};
  std::vector<WordRow> words{};
  std::vector<BreachRow> breaches{};
  // Sentences of its stories and promises in Chinese; '*' and {1} as in reports/translation.h.
  std::vector<WordRow> chinese{};
  // By what it runs which item of what was asked for (scenarios/play/coverage.h).
  std::vector<CoverRow> covers{};
  // Who tells people what the facts of a trial mean; made for trials that are told. Null: nobody.
  std::unique_ptr<Teller> (*teller)(const Scenario&, sim::Simulation&) = nullptr;
  std::vector<Answer> answers{};
  // Beginnings of Http paths whose text crosses the border of the system signed, not sealed (sim::Options::open_paths).
  std::vector<std::string_view> open_paths{};
  std::vector<MeasureRow> measures{};
  std::vector<ComparisonRow> comparisons{};

  // Null when this flow has no answer of the type.
  template <class T>
  const T* answer() const {
    for (const Answer& one : answers) {
      if (*one.type == typeid(T)) return static_cast<const T*>(one.value);
    }
    return nullptr;
  }
};

}  // namespace ordeal::play
