// Monitors and audits. A Monitor sees every fact in order and reports the moment a promise is broken, with
// constant work per fact. An Audit looks once, at rest, at the rows of all services and at the parties' own
// books. Both give evidence: entities, amounts, times. An invariant may be one, the other, or both;
// scenarios/play/tables.h names them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/database.h"
#include "scenarios/flows/purchase/parties/books.h"
#include "scenarios/play/scenario.h"
#include "sim/finding.h"
#include "sim/simulation.h"

namespace ordeal::scenarios {

// Where monitors and audits report to. The first breach of an invariant and kind is kept whole; further ones
// are counted in its evidence, and the worst of them is quoted there.
class Findings {
 public:
  // `badness` compares breaches of one invariant: units oversold, money missing, time too late. 0: all are
  // alike.
  void add(sim::Finding finding, std::int64_t badness = 0);
  // All findings so far, in the order of their first breach. Empty afterwards.
  std::vector<sim::Finding> take();

 private:
  struct Kept {
    sim::Finding first;
    std::int64_t more = 0;
    std::int64_t badness = 0;
    std::string worst;
  };
  std::vector<Kept> kept_;
};

class Monitor {
 public:
  virtual ~Monitor() = default;
  virtual void on_fact(const sim::Fact& fact, Findings& findings) = 0;
};

// Everything at rest. A service whose database could not be opened is null, and its audits are inconclusive.
struct AtRest {
  env::Connection* order = nullptr;
  env::Connection* inventory = nullptr;
  env::Connection* payment = nullptr;
  env::Connection* ledger = nullptr;
  env::Connection* notification = nullptr;
  const Books* books = nullptr;
  const Scenario* scenario = nullptr;
  std::int64_t now_ns = 0;     // true time since the trial began
  std::int64_t healed_ns = 0;  // when the faults stopped
  bool settled = false;
  bool channel_gone = false;      // for ever: nobody can ask it, nobody can be given back through it
  bool reads_statements = false;  // payment has tables for them
};

class Audit {
 public:
  virtual ~Audit() = default;
  virtual void check(const AtRest& world, Findings& findings) = 0;
};

// The monitors and audits of a trial. However many invariants are watched, there is one Dispatcher and one
// RestAudit among them: a fact's type is looked up once, and the databases are read once.
struct Watch {
  std::vector<std::unique_ptr<Monitor>> monitors;
  std::vector<std::unique_ptr<Audit>> audits;
};
// Of the invariants that the scenario names ("I-10 no-oversell"); none named means all that exist. An unknown
// name is a programmer error. The scenario must outlive the watch. A watch is for one trial.
Watch make_watch(const Scenario& scenario);

}  // namespace ordeal::scenarios
