#include "scenarios/play/deployment.h"

#include <algorithm>

#include "core/base/check.h"
#include "scenarios/play/devices.h"
#include "sim/broker/client.h"
#include "sim/cache/client.h"
#include "sim/disk/remote_database.h"
#include "sim/simulation.h"

namespace ordeal::play {
namespace {

constexpr std::string_view kMonolithFile = "monolith.db";

sim::JournalMode sqlite_mode(JournalMode mode) {
  switch (mode) {
    case JournalMode::wal:
      return sim::JournalMode::wal;
    case JournalMode::delete_file:
      return sim::JournalMode::del;
    case JournalMode::truncate:
      return sim::JournalMode::truncate;
    case JournalMode::persist:
      return sim::JournalMode::persist;
  }
  return sim::JournalMode::wal;
}

const HostSpec* first_host_of(const Scenario& scenario, std::string_view service) {
  for (const HostSpec& host : scenario.hosts) {
    if (std::find(host.services.begin(), host.services.end(), service) != host.services.end()) return &host;
  }
  return nullptr;
}

}  // namespace

Deployment::Deployment(const Flows& flows, const Scenario& scenario, const Designer& designer)
    : flows_(flows), scenario_(scenario), designer_(designer), database_(scenario.database) {
  place_stores(flows);
  images_for(database_);
}

sim::JournalMode Deployment::journal_mode() const { return sqlite_mode(database_.journal_mode); }

void Deployment::place_stores(const Flows& flows) {
  const bool monolith = scenario_.deployment == DeploymentKind::monolith;
  for (const ServiceRow* row : flows.services()) {
    if (row->schema == nullptr || !scenario_.has_service(row->name)) continue;
    const std::string file = monolith ? std::string(kMonolithFile) : std::string(row->name) + ".db";
    const auto known =
        std::find_if(stores_.begin(), stores_.end(), [&](const Store& store) { return store.file == file; });
    if (known != stores_.end()) {
      known->services.push_back(row);
      continue;
    }
    const HostSpec* own = scenario_.database_host_of(row->name);
    const HostSpec* host = own != nullptr ? own : first_host_of(scenario_, row->name);
    stores_.push_back({file, {row}, host, own != nullptr});
  }
}

const Deployment::Store* Deployment::store_of(std::string_view service) const {
  for (const Store& store : stores_) {
    for (const ServiceRow* row : store.services) {
      if (row->name == service) return &store;
    }
  }
  return nullptr;
}

const Deployment::Images& Deployment::images_for(const DatabaseSpec& database) {
  const std::pair key{database.journal_mode == JournalMode::wal, database.page_size};
  auto found = images_.find(key);
  if (found != images_.end()) return found->second;
  Images images;
  const sim::ImageOptions options{sqlite_mode(database.journal_mode), static_cast<int>(database.page_size)};
  for (const Store& store : stores_) images.emplace(store.file, make_image(store, options));
  return images_.emplace(key, std::move(images)).first->second;
}

sim::DatabaseImage Deployment::make_image(const Store& store, const sim::ImageOptions& options) const {
  std::string schema;
  for (const ServiceRow* row : store.services) {
    schema += row->schema(designer_);
    if (row->further_tables != nullptr) schema += row->further_tables(scenario_);
  }
  const auto seed = [&](env::Tx& tx) {
    for (const ServiceRow* row : store.services) {
      if (row->seed != nullptr) row->seed(tx, scenario_);
    }
  };
  return sim::DatabaseImage::make(schema, seed, options);
}

void Deployment::install(sim::Simulation& simulation, const Knobs& knobs) {
  knobs_ = knobs;
  broker_ = nullptr;
  database_ = database_of(scenario_, knobs);
  const Images& images = images_for(database_);
  for (const HostSpec& spec : scenario_.hosts) {
    sim::Host& host = simulation.add_host(spec.name);
    if (spec.cache) sim::cache::Server::attach_to(host, cache_options(flows_, *spec.cache));
    if (spec.broker) broker_ = &sim::broker::Server::attach_to(host, broker_options(*spec.broker));
    if (spec.cache || spec.broker) continue;
    sim::DiskOptions storage;
    storage.powersafe_overwrite = knobs_.text("disk.powersafe_overwrite", "yes") == "yes";
    sim::Disk& disk = sim::Disk::attach_to(host, storage);
    for (const std::string& service : spec.services) simulation.publish_service(service, host.id());
    sim::DatabaseServer* server = nullptr;  // one for all databases that lie here
    for (Store& store : stores_) {
      if (store.host != &spec) continue;
      images.at(store.file).clone_onto(disk, store.file);
      store.disk = &disk;
      if (!store.shared) continue;
      if (server == nullptr) server = &sim::DatabaseServer::attach_to(host, disk);
      store.server = server;
    }
    host.install([this, &spec](sim::Process& process) { start_host(process, spec); });
  }
}

void Deployment::boot(sim::Simulation& simulation) const {
  for (const HostSpec& spec : scenario_.hosts) simulation.find_host(spec.name)->boot();
}

void Deployment::start_host(sim::Process& process, const HostSpec& spec) const {
  std::vector<sim::DatabaseOptions> shared;
  sim::DatabaseServer* server = nullptr;
  for (const Store& store : stores_) {
    if (store.host != &spec || !store.shared) continue;
    shared.push_back(options_of(store));
    server = store.server;
  }
  if (server != nullptr) server->start(process, std::move(shared));
  start_services(process, spec);
}

void Deployment::start_services(sim::Process& process, const HostSpec& spec) const {
  if (scenario_.cache_host() != nullptr) sim::cache::Client::connect(process);
  if (broker_ != nullptr) sim::broker::Client::connect(process, *broker_);
  std::map<std::string_view, env::Database*> opened;  // by file
  for (const std::string& service : spec.services) {
    const ServiceRow& row = *flows_.service(service);
    env::Database* database = nullptr;
    if (const Store* store = store_of(service)) {
      env::Database*& known = opened[store->file];
      if (known == nullptr) known = store->shared ? &connect(process, *store) : &open(process, *store);
      database = known;
    }
    row.start({process, process.env_of(service), database, scenario_, designer_, knobs_});
  }
}

sim::DatabaseOptions Deployment::options_of(const Store& store) const {
  sim::DatabaseOptions options;
  options.name = store.file;
  options.journal_mode = journal_mode();
  options.cache_pages = static_cast<int>(knobs_.number("database.cache_pages", options.cache_pages));
  options.wal_autocheckpoint_pages =
      static_cast<int>(knobs_.number("database.checkpoint_pages", options.wal_autocheckpoint_pages));
  return options;
}

env::Database& Deployment::connect(sim::Process& process, const Store& store) const {
  sim::RemoteDatabaseOptions options;
  options.name = store.file;
  options.connections = static_cast<std::size_t>(database_.connections);
  return process.own(sim::RemoteDatabase::connect(process, *store.server, options));
}

env::Database& Deployment::open(sim::Process& process, const Store& store) const {
  return process.own(sim::Database::open(process, *store.disk, options_of(store)));
}

}  // namespace ordeal::play
