#include "scenarios/play/placing.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "scenarios/play/devices.h"
#include "scenarios/play/shape.h"

namespace ordeal::play {
namespace {

using std::string;

std::vector<std::string_view> with_tables(const Flows& flows) {
  std::vector<std::string_view> names;
  for (const ServiceRow* row : flows.services()) {
    if (row->schema != nullptr) names.push_back(row->name);
  }
  return names;
}

std::vector<HostSpec> expand(HostSpec host, std::int64_t instances, bool numbered) {
  if (!numbered) return {std::move(host)};
  std::vector<HostSpec> hosts;
  for (std::int64_t i = 1; i <= instances; ++i) {
    hosts.push_back(host);
    hosts.back().name += "-" + std::to_string(i);
  }
  return hosts;
}

HostSpec read_host(const Flows& flows, const ObjectReader& item) {
  HostSpec host{item.text("name"), item.texts("services"), item.texts("databases")};
  if (item.has("cache")) host.cache = cache_shape().read(item.at("cache"), item.place().key("cache"));
  if (item.has("broker")) host.broker = broker_shape().read(item.at("broker"), item.place().key("broker"));
  if (!is_name(host.name, "-_"))
    item.place().key("name").fail("a host name (a-z 0-9 - _)", shown(item.at("name")));
  const auto services = names_of(flows.services(), &ServiceRow::name);
  for (std::size_t i = 0; i < host.services.size(); ++i)
    expect_known(item.place().key("services").item(i), host.services[i], services, "a service");
  const auto databases = with_tables(flows);
  for (std::size_t i = 0; i < host.databases.size(); ++i) {
    const Place at = item.place().key("databases").item(i);
    expect_known(at, host.databases[i], services, "a service whose database lies here");
    expect_known(at, host.databases[i], databases, "a service that has a database");
  }
  const bool serves = !host.services.empty() || !host.databases.empty();
  const bool is_device = host.cache || host.broker;
  if (!serves && !is_device)
    item.place().fail("at least one service or database, a cache or a broker", "a host with nothing on it");
  const std::string device = host.cache ? "cache" : "broker";
  if (is_device && (serves || (host.cache && host.broker)))
    item.place().key(device).fail("a host that is a " + device + " and nothing else", "one that does more");
  if (is_device && item.has("instances"))
    item.place()
        .key("instances")
        .fail("one " + device + (host.cache ? "; a replica of it is \"keeps\": \"replica\"" : ""), "several");
  return host;
}

const HostSpec* runs_and_holds(const Scenario& scenario, const string& service) {
  for (const HostSpec& host : scenario.hosts) {
    const bool runs = std::find(host.services.begin(), host.services.end(), service) != host.services.end();
    const bool holds =
        std::find(host.databases.begin(), host.databases.end(), service) != host.databases.end();
    if (runs && holds) return &host;
  }
  return nullptr;
}

void check_database(const Scenario& scenario, const ServiceRow& row, const Place& hosts) {
  const string name(row.name);
  std::size_t places = 0;
  for (const HostSpec& host : scenario.hosts)
    places += static_cast<std::size_t>(std::count(host.databases.begin(), host.databases.end(), name));
  if (places > 1) hosts.fail("each database on one host", "the database of \"" + name + "\" on several");
  if (places == 1 && !scenario.has_service(name))
    hosts.fail("a host that runs \"" + name + "\", whose database is here", "a database without its service");
  if (runs_and_holds(scenario, name) != nullptr) {
    hosts.fail(
        "the database of \"" + name + "\" on a host of its own; where the service runs it needs no mention",
        "host \"" + runs_and_holds(scenario, name)->name + "\" with both");
  }
  if (scenario.instances_of(name) > 1 && places == 0 && row.schema != nullptr) {
    hosts.fail("a database that all instances of \"" + name + "\" share, such as {\"name\": \"" + name +
                   "-db\", \"databases\": [\"" + name + "\"]}",
               std::to_string(scenario.instances_of(name)) + " instances without one");
  }
}

// One process and one database: a host runs all services or none, and the database lies in one place.
void check_monolith(const Flows& flows, const Scenario& scenario, const Place& hosts) {
  std::vector<string> all;
  std::size_t tables = 0;
  for (const ServiceRow* row : flows.services()) {
    if (!scenario.has_service(row->name)) continue;
    all.emplace_back(row->name);
    tables += row->schema != nullptr ? 1 : 0;
    if (!row->may_share)
      hosts.fail("services that can share a process and a database",
                 "\"" + string(row->name) + "\" in a monolith: it needs a database of its own");
  }
  for (const HostSpec& host : scenario.hosts) {
    if (!host.services.empty() && host.services.size() != all.size())
      hosts.fail("all services of a monolith on each host that runs any",
                 "host \"" + host.name + "\" with " + std::to_string(host.services.size()) + " of " +
                     std::to_string(all.size()));
    if (!host.databases.empty() && host.databases.size() != tables)
      hosts.fail(
          "the one database of a monolith in one place: all " + std::to_string(tables) + " named together",
          "host \"" + host.name + "\" with " + std::to_string(host.databases.size()));
  }
}

}  // namespace

std::vector<HostSpec> read_hosts(const Flows& flows, const ObjectReader& in) {
  std::vector<HostSpec> hosts;
  in.items("hosts", [&](const Json& json, const Place& place) {
    const ObjectReader item(
        json, place,
        {.required = {"name"}, .optional = {"services", "databases", "cache", "broker", "instances"}});
    HostSpec host = read_host(flows, item);
    const std::int64_t instances = item.integer("instances", 1, kMostInstances, 1);
    for (HostSpec& one : expand(std::move(host), instances, item.has("instances"))) {
      const auto same = [&](const HostSpec& other) { return other.name == one.name; };
      if (std::any_of(hosts.begin(), hosts.end(), same))
        place.key("name").fail("each host once", shown(one.name) + " a second time");
      const auto second = [&](const char* device, auto member) {
        const auto has_one = [&](const HostSpec& other) { return (other.*member).has_value(); };
        if (has_one(one) && std::any_of(hosts.begin(), hosts.end(), has_one))
          place.key(device).fail("one " + string(device), "a second one");
      };
      second("cache", &HostSpec::cache);
      second("broker", &HostSpec::broker);
      hosts.push_back(std::move(one));
    }
  });
  return hosts;
}

void check_placing(const Flows& flows, const Scenario& scenario, const Place& place) {
  const Place hosts = place.key("hosts");
  for (const ServiceRow* row : flows.services()) {
    check_database(scenario, *row, hosts);
    if (!scenario.has_service(row->name)) continue;
    for (const std::string_view called : row->calls) {
      if (!scenario.has_service(called))
        hosts.fail(
            "a host for the service \"" + string(called) + "\", which \"" + string(row->name) + "\" calls",
            "no host with the service \"" + string(called) + "\"");
    }
  }
  if (scenario.deployment == DeploymentKind::monolith) check_monolith(flows, scenario, hosts);
  std::set<std::string_view> names;
  const auto once = [&](const string& name, const Place& at) {
    if (!names.insert(name).second)
      at.fail("a name that no host, service, party or workload has", "\"" + name + "\" a second time");
  };
  for (const HostSpec& host : scenario.hosts) once(host.name, hosts);
  // A host may be called as its service is; a party may not, for calls go by name.
  for (const ServiceRow* row : flows.services()) names.insert(row->name);
  for (std::size_t i = 0; i < scenario.parties.size(); ++i)
    once(scenario.parties[i].name, place.key("parties").item(i).key("name"));
  for (std::size_t i = 0; i < scenario.workloads.size(); ++i)
    once(scenario.workloads[i].name, place.key("workloads").item(i).key("name"));
}

void hosts_schema(const Flows& flows, Json& schema) {
  const auto list = [](const std::vector<std::string_view>& names) {
    Json words = Json::array();
    for (const std::string_view name : names) words.push_back(name);
    return Json{{"type", "array"}, {"uniqueItems", true}, {"items", {{"enum", std::move(words)}}}};
  };
  Json services = list(names_of(flows.services(), &ServiceRow::name));
  services["description"] = "what runs here; several hosts may run the same";
  Json databases = list(with_tables(flows));
  databases["description"] = "of services that run elsewhere; all their instances share it";
  Json cache = cache_shape().schema();
  cache["description"] = "it is the cache of all services, and nothing else";
  Json broker = broker_shape().schema();
  broker["description"] = "it is the broker of all services, and nothing else";
  schema = {{"type", "array"},
            {"minItems", 1},
            {"items",
             {{"type", "object"},
              {"additionalProperties", false},
              {"required", {"name"}},
              {"properties",
               {{"name", {{"type", "string"}, {"pattern", "^[a-z][a-z0-9_-]{0,63}$"}}},
                {"services", std::move(services)},
                {"databases", std::move(databases)},
                {"cache", std::move(cache)},
                {"broker", std::move(broker)},
                {"instances",
                 {{"type", "integer"},
                  {"minimum", 1},
                  {"maximum", kMostInstances},
                  {"description", "so many hosts, NAME-1, NAME-2, …"}}}}}}}};
}

}  // namespace ordeal::play
