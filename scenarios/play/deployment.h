// Deployment: which service runs on which host, and how a service is put together at boot: its database from
// an image, its design seams from the Designer, its neighbours by name. The only place that knows the
// constructors of all services.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/channel/client.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"
#include "scenarios/play/scenario.h"
#include "sim/disk/database.h"
#include "sim/disk/database_image.h"
#include "sim/disk/disk.h"
#include "sim/process.h"

namespace ordeal::scenarios {

class Deployment {
 public:
  Deployment(const Scenario& scenario, const Designer& designer);

  // Adds the hosts of the scenario, their disks with fresh databases, and the names of their services.
  // The knobs hold until the next install.
  void install(sim::Simulation& simulation, const Knobs& knobs);
  void boot(sim::Simulation& simulation) const;

  const channel::Account& account() const { return accounts_.front(); }
  // The disk and the database file of a service; null before install or for a service without one.
  sim::Disk* disk_of(std::string_view service) const;
  static std::string database_of(std::string_view service) { return std::string(service) + ".db"; }
  sim::JournalMode journal_mode() const;
  bool reads_statements() const { return designer_.reads_statements(); }

  // Every service there is, in the order they are listed to people; the first has no database.
  static const std::vector<std::string>& services();
  static SkuId sku_id(std::size_t index) { return SkuId{static_cast<std::int64_t>(index) + 1}; }

 private:
  using Images = std::map<std::string, sim::DatabaseImage, std::less<>>;  // by service

  // Made when they are first asked for, and kept.
  const Images& images_for(const DatabaseSpec& database);
  Images make_images(const sim::ImageOptions& options) const;
  void start_services(sim::Process& process, const HostSpec& spec) const;
  env::Database& open(sim::Process& process, std::string_view service) const;
  void start(sim::Process& process, std::string_view service) const;
  void start_order(sim::Process& process) const;
  void start_payment(sim::Process& process) const;

  const Scenario& scenario_;
  const Designer& designer_;
  Knobs knobs_;
  channel::Accounts accounts_;
  std::map<std::pair<bool, std::int64_t>, Images> images_;  // by "is it WAL" and page size
  std::map<std::string, sim::Disk*, std::less<>> disks_;    // of the trial that was installed last
};

}  // namespace ordeal::scenarios
