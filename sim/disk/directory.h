// Directory: the named files of one disk. A created or removed name is durable only after a directory sync;
// at a crash every name operation since then survives or not, each by itself, oldest first. The contents of a
// file follow FileImage.
//
// Also here: the lock levels SQLite expects between two connections of one machine
// (sqlite.org/lockingv3.html). Locks belong to open handles, live in memory and are gone after a crash.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/disk/file_image.h"
#include "sim/disk/page_sums.h"

namespace ordeal::sim {

class WarmSessions;

// Levels as SQLite numbers them: none 0, shared 1, reserved 2, pending 3, exclusive 4.
class FileLocks {
 public:
  // Raises `holder` from level `from` to `to`. False: busy (it may have been left at pending).
  bool raise(const void* holder, int from, int to);
  void lower(const void* holder, int from, int to);
  bool reserved() const { return writer_ != nullptr; }
  bool held_by(const void* holder) const { return writer_ == holder; }

 private:
  int shared_ = 0;                // holders of shared or more
  const void* writer_ = nullptr;  // who is at reserved or more
  bool pending_ = false;          // the writer waits for readers to leave, or has done so
};

struct File {
  FileImage image;
  FileLocks locks;
  PageFormat pages;                             // of a database, since its birth
  bool sync_failed = false;                     // the last one; what was written before it may not last
  std::set<std::int64_t> bad_sectors;           // by number from the start of the file
  std::shared_ptr<WarmSessions> warm_sessions;  // of the image that the file began as; null: of none
};

class Directory {
 public:
  using Files = std::map<std::string, std::shared_ptr<File>, std::less<>>;
  using SectorFate =
      std::function<SectorVerdict(std::string_view file, std::uint32_t write, std::uint32_t sector)>;
  using NameFate = std::function<bool(std::string_view file, bool created)>;

  // Null when there is none.
  std::shared_ptr<File> find(std::string_view name) const;
  std::shared_ptr<File> create(std::string_view name);
  bool remove(std::string_view name);
  // A file that is durable with its name: how an image gets onto a disk.
  void put(std::string_view name, FileImage image, std::shared_ptr<WarmSessions> warm = nullptr);

  void sync();
  FileImage::Damage crash(const SectorFate& sector, const NameFate& name);

  const Files& files() const { return now_; }
  std::size_t pending_names() const { return pending_.size(); }

 private:
  struct NameChange {
    std::string name;
    std::shared_ptr<File> file;
    bool created;
  };
  Files now_;
  Files durable_;
  std::vector<NameChange> pending_;
};

}  // namespace ordeal::sim
