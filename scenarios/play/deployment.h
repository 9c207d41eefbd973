// Deployment: which service runs on which host, where its database lies, and how a host's process is put together at
// boot: databases from images, then the services in the order of the scenario, each by its row. Database images are made
// once and cloned page by page, so that building a world costs microseconds.
//
// Where a database lies: on the disk of the host that runs its service; or, when the scenario says so, on a host of its
// own, reached over the network by every instance. A monolith has one database for all its services.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"
#include "sim/broker/server.h"
#include "sim/disk/database.h"
#include "sim/disk/database_image.h"
#include "sim/disk/database_server.h"
#include "sim/disk/disk.h"
#include "sim/process.h"

namespace ordeal::play {

class Deployment {
 public:
  // One database of a trial.
  struct Store {
    std::string file;                           // "order.db"
    std::vector<const ServiceRow*> services{};  // whose rows are in it
    const HostSpec* host = nullptr;             // on whose disk it lies
    bool shared = false;                        // on a host of its own
    sim::Disk* disk = nullptr;                  // of the trial that was installed last
    sim::DatabaseServer* server = nullptr;      // where it is shared
  };

  Deployment(const Flows& flows, const Scenario& scenario, const Designer& designer);

  // Adds the hosts of the scenario, their disks with fresh databases, and the names of their services. The knobs hold
  // until the next install.
  void install(sim::Simulation& simulation, const Knobs& knobs);
  void boot(sim::Simulation& simulation) const;

  const std::vector<Store>& stores() const { return stores_; }
  sim::JournalMode journal_mode() const;

 private:
  using Images = std::map<std::string, sim::DatabaseImage, std::less<>>;  // by file

  void place_stores(const Flows& flows);
  // Made when they are first asked for, and kept.
  const Images& images_for(const DatabaseSpec& database);
  sim::DatabaseImage make_image(const Store& store, const sim::ImageOptions& options) const;
  const Store* store_of(std::string_view service) const;
  void start_host(sim::Process& process, const HostSpec& spec) const;
  void start_services(sim::Process& process, const HostSpec& spec) const;
  sim::DatabaseOptions options_of(const Store& store) const;
  env::Database& open(sim::Process& process, const Store& store) const;
  env::Database& connect(sim::Process& process, const Store& store) const;

  const Flows& flows_;
  const Scenario& scenario_;
  const Designer& designer_;
  Knobs knobs_;
  DatabaseSpec database_;
  std::vector<Store> stores_;
  sim::broker::Server* broker_ = nullptr;  // of the trial that was installed last; null: there is none
  std::map<std::pair<bool, std::int64_t>, Images> images_;  // by "is it WAL" and page size
};

}  // namespace ordeal::play
