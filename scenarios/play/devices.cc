#include "scenarios/play/devices.h"

namespace ordeal::play {
namespace {

constexpr std::int64_t kMostBytes = 1'000'000'000;

void lag_needs_a_replica(const CacheSpec& cache, const ObjectReader& in) {
  if (in.has("replica_lag") && cache.keeps != CacheSpec::Keeps::replica)
    in.place().key("replica_lag").fail("\"keeps\": \"replica\" beside it", "a cache without a replica");
}

void eviction_needs_a_limit(const CacheSpec& cache, const ObjectReader& in) {
  if (cache.eviction != CacheSpec::Eviction::none && cache.max_bytes == 0)
    in.place().key("eviction").fail("the key \"max_bytes\" beside it", "a cache that is never full");
}

}  // namespace

const Shape<CacheSpec>& cache_shape() {
  static const Shape<CacheSpec> shape = [] {
    Shape<CacheSpec> s;
    s.choice(
         "keeps", &CacheSpec::keeps, {"nothing", "append_every_second", "replica"}, "what a cache keeps",
         "what a power loss leaves of it: nothing; all up to the last full second; all but the last writes")
        .optional();
    s.duration("replica_lag", &CacheSpec::replica_lag, "how far the replica is behind when the primary dies")
        .optional();
    s.integer("max_bytes", &CacheSpec::max_bytes, 0, kMostBytes, "its memory; 0: no limit").optional();
    s.choice("eviction", &CacheSpec::eviction, {"none", "all_lru", "volatile_ttl"}, "a way of eviction",
             "what goes when its memory is full; with none, writes are refused")
        .optional();
    s.check(lag_needs_a_replica);
    s.check(eviction_needs_a_limit);
    return s;
  }();
  return shape;
}

sim::cache::Options cache_options(const Flows& flows, const CacheSpec& spec) {
  sim::cache::Options options;
  if (spec.keeps == CacheSpec::Keeps::append_every_second)
    options.persistence = sim::cache::Persistence::append_every_second;
  options.replica = spec.keeps == CacheSpec::Keeps::replica;
  options.replica_lag = spec.replica_lag;
  options.memory.max_bytes = spec.max_bytes;
  options.memory.eviction = static_cast<sim::cache::Eviction>(spec.eviction);
  for (const Flow* flow : flows.all())
    options.scripts.insert(options.scripts.end(), flow->scripts.begin(), flow->scripts.end());
  return options;
}

const Shape<BrokerSpec>& broker_shape() {
  static const Shape<BrokerSpec> shape = [] {
    Shape<BrokerSpec> s;
    s.choice("flush", &BrokerSpec::flush, {"sync", "async"}, "a way to flush",
             "whether a message is on the disk before its sender has a receipt; if not, the last 500 ms may "
             "go with "
             "the power")
        .optional();
    return s;
  }();
  return shape;
}

sim::broker::Options broker_options(const BrokerSpec& spec) {
  sim::broker::Options options;
  options.flush =
      spec.flush == BrokerSpec::Flush::sync ? sim::broker::Flush::sync : sim::broker::Flush::async;
  return options;
}

faults::Capabilities capabilities_of(const Scenario& scenario) {
  faults::Capabilities can;
  if (const HostSpec* host = scenario.cache_host()) {
    can.cache_replica = host->cache->keeps == CacheSpec::Keeps::replica;
    can.cache_eviction = host->cache->eviction != CacheSpec::Eviction::none;
  }
  if (const HostSpec* host = scenario.broker_host())
    can.asynchronous_flush = host->broker->flush == BrokerSpec::Flush::async;
  return can;
}

std::string_view lacking_device(const Flows& flows, const Scenario& scenario, std::string_view seam,
                                std::string_view design) {
  const SeamRow* row = flows.seam(seam);
  const Device device = row == nullptr ? Device::none : row->device_of(design);
  if (device == Device::cache && scenario.cache_host() == nullptr) return "cache";
  if (device == Device::broker && scenario.broker_host() == nullptr) return "broker";
  return {};
}

std::string missing_device(const Flows& flows, const Scenario& scenario, std::string_view seam,
                           std::string_view design) {
  const std::string name(lacking_device(flows, scenario, seam, design));
  if (name.empty()) return {};
  return "a host that is a " + name + ", such as {\"name\": \"" + name + "\", \"" + name + "\": {}}, which " +
         std::string(seam) + "=" + std::string(design) + " needs";
}

}  // namespace ordeal::play
