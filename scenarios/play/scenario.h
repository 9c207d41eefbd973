// A scenario, parsed: what is played and what must hold. A plain value; scenarios/play/loader.h reads it from JSON,
// strictly. What is particular to a flow stands in parts: values of that flow's own types. Units: durations are virtual
// time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include "core/base/check.h"
#include "core/base/time.h"
#include "scenarios/play/actor.h"

namespace ordeal::play {

struct Place;  // scenarios/play/strict_json.h
struct PartRow;

// Something that a flow's row describes: a party, a workload, a setting.
struct Part {
  const PartRow* row = nullptr;
  std::string name;  // of a party or workload: that of its host
  const std::type_info* type = nullptr;
  std::shared_ptr<const void> value;

  template <class T>
  const T* get_if() const {
    return *type == typeid(T) ? static_cast<const T*>(value.get()) : nullptr;
  }
  template <class T>
  const T& as() const {
    const T* found = get_if<T>();
    ORDEAL_CHECK(found != nullptr, name);
    return *found;
  }
  // Of a workload: how many it sends.
  std::uint32_t actors() const;
};

// A cache on a host of its own (sim/cache/server.h).
struct CacheSpec {
  // What a power loss leaves: nothing; all up to the last full second; all but the last writes, as a replica has it.
  enum class Keeps : std::uint8_t { nothing, append_every_second, replica };
  enum class Eviction : std::uint8_t { none, all_lru, volatile_ttl };
  Keeps keeps = Keeps::nothing;
  Duration replica_lag{1'000'000};  // what an ordinary crash of the primary loses
  std::int64_t max_bytes = 0;       // 0: no limit
  Eviction eviction = Eviction::none;
};

// A broker on a host of its own (sim/broker/server.h).
struct BrokerSpec {
  // Whether a message is on the disk before its sender has a receipt; if not, the last 500 ms may go with the power.
  enum class Flush : std::uint8_t { sync, async };
  Flush flush = Flush::sync;
};

struct HostSpec {
  std::string name;
  std::vector<std::string> services;   // that run here, each an instance
  std::vector<std::string> databases;  // of services that run elsewhere
  std::optional<CacheSpec> cache{};    // it is a cache and nothing else
  std::optional<BrokerSpec> broker{};  // it is a broker and nothing else
};

enum class JournalMode : std::uint8_t { wal, delete_file, truncate, persist };

struct DatabaseSpec {
  JournalMode journal_mode = JournalMode::wal;
  std::int64_t page_size = 1024;  // bytes: 512 … 65536, a power of two
  // Of databases on hosts of their own: how many transactions an instance has under way at once. 10 is the default of
  // HikariCP's maximumPoolSize.
  std::int64_t connections = 10;
};

// services: each has a database of its own. monolith: all share one, and one process where a host runs them all.
enum class DeploymentKind : std::uint8_t { services, monolith };

struct FaultSpec {
  std::vector<std::string> kinds;  // fault kinds that a swarm may choose; empty: all that exist
  std::vector<std::string> hosts;  // that may crash, freeze, have a wrong clock; empty: all
  // "fork: way": what this scenario is about. Trials in which people insist choose mostly from these; empty: from all.
  std::vector<std::string> focus;
  std::int64_t windows_max = 24;
};

struct Scenario {
  std::string name;
  std::string summary;
  Instant start{};
  Duration storm{};
  Duration settle_bound{};
  DeploymentKind deployment = DeploymentKind::services;
  std::vector<HostSpec> hosts;
  std::map<std::string, std::string> designs;  // seam → implementation, "stock.gate" → "row_lock"
  DatabaseSpec database;
  std::vector<Part> settings;
  std::vector<Part> parties;
  std::vector<Part> workloads;
  FaultSpec faults;
  std::vector<std::string> invariants;  // "I-10 no-oversell"; empty: all
  std::vector<std::string> sometimes;   // marks that a long hunt should reach
  std::string source;                   // the JSON text it was read from, as embedded in repros

  // The setting of this type, or its default when the scenario says nothing.
  template <class T>
  const T& setting() const {
    for (const Part& part : settings) {
      if (const T* found = part.get_if<T>()) return *found;
    }
    static const T otherwise{};
    return otherwise;
  }
  // All parties of this type, as the file has them.
  template <class T>
  std::vector<const Part*> parties_of() const {
    std::vector<const Part*> found;
    for (const Part& part : parties) {
      if (part.get_if<T>() != nullptr) found.push_back(&part);
    }
    return found;
  }

  // How many hosts run this service.
  std::size_t instances_of(std::string_view service) const;
  bool has_service(std::string_view service) const { return instances_of(service) > 0; }
  // The host that is the cache, or the broker; null: there is none.
  const HostSpec* cache_host() const;
  const HostSpec* broker_host() const;
  // The host on which the database of a service lies when that is not the service's own; null otherwise.
  const HostSpec* database_host_of(std::string_view service) const;
};

}  // namespace ordeal::play
