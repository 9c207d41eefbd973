#include "core/ledger/service.h"

namespace ordeal::ledger {
namespace {

constexpr env::Sql kEntry{
    "insert into entry(kind, reference, order_id, rule_version, at) values(?, ?, ?, ?, ?) "
    "on conflict(kind, reference) do nothing returning id"};
constexpr env::Sql kPosting{"insert into posting(entry, account, minor, currency) values(?, ?, ?, ?)"};

}  // namespace

Service::Service(env::Env& env, env::Database& db, Config) : env_(env), db_(db) {}

void Service::start() {
  env_.rpc.on<api::OrderPaid>("on_order_paid",
                              [this](const api::OrderPaid& event) { return on_order_paid(event); });
  env_.rpc.on<api::RefundSucceeded>("on_refund_succeeded", [this](const api::RefundSucceeded& event) {
    return on_refund_succeeded(event);
  });
}

api::Ack Service::on_order_paid(const api::OrderPaid& event) {
  if (!event.amount.is_positive()) return {true};  // an order of nothing moves no money
  env::in_transaction(db_, "ledger.sale", [&](env::Tx& tx) {
    post(tx, api::EntryKind::sale, event.order.value, event.order, event.amount);
  });
  return {true};
}

api::Ack Service::on_refund_succeeded(const api::RefundSucceeded& event) {
  env::in_transaction(db_, "ledger.refund", [&](env::Tx& tx) {
    post(tx, api::EntryKind::unusable, event.refund.value, event.order, event.amount);
    post(tx, api::EntryKind::refund, event.refund.value, event.order, event.amount);
  });
  return {true};
}

void Service::post(env::Tx& tx, api::EntryKind kind, std::int64_t reference, OrderId order, Money amount) {
  EntryId entry;
  {
    auto rows = tx.query(kEntry, kind, reference, order, kRuleVersion, env_.clock.wall_now());
    if (!rows.next()) return env_.log.sometimes("entry posted before");
    entry = rows.get<EntryId>(0);
  }
  auto legs = postings(kind, amount);
  for (const api::Posting& leg : legs) {
    tx.exec(kPosting, entry, leg.account, leg.amount.minor, leg.amount.currency.text());
  }
  env_.log.line([&] {
    return "ledger: " + std::string(wire::name_of(kind)) + " of " + amount.text() + " for " + order.text();
  });
  tx.fact(env::Message::of(api::facts::EntryPosted{entry, kind, order, std::move(legs)}));
}

}  // namespace ordeal::ledger
