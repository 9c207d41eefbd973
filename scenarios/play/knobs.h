// Knobs: settings of the world that a trial may have otherwise than the scenario says, because every value of them
// must be right: sizes, modes, time-outs, shares. A fault plan carries the turned ones by name; here stand the names,
// their values and what they set. One table; `list knobs` prints it, swarms draw from it, plans are checked against it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "core/outbox/outbox.h"
#include "scenarios/play/scenario.h"

namespace ordeal::scenarios {

// The settings of one trial.
struct Knobs {
  DatabaseSpec database;
  int cache_pages = 0;
  int checkpoint_pages = 0;  // of the WAL, at least so many before it is copied back
  Ratio through_json{};      // the share of messages that go through JSON and back
  outbox::RelayConfig relay;
  Duration reserve_deadline{};
  Duration channel_deadline{};
};

struct KnobRow {
  std::string_view name;                     // "database.page_size"
  std::span<const std::string_view> values;  // as plans write them
  std::string_view summary;
};

std::span<const KnobRow> knobs();

using TurnedKnobs = std::map<std::string, std::string>;  // name → value, as in faults::Plan

// What the scenario and the services say by themselves, but for what is turned. Names and values must be in the table.
Knobs knobs_of(const Scenario& scenario, const TurnedKnobs& turned);
// BadInput for a name or a value that is not in the table; `path` is the place of the knobs in `file`.
void check_knobs(const TurnedKnobs& turned, const std::string& file, const std::string& path);

}  // namespace ordeal::scenarios
