#include "scenarios/play/loader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <set>
#include <sstream>

#include <date/date.h>
#include <nlohmann/json.hpp>

#include "faults/kinds/fault.h"
#include "faults/kinds/menu.h"
#include "faults/text.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/devices.h"
#include "scenarios/play/menu.h"
#include "scenarios/play/placing.h"
#include "scenarios/play/shape.h"

namespace ordeal::play {
namespace {

using std::string_view;

constexpr std::array<string_view, 4> kJournalModes{"wal", "delete", "truncate", "persist"};
constexpr std::array<string_view, 2> kDeployments{"services", "monolith"};
constexpr std::int64_t kMaxWindows = 64;
constexpr std::int64_t kMaxConnections = 1000;
// Each is a task of its own with a stack, and may have another for a second request at once (sim/fiber.h has 16,000).
constexpr std::uint64_t kMostActors = 5'000;

Instant read_start(const ObjectReader& in) {
  constexpr string_view kFormat = "%Y-%m-%dT%H:%M:%SZ";
  // Whole seconds from 1970 to 2200: far inside what int64 nanoseconds hold.
  const std::string text = in.text("start", "2026-01-01T00:00:00Z");
  std::istringstream stream(text);
  date::sys_seconds seconds;
  stream >> date::parse(std::string(kFormat), seconds);
  const bool good = !stream.fail() && stream.peek() == std::istringstream::traits_type::eof() &&
                    seconds.time_since_epoch().count() >= 0 &&
                    seconds < date::sys_days{date::year{2200} / 1 / 1};
  if (!good)
    in.place().key("start").fail("a moment such as \"2026-01-01T00:00:00Z\", from 1970 to 2199",
                                 shown(in.at("start")));
  return Instant{std::chrono::nanoseconds(seconds.time_since_epoch()).count()};
}

std::map<std::string, std::string> read_designs(const Flows& flows, const ObjectReader& in) {
  std::map<std::string, std::string> designs;
  if (!in.has("designs")) return designs;
  const Place place = in.place().key("designs");
  const Json& json = in.at("designs");
  if (!json.is_object()) place.fail("an object of seams and designs", shown(json));
  const auto names = names_of(flows.seams(), &SeamRow::name);
  for (const auto& [seam, design] : json.items()) {
    expect_known(place.key(seam), seam, names, "a seam");
    if (!design.is_string()) place.key(seam).fail("the name of a design", shown(design));
    expect_known(place.key(seam), design.get_ref<const std::string&>(), flows.seam(seam)->designs(),
                 "a design of " + std::string(seam));
    designs[seam] = design.get<std::string>();
  }
  return designs;
}

DatabaseSpec read_database(const ObjectReader& in) {
  DatabaseSpec database;
  if (!in.has("database")) return database;
  const ObjectReader item(in.at("database"), in.place().key("database"),
                          {.required = {}, .optional = {"journal_mode", "page_size", "connections"}});
  const std::string mode = item.text("journal_mode", kJournalModes.front());
  expect_known(item.place().key("journal_mode"), mode, kJournalModes, "a journal mode");
  database.journal_mode = static_cast<JournalMode>(
      std::find(kJournalModes.begin(), kJournalModes.end(), mode) - kJournalModes.begin());
  database.page_size = item.integer("page_size", 512, 65536, database.page_size);
  if (!std::has_single_bit(static_cast<std::uint64_t>(database.page_size))) {
    item.place().key("page_size").fail("a power of two from 512 to 65536", shown(item.at("page_size")));
  }
  database.connections = item.integer("connections", 1, kMaxConnections, database.connections);
  return database;
}

std::vector<Part> read_settings(const Flows& flows, const ObjectReader& in) {
  std::vector<Part> settings;
  for (const SettingRow* row : flows.settings()) {
    if (!in.has(row->kind)) continue;
    const Json alone{{row->kind, in.at(row->kind)}};
    settings.push_back({row, std::string(row->kind), &row->description->type(),
                        row->description->read_any(alone, in.place())});
  }
  return settings;
}

// A party or a workload: its kind, its name, and what its row describes.
template <class Row>
Part read_part(const std::vector<const Row*>& rows, string_view what, const Json& json, const Place& place) {
  if (!json.is_object()) place.fail("an object", shown(json));
  const auto kinds = names_of(rows, &Row::kind);
  if (!json.contains("kind")) place.fail("the key \"kind\"", "an object without it");
  Json rest = json;
  rest.erase("kind");
  rest.erase("name");
  Json head{{"kind", json.at("kind")}};
  if (json.contains("name")) head["name"] = json.at("name");
  const ObjectReader named(head, place, {.required = {"kind"}, .optional = {"name"}});
  const std::string kind = named.text("kind");
  expect_known(place.key("kind"), kind, kinds, what);
  const Row* row = *std::find_if(rows.begin(), rows.end(), [&](const Row* one) { return one->kind == kind; });
  const std::string name = named.text("name", kind);
  if (!is_name(name, "-_")) place.key("name").fail("a name (a-z 0-9 - _)", shown(Json(name)));
  if (row->description == nullptr) {
    const ObjectReader nothing_more(rest, place, {});
    return {row, name, &typeid(void), nullptr};
  }
  return {row, name, &row->description->type(), row->description->read_any(rest, place)};
}

template <class Row>
std::vector<Part> read_parts(const std::vector<const Row*>& rows, const ObjectReader& in, string_view key,
                             string_view what) {
  std::vector<Part> parts;
  if (!in.has(key)) return parts;
  in.items(key, [&](const Json& json, const Place& place) {
    parts.push_back(read_part(rows, what, json, place));
  });
  return parts;
}

FaultSpec read_faults(const ObjectReader& in, const std::vector<HostSpec>& hosts) {
  FaultSpec spec;
  if (!in.has("faults")) return spec;
  const ObjectReader item(in.at("faults"), in.place().key("faults"),
                          {.required = {}, .optional = {"kinds", "hosts", "focus", "windows_max"}});
  spec.kinds = item.texts("kinds");
  spec.hosts = item.texts("hosts");
  spec.focus = item.texts("focus");
  spec.windows_max = item.integer("windows_max", 0, kMaxWindows, spec.windows_max);
  std::vector<string_view> kinds;
  for (const faults::KindInfo& kind : faults::kinds()) kinds.push_back(kind.name);
  for (std::size_t i = 0; i < spec.kinds.size(); ++i)
    expect_known(item.place().key("kinds").item(i), spec.kinds[i], kinds, "a fault kind");
  std::vector<string_view> names;
  for (const HostSpec& host : hosts) names.push_back(host.name);
  for (std::size_t i = 0; i < spec.hosts.size(); ++i)
    expect_known(item.place().key("hosts").item(i), spec.hosts[i], names, "a host of this scenario");
  return spec;
}

void read_times(const ObjectReader& in, Scenario& scenario) {
  scenario.start = read_start(in);
  scenario.storm = in.duration("storm");
  scenario.settle_bound = in.duration("settle_bound");
  for (const string_view key : {"storm", "settle_bound"}) {
    const Duration value = key == "storm" ? scenario.storm : scenario.settle_bound;
    if (value.ns == 0) in.place().key(key).fail("longer than nothing", shown(in.at(key)));
    no_longer_than(in, key, value, kLongestSpan, "400 days");
  }
}

void read_promises(const Flows& flows, const ObjectReader& in, Scenario& scenario) {
  scenario.invariants = in.texts("invariants");
  const auto laws = names_of(flows.laws(), &LawRow::name);
  for (std::size_t i = 0; i < scenario.invariants.size(); ++i) {
    const Place at = in.place().key("invariants").item(i);
    expect_known(at, scenario.invariants[i], laws, "an invariant");
    for (const string_view service : flows.law(scenario.invariants[i])->services) {
      if (!scenario.has_service(service))
        at.fail("a host for the service \"" + std::string(service) + "\", which this invariant judges",
                "no host with the service \"" + std::string(service) + "\"");
    }
  }
  scenario.sometimes = in.texts("sometimes");
  const auto marks = names_of(flows.marks(), &MarkRow::name);
  for (std::size_t i = 0; i < scenario.sometimes.size(); ++i)
    expect_known(in.place().key("sometimes").item(i), scenario.sometimes[i], marks, "a mark");
}

void check_parts(const Scenario& scenario, const Place& place) {
  for (const Part& part : scenario.settings) {
    if (part.row->check != nullptr) part.row->check(part, scenario, place.key(part.name));
  }
  const auto each = [&](const std::vector<Part>& parts, string_view key) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].row->check != nullptr) parts[i].row->check(parts[i], scenario, place.key(key).item(i));
    }
  };
  each(scenario.parties, "parties");
  each(scenario.workloads, "workloads");
  for (std::size_t i = 0; i < scenario.workloads.size(); ++i) {
    for (const string_view service : static_cast<const WorkloadRow*>(scenario.workloads[i].row)->services) {
      if (!scenario.has_service(service))
        place.key("hosts").fail("a host for the service \"" + std::string(service) + "\", which workload \"" +
                                    scenario.workloads[i].name + "\" uses",
                                "no host with the service \"" + std::string(service) + "\"");
    }
  }
}

// A way that a scenario is about must be one that somebody there can take.
void check_focus(const Scenario& scenario, const faults::Menu& menu, const Place& focus) {
  std::vector<std::string> ways;
  for (const faults::ForkOnMenu& fork : menu.forks) {
    for (const std::string& way : fork.ways) ways.push_back(fork.fork + ": " + way);
  }
  const std::vector<string_view> known(ways.begin(), ways.end());
  for (std::size_t i = 0; i < scenario.faults.focus.size(); ++i)
    expect_known(focus.item(i), scenario.faults.focus[i], known, "a way that is taken here");
}

// A kind that a scenario names must have something to strike there.
void check_faults(const Flows& flows, const Scenario& scenario, const Place& place) {
  if (scenario.faults.kinds.empty() && scenario.faults.focus.empty()) return;
  const Place kinds = place.key("kinds");
  const faults::Menu menu = menu_of(flows, scenario, Designer(flows, scenario.designs, {}, {}));
  check_focus(scenario, menu, place.key("focus"));
  for (std::size_t i = 0; i < scenario.faults.kinds.size(); ++i) {
    const std::string& kind = scenario.faults.kinds[i];
    const std::string why =
        faults::why_it_cannot_bite(*faults::kind_named(kind), menu, capabilities_of(scenario));
    if (!why.empty())
      kinds.item(i).fail("a kind of fault that can happen here", "\"" + kind + "\", which cannot: " + why);
  }
}

Keys keys_of(const Flows& flows) {
  Keys keys{.required = {"schema", "name", "summary", "storm", "settle_bound", "hosts", "workloads"},
            .optional = {"$schema", "start", "deployment", "designs", "database", "parties", "faults",
                         "invariants", "sometimes"}};
  for (const SettingRow* row : flows.settings()) keys.optional.push_back(row->kind);
  return keys;
}

}  // namespace

std::span<const string_view> journal_mode_names() { return kJournalModes; }
std::span<const string_view> deployment_names() { return kDeployments; }

std::vector<std::string> host_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Part& part : scenario.parties) names.push_back(part.name);
  for (const Part& part : scenario.workloads) names.push_back(part.name);
  for (const HostSpec& host : scenario.hosts) names.push_back(host.name);
  return names;
}

Scenario read_scenario(const Flows& flows, const Json& json, const Place& place) {
  expect_sort(json, place, "scenario");
  if (json.is_object() && json.contains("schema")) {  // first: of another version every key may be another
    const std::array<string_view, 1> tags{kScenarioSchema};
    const Json& tag = json.at("schema");
    if (!tag.is_string()) place.key("schema").fail("\"" + std::string(kScenarioSchema) + "\"", shown(tag));
    expect_known(place.key("schema"), tag.get_ref<const std::string&>(), tags, "the schema");
  }
  const ObjectReader in(json, place, keys_of(flows));
  if (in.has("$schema")) in.text("$schema");

  Scenario scenario;
  scenario.name = in.text("name");
  if (!is_name(scenario.name, "_"))
    place.key("name").fail("a name of a-z 0-9 _ that starts with a letter", shown(in.at("name")));
  scenario.summary = in.text("summary");
  read_times(in, scenario);
  if (in.has("deployment")) {
    const std::string kind = in.text("deployment");
    expect_known(place.key("deployment"), kind, kDeployments, "a deployment");
    scenario.deployment = kind == "monolith" ? DeploymentKind::monolith : DeploymentKind::services;
  }
  scenario.hosts = read_hosts(flows, in);
  scenario.designs = read_designs(flows, in);
  scenario.database = read_database(in);
  scenario.settings = read_settings(flows, in);
  scenario.parties = read_parts(flows.parties(), in, "parties", "a kind of party");
  scenario.workloads = read_parts(flows.workloads(), in, "workloads", "a kind of workload");
  if (scenario.workloads.empty()) place.key("workloads").fail("at least one workload", "none");
  std::uint64_t actors = 0;
  for (const Part& workload : scenario.workloads) actors += workload.actors();
  if (actors > kMostActors)
    place.key("workloads")
        .fail("at most " + std::to_string(kMostActors) + " who act, in all workloads together",
              std::to_string(actors));
  scenario.faults = read_faults(in, scenario.hosts);
  check_placing(flows, scenario, place);
  for (const auto& [seam, design] : scenario.designs) {
    const std::string missing = missing_device(flows, scenario, seam, design);
    if (!missing.empty()) place.key("hosts").fail(missing, "no host that is a cache");
  }
  read_promises(flows, in, scenario);
  check_parts(scenario, place);
  check_faults(flows, scenario, place.key("faults"));
  scenario.source = json.dump(2);
  return scenario;
}

Scenario parse_scenario(const Flows& flows, string_view text, const std::string& file) {
  Scenario scenario = read_scenario(flows, parse_strictly(text, file), {file, "$"});
  scenario.source = text;
  return scenario;
}

}  // namespace ordeal::play
