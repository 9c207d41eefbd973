#include "sim/disk/vfs.h"

#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/check.h"
#include "sim/disk/disk.h"
#include "sim/disk/open_file.h"
#include "sim/disk/sqlite_memory.h"
#include "sim/host.h"

namespace ordeal::sim {
namespace {

struct FileRef {
  sqlite3_file base;
  OpenFile* file;
};

OpenFile& open_file(sqlite3_file* file) { return *reinterpret_cast<FileRef*>(file)->file; }
Vfs::State& state_of(sqlite3_vfs* vfs) { return *static_cast<Vfs::State*>(vfs->pAppData); }
Disk* disk_of(sqlite3_vfs* vfs) { return state_of(vfs).disk; }

// Runs one slot; whatever it throws is kept for the layer above SQLite. It may suspend, so SQLite's memory is left.
template <class Work>
int guarded(Disk* disk, int error, Work&& work) noexcept {
  if (disk == nullptr) return error;
  const SqliteMemory::Outside outside;
  try {
    return work(*disk);
  } catch (...) {
    disk->remember_failure(std::current_exception());
    return error;
  }
}

// ---- file methods ----

int file_close(sqlite3_file* file) {
  OpenFile& f = open_file(file);
  f.vfs->forget(f);
  return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  OpenFile& f = open_file(file);
  return guarded(f.disk(), SQLITE_IOERR_READ, [&](Disk&) {
    return f.read(offset, {static_cast<std::byte*>(to), static_cast<std::size_t>(size)});
  });
}

int file_write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  OpenFile& f = open_file(file);
  return guarded(f.disk(), SQLITE_IOERR_WRITE, [&](Disk&) {
    return f.write(offset, {static_cast<const std::byte*>(from), static_cast<std::size_t>(size)});
  });
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  OpenFile& f = open_file(file);
  return guarded(f.disk(), SQLITE_IOERR_TRUNCATE, [&](Disk&) { return f.truncate(size); });
}

int file_sync(sqlite3_file* file, int) {
  OpenFile& f = open_file(file);
  return guarded(f.disk(), SQLITE_IOERR_FSYNC, [&](Disk&) { return f.sync(); });
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  OpenFile& f = open_file(file);
  if (f.disk() == nullptr) return SQLITE_IOERR_FSTAT;
  std::int64_t bytes = 0;
  const IoStatus status = f.disk()->size(f.handle, bytes);
  *size = bytes;
  return code_of(status, SQLITE_IOERR_FSTAT);
}

int file_lock(sqlite3_file* file, int level) {
  OpenFile& f = open_file(file);
  if (f.temporary || f.level >= level) return SQLITE_OK;
  if (!f.usable()) return SQLITE_IOERR_LOCK;
  if (f.handle.file->locks.raise(&f, f.level, level)) {
    f.lock(level);
    return SQLITE_OK;
  }
  // As SQLite expects: who waits for readers to leave stays at pending (os_unix.c, unixLock).
  if (level == SQLITE_LOCK_EXCLUSIVE && f.handle.file->locks.held_by(&f)) f.level = SQLITE_LOCK_PENDING;
  return SQLITE_BUSY;
}

int file_unlock(sqlite3_file* file, int level) {
  OpenFile& f = open_file(file);
  if (f.temporary || f.level <= level) return SQLITE_OK;
  if (f.usable()) f.handle.file->locks.lower(&f, f.level, level);
  f.level = level;
  return SQLITE_OK;
}

int file_check_reserved(sqlite3_file* file, int* reserved) {
  OpenFile& f = open_file(file);
  if (!f.usable()) return SQLITE_IOERR_CHECKRESERVEDLOCK;
  *reserved = f.handle.file->locks.reserved() ? 1 : 0;
  return SQLITE_OK;
}

// A database that carries sums keeps its page size: the pragma is answered with nothing, as cksumvfs does. No more is promised:
// no chunk size, no atomic batches.
int file_control(sqlite3_file* file, int what, void* argument) {
  if (what != SQLITE_FCNTL_PRAGMA) return SQLITE_NOTFOUND;
  const OpenFile& f = open_file(file);
  const auto* const words = static_cast<char**>(argument);  // answer, name, value
  const bool sets_page_size = words[2] != nullptr && sqlite3_stricmp(words[1], "page_size") == 0;
  const bool is_born =
      f.role == OpenFile::Role::database && f.handle.file != nullptr && f.handle.file->image.size() > 0;
  return sets_page_size && is_born && f.carries_sums() ? SQLITE_OK : SQLITE_NOTFOUND;
}
int file_sector_size(sqlite3_file*) { return static_cast<int>(FileImage::kSectorBytes); }
int file_characteristics(sqlite3_file* file) {
  const Disk* const disk = open_file(file).disk();
  return disk != nullptr && disk->options().powersafe_overwrite ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

const sqlite3_io_methods kFileMethods = {1,
                                         &file_close,
                                         &file_read,
                                         &file_write,
                                         &file_truncate,
                                         &file_sync,
                                         &file_size,
                                         &file_lock,
                                         &file_unlock,
                                         &file_check_reserved,
                                         &file_control,
                                         &file_sector_size,
                                         &file_characteristics,
                                         nullptr,
                                         nullptr,
                                         nullptr,
                                         nullptr,
                                         nullptr,
                                         nullptr};

// ---- VFS methods ----

OpenFile::Role role_of(int flags) {
  using Role = OpenFile::Role;
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0) return Role::database;
  if ((flags & SQLITE_OPEN_WAL) != 0) return Role::log;
  return (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0 ? Role::journal : Role::other;
}

int vfs_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  return guarded(disk_of(vfs), SQLITE_CANTOPEN, [&](Disk& disk) {
    Disk::Handle handle;
    const bool creates = (flags & SQLITE_OPEN_CREATE) != 0;
    const bool journal =
        (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
    const auto how = !creates ? Disk::Open::existing : journal ? Disk::Open::journal : Disk::Open::create;
    const IoStatus status = name == nullptr ? disk.open_temporary(handle) : disk.open(name, how, handle);
    if (status != IoStatus::ok) return code_of(status, SQLITE_IOERR);
    OpenFile& f = state_of(vfs).add();
    f.handle = std::move(handle);
    f.role = name == nullptr ? OpenFile::Role::other : role_of(flags);
    f.temporary = name == nullptr;
    if (f.role == OpenFile::Role::database) {
      f.learn_format();
    } else if (f.role != OpenFile::Role::other) {
      f.database = state_of(vfs).database_of(name);
    }
    reinterpret_cast<FileRef*>(file)->file = &f;
    file->pMethods = &kFileMethods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  });
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int sync_directory) {
  return guarded(disk_of(vfs), SQLITE_IOERR_DELETE, [&](Disk& disk) {
    const IoStatus status = disk.remove(name, sync_directory != 0);
    return status == IoStatus::missing ? SQLITE_IOERR_DELETE_NOENT : code_of(status, SQLITE_IOERR_DELETE);
  });
}

// An empty file counts as absent when existence is asked for (os_unix.c, unixAccess): an emptied journal is
// not a hot one.
int vfs_access(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
  std::int64_t size = 0;
  const Disk* const disk = disk_of(vfs);
  const IoStatus status = disk == nullptr ? IoStatus::error : disk->look_up(name, size);
  *result = status == IoStatus::ok && (flags != SQLITE_ACCESS_EXISTS || size > 0) ? 1 : 0;
  return status == IoStatus::error ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

int vfs_full_pathname(sqlite3_vfs*, const char* name, int size, char* out) {
  const std::size_t length = std::strlen(name);
  if (length + 1 > static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
  std::memcpy(out, name, length + 1);
  return SQLITE_OK;
}

int vfs_randomness(sqlite3_vfs* vfs, int size, char* out) {
  return guarded(disk_of(vfs), 0, [&](Disk& disk) {
    for (int at = 0; at < size; at += 8) {
      const std::uint64_t bits = disk.random_bits();
      std::memcpy(out + at, &bits, static_cast<std::size_t>(size - at < 8 ? size - at : 8));
    }
    return size;
  });
}

int vfs_sleep(sqlite3_vfs* vfs, int microseconds) {
  return guarded(disk_of(vfs), 0, [&](Disk& disk) {
    disk.sleep(Duration{std::int64_t{microseconds} * 1000});
    return microseconds;
  });
}

// Milliseconds since noon of November 24th, 4714 B.C.: the Julian day of 1970-01-01T00:00 is 2440587.5.
constexpr std::int64_t kJulianEpochMs = 210'866'760'000'000;

int vfs_time_ms(sqlite3_vfs* vfs, sqlite3_int64* out) {
  const Disk* const disk = disk_of(vfs);
  Host* const host = disk == nullptr ? nullptr : disk->host();
  *out = kJulianEpochMs + (host == nullptr ? 0 : host->wall_now().ns / 1'000'000);
  return SQLITE_OK;
}

int vfs_time(sqlite3_vfs* vfs, double* out) {
  sqlite3_int64 ms = 0;
  vfs_time_ms(vfs, &ms);
  *out = static_cast<double>(ms) / 86'400'000.0;
  return SQLITE_OK;
}

int vfs_last_error(sqlite3_vfs*, int, char*) { return 0; }

// No extensions, no system calls to swap.
void* vfs_dl_open(sqlite3_vfs*, const char*) { return nullptr; }
void vfs_dl_error(sqlite3_vfs*, int size, char* out) { sqlite3_snprintf(size, out, "no extensions here"); }
void (*vfs_dl_sym(sqlite3_vfs*, void*, const char*))(void) { return nullptr; }
void vfs_dl_close(sqlite3_vfs*, void*) {}
int vfs_set_system_call(sqlite3_vfs*, const char*, sqlite3_syscall_ptr) { return SQLITE_NOTFOUND; }
sqlite3_syscall_ptr vfs_get_system_call(sqlite3_vfs*, const char*) { return nullptr; }
const char* vfs_next_system_call(sqlite3_vfs*, const char*) { return nullptr; }

sqlite3_vfs make_vfs(const char* name, Vfs::State* state) {
  sqlite3_vfs vfs{};
  vfs.iVersion = 3;
  vfs.szOsFile = sizeof(FileRef);
  vfs.mxPathname = 256;
  vfs.zName = name;
  vfs.pAppData = state;
  vfs.xOpen = &vfs_open;
  vfs.xDelete = &vfs_delete;
  vfs.xAccess = &vfs_access;
  vfs.xFullPathname = &vfs_full_pathname;
  vfs.xDlOpen = &vfs_dl_open;
  vfs.xDlError = &vfs_dl_error;
  vfs.xDlSym = &vfs_dl_sym;
  vfs.xDlClose = &vfs_dl_close;
  vfs.xRandomness = &vfs_randomness;
  vfs.xSleep = &vfs_sleep;
  vfs.xCurrentTime = &vfs_time;
  vfs.xGetLastError = &vfs_last_error;
  vfs.xCurrentTimeInt64 = &vfs_time_ms;
  vfs.xSetSystemCall = &vfs_set_system_call;
  vfs.xGetSystemCall = &vfs_get_system_call;
  vfs.xNextSystemCall = &vfs_next_system_call;
  return vfs;
}

// SQLite's generator, once it is reset, asks the default VFS for a seed when it is used.
struct Generator {
  std::uint64_t seed = 1;
  Key key;
  bool drawn = true;  // `seed` are the bits; else what they are drawn from, with `key`
  bool running = false;

  void restart() {
    if (std::exchange(running, false)) sqlite3_randomness(0, nullptr);
  }
};
Generator generator;

int start_generator(sqlite3_vfs*, int size, char* out) {
  generator.running = true;
  const std::uint64_t bits =
      generator.drawn ? generator.seed : Choices(generator.seed).bits(generator.key, lane("sqlite"));
  const auto seed = static_cast<std::uint32_t>((bits & 0x7fff'ffffu) | 1u);
  std::memset(out, 0, static_cast<std::size_t>(size));
  std::memcpy(out, &seed, sizeof seed);
  return size;
}

// Whoever opens a database without naming a disk gets nothing, instead of the real file system.
sqlite3_vfs make_inert_vfs() {
  sqlite3_vfs vfs = make_vfs("ordeal-none", nullptr);
  vfs.xOpen = [](sqlite3_vfs*, const char*, sqlite3_file* file, int, int*) {
    file->pMethods = nullptr;
    return SQLITE_CANTOPEN;
  };
  vfs.xDelete = [](sqlite3_vfs*, const char*, int) { return SQLITE_IOERR_DELETE; };
  vfs.xAccess = [](sqlite3_vfs*, const char*, int, int*) { return SQLITE_IOERR_ACCESS; };
  vfs.xRandomness = &start_generator;
  vfs.xSleep = [](sqlite3_vfs*, int) { return 0; };
  vfs.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* out) {
    *out = kJulianEpochMs;
    return SQLITE_OK;
  };
  vfs.xCurrentTime = [](sqlite3_vfs*, double* out) {
    *out = static_cast<double>(kJulianEpochMs) / 86'400'000.0;
    return SQLITE_OK;
  };
  return vfs;
}

}  // namespace

void prepare_sqlite() {
  static sqlite3_vfs inert = make_inert_vfs();
  static const bool ready = [] {
    ORDEAL_CHECK(sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK, "SQLite is in use already");
    sqlite3_config(SQLITE_CONFIG_MALLOC, &SqliteMemory::methods());
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    // No pages in advance: they would be part of all that is kept of a session (warm_sessions.h).
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    ORDEAL_CHECK(sqlite3_initialize() == SQLITE_OK);
    return sqlite3_vfs_register(&inert, /*makeDflt=*/1) == SQLITE_OK;
  }();
  ORDEAL_CHECK(ready);
}

void seed_sqlite(const Choices& choices, Key key) {
  generator.restart();
  generator.seed = choices.seed();
  generator.key = key;
  generator.drawn = false;
}

void seed_sqlite(std::uint64_t bits) {
  generator.restart();
  generator.seed = bits;
  generator.drawn = true;
}

Vfs::Vfs() : state_(std::make_unique<State>()) {
  prepare_sqlite();
  state_->name = fmt::format("ordeal-{}", static_cast<const void*>(this));
  state_->slots = make_vfs(state_->name.c_str(), state_.get());
  ORDEAL_CHECK(sqlite3_vfs_register(&state_->slots, 0) == SQLITE_OK);
}

Vfs::~Vfs() { sqlite3_vfs_unregister(&state_->slots); }

const char* Vfs::name() const { return state_->name.c_str(); }

void Vfs::move_to(Disk& disk) {
  state_->forget_all();
  state_->disk = &disk;
}

IoStatus Vfs::reopen(Disk& disk, std::string_view name) {
  move_to(disk);
  OpenFile& database = *state_->files.front();
  database.role = OpenFile::Role::database;
  const IoStatus status = disk.open(name, Disk::Open::existing, database.handle);
  if (status == IoStatus::ok) database.learn_format();
  return status;
}

void Vfs::put_sums_into_new_files() { state_->new_files_carry_sums = true; }

void Vfs::leave() {
  state_->forget_all();
  state_->disk = nullptr;
}

}  // namespace ordeal::sim
