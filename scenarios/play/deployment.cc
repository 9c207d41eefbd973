#include "scenarios/play/deployment.h"

#include "core/base/check.h"
#include "core/catalog/catalog.h"
#include "core/gateway/service.h"
#include "core/inventory/service.h"
#include "core/inventory/stock.h"
#include "core/ledger/service.h"
#include "core/notification/service.h"
#include "core/order/service.h"
#include "core/payment/service.h"
#include "sim/simulation.h"

namespace ordeal::scenarios {
namespace {

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

channel::Account contract(const std::string& name) {
  const channel::Profile* profile = channel::find_profile(name);
  ORDEAL_CHECK(profile != nullptr, "the loader lets only known channels pass");
  return {name,
          profile,
          "https://" + name + "/gateway",
          "https://gateway/notify/" + name,
          "app-1",
          "seller-1",
          channel::make_hmac_signer("the merchant's key"),
          channel::make_hmac_signer("the channel's key")};
}

// A database without rows of its own.
void nothing(env::Tx&) {}

}  // namespace

Deployment::Deployment(const Scenario& scenario, const Designer& designer)
    : scenario_(scenario),
      designer_(designer),
      knobs_(knobs_of(scenario, {})),
      accounts_{contract(scenario.channel)} {
  images_for(scenario.database);
}

sim::JournalMode Deployment::journal_mode() const { return sqlite_mode(knobs_.database.journal_mode); }

const std::vector<std::string>& Deployment::services() {
  static const std::vector<std::string> kServices{"gateway", "order",  "inventory",
                                                  "payment", "ledger", "notification"};
  return kServices;
}

const Deployment::Images& Deployment::images_for(const DatabaseSpec& database) {
  const std::pair key{database.journal_mode == JournalMode::wal, database.page_size};
  auto found = images_.find(key);
  if (found == images_.end()) {
    const sim::ImageOptions options{sqlite_mode(database.journal_mode), static_cast<int>(database.page_size)};
    found = images_.emplace(key, make_images(options)).first;
  }
  return found->second;
}

Deployment::Images Deployment::make_images(const sim::ImageOptions& options) const {
  Images images;
  const auto add = [&](const char* service, std::string_view schema,
                       const std::function<void(env::Tx&)>& seed) {
    images.emplace(service, sim::DatabaseImage::make(schema, seed, options));
  };
  add("order", order::kSchema, [&](env::Tx& tx) {
    for (std::size_t i = 0; i < scenario_.catalogue.size(); ++i) {
      catalog::put_price(tx, sku_id(i), scenario_.catalogue[i].price);
    }
  });
  add("inventory", inventory::kSchema, [&](env::Tx& tx) {
    for (std::size_t i = 0; i < scenario_.catalogue.size(); ++i) {
      inventory::put_stock(tx, sku_id(i), scenario_.catalogue[i].stock);
    }
  });
  add("payment", designer_.reads_statements() ? payment::kSchemaWithStatements : payment::kSchema, nothing);
  add("ledger", ledger::kSchema, nothing);
  add("notification", notification::kSchema, nothing);
  return images;
}

void Deployment::install(sim::Simulation& simulation, const Knobs& knobs) {
  disks_.clear();
  knobs_ = knobs;
  const Images& images = images_for(knobs.database);
  for (const HostSpec& spec : scenario_.hosts) {
    sim::Host& host = simulation.add_host(spec.name);
    sim::Disk& disk = sim::Disk::attach_to(host);
    for (const std::string& service : spec.services) {
      simulation.publish_service(service, host.id());
      const auto image = images.find(service);
      if (image == images.end()) continue;
      image->second.clone_onto(disk, database_of(service));
      disks_.emplace(service, &disk);
    }
    host.install([this, &spec](sim::Process& process) { start_services(process, spec); });
  }
}

void Deployment::boot(sim::Simulation& simulation) const {
  for (const HostSpec& spec : scenario_.hosts) simulation.find_host(spec.name)->boot();
}

sim::Disk* Deployment::disk_of(std::string_view service) const {
  const auto found = disks_.find(service);
  return found == disks_.end() ? nullptr : found->second;
}

void Deployment::start_services(sim::Process& process, const HostSpec& spec) const {
  for (const std::string& service : spec.services) start(process, service);
}

env::Database& Deployment::open(sim::Process& process, std::string_view service) const {
  sim::DatabaseOptions options;
  options.name = database_of(service);
  options.journal_mode = journal_mode();
  options.cache_pages = knobs_.cache_pages;
  options.wal_autocheckpoint_pages = knobs_.checkpoint_pages;
  return process.own(sim::Database::open(process, *disk_of(service), std::move(options)));
}

void Deployment::start(sim::Process& process, std::string_view service) const {
  env::Env& env = process.env_of(service);
  if (service == "gateway") {
    gateway::Config config;
    config.channels = {accounts_.front().name};
    process.make<gateway::Service>(env, std::move(config)).start();
  } else if (service == "order") {
    start_order(process);
  } else if (service == "inventory") {
    auto& gate = process.own(designer_.gate());
    process.make<inventory::Service>(env, open(process, service), inventory::Designs{gate}).start();
  } else if (service == "payment") {
    start_payment(process);
  } else if (service == "ledger") {
    process.make<ledger::Service>(env, open(process, service)).start();
  } else if (service == "notification") {
    process.make<notification::Service>(env, open(process, service)).start();
  } else {
    ORDEAL_CHECK(false, "the loader lets only known services pass");
  }
}

void Deployment::start_order(sim::Process& process) const {
  auto& database = open(process, "order");
  const order::Designs designs{process.own(designer_.submit_guard()), process.own(designer_.status_writer()),
                               process.own(designer_.late_payment()), process.own(designer_.closer()),
                               process.own(designer_.publisher())};
  order::Config config;
  config.relay = knobs_.relay;
  config.reserve_deadline = knobs_.reserve_deadline;
  process.make<order::Service>(process.env_of("order"), database, designs, std::move(config)).start();
}

void Deployment::start_payment(sim::Process& process) const {
  auto& database = open(process, "payment");
  payment::Designs designs{process.own(designer_.attempt_policy()), process.own(designer_.callback_handler()),
                           process.own(designer_.publisher())};
  if (designer_.reads_statements()) designs.statement_check = &process.own(designer_.statement_check());
  payment::Config config;
  config.accounts = accounts_;
  config.relay = knobs_.relay;
  config.channel_deadline = knobs_.channel_deadline;
  process.make<payment::Service>(process.env_of("payment"), database, designs, std::move(config)).start();
}

}  // namespace ordeal::scenarios
