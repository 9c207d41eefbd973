// The job that closes a cycle at its cut-off and sees it through: closes it, nets it, tells each bank what it is to pay, moves the money, and
// confirms. Every node has one, and all fire; what is done once is the seam jobs::Once. Each step is one transaction that says so, so a
// node that dies in the middle leaves a cycle that the next one goes on with.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/jobs/once.h"
#include "core/netting/cover.h"
#include "core/netting/cycles.h"
#include "core/worker/due_worker.h"

namespace ordeal::netting {

struct Terms {
  Duration session{};
  // A bank that lacks cover at the cut-off has so long to get some.
  Duration grace{};
  std::int64_t batch = 16;                // jobs that are begun in one pass
  std::map<BankId, std::string> banks{};  // "https://HOST"
};

// "netting" of a business date; a partition is a session in a currency, as in its id.
jobs::Key job_of(CycleId cycle);
CycleId cycle_of(const jobs::Key& job);

class Runner {
 public:
  struct Parts {
    Scheme& scheme;
    Cover& cover;
    jobs::Once& once;
  };
  // The terms outlive the runner.
  Runner(env::Env& env, env::Database& db, Parts parts, const Terms& terms);

  void start() { worker_.start(); }
  // Whom a transaction wakes that opens a cycle.
  env::Wakeable& worker() { return worker_; }
  std::optional<Instant> run_due();

 private:
  // Of a run, after a step: go on, or leave it for now.
  enum class Then : std::uint8_t { go_on, leave };

  void run(const jobs::Key& job);
  void see_through(const jobs::Run& run);
  template <class Work>
  Then step(const jobs::Run& run, std::string_view name, const std::string& what, Work work);
  Then close(const jobs::Run& run, const Cycle& cycle);
  Then net(const jobs::Run& run, const Cycle& cycle);
  Then pay(const jobs::Run& run, const Cycle& cycle);
  Paid pay(const jobs::Run& run, const Transfer& transfer, const Move& move, TransferState then);
  Then give_up(const jobs::Run& run, const Cycle& cycle, const Transfer& unpaid);
  Then confirm(const jobs::Run& run, const Cycle& cycle);
  bool tell(const Cycle& cycle, const api::NetPosition& position, bool settled);
  void later(const jobs::Run& run, Instant due);

  env::Env& env_;
  env::Database& db_;
  Parts parts_;
  const Terms& terms_;
  std::set<CycleId> running_;  // here: a node does not overtake itself
  worker::DueWorker worker_;
};

}  // namespace ordeal::netting
