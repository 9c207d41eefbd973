#include "core/notification/service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/api/facts.h"

namespace ordeal::notification {
namespace {

constexpr env::Sql kInsert{
    "insert into notification(order_id, version, state, amount, currency, tries, next_at, trace, merchant) "
    "values(?, ?, ?, ?, ?, 0, ?, ?, ?) on conflict do nothing"};
constexpr env::Sql kByDue{
    "select order_id, version, state, amount, currency, tries, next_at, trace, merchant from notification "
    "where next_at is not null order by next_at limit ?"};
constexpr env::Sql kSent{
    "update notification set sent_at = ?, next_at = null where order_id = ? and version = ? and sent_at is "
    "null"};
constexpr env::Sql kAgain{
    "update notification set tries = tries + 1, next_at = ? where order_id = ? and version = ? and sent_at "
    "is null and tries = ?"};

constexpr std::string_view kUnderstood = "SUCCESS";
constexpr Duration kPause = {30'000'000'000};

}  // namespace

struct Service::Row {
  api::MerchantNotice notice;
  std::int64_t tries;
  Instant next_at;
  env::TraceContext trace;
  MerchantId merchant;
};

Service::Service(env::Env& env, env::Database& db, Designs designs, Config config)
    : env_(env),
      db_(db),
      telling_(designs.telling),
      config_(std::move(config)),
      worker_(env, "notify-merchant", [this] { return pass(); }) {}

void Service::start() {
  env_.rpc.on<api::OrderPaid>("on_order_paid",
                              [this](const api::OrderPaid& event) { return on_order_paid(event); });
  env_.rpc.on<api::OrderClosed>("on_order_closed",
                                [this](const api::OrderClosed& event) { return on_order_closed(event); });
  worker_.start();
}

api::Ack Service::on_order_paid(const api::OrderPaid& event) {
  return note({event.order, api::OrderState::paid, event.amount, event.version}, event.merchant);
}

api::Ack Service::on_order_closed(const api::OrderClosed& event) {
  return note({event.order, api::OrderState::closed, event.amount, event.version}, event.merchant);
}

api::Ack Service::note(const api::MerchantNotice& notice, MerchantId merchant) {
  const Instant now = env_.clock.wall_now();
  env::in_transaction(db_, "notification.note", [&](env::Tx& tx) {
    tx.exec(kInsert, notice.order, notice.version, notice.state, notice.amount.minor,
            notice.amount.currency.text(), now, env_.tasks.current(), merchant);
    tx.wake(worker_, now);
  });
  return {true};
}

std::optional<Instant> Service::pass() {
  const Instant now = env_.clock.wall_now();
  std::vector<Row> due;
  std::optional<Instant> next;
  db_.read("notification.due", [&](env::Connection& connection) {
    auto rows = connection.query(kByDue, static_cast<std::int64_t>(config_.batch + 1));
    while (rows.next()) {
      const auto next_at = rows.get<Instant>(6);
      if (next_at > now || due.size() == config_.batch) {
        next = next_at;
        return;
      }
      const auto currency = Currency::parse(rows.get<std::string_view>(4));
      due.push_back(
          {{rows.get<OrderId>(0), rows.get<api::OrderState>(2),
            Money{rows.get<std::int64_t>(3), currency.value_or(Currency{})}, rows.get<std::int64_t>(1)},
           rows.get<std::int64_t>(5),
           next_at,
           rows.get<env::TraceContext>(7),
           rows.get<MerchantId>(8)});
    }
  });
  int failures = 0;
  for (const Row& row : due) {
    if (failures == config_.failures_per_pass) {
      env_.log.sometimes("merchant left alone");
      return env_.clock.wall_now() + kPause;
    }
    const env::TraceScope scope(env_.tasks, row.trace);
    if (post(row)) {
      failures = 0;
      continue;
    }
    ++failures;
    std::optional<Instant> again;
    if (const auto gap = telling_.again_in(row.tries))
      again = env_.clock.wall_now() + *gap;
    else
      env_.log.sometimes("merchant notification exhausted");
    env::in_transaction(db_, "notification.again", [&](env::Tx& tx) {
      tx.exec(kAgain, again, row.notice.order, row.notice.version, row.tries);
    });
    if (again) next = std::min(next.value_or(*again), *again);
  }
  return next;
}

bool Service::post(const Row& row) {
  if (row.tries != 0) env_.log.sometimes("merchant notified again");
  const auto url = config_.merchant_urls.find(row.merchant);
  ORDEAL_CHECK(url != config_.merchant_urls.end(), row.merchant.text());
  const auto answer =
      env_.http.post(url->second, api::MerchantNotice::type().to_json(&row.notice), config_.deadline);
  if (!answer || answer->body != kUnderstood) return false;
  if (env_.points.unlucky("notification: the merchant is told again")) return false;
  db_.transact("notification.sent", [&](env::Tx& tx) {
    if (tx.exec(kSent, env_.clock.wall_now(), row.notice.order, row.notice.version) == 0) return;
    tx.fact(env::Message::of(
        api::facts::MerchantNotified{row.notice.order, row.notice.state, row.notice.version}));
  });
  env_.log.line([&] {
    return "the merchant knows that " + row.notice.order.text() + " is " +
           std::string(wire::name_of(row.notice.state));
  });
  return true;
}

}  // namespace ordeal::notification
