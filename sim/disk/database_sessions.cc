#include "sim/disk/database_sessions.h"

#include <utility>

#include "sim/host.h"
#include "sim/simulation.h"

namespace ordeal::sim {

// Not through JSON: the number means nothing outside of the trial.
const env::MessageType& DatabaseCall::type() {
  static const env::MessageType kType{
      "database", [](const void* v) { return static_cast<const DatabaseCall*>(v)->session; },
      [](const void* v) { return std::to_string(static_cast<const DatabaseCall*>(v)->session); }, nullptr};
  return kType;
}

void DatabaseSessions::open(const std::shared_ptr<DatabaseSession>& session) {
  session->number = ++sessions_;
  session->client = simulation_.scheduler().current();
  open_.emplace(session->number, session);
}

void DatabaseSessions::close(DatabaseSession& session) {
  session.client = nullptr;
  session.transaction = nullptr;
  session.reading = nullptr;
  open_.erase(session.number);
}

std::shared_ptr<DatabaseSession> DatabaseSessions::find(std::uint64_t number) const {
  const auto found = open_.find(number);
  return found == open_.end() ? nullptr : found->second;
}

std::shared_ptr<HeldRow> DatabaseSessions::hold(const DatabaseSession& session,
                                                std::shared_ptr<RowLocks> locks, RowLocks::Grant grant) {
  auto row = std::make_shared<HeldRow>();
  row->number = ++rows_;
  row->host = session.client_host;
  row->life = session.client_life;
  row->locks = std::move(locks);
  row->grant = grant;
  held_.emplace(row->number, row);
  return row;
}

void DatabaseSessions::free(HeldRow& row) {
  if (row.expires) simulation_.scheduler().cancel(*std::exchange(row.expires, std::nullopt));
  const auto found = held_.find(row.number);
  if (found == held_.end()) return;
  const std::shared_ptr<HeldRow> kept = std::move(found->second);
  held_.erase(found);
  row.locks->release(row.grant);
}

void DatabaseSessions::expire(const std::shared_ptr<HeldRow>& row) {
  if (held_.find(row->number) == held_.end()) return;
  Scheduler& scheduler = simulation_.scheduler();
  row->expires = scheduler.at(scheduler.now_ns() + detection_.ns, [self = shared_from_this(), row] {
    row->expires.reset();
    self->simulation_.mark("a row lock was freed because its release was lost");
    self->free(*row);
  });
}

class DatabaseSessions::Watch final : public Device {
 public:
  Watch(std::shared_ptr<DatabaseSessions> sessions, Host& host)
      : sessions_(std::move(sessions)), host_(host) {}
  void power_lost(const Moment&) override {
    Scheduler& scheduler = host_.simulation().scheduler();
    scheduler.at(
        scheduler.now_ns() + sessions_->detection_.ns,
        [sessions = sessions_, host = host_.id(), life = host_.life()] { sessions->free_of(host, life); });
  }

 private:
  std::shared_ptr<DatabaseSessions> sessions_;
  Host& host_;
};

void DatabaseSessions::watch(Host& host) {
  if (watched_.insert(host.id()).second) host.attach(std::make_shared<Watch>(shared_from_this(), host));
}

void DatabaseSessions::free_of(HostId host, std::uint32_t before_life) {
  std::vector<std::shared_ptr<HeldRow>> rows;
  for (const auto& [number, row] : held_) {
    if (row->host == host && row->life < before_life) rows.push_back(row);
  }
  if (!rows.empty()) simulation_.mark("row locks of a dead process were freed");
  for (const auto& row : rows) free(*row);
}

}  // namespace ordeal::sim
