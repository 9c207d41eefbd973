// A scenario, parsed: what is played and what must hold. A plain value; scenarios/play/loader.h reads it from
// JSON, strictly. Units: durations are virtual time, amounts are Money, shares are exact ratios.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/money.h"
#include "core/base/ratio.h"
#include "core/base/time.h"

namespace ordeal::scenarios {

struct HostSpec {
  std::string name;
  std::vector<std::string> services;  // of: gateway, order, inventory, payment, ledger, notification
};

struct SkuSpec {
  std::string name;
  Money price;
  std::int64_t stock = 0;
  std::int64_t weight = 1;  // how often a shopper picks it, against the others
};

enum class JournalMode : std::uint8_t { wal, delete_file, truncate, persist };

struct DatabaseSpec {
  JournalMode journal_mode = JournalMode::wal;
  std::int64_t page_size = 1024;  // bytes: 512 … 65536, a power of two
};

// Shares of shoppers; what is left pays at once. Drawn per shopper, by key.
struct ShopperHabits {
  Ratio never_pays = Ratio::zero();    // abandons the order
  Ratio pays_late = Ratio::zero();     // comes back around or after the order's deadline
  Ratio direct_debit = Ratio::zero();  // of those who pay: the channel debits within the call
  Ratio double_click = Ratio::zero();  // sends the same request twice at once
  Duration think_min{};                // between placing and paying
  Duration think_max{};
  Duration late_min{};  // pays_late: between placing and paying
  Duration late_max{};
  std::int64_t lines_max = 1;     // different skus in a basket
  std::int64_t quantity_max = 1;  // of each
};

// Shoppers arrive uniformly in [arrive_from, arrive_until) and each buys once.
struct WorkloadSpec {
  std::uint32_t shoppers = 0;
  Duration arrive_from{};
  Duration arrive_until{};
  ShopperHabits habits;
  std::int64_t purse_minor = 0;  // what each shopper owns at the channel before
};

struct MerchantHabits {
  Ratio slow = Ratio::zero();    // answers after the deadline of the call
  Ratio broken = Ratio::zero();  // answers 500
};

struct FaultSpec {
  std::vector<std::string> kinds;  // fault kinds that a swarm may choose; empty: all that exist
  std::vector<std::string> hosts;  // that may crash, freeze, have a wrong clock; empty: all
  std::int64_t windows_max = 24;
};

struct Scenario {
  std::string name;
  std::string summary;
  Instant start{};
  Duration storm{};
  Duration settle_bound{};
  std::vector<HostSpec> hosts;
  std::map<std::string, std::string> designs;  // seam → implementation, "stock.gate" → "row_lock"
  DatabaseSpec database;
  std::vector<SkuSpec> catalogue;
  std::string channel = "alipay";  // a profile of core/channel
  WorkloadSpec workload;
  MerchantHabits merchant;
  FaultSpec faults;
  std::vector<std::string> invariants;  // "I-10 no-oversell"; empty: all
  std::vector<std::string> sometimes;   // marks that a long hunt should reach
  std::string source;                   // the JSON text it was read from, as embedded in repros
};

}  // namespace ordeal::scenarios
