// DatabaseServer: databases on a host of their own, used by processes on other hosts through RemoteDatabase.
//
//   auto& server = DatabaseServer::attach_to(host, disk);                     // when the world is built
//   host.install([&](Process& p) { server.start(p, {{.name = "order.db"}}); });
//
// The host is one like others: it crashes, freezes, has a bad disk and a slow network. A boot opens and recovers every
// database; until then nothing listens. Its memory, among it all row locks, dies with its process.
//
// What happens to a request (RemoteDatabase says what its caller sees):
//   1. It runs once, however often it arrives. If its caller has given up or died before the body began, it never begins.
//   2. The body runs here, on behalf of the caller and under the caller's cause, all in one go as a stored procedure does;
//      only the disk makes it wait. If the caller goes meanwhile, by death or because its deadline ended, the body is
//      never continued: it is unwound where it stands, and the transaction rolls back, as servers do when a connection
//      breaks.
//   3. Once the body has returned the caller is not needed: the COMMIT goes on.
// Facts are emitted here, when they are durable.
//
// Under a lost row lock nothing is done: when a task's request comes and a row that it still believes to hold was freed,
// because this host went down in between, the request fails and surely did not happen. A real database refuses too, for
// the session that held the lock is gone.
#pragma once

#include <memory>
#include <vector>

#include "core/base/time.h"
#include "sim/disk/database.h"
#include "sim/host.h"

namespace ordeal::sim {

class DatabaseSessions;

struct DatabaseServerOptions {
  // How long after a client's process died its row locks are freed; the same bounds a release that is lost on its way.
  // TCP keepalive as databases are advised to set it (PostgreSQL: tcp_keepalives_idle, _interval and _count; Linux
  // without advice: more than two hours).
  Duration detection{10'000'000'000};
};

class DatabaseServer final : public Device {
 public:
  DatabaseServer(Host& host, Disk& disk, DatabaseServerOptions options);
  // The usual way: a server that lives as long as the host.
  static DatabaseServer& attach_to(Host& host, Disk& disk, DatabaseServerOptions options = {});

  // Opens the databases and serves them; part of the host's program. Throws env::DatabaseError when one cannot be opened.
  // `reach_min` and `reach_max` are not used: the way here is the network.
  void start(Process& process, std::vector<DatabaseOptions> databases);

  void power_lost(const Moment&) override {}

  HostId host() const { return host_.id(); }
  const std::shared_ptr<DatabaseSessions>& sessions() const { return sessions_; }

 private:
  Host& host_;
  Disk& disk_;
  std::shared_ptr<DatabaseSessions> sessions_;
};

}  // namespace ordeal::sim
