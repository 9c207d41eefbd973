// DatabaseImage: a database made once per process from its schema and its first rows, by real SQLite in
// memory. Cloning it onto a disk shares its pages: nothing is copied until somebody writes.
//
//   const auto image = DatabaseImage::make(kOrderSchema, [&](env::Tx& tx) { tx.exec(kInsertSku, …); },
//   {.page_bytes = 1024}); image.clone_onto(disk, "order.db");
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "core/env/database.h"
#include "sim/disk/file_image.h"

namespace ordeal::sim {

class Disk;
class WarmSessions;

// del is SQLite's DELETE. The mode wal is written into the file; the others are chosen by each connection.
enum class JournalMode : std::uint8_t { wal, del, truncate, persist };
std::string_view name_of(JournalMode mode);

struct ImageOptions {
  JournalMode journal_mode = JournalMode::wal;
  int page_bytes = 1024;  // a power of two, 512 to 65536
};

class DatabaseImage {
 public:
  // Throws env::DatabaseError for wrong SQL. The schema may hold many statements. `seed` may be empty; it
  // must not emit facts.
  static DatabaseImage make(std::string_view schema, const std::function<void(env::Tx&)>& seed,
                            const ImageOptions& options = {});

  // The file appears as `name`, durable. A file of that name is replaced.
  void clone_onto(Disk& disk, std::string_view name) const;

  const ImageOptions& options() const { return options_; }
  std::int64_t bytes() const { return file_.size(); }

 private:
  DatabaseImage(FileImage file, const ImageOptions& options);

  FileImage file_;
  ImageOptions options_;
  std::shared_ptr<WarmSessions> warm_sessions_;
};

}  // namespace ordeal::sim
