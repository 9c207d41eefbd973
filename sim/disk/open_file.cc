#include "sim/disk/open_file.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/disk/committed_state.h"

namespace ordeal::sim {
namespace {

constexpr std::string_view kLogSuffix = "-wal";
constexpr std::string_view kJournalSuffix = "-journal";

}  // namespace

int code_of(IoStatus status, int error) {
  switch (status) {
    case IoStatus::ok:
      return SQLITE_OK;
    case IoStatus::error:
      return error;
    case IoStatus::full:
      return SQLITE_FULL;
    case IoStatus::busy:
      return SQLITE_BUSY;
    case IoStatus::missing:
      return SQLITE_CANTOPEN;
  }
  return error;
}

OpenFile& Vfs::State::add() {
  if (files.empty() || files.front()->handle.file != nullptr) files.push_back(std::make_unique<OpenFile>());
  OpenFile& file = files.size() == 1 ? *files.front() : *files.back();
  file.vfs = this;
  return file;
}

void Vfs::State::forget(OpenFile& file) {
  file.unlock();
  for (const auto& one : files) {
    if (one->database == &file) one->database = nullptr;
  }
  if (&file == files.front().get()) {
    *files.front() = OpenFile{};
  } else {
    std::erase_if(files, [&](const auto& one) { return one.get() == &file; });
  }
}

void Vfs::State::forget_all() {
  if (files.empty()) return;
  for (const auto& file : files) file->unlock();
  files.resize(1);
  *files.front() = OpenFile{};
  files.front()->vfs = this;
}

const OpenFile* Vfs::State::database_of(std::string_view companion) const {
  for (const std::string_view suffix : {kLogSuffix, kJournalSuffix}) {
    if (companion.ends_with(suffix)) companion.remove_suffix(suffix.size());
  }
  const auto found = std::find_if(files.begin(), files.end(), [&](const auto& one) {
    return one->role == OpenFile::Role::database && disk->name_of(one->handle) == companion;
  });
  return found == files.end() ? nullptr : found->get();
}

Disk* OpenFile::disk() const { return vfs->disk; }

void OpenFile::learn_format() {
  File& file = *handle.file;
  if (file.pages.page_bytes != 0) return;
  std::array<std::byte, kHeaderBytes> start{};
  file.image.read(0, start);
  file.pages = format_in(start).value_or(PageFormat{});
}

void OpenFile::lock(int to) {
  if (level == SQLITE_LOCK_NONE) written.clear();
  level = to;
}

void OpenFile::unlock() {
  if (!temporary && level > 0 && usable()) handle.file->locks.lower(this, level, 0);
  level = SQLITE_LOCK_NONE;
}

// A read that stops early is asked for the rest, until the file ends (os_unix.c, seekAndRead).
IoStatus OpenFile::read_fully(std::int64_t offset, std::span<std::byte> out, std::int64_t& got) {
  const auto size = static_cast<std::int64_t>(out.size());
  IoStatus status = disk()->read(handle, offset, out, got);
  while (status == IoStatus::ok && got < size && offset + got < handle.file->image.size()) {
    std::int64_t more = 0;
    status = disk()->read(handle, offset + got, out.subspan(static_cast<std::size_t>(got)), more);
    got += more;
  }
  return status;
}

int OpenFile::read(std::int64_t offset, std::span<std::byte> out) {
  std::int64_t got = 0;
  const IoStatus status = read_fully(offset, out, got);
  if (status != IoStatus::ok) return code_of(status, SQLITE_IOERR_READ);
  if (got < static_cast<std::int64_t>(out.size())) return SQLITE_IOERR_SHORT_READ;
  return check(offset, out);
}

// Says what is wrong with what was read, if something is.
int OpenFile::check(std::int64_t offset, std::span<const std::byte> data) {
  const FileImage& image = handle.file->image;
  std::int64_t page = 0;
  const char* where = "";
  if (role == Role::database) {
    if (is_sound_page(offset, data, page)) return SQLITE_OK;
  } else if (role == Role::log && disk()->host() == nullptr) {
    return SQLITE_OK;  // nothing happens to a log at rest between its recovery, which checks it, and a read
  } else if (role == Role::log && !frames.read(offset, data)) {
    page = FrameSums::page_in_frame(image, offset);
    where = " in the log";
  } else if (role == Role::journal && database != nullptr && database->carries_sums() &&
             !records.read(image, offset, data)) {
    page = JournalSums::page_in_record(image, offset);
    where = " in the journal";
  } else {
    return SQLITE_OK;
  }
  disk()->found_damage(disk()->name_of(handle), page,
                       fmt::format("page {}{} does not carry its checksum", page, where));
  return SQLITE_IOERR_DATA;
}

bool OpenFile::is_sound_page(std::int64_t offset, std::span<const std::byte> data, std::int64_t& page) const {
  const PageFormat& format = handle.file->pages;
  if (format.has_sum(offset, data.size())) {
    page = offset / format.page_bytes + 1;
    return sum_matches(data, page) || may_hold_anything(page);
  }
  if (!format.sums || offset != 0 || data.size() <= kHeaderBytes) return true;
  // A connection that took its page size from a header that is no more, or from a rotten one.
  page = 1;
  std::vector<std::byte> first(static_cast<std::size_t>(format.page_bytes));
  handle.file->image.read(0, first);
  return sum_matches(first, 1);
}

// What the running transaction wrote there it reads as it wrote it.
bool OpenFile::may_hold_anything(std::int64_t page) const {
  if (written.has(page)) return false;
  DatabaseFiles files{.database = handle.file->image, .format = handle.file->pages};
  for (const auto& file : vfs->files) {
    if (file->database != this) continue;
    if (file->role == Role::log) files.log = &file->handle.file->image;
    if (file->role != Role::journal) continue;
    files.journal = &file->handle.file->image;
    files.records = &file->records;
  }
  return !CommittedState(files).holds(page);
}

int OpenFile::write(std::int64_t offset, std::span<const std::byte> data) {
  switch (role) {
    case Role::database:
      return write_database(offset, data);
    case Role::journal:
      return write_journal(offset, data);
    case Role::log: {
      const std::uint64_t content = Disk::content_of(data);
      frames.wrote(offset, data, content);
      return code_of(disk()->write(handle, offset, data, content), SQLITE_IOERR_WRITE);
    }
    case Role::other:
      break;
  }
  const IoStatus status = disk()->write(handle, offset, data);
  if (temporary) handle.file->image.sync();  // nothing is ever taken back of it
  return code_of(status, SQLITE_IOERR_WRITE);
}

// Settles the format at the birth of a database. Later a page 1 that changes it is refused if one of the two has sums:
// those of the other pages would be missing, or lie where rows are (sqlite3_backup from a database without them, VACUUM after
// the reserved bytes were changed).
bool OpenFile::agrees_on_format(std::int64_t offset, std::span<const std::byte> data) {
  File& file = *handle.file;
  const bool is_empty = file.image.size() == 0;
  if (offset != 0) {
    // The first transaction is larger than the cache: page 1 comes last. A birth that was rolled back is done again by who knows
    // the format from then.
    const auto size = static_cast<std::int64_t>(data.size());
    if (is_empty && vfs->new_files_carry_sums) {
      file.pages = {size, true};
    } else if (is_empty && size != file.pages.page_bytes) {
      file.pages = {};
    }
    return true;
  }
  const auto said = format_in(data);
  if (!said || *said == file.pages) return true;
  if (!is_empty && (said->sums || file.pages.sums)) return false;
  file.pages = *said;
  return true;
}

// The sum is put into SQLite's own page, as cksumvfs does.
int OpenFile::write_database(std::int64_t offset, std::span<const std::byte> data) {
  if (!agrees_on_format(offset, data)) return SQLITE_IOERR_WRITE;
  const PageFormat& format = handle.file->pages;
  const std::int64_t page = format.has_sum(offset, data.size()) ? offset / format.page_bytes + 1 : 0;
  if (page > 0) put_sum({const_cast<std::byte*>(data.data()), data.size()}, page);
  const IoStatus status = disk()->write(handle, offset, data);
  if (page > 0 && status == IoStatus::ok) written.add(page);
  return code_of(status, SQLITE_IOERR_WRITE);
}

int OpenFile::write_journal(std::int64_t offset, std::span<const std::byte> data) {
  if (handle.file->sync_failed && sync() != SQLITE_OK) return SQLITE_IOERR_WRITE;
  const std::int64_t page = records.begin_write(offset, data);
  if (page > 0 && database != nullptr && database->carries_sums())
    put_sum({const_cast<std::byte*>(data.data()), data.size()}, page);
  const IoStatus status = disk()->write(handle, offset, data);
  if (status != IoStatus::ok) records.write_failed(offset);
  return code_of(status, SQLITE_IOERR_WRITE);
}

int OpenFile::truncate(std::int64_t size) {
  const IoStatus status = disk()->truncate(handle, size);
  if (status == IoStatus::ok && role == Role::journal) records.truncated(size);
  if (status == IoStatus::ok && role == Role::database && handle.file->pages.page_bytes != 0)
    written.remove_from(size / handle.file->pages.page_bytes + 1);
  return code_of(status, SQLITE_IOERR_TRUNCATE);
}

int OpenFile::sync() {
  const IoStatus status = disk()->sync(handle);
  handle.file->sync_failed = status != IoStatus::ok;
  return code_of(status, SQLITE_IOERR_FSYNC);
}

}  // namespace ordeal::sim
