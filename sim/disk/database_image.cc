#include "sim/disk/database_image.h"

#include <string>
#include <utility>

#include "core/base/check.h"
#include "sim/disk/disk.h"
#include "sim/disk/sqlite_connection.h"
#include "sim/disk/vfs.h"
#include "sim/disk/warm_sessions.h"

namespace ordeal::sim {
namespace {

class SeedTx final : public env::Tx {
 public:
  explicit SeedTx(SqliteConnection& connection) : connection_(connection) {}
  void fact(env::Message) override { check_failed(__FILE__, __LINE__, "an image has no facts"); }
  void wake(env::Wakeable&, Instant) override { check_failed(__FILE__, __LINE__, "an image wakes nobody"); }

 protected:
  env::Statement& prepare(const env::Sql& sql) override { return connection_.statement(sql); }
  std::int64_t changes() const override { return connection_.changes(); }

 private:
  SqliteConnection& connection_;
};

constexpr const char* kCommitTable =
    "CREATE TABLE _ordeal_commit (id INTEGER PRIMARY KEY, number INTEGER NOT NULL);"
    "INSERT INTO _ordeal_commit VALUES (1, 0);";

}  // namespace

std::string_view name_of(JournalMode mode) {
  switch (mode) {
    case JournalMode::wal:
      return "WAL";
    case JournalMode::del:
      return "DELETE";
    case JournalMode::truncate:
      return "TRUNCATE";
    case JournalMode::persist:
      return "PERSIST";
  }
  return "";
}

DatabaseImage DatabaseImage::make(std::string_view schema, const std::function<void(env::Tx&)>& seed,
                                  const ImageOptions& options) {
  prepare_sqlite();
  const auto disk = Disk::at_rest();
  seed_sqlite(1);
  SqliteConnection connection(*disk, {.name = "image.db",
                                      .journal_mode = options.journal_mode,
                                      .create_with_page_bytes = options.page_bytes});
  // Nobody rolls an image back.
  if (options.journal_mode != JournalMode::wal) connection.script("PRAGMA journal_mode=MEMORY");
  connection.script(kCommitTable);
  connection.script(std::string(schema).c_str());
  if (seed) {
    SeedTx tx(connection);
    connection.begin_write();
    seed(tx);
    connection.commit();
  }
  connection.close();
  const auto file = disk->directory().find("image.db");
  ORDEAL_CHECK(file != nullptr);
  FileImage image = file->image;
  image.sync();
  return {std::move(image), options};
}

DatabaseImage::DatabaseImage(FileImage file, const ImageOptions& options)
    : file_(std::move(file)),
      options_(options),
      warm_sessions_(std::make_shared<WarmSessions>(file_, options)) {}

void DatabaseImage::clone_onto(Disk& disk, std::string_view name) const {
  disk.put(name, file_, warm_sessions_);
}

}  // namespace ordeal::sim
