#include "sim/disk/disk.h"

#include <utility>

#include <fmt/format.h>

#include "core/base/check.h"
#include "sim/disk/vfs.h"
#include "sim/simulation.h"
#include "sim/words.h"
#include "sim/xxh3.h"

namespace ordeal::sim {
namespace {

std::string_view verb_of(DiskOp::Kind kind) {
  switch (kind) {
    case DiskOp::Kind::read:
      return "read ";
    case DiskOp::Kind::write:
      return "write ";
    case DiskOp::Kind::sync:
      return "sync ";
    case DiskOp::Kind::truncate:
      return "truncate ";
    case DiskOp::Kind::remove:
      return "remove ";
    case DiskOp::Kind::create:
      return "create ";
    case DiskOp::Kind::sync_directory:
      return "sync ";
  }
  return "";
}

constexpr std::string_view kDirectory = "directory";
constexpr std::string_view kTemporary = "temporary file";

std::uint64_t word(std::int64_t value) { return static_cast<std::uint64_t>(value); }

bool is_zero(const DelayModel& model) { return model.max.ns == 0 && model.tail.is_zero(); }

}  // namespace

// The answer to "may this operation go on?", and what has to happen after it.
struct Disk::Admission {
  std::string_view what;
  IoStatus status = IoStatus::ok;
  DiskVerdict verdict{};
  Key key{};
  TraceContext cause{};
  std::int64_t at_ns = 0;

  bool ok() const { return status == IoStatus::ok; }
  Moment moment(HostId host) const { return {key, cause, what, host, at_ns}; }
};

Disk::Disk(Host& host, const DiskOptions& options) : host_(&host), options_(options) {
  name_index(kDirectory);
}
Disk::Disk(const Directory::Files& files) : host_(nullptr) {
  name_index(kDirectory);
  for (const auto& [name, file] : files) {
    FileImage image = file->image;
    image.sync();  // what is there counts, written through or not
    directory_.put(name, std::move(image), file->warm_sessions);
    directory_.find(name)->pages = file->pages;
  }
}
Disk::~Disk() = default;

Disk& Disk::attach_to(Host& host, const DiskOptions& options) {
  auto disk = std::make_shared<Disk>(host, options);
  host.attach(disk);
  return *disk;
}

std::unique_ptr<Disk> Disk::at_rest(const Directory::Files& files) {
  return std::unique_ptr<Disk>(new Disk(files));
}

Simulation& Disk::simulation() const { return host_->simulation(); }

std::uint32_t Disk::name_index(std::string_view name) {
  for (std::uint32_t i = 0; i < names_.size(); ++i) {
    if (names_[i].text == name) return i;
  }
  names_.push_back({std::string(name), digest_of(name), {}});
  return static_cast<std::uint32_t>(names_.size() - 1);
}

bool Disk::alive() const {
  if (host_ == nullptr) return true;
  const Fiber* fiber = simulation().scheduler().current();
  return fiber == nullptr || !fiber->killed;
}

// Who wants the fiber's borrowed frames back waits for it to leave SQLite: no operation begins. Locks it still takes and
// gives, for the connection lives on.
bool Disk::is_recalled() const {
  const Fiber* fiber = host_ == nullptr ? nullptr : simulation().scheduler().current();
  return fiber != nullptr && fiber->recalled;
}

bool Disk::usable(const Handle& handle) const {
  return alive() && (host_ == nullptr || handle.life == host_->life());
}

const DelayModel* Disk::delay_of(DiskOp::Kind kind) const {
  switch (kind) {
    case DiskOp::Kind::sync:
    case DiskOp::Kind::sync_directory:
      return &options_.sync;
    case DiskOp::Kind::read:
      return is_zero(options_.read) ? nullptr : &options_.read;
    case DiskOp::Kind::write:
    case DiskOp::Kind::truncate:
    case DiskOp::Kind::remove:
    case DiskOp::Kind::create:
      return is_zero(options_.write) ? nullptr : &options_.write;
  }
  return nullptr;
}

Disk::Admission Disk::admit(DiskOp::Kind kind, std::uint32_t name, std::int64_t offset, std::int64_t size) {
  Admission admission;
  if (host_ == nullptr) return admission;
  if (!alive() || is_recalled()) {
    admission.status = IoStatus::error;
    return admission;
  }
  Simulation& sim = simulation();
  const DelayModel* delay = delay_of(kind);
  Hooks* const hooks = sim.hooks();
  const bool heard = hooks != nullptr && hooks->hears_disk(sim.now_ns(), kind);
  if (!heard && delay == nullptr) return admission;

  // Joined here: hardly any operation of a trial gets as far as this.
  std::string& site = names_[name].sites[static_cast<std::size_t>(kind)];
  if (site.empty()) site = Words(verb_of(kind), names_[name].text).view();
  const Moment moment = sim.moment(site, host_->id());
  admission.what = site;
  admission.key = moment.key;
  admission.cause = moment.cause;
  admission.at_ns = moment.at_ns;
  DiskVerdict& verdict = admission.verdict;
  if (heard) verdict = hooks->disk(moment, {kind, names_[name].text, offset, size});
  if (verdict.act == DiskVerdict::Act::crash_before) {
    host_->crash(moment, verdict.restart_after);
    admission.status = IoStatus::error;
    return admission;
  }
  const std::int64_t takes_ns =
      verdict.stall.ns + (delay == nullptr ? 0 : sim.choices().delay(moment.key, *delay).ns);
  if ((delay != nullptr || takes_ns > 0) && !pause(admission.key, takes_ns)) {
    admission.status = IoStatus::error;
  } else if (verdict.act == DiskVerdict::Act::fail) {
    admission.status = IoStatus::error;
  } else if (verdict.act == DiskVerdict::Act::full) {
    admission.status = IoStatus::full;
  }
  return admission;
}

// Suspends the running fiber. False when its life ended meanwhile. Database::transact holds one NoSuspend
// around the caller's work, for everything but the disk; a second one belongs to code that must not be left,
// so there no time passes.
bool Disk::pause(Key key, std::int64_t ns) {
  Scheduler& scheduler = simulation().scheduler();
  const Fiber* fiber = scheduler.current();
  if (fiber == nullptr || fiber->no_suspend > 1) return true;
  const std::uint32_t life = host_->life();
  if (!scheduler.park("the disk", ns) || life != host_->life()) return false;
  seed_sqlite(simulation().choices(), key);
  return true;
}

IoStatus Disk::finish(const Admission& admission) {
  if (admission.verdict.act != DiskVerdict::Act::crash_after) return IoStatus::ok;
  host_->crash(admission.moment(host_->id()), admission.verdict.restart_after);
  return IoStatus::error;
}

IoStatus Disk::open(std::string_view name, Open how, Handle& out) {
  if (!alive()) return IoStatus::error;
  const std::uint32_t index = name_index(name);
  const std::uint32_t life = host_ == nullptr ? 0 : host_->life();
  auto file = directory_.find(name);
  if (file == nullptr) {
    if (how == Open::existing) return IoStatus::missing;
    const Admission admission = admit(DiskOp::Kind::create, index, 0, 0);
    if (!admission.ok()) return admission.status;
    file = directory_.create(name);
    note_write(index, -1, 0, 0);
    if (const IoStatus end = finish(admission); end != IoStatus::ok) return end;
  }
  out = {std::move(file), index, life, how == Open::journal};
  return IoStatus::ok;
}

IoStatus Disk::open_temporary(Handle& out) {
  if (!alive()) return IoStatus::error;
  const std::uint32_t index = name_index(kTemporary);
  const std::uint32_t life = host_ == nullptr ? 0 : host_->life();
  const Admission admission = admit(DiskOp::Kind::create, index, 0, 0);
  if (!admission.ok()) return admission.status;
  out = {std::make_shared<File>(), index, life, /*syncs_directory=*/false};
  return finish(admission);
}

IoStatus Disk::read(Handle& handle, std::int64_t offset, std::span<std::byte> out, std::int64_t& got) {
  got = 0;
  if (!usable(handle)) return IoStatus::error;
  const Admission admission =
      admit(DiskOp::Kind::read, handle.name, offset, static_cast<std::int64_t>(out.size()));
  if (!admission.ok()) return admission.status;
  const IoStatus status = fetch(admission.verdict, handle, offset, out, got);
  return status == IoStatus::ok ? finish(admission) : status;
}

std::uint64_t Disk::content_of(std::span<const std::byte> data) { return xxh3(data); }

IoStatus Disk::write(Handle& handle, std::int64_t offset, std::span<const std::byte> data,
                     std::uint64_t content) {
  if (!usable(handle)) return IoStatus::error;
  const auto size = static_cast<std::int64_t>(data.size());
  const Admission admission = admit(DiskOp::Kind::write, handle.name, offset, size);
  if (!admission.ok()) return admission.status;
  store(admission.verdict, handle, offset, data);
  if (host_ != nullptr) note_write(handle.name, offset, size, content);
  return finish(admission);
}

IoStatus Disk::truncate(Handle& handle, std::int64_t size) {
  if (!usable(handle)) return IoStatus::error;
  const Admission admission = admit(DiskOp::Kind::truncate, handle.name, size, 0);
  if (!admission.ok()) return admission.status;
  handle.file->image.truncate(size);
  note_write(handle.name, size, 0, 1);
  return finish(admission);
}

IoStatus Disk::sync(Handle& handle) {
  if (!usable(handle)) return IoStatus::error;
  const Admission admission = admit(DiskOp::Kind::sync, handle.name, 0, 0);
  if (!admission.ok()) return admission.status;
  if (admission.verdict.act != DiskVerdict::Act::lie) handle.file->image.sync();
  note_sync(admission, handle.name);
  if (const IoStatus end = finish(admission); end != IoStatus::ok) return end;
  // unixSync() in SQLite's os_unix.c does the same, except that it overlooks an error of the directory sync.
  if (!handle.syncs_directory) return IoStatus::ok;
  const IoStatus status = sync_names();
  handle.syncs_directory = status != IoStatus::ok;
  return status;
}

IoStatus Disk::sync_names() {
  const Admission admission = admit(DiskOp::Kind::sync_directory, 0, 0, 0);
  if (!admission.ok()) return admission.status;
  if (admission.verdict.act != DiskVerdict::Act::lie) directory_.sync();
  note_sync(admission, 0);
  return finish(admission);
}

IoStatus Disk::size(const Handle& handle, std::int64_t& out) const {
  if (!usable(handle)) return IoStatus::error;
  out = handle.file->image.size();
  return IoStatus::ok;
}

IoStatus Disk::remove(std::string_view name, bool sync_directory) {
  if (!alive()) return IoStatus::error;
  if (directory_.find(name) == nullptr) return IoStatus::missing;
  const std::uint32_t index = name_index(name);
  const Admission admission = admit(DiskOp::Kind::remove, index, 0, 0);
  if (!admission.ok()) return admission.status;
  directory_.remove(name);
  note_write(index, -1, 0, 1);
  if (const IoStatus end = finish(admission); end != IoStatus::ok) return end;
  return sync_directory ? sync_names() : IoStatus::ok;
}

IoStatus Disk::look_up(std::string_view name, std::int64_t& size) const {
  if (!alive()) return IoStatus::error;
  const auto file = directory_.find(name);
  if (file == nullptr) return IoStatus::missing;
  size = file->image.size();
  return IoStatus::ok;
}

bool Disk::sleep(Duration duration) {
  if (!alive() || is_recalled()) return false;
  if (host_ == nullptr) return true;
  return pause(simulation().choices().next(site_of(simulation().cause(), "sleep in sqlite")), duration.ns);
}

void Disk::power_lost(const Moment& moment) {
  Simulation& sim = simulation();
  Hooks* const hooks = sim.hooks();
  const auto here = [&](std::string_view what) { return sim.moment(moment.cause, what, host_->id()); };
  const auto damage = directory_.crash(
      [&](std::string_view file, std::uint32_t write, std::uint32_t sector) {
        if (hooks == nullptr) return SectorVerdict{};
        const std::string what = fmt::format("crash {} write {} sector {}", file, write, sector);
        return hooks->unsynced_sector(here(what), {file, write, sector});
      },
      [&](std::string_view file, bool created) {
        return hooks != nullptr && hooks->name_survives(here(Words("crash name ", file)), {file, created});
      });
  sim.trace().add(EventKind::disk_crash, sim.now_ns(), host_->id(), moment.key.site,
                  Digest(damage.lost).add(damage.kept).add(damage.torn).value(), [&] {
                    return fmt::format("unsynced sectors: {} lost, {} kept, {} torn", damage.lost,
                                       damage.kept, damage.torn);
                  });
}

void Disk::put(std::string_view name, FileImage image, std::shared_ptr<WarmSessions> warm) {
  if (host_ != nullptr) first_files_.insert_or_assign(std::string(name), FirstFile{image, warm});
  directory_.put(name, std::move(image), std::move(warm));
}

// Handles of the old storage keep its files alive; their life is over.
void Disk::replaced(Storage by) {
  directory_ = Directory{};
  if (by == Storage::swapped) {
    for (const auto& [name, file] : first_files_) directory_.put(name, file.image, file.warm);
  }
  Simulation& sim = simulation();
  sim.trace().add(EventKind::disk_crash, sim.now_ns(), host_->id(), {}, static_cast<std::uint64_t>(by), [&] {
    return by == Storage::wiped ? "gets an empty disk" : "gets the disk of the first day";
  });
}

void Disk::note_write(std::uint32_t name, std::int64_t offset, std::int64_t size, std::uint64_t content) {
  if (host_ == nullptr) return;
  Simulation& sim = simulation();
  const Name& file = names_[name];
  sim.trace().add(EventKind::disk_write, sim.now_ns(), host_->id(), {file.digest},
                  Digest(file.digest).add(word(offset)).add(word(size)).add(content).value(), [&] {
                    if (offset >= 0 && size > 0)
                      return fmt::format("writes {} bytes at {} of {}", size, offset, file.text);
                    if (offset >= 0) return fmt::format("cuts {} to {} bytes", file.text, offset);
                    return fmt::format("{} {}", content == 0 ? "creates" : "removes", file.text);
                  });
}

void Disk::note_sync(const Admission& admission, std::uint32_t name) {
  if (host_ == nullptr) return;
  Simulation& sim = simulation();
  sim.trace().add(EventKind::disk_sync, sim.now_ns(), host_->id(), admission.key.site, names_[name].digest,
                  [&] { return "synced " + names_[name].text; });
}

CommitLog& Disk::commit_log(std::string_view database) {
  const auto found = commit_logs_.find(database);
  return found == commit_logs_.end() ? commit_logs_[std::string(database)] : found->second;
}

std::uint64_t Disk::random_bits() {
  if (host_ == nullptr) return 1;
  Simulation& sim = simulation();
  return sim.choices().bits(sim.choices().next(site_of(sim.cause(), "sqlite randomness")), lane("sqlite"));
}

void Disk::remember_failure(std::exception_ptr failure) {
  if (!failure_) failure_ = std::move(failure);
}

void Disk::rethrow_failure() {
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace ordeal::sim
