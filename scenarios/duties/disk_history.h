// A small history of transactions on one database, played under a disk fault and a power loss, and what
// became of it. The exhaustive runs behind `disk_duties.h` are made of it.
//
// Who plays the small history (small_history.h) is a careful caller: it reads the state, does the next transaction, and after an error
// reads again and tries twice more. So an unknown outcome is never taken for a failure, and a state that never
// was is noticed as soon as it is read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "faults/plan/plan.h"
#include "faults/search/site_list.h"
#include "scenarios/play/disk_duty.h"
#include "sim/disk/database.h"
#include "sim/disk/database_image.h"
#include "sim/fiber.h"

namespace ordeal::duties {

using play::DiskOutcome;
using play::DiskSetting;

// When the power goes, counted from the fault; what is unsynced then.
struct PowerLoss {
  enum class When : std::uint8_t {
    never,
    after_ops,          // before the n-th I/O after the fault; without a fault: before I/O number n
    after_transaction,  // when the transaction that was struck has returned
    at_end,             // when all transactions have
  };
  enum class Unsynced : std::uint8_t { lost, kept, every_other_sector, torn };
  When when = When::never;
  std::uint32_t ops = 0;
  Unsynced unsynced = Unsynced::lost;
  bool names_kept = false;
};

struct DiskRun {
  DiskOutcome outcome = DiskOutcome::held;
  bool struck = false;
};

class DiskHistory {
 public:
  explicit DiskHistory(const DiskSetting& setting);
  ~DiskHistory();

  // Every question the disk asks in the history without faults, with what could strike there.
  const std::vector<faults::SiteAsked>& sites() const { return sites_; }
  // Plays it with `strike` (none: null) and `power`.
  DiskRun play(const faults::Strike* strike, const PowerLoss& power);

 private:
  struct Life;
  class Caller;

  sim::DatabaseOptions options() const;

  DiskSetting setting_;
  sim::FiberPool pool_;
  sim::DatabaseImage image_;
  std::vector<std::string> states_;  // after 0, 1, 2, 3 transactions
  std::vector<faults::SiteAsked> sites_;
};

}  // namespace ordeal::duties
