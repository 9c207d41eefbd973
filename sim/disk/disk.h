// Disk: the storage of one host, a device that outlives its processes. Files live in a Directory (names and
// contents are durable only after a sync); every operation asks Hooks::disk before it acts, and a sync always
// suspends the running fiber, because that is where others get to run and where hosts die.
//
// Life and death. An open handle carries the life of its host. Once that life is over every operation of the
// handle fails and touches nothing, so a killed fiber leaves SQLite's C frames through I/O errors before it
// unwinds. At a power loss each sector written but not synced asks Hooks::unsynced_sector, each name
// Hooks::name_survives; without hooks all of them are lost.
//
// Sites: "read|write|sync|truncate|remove|create FILE" and "sync directory" under the running cause; at a
// crash "crash FILE write 3 sector 1" and "crash name FILE" under the cause of the crash. FILE is "temporary file" for
// those without a name.
//
// A disk without a host (`at_rest`) is plain memory: no delays, no questions, no trace. Images and audits use
// it.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "sim/choice.h"
#include "sim/disk/commit_log.h"
#include "sim/disk/damage.h"
#include "sim/disk/directory.h"
#include "sim/host.h"

namespace ordeal::sim {

class WarmSessions;
class Simulation;

struct DiskOptions {
  // A cloud volume: 0.2 to 0.6 ms, one sync in twenty up to 2 ms.
  DelayModel sync{{200'000}, {600'000}, {1, 20}, {2'000'000}};
  DelayModel read{};   // zero: from the page cache; does not suspend
  DelayModel write{};  // zero: into the page cache; does not suspend
  // What the device says of itself. It is true of FileImage: a torn write changes no byte that it does not write. SQLite
  // takes it for granted unless it is built otherwise (sqlite.org/psow.html), and pads its log where it is not promised.
  bool powersafe_overwrite = true;
};

enum class IoStatus : std::uint8_t { ok, error, full, busy, missing };

class Disk final : public Device {
 public:
  // An open file. Copies are the same handle: keep one per open.
  struct Handle {
    std::shared_ptr<File> file;
    std::uint32_t name = 0;  // index into the names this disk has seen
    std::uint32_t life = 0;  // of the host when it was opened
    bool syncs_directory =
        false;  // the first sync also makes the name durable, as SQLite's unix VFS does for journals
  };
  enum class Open : std::uint8_t { existing, create, journal };

  Disk(Host& host, const DiskOptions& options = {});
  ~Disk() override;
  // The usual way: makes the disk of a host and attaches it.
  static Disk& attach_to(Host& host, const DiskOptions& options = {});
  // A disk without a host that holds `files`; they share their bytes until somebody writes.
  static std::unique_ptr<Disk> at_rest(const Directory::Files& files = {});

  void power_lost(const Moment& moment) override;
  void replaced(Storage by) override;

  // --- files; every call may suspend, none throws for what the disk does ---
  // `journal` creates like `create` and remembers to sync the directory.
  IoStatus open(std::string_view name, Open how, Handle& out);
  // A file without a name, as os_unix.c makes one by removing it while it is open: no crash leaves anything of it.
  IoStatus open_temporary(Handle& out);
  IoStatus read(Handle& handle, std::int64_t offset, std::span<std::byte> out, std::int64_t& got);
  IoStatus write(Handle& handle, std::int64_t offset, std::span<const std::byte> data) {
    return write(handle, offset, data, content_of(data));
  }
  IoStatus write(Handle& handle, std::int64_t offset, std::span<const std::byte> data, std::uint64_t content);
  // What the trace says of written bytes: their XXH3-64.
  static std::uint64_t content_of(std::span<const std::byte> data);
  IoStatus truncate(Handle& handle, std::int64_t size);
  IoStatus sync(Handle& handle);
  IoStatus size(const Handle& handle, std::int64_t& out) const;
  IoStatus remove(std::string_view name, bool sync_directory);
  // The size of a named file, or `missing`.
  IoStatus look_up(std::string_view name, std::int64_t& size) const;
  // Suspends for a while. False when the life of the running fiber ended.
  bool sleep(Duration duration);
  bool usable(const Handle& handle) const;

  // --- for databases and audits ---
  const Directory& directory() const { return directory_; }
  // Puts a durable file there, outside of simulated time. `warm`: for connections to it.
  void put(std::string_view name, FileImage image, std::shared_ptr<WarmSessions> warm = nullptr);
  CommitLog& commit_log(std::string_view database);
  std::map<std::string, CommitLog, std::less<>>& commit_logs() { return commit_logs_; }
  Host* host() const { return host_; }
  std::string_view name_of(const Handle& handle) const { return names_[handle.name].text; }
  const DamageLog& damage() const { return damage_; }
  const DiskOptions& options() const { return options_; }
  // Somebody noticed damage in `file`; in a trial that is the mark "damage detected". Said once a page.
  void found_damage(std::string_view file, std::int64_t page, std::string what);
  std::uint64_t random_bits();

  // A failure of the bench below C frames is kept here and rethrown above them.
  void remember_failure(std::exception_ptr failure);
  void rethrow_failure();

 private:
  struct Name {
    std::string text;
    std::uint64_t digest = 0;
    std::array<std::string, DiskOp::kKinds> sites;  // by kind of operation
  };
  struct Admission;

  explicit Disk(const Directory::Files& files);

  std::uint32_t name_index(std::string_view name);
  bool alive() const;
  bool is_recalled() const;
  Admission admit(DiskOp::Kind kind, std::uint32_t name, std::int64_t offset, std::int64_t size);
  IoStatus finish(const Admission& admission);
  // What lies on the medium, as the verdict lets it be read or written (disk_damage.cc).
  IoStatus fetch(const DiskVerdict& verdict, const Handle& handle, std::int64_t offset,
                 std::span<std::byte> out, std::int64_t& got);
  void store(const DiskVerdict& verdict, const Handle& handle, std::int64_t offset,
             std::span<const std::byte> data);
  bool pause(Key key, std::int64_t ns);
  IoStatus sync_names();
  void note_write(std::uint32_t name, std::int64_t offset, std::int64_t size, std::uint64_t content);
  void note_sync(const Admission& admission, std::uint32_t name);
  const DelayModel* delay_of(DiskOp::Kind kind) const;
  Simulation& simulation() const;

  Host* host_;  // null: at rest
  DiskOptions options_;
  Directory directory_;
  struct FirstFile {
    FileImage image;
    std::shared_ptr<WarmSessions> warm;
  };
  std::map<std::string, FirstFile, std::less<>> first_files_;  // what was put there; pages are shared
  std::deque<Name> names_;
  std::map<std::string, CommitLog, std::less<>> commit_logs_;
  DamageLog damage_;
  std::exception_ptr failure_;
};

}  // namespace ordeal::sim
