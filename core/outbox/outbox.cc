#include "core/outbox/outbox.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/api/ack.h"

namespace ordeal::outbox {
namespace {

constexpr env::Sql kInsert{
    "insert into outbox(topic, body, pending, trace, attempts, next_at) values(?, ?, ?, ?, 0, 0)"};
// A scan without index or sort: rows live for one delivery, so the table is short, and every insert would pay for an index.
constexpr env::Sql kAll{"select id, topic, body, pending, trace, attempts, next_at from outbox"};
// Another instance's relay may have been faster: then the row is gone, and its number may stand for a later event. One with
// the same topic and body has been sent just as well.
constexpr env::Sql kDelete{"delete from outbox where id = ? and topic = ? and body = ?"};
constexpr env::Sql kPutOff{
    "update outbox set pending = pending & ?, attempts = ?, next_at = ? where id = ? and topic = ? and body "
    "= ?"};

constexpr std::array<Duration, 6> kBackOff{{{1'000'000'000},
                                            {5'000'000'000},
                                            {30'000'000'000},
                                            {60'000'000'000},
                                            {300'000'000'000},
                                            {600'000'000'000}}};

class Transactional : public Publisher {
 public:
  void publish(env::Tx& tx, Relay& relay, const env::Message& message) override { relay.write(tx, message); }
  void after_commit(Relay&) override {}  // writing the row woke the relay
};

}  // namespace

struct Relay::Row {
  std::int64_t id;
  const Route* route;
  std::string body;
  std::int64_t pending;
  env::TraceContext trace;
  std::int64_t attempts;
};

Relay::Relay(env::Env& env, env::Database& db, Routes routes, RelayConfig config)
    : env_(env), db_(db), routes_(std::move(routes)), config_(config), worker_(env, "outbox-relay", [this] {
        return pass();
      }) {
  for (const Route& route : routes_) ORDEAL_CHECK(route.subscribers.size() <= 62);
}

void Relay::write(env::Tx& tx, const env::Message& message) {
  const std::int64_t everyone = (std::int64_t{1} << route(message.type().name).subscribers.size()) - 1;
  tx.exec(kInsert, message.type().name, message.to_json(), everyone, env_.tasks.current());
  tx.wake(worker_);
}

bool Relay::deliver(const env::Message& message) {
  const Route& to = route(message.type().name);
  std::vector<std::string_view> silent;
  return deliver(to, message, (std::int64_t{1} << to.subscribers.size()) - 1, silent) == 0;
}

std::int64_t Relay::deliver(const Route& route, const env::Message& message, std::int64_t pending,
                            std::vector<std::string_view>& silent) {
  for (std::size_t i = 0; i < route.subscribers.size(); ++i) {
    const std::int64_t bit = std::int64_t{1} << i;
    const Subscriber& to = route.subscribers[i];
    if ((pending & bit) == 0 || std::find(silent.begin(), silent.end(), to.service) != silent.end()) continue;
    const auto reply = env_.rpc.call(to.service, to.method, message, config_.deadline);
    if (!reply) {
      silent.push_back(to.service);
      continue;
    }
    const auto* ack = reply->get_if<api::Ack>();
    if (ack != nullptr && ack->done) pending &= ~bit;
  }
  return pending;
}

std::optional<Instant> Relay::pass() {
  const Instant now = env_.clock.wall_now();
  const std::size_t batch = env_.points.unlucky("outbox: a relay sends one row a pass") ? 1 : config_.batch;
  std::vector<Row> rows;
  std::optional<Instant> next;
  db_.read("outbox.due", [&](env::Connection& connection) {
    auto found = connection.query(kAll);
    while (found.next()) {
      const Route* route = find_route(found.get<std::string_view>(1));
      if (route == nullptr) continue;  // another service's
      const auto next_at = found.get<Instant>(6);
      if (next_at > now || rows.size() >= batch) {
        next = std::min(next.value_or(next_at), next_at);
        continue;
      }
      rows.push_back({found.get<std::int64_t>(0), route, found.get<std::string>(2),
                      found.get<std::int64_t>(3), found.get<env::TraceContext>(4),
                      found.get<std::int64_t>(5)});
    }
  });
  if (rows.empty()) return next;

  std::vector<std::string_view> silent;
  for (Row& row : rows) {
    const env::TraceScope scope(env_.tasks, row.trace);
    const auto message = env::Message::from_json(*row.route->type, row.body);
    ORDEAL_CHECK(message.ok(), row.body);
    if (row.attempts != 0) env_.log.sometimes("outbox resent");
    const std::int64_t left = deliver(*row.route, *message, row.pending, silent);
    // As after a crash between the last acknowledgement and the commit below.
    if (!env_.points.unlucky("outbox: a relay forgets who acknowledged")) row.pending = left;
  }
  const Instant after = env_.clock.wall_now();
  db_.transact("outbox.done", [&](env::Tx& tx) {
    for (const Row& row : rows) {
      if (row.pending == 0) {
        tx.exec(kDelete, row.id, row.route->type->name, row.body);
        continue;
      }
      const auto step = std::min(static_cast<std::size_t>(row.attempts), kBackOff.size() - 1);
      const Instant again = after + kBackOff[step];
      tx.exec(kPutOff, row.pending, row.attempts + 1, again, row.id, row.route->type->name, row.body);
      next = std::min(next.value_or(again), again);
    }
  });
  return next;
}

const Route* Relay::find_route(std::string_view topic) const {
  for (const Route& route : routes_) {
    if (route.type->name == topic) return &route;
  }
  return nullptr;
}

const Route& Relay::route(std::string_view topic) const {
  if (const Route* found = find_route(topic)) return *found;
  check_failed(__FILE__, __LINE__, "a topic without a route", std::string(topic));
}

std::unique_ptr<Publisher> make_publisher(std::string_view name) {
  return name == "transactional" ? std::make_unique<Transactional>() : nullptr;
}

}  // namespace ordeal::outbox
