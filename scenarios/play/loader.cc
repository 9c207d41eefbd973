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
#include "faults/text.h"
#include "scenarios/play/tables.h"

namespace ordeal::scenarios {
namespace {

using std::string_view;

constexpr std::array<string_view, 6> kServices{"gateway", "order",  "inventory",
                                               "payment", "ledger", "notification"};
constexpr std::array<string_view, 2> kChannels{"alipay", "wechat"};
constexpr std::array<string_view, 4> kJournalModes{"wal", "delete", "truncate", "persist"};
// Parties stand on hosts of their own (scenarios/play/play.cc): a channel on one of its name.
constexpr std::array<string_view, 4> kParties{"merchant", "shoppers", "alipay", "wechat"};
constexpr std::array<string_view, 1> kWorkloads{"shopping"};

// Bounds of one world. They keep every sum far from overflow and a typing error from eating the machine.
constexpr std::int64_t kMaxShoppers = 100'000;
constexpr std::int64_t kMaxStock = 1'000'000'000;
constexpr std::int64_t kMaxWeight = 1'000'000;
constexpr std::int64_t kMaxLines = 100;
constexpr std::int64_t kMaxQuantity = 1'000;
constexpr std::int64_t kMaxWindows = 64;
constexpr Duration kMaxSpan{400LL * 24 * 3'600'000'000'000};  // a year and a bit

template <class Rows, class Field>
std::vector<string_view> column(const Rows& rows, Field field) {
  std::vector<string_view> out;
  for (const auto& row : rows) out.push_back(row.*field);
  return out;
}

bool is_name(string_view text, string_view besides) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto allowed = [&](char c) {
    return lower(c) || (c >= '0' && c <= '9') || besides.find(c) != string_view::npos;
  };
  return !text.empty() && text.size() <= 64 && lower(text.front()) &&
         std::all_of(text.begin(), text.end(), allowed);
}

void no_longer_than(const ObjectReader& in, string_view key, Duration value, Duration most,
                    string_view what) {
  if (value > most)
    in.place().key(key).fail("at most " + std::string(what) + ", " + faults::text(most), shown(in.at(key)));
}

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

std::vector<HostSpec> read_hosts(const ObjectReader& in) {
  std::vector<HostSpec> hosts;
  std::set<std::string> placed;
  in.items("hosts", [&](const Json& json, const Place& place) {
    const ObjectReader item(json, place, {.required = {"name", "services"}, .optional = {}});
    HostSpec host{item.text("name"), item.texts("services")};
    const bool taken = std::find(kParties.begin(), kParties.end(), host.name) != kParties.end();
    if (!is_name(host.name, "-_") || taken) {
      place.key("name").fail("a host name (a-z 0-9 - _) that is not a party's", shown(host.name));
    }
    const auto same = [&](const HostSpec& other) { return other.name == host.name; };
    if (std::any_of(hosts.begin(), hosts.end(), same))
      place.key("name").fail("each host once", shown(host.name) + " a second time");
    if (host.services.empty()) place.key("services").fail("at least one service", "none");
    for (std::size_t i = 0; i < host.services.size(); ++i) {
      const Place at = place.key("services").item(i);
      expect_known(at, host.services[i], kServices, "a service");
      if (!placed.insert(host.services[i]).second)
        at.fail("each service on one host", shown(host.services[i]) + " a second time");
    }
    hosts.push_back(std::move(host));
  });
  for (const string_view service : kServices) {
    if (!placed.contains(std::string(service))) {
      in.place().key("hosts").fail("a host for every service",
                                   "no host with the service \"" + std::string(service) + "\"");
    }
  }
  return hosts;
}

std::map<std::string, std::string> read_designs(const ObjectReader& in) {
  std::map<std::string, std::string> designs;
  if (!in.has("designs")) return designs;
  const Place place = in.place().key("designs");
  const Json& json = in.at("designs");
  if (!json.is_object()) place.fail("an object of seams and designs", shown(json));
  const auto names = column(seams(), &SeamRow::seam);
  for (const auto& [seam, design] : json.items()) {
    expect_known(place.key(seam), seam, names, "a seam");
    if (!design.is_string()) place.key(seam).fail("the name of a design", shown(design));
    expect_known(place.key(seam), design.get_ref<const std::string&>(), find_seam(seam)->designs,
                 "a design of " + std::string(seam));
    designs[seam] = design.get<std::string>();
  }
  return designs;
}

DatabaseSpec read_database(const ObjectReader& in) {
  DatabaseSpec database;
  if (!in.has("database")) return database;
  const ObjectReader item(in.at("database"), in.place().key("database"),
                          {.required = {}, .optional = {"journal_mode", "page_size"}});
  const std::string mode = item.text("journal_mode", kJournalModes.front());
  expect_known(item.place().key("journal_mode"), mode, kJournalModes, "a journal mode");
  database.journal_mode = static_cast<JournalMode>(
      std::find(kJournalModes.begin(), kJournalModes.end(), mode) - kJournalModes.begin());
  database.page_size = item.integer("page_size", 512, 65536, database.page_size);
  if (!std::has_single_bit(static_cast<std::uint64_t>(database.page_size))) {
    item.place().key("page_size").fail("a power of two from 512 to 65536", shown(item.at("page_size")));
  }
  return database;
}

std::vector<SkuSpec> read_catalogue(const ObjectReader& in) {
  std::vector<SkuSpec> catalogue;
  in.items("catalogue", [&](const Json& json, const Place& place) {
    const ObjectReader item(json, place, {.required = {"sku", "price", "stock"}, .optional = {"weight"}});
    SkuSpec sku{item.text("sku"), item.money("price"), item.integer("stock", 0, kMaxStock),
                item.integer("weight", 1, kMaxWeight, 1)};
    for (const SkuSpec& other : catalogue) {
      if (other.name == sku.name) place.key("sku").fail("each sku once", shown(sku.name) + " a second time");
      if (other.price.currency != sku.price.currency) {
        place.key("price").fail(
            "an amount in " + std::string(other.price.currency.text()) + ", as the other prices",
            shown(item.at("price")));
      }
    }
    catalogue.push_back(std::move(sku));
  });
  if (catalogue.empty()) in.place().key("catalogue").fail("at least one sku", "none");
  return catalogue;
}

// {"min": …, "max": …}; both are needed when the key is there.
void read_span(const ObjectReader& in, string_view key, Duration& min, Duration& max) {
  if (!in.has(key)) return;
  const ObjectReader item(in.at(key), in.place().key(key), {.required = {"min", "max"}, .optional = {}});
  min = item.duration("min");
  max = item.duration("max");
  if (min > max) item.place().key("max").fail("at least min, " + faults::text(min), shown(item.at("max")));
  no_longer_than(item, "max", max, kMaxSpan, "400 days");
}

ShopperHabits read_habits(const ObjectReader& in) {
  ShopperHabits habits;
  if (!in.has("habits")) return habits;
  const ObjectReader item(in.at("habits"), in.place().key("habits"),
                          {.required = {},
                           .optional = {"never_pays", "pays_late", "direct_debit", "double_click", "think",
                                        "late", "lines_max", "quantity_max"}});
  habits.never_pays = item.chance("never_pays");
  habits.pays_late = item.chance("pays_late");
  habits.direct_debit = item.chance("direct_debit");
  habits.double_click = item.chance("double_click");
  read_span(item, "think", habits.think_min, habits.think_max);
  read_span(item, "late", habits.late_min, habits.late_max);
  if (!habits.pays_late.is_zero() && !item.has("late")) {
    item.place().fail("the key \"late\", because pays_late is not 0", "an object without it");
  }
  habits.lines_max = item.integer("lines_max", 1, kMaxLines, 1);
  habits.quantity_max = item.integer("quantity_max", 1, kMaxQuantity, 1);
  return habits;
}

WorkloadSpec read_workload(const ObjectReader& in, Duration storm, const std::vector<SkuSpec>& catalogue) {
  const ObjectReader item(in.at("workload"), in.place().key("workload"),
                          {.required = {"kind", "shoppers", "arrive", "purse"}, .optional = {"habits"}});
  expect_known(item.place().key("kind"), item.text("kind"), kWorkloads, "a workload");
  WorkloadSpec work;
  work.shoppers = static_cast<std::uint32_t>(item.integer("shoppers", 1, kMaxShoppers));
  const ObjectReader arrive(item.at("arrive"), item.place().key("arrive"),
                            {.required = {"from", "until"}, .optional = {}});
  work.arrive_from = arrive.duration("from");
  work.arrive_until = arrive.duration("until");
  if (work.arrive_until <= work.arrive_from) {
    arrive.place().key("until").fail("later than from, " + faults::text(work.arrive_from),
                                     shown(arrive.at("until")));
  }
  no_longer_than(arrive, "until", work.arrive_until, storm, "the storm");
  const Money purse = item.money("purse");
  if (purse.currency != catalogue.front().price.currency) {
    item.place().key("purse").fail("an amount in the currency of the catalogue", shown(item.at("purse")));
  }
  work.purse_minor = purse.minor;
  work.habits = read_habits(item);

  std::int64_t dearest = 0;
  for (const SkuSpec& sku : catalogue) dearest = std::max(dearest, sku.price.minor);
  if (dearest > Money::kMaxMinor / (work.habits.lines_max * work.habits.quantity_max)) {
    item.place().key("habits").fail("lines_max and quantity_max with which no order can exceed 100000000.00",
                                    "baskets that can cost more at these prices");
  }
  return work;
}

MerchantHabits read_merchant(const ObjectReader& in) {
  MerchantHabits habits;
  if (!in.has("merchant")) return habits;
  const ObjectReader item(in.at("merchant"), in.place().key("merchant"),
                          {.required = {}, .optional = {"slow", "broken"}});
  habits.slow = item.chance("slow");
  habits.broken = item.chance("broken");
  return habits;
}

FaultSpec read_faults(const ObjectReader& in, const std::vector<HostSpec>& hosts) {
  FaultSpec spec;
  if (!in.has("faults")) return spec;
  const ObjectReader item(in.at("faults"), in.place().key("faults"),
                          {.required = {}, .optional = {"kinds", "hosts", "windows_max"}});
  spec.kinds = item.texts("kinds");
  spec.hosts = item.texts("hosts");
  spec.windows_max = item.integer("windows_max", 0, kMaxWindows, spec.windows_max);
  const auto kinds = column(faults::kinds(), &faults::KindInfo::name);
  for (std::size_t i = 0; i < spec.kinds.size(); ++i) {
    expect_known(item.place().key("kinds").item(i), spec.kinds[i], kinds, "a fault kind");
  }
  std::vector<string_view> names;
  for (const HostSpec& host : hosts) names.push_back(host.name);
  for (std::size_t i = 0; i < spec.hosts.size(); ++i) {
    expect_known(item.place().key("hosts").item(i), spec.hosts[i], names, "a host of this scenario");
  }
  return spec;
}

void read_times(const ObjectReader& in, Scenario& scenario) {
  scenario.start = read_start(in);
  scenario.storm = in.duration("storm");
  scenario.settle_bound = in.duration("settle_bound");
  for (const string_view key : {"storm", "settle_bound"}) {
    const Duration value = key == "storm" ? scenario.storm : scenario.settle_bound;
    if (value.ns == 0) in.place().key(key).fail("longer than nothing", shown(in.at(key)));
    no_longer_than(in, key, value, kMaxSpan, "400 days");
  }
}

}  // namespace

std::span<const string_view> service_names() { return kServices; }
std::span<const string_view> channel_names() { return kChannels; }
std::span<const string_view> journal_mode_names() { return kJournalModes; }

std::vector<std::string> host_names(const Scenario& scenario) {
  std::vector<std::string> names{"merchant", "shoppers", scenario.channel};
  for (const HostSpec& host : scenario.hosts) names.push_back(host.name);
  return names;
}

Scenario read_scenario(const Json& json, const Place& place) {
  const ObjectReader in(
      json, place,
      {.required = {"schema", "name", "summary", "storm", "settle_bound", "hosts", "catalogue", "workload"},
       .optional = {"$schema", "start", "designs", "database", "channel", "merchant", "faults", "invariants",
                    "sometimes"}});
  const std::array<string_view, 1> tags{kScenarioSchema};
  expect_known(place.key("schema"), in.text("schema"), tags, "the schema");
  if (in.has("$schema")) in.text("$schema");

  Scenario scenario;
  scenario.name = in.text("name");
  if (!is_name(scenario.name, "_"))
    place.key("name").fail("a name of a-z 0-9 _ that starts with a letter", shown(scenario.name));
  scenario.summary = in.text("summary");
  read_times(in, scenario);
  scenario.hosts = read_hosts(in);
  scenario.designs = read_designs(in);
  scenario.database = read_database(in);
  scenario.catalogue = read_catalogue(in);
  scenario.channel = in.text("channel", kChannels.front());
  expect_known(place.key("channel"), scenario.channel, kChannels, "a payment channel");
  scenario.workload = read_workload(in, scenario.storm, scenario.catalogue);
  scenario.merchant = read_merchant(in);
  scenario.faults = read_faults(in, scenario.hosts);
  scenario.invariants = in.texts("invariants");
  const auto laws = column(invariants(), &InvariantRow::name);
  for (std::size_t i = 0; i < scenario.invariants.size(); ++i) {
    expect_known(place.key("invariants").item(i), scenario.invariants[i], laws, "an invariant");
  }
  scenario.sometimes = in.texts("sometimes");
  scenario.source = json.dump(2);
  return scenario;
}

Scenario parse_scenario(string_view text, const std::string& file) {
  Scenario scenario = read_scenario(parse_strictly(text, file), {file, "$"});
  scenario.source = text;
  return scenario;
}

}  // namespace ordeal::scenarios
