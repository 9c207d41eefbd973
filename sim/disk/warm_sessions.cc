#include "sim/disk/warm_sessions.h"

#include <cstddef>
#include <exception>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/base/check.h"
#include "sim/disk/disk.h"
#include "sim/disk/page_sums.h"

namespace ordeal::sim {
namespace {

constexpr std::size_t kShelfBytes = std::size_t{3} << 20;  // of what is kept of sessions that wait
constexpr std::size_t kTexts = 500;  // more statements than these are prepared when they are needed

constexpr const char* kSchemaReader = "SELECT number FROM _ordeal_commit WHERE id = 1";

// SQLite's generator is one for the process: a trial must not notice that a session was made in the middle of it.
class KeptRandomness {
 public:
  KeptRandomness() { sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SAVE); }
  ~KeptRandomness() { sqlite3_test_control(SQLITE_TESTCTRL_PRNG_RESTORE); }
  KeptRandomness(const KeptRandomness&) = delete;
  KeptRandomness& operator=(const KeptRandomness&) = delete;
};

// Bytes 18 and 19 of a database are 2 for WAL and 1 otherwise (sqlite.org/fileformat2.html). Read as a database that has no
// log, its schema is known without a log having been opened.
FileImage without_wal(FileImage file, int page_bytes) {
  std::vector<std::byte> page(static_cast<std::size_t>(page_bytes));
  file.read(0, page);
  page[18] = page[19] = std::byte{1};
  put_sum(page, 1);
  file.write(0, page);
  file.sync();
  return file;
}

// Other pragmas answer while they are prepared, with what is set then (sqlite.org/pragma.html).
bool says_the_same_later(std::string_view text) {
  constexpr std::string_view kPragma = "PRAGMA ";
  constexpr std::string_view kOfTheSchema = "PRAGMA integrity_check";
  if (text.starts_with(kOfTheSchema)) return true;
  return sqlite3_strnicmp(text.data(), kPragma.data(), static_cast<int>(kPragma.size())) != 0;
}

}  // namespace

// The sessions of all images of the process that wait for their next use. The one that waited longest goes first.
class WarmSessions::Shelf {
 public:
  static Shelf& get() {
    static Shelf& shelf = *new Shelf;  // images may outlive the statics of this file
    return shelf;
  }

  // Null when none of the kind has a free range.
  std::unique_ptr<SqliteSession> take(const Kind& kind) {
    for (auto at = waiting_.rbegin(); at != waiting_.rend(); ++at) {
      if (at->kind != &kind || !at->session->memory().range_is_free()) continue;
      std::unique_ptr<SqliteSession> session = std::move(at->session);
      waiting_.erase(std::next(at).base());
      bytes_ -= session->memory().kept_bytes();
      session->memory().take_range();
      return session;
    }
    return nullptr;
  }
  void put(const Kind& kind, std::unique_ptr<SqliteSession> session) {
    session->memory().leave_range();
    bytes_ += session->memory().kept_bytes();
    waiting_.push_back({&kind, std::move(session)});
    while (bytes_ > kShelfBytes) {
      bytes_ -= waiting_.front().session->memory().kept_bytes();
      waiting_.erase(waiting_.begin());
    }
  }
  void forget(const Kind& kind) {
    std::erase_if(waiting_, [&](const Waiting& one) {
      if (one.kind != &kind) return false;
      bytes_ -= one.session->memory().kept_bytes();
      return true;
    });
  }

 private:
  struct Waiting {
    const Kind* kind;
    std::unique_ptr<SqliteSession> session;
  };
  std::vector<Waiting> waiting_;  // a hundred at most
  std::size_t bytes_ = 0;
};

void WarmSessions::Return::operator()(SqliteSession* session) const {
  std::unique_ptr<SqliteSession> back(session);
  if (home == nullptr) return;
  learn(*back, *kind);
  back->leave();
  Shelf::get().put(*kind, std::move(back));
}

WarmSessions::WarmSessions(FileImage file, const ImageOptions& options)
    : file_(std::move(file)), options_(options) {}
WarmSessions::~WarmSessions() {
  for (const auto& kind : kinds_) Shelf::get().forget(*kind);
}

WarmSessions::Kind& WarmSessions::kind_of(const SqliteSettings& settings) {
  const bool wal = settings.journal_mode == JournalMode::wal;
  for (const auto& kind : kinds_) {
    if (kind->wal == wal && kind->name == settings.name && kind->purpose == settings.purpose) return *kind;
  }
  auto kind = std::make_unique<Kind>();
  kind->name = settings.name;
  kind->wal = wal;
  kind->purpose = settings.purpose;
  kinds_.push_back(std::move(kind));
  return *kinds_.back();
}

WarmSessions::Lease WarmSessions::take(const SqliteSettings& settings) {
  Kind& kind = kind_of(settings);
  std::unique_ptr<SqliteSession> session = Shelf::get().take(kind);
  if (session == nullptr) {
    const KeptRandomness kept;
    session = make(kind);
  }
  session->restore();
  if (session->kept_statements() < 1 + kind.texts.size()) {  // one read the schema
    const KeptRandomness kept;
    catch_up(*session, kind);
  }
  return {session.release(), Return{shared_from_this(), &kind}};
}

std::unique_ptr<SqliteSession> WarmSessions::make(const Kind& kind) const {
  const auto scratch = Disk::at_rest();
  scratch->put(kind.name, kind.wal ? without_wal(file_, options_.page_bytes) : file_);
  auto session = std::make_unique<SqliteSession>(kind.name);
  session->open(*scratch, {.name = kind.name, .journal_mode = JournalMode::del});
  session->statement(kSchemaReader);
  session->forget_pages();
  // Only now, or the lock of the scratch file would be held on to.
  if (kind.wal) session->script("PRAGMA locking_mode=EXCLUSIVE");
  session->keep();
  session->leave();
  return session;
}

void WarmSessions::adjust(SqliteSession& session, const SqliteSettings& settings) {
  static const SqliteSettings usual;
  session.set_wal_autocheckpoint(settings.wal_autocheckpoint_pages);
  std::string more;
  if (settings.cache_pages != usual.cache_pages)
    more += fmt::format("PRAGMA cache_size={};", settings.cache_pages);
  if (settings.journal_mode == JournalMode::truncate || settings.journal_mode == JournalMode::persist)
    more += fmt::format("PRAGMA journal_mode={};", name_of(settings.journal_mode));
  if (std::string_view(settings.synchronous) != usual.synchronous)
    more += fmt::format("PRAGMA synchronous={};", settings.synchronous);
  if (!more.empty()) session.script(more.c_str());
}

// The schema is known, so this asks no disk. A text of a table that the image does not have makes SQLite look for a newer
// schema, which is not to be had here: it is struck from the list, and the session begins anew.
void WarmSessions::catch_up(SqliteSession& session, Kind& kind) {
  for (std::size_t i = 0; i < kind.texts.size();) {
    try {
      session.statement(kind.texts[i]);
      ++i;
    } catch (const std::exception&) {
      kind.texts.erase(kind.texts.begin() + static_cast<std::ptrdiff_t>(i));
      session.restore();
      i = 0;
    }
  }
  session.keep();
}

void WarmSessions::learn(const SqliteSession& session, Kind& kind) {
  const auto& statements = session.statements();
  for (std::size_t i = session.kept_statements(); i < statements.size(); ++i) {
    const std::string& text = statements[i]->source();
    if (kind.texts.size() >= kTexts || !says_the_same_later(text)) continue;
    if (kind.known.insert(text).second) kind.texts.push_back(text);
  }
}

}  // namespace ordeal::sim
