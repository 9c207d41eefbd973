// Values on the command line, as typed → as meant. Each throws BadInput (usage, 64) with the flag, what was
// expected and what was found.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "scenarios/play/flows.h"
#include "sim/ordering.h"

namespace ordeal::cli {

// Decimal, or hexadecimal with 0x.
std::uint64_t parse_seed(std::string_view flag, std::string_view text);

// "1..20000", both ends included; "7" means "7..7".
struct SeedRange {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  std::uint64_t count() const { return last - first + 1; }
};
SeedRange parse_seeds(std::string_view text);

// "60s"; not negative, not "never".
Duration parse_budget(std::string_view text);
// "5/100", from 0 to 1.
Ratio parse_share(std::string_view flag, std::string_view text);
// "stock.gate=row_lock", known to the flows.
std::pair<std::string, std::string> parse_design(const play::Flows& flows, std::string_view text);
// "F-01"
std::string parse_flaw(const play::Flows& flows, std::string_view text);
// "I-10 no-oversell", "I-10" or "no-oversell".
std::string parse_invariant(const play::Flows& flows, std::string_view flag, std::string_view text);

// Each of them, as parse_invariant does.
std::set<std::string> parse_invariants(const play::Flows& flows, std::string_view flag,
                                       const std::vector<std::string>& texts);
// A whole number from 1 to max.
std::uint64_t parse_count(std::string_view flag, std::string_view text, std::uint64_t max);

// A name of sim/ordering.h; nothing for "mixed".
std::optional<sim::Ordering> parse_order(std::string_view flag, std::string_view text);
// "60s" of wall time, or so many trials.
struct Patience {
  std::optional<Duration> time;
  std::uint64_t trials = 0;
};
Patience parse_patience(std::string_view flag, std::string_view text);

// How many processors this process may use.
unsigned usable_cores();

}  // namespace ordeal::cli
