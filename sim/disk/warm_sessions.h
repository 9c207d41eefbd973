// WarmSessions: SQLite sessions for the databases that began as one image, ready to be used. Private to sim/disk.
//
// A trial opens a dozen databases, most of them again after a crash, and to SQLite each would be a new one: open, read the
// schema, prepare every statement. Here that is done once, on a scratch copy of the image. What a warm session knows is the
// schema, which SQLite checks against the file's schema cookie whenever a statement begins; no page, no lock, no log.
// So the first read on the disk it is moved to recovers that database as any new connection would.
//
// Sessions wait for their next use in little memory: what is kept of each, up to a limit for all of them together.
//
// A session is as if new each time it is taken: its memory is put back to what it was. What one user prepared is prepared
// for the next from then on, which costs no I/O and so changes no trial.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/disk/database_image.h"
#include "sim/disk/file_image.h"
#include "sim/disk/sqlite_session.h"

namespace ordeal::sim {

class WarmSessions : public std::enable_shared_from_this<WarmSessions> {
 private:
  // Sessions that are alike but for what `adjust` sets.
  struct Kind {
    std::string name;
    bool wal;
    std::string purpose;
    std::vector<std::string> texts;  // of the statements that were prepared by now, and can be in advance
    std::set<std::string, std::less<>> known;
  };

 public:
  class Shelf;
  struct Return {  // back home, or away with it
    std::shared_ptr<WarmSessions> home;
    Kind* kind = nullptr;
    void operator()(SqliteSession* session) const;
  };
  using Lease = std::unique_ptr<SqliteSession, Return>;

  WarmSessions(FileImage file, const ImageOptions& options);
  ~WarmSessions();

  // Restored, on no disk yet. With `adjust` after `resume` it has all that the settings ask for.
  Lease take(const SqliteSettings& settings);
  static void adjust(SqliteSession& session, const SqliteSettings& settings);

 private:
  Kind& kind_of(const SqliteSettings& settings);
  std::unique_ptr<SqliteSession> make(const Kind& kind) const;
  static void catch_up(SqliteSession& session, Kind& kind);
  static void learn(const SqliteSession& session, Kind& kind);

  FileImage file_;
  ImageOptions options_;
  std::vector<std::unique_ptr<Kind>> kinds_;
};

}  // namespace ordeal::sim
