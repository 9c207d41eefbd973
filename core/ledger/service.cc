#include "core/ledger/service.h"

namespace ordeal::ledger {
Service::Service(env::Env& env, env::Database& db, Designs designs)
    : env_(env), db_(db), journal_(designs.journal) {}

void Service::start() {
  env_.rpc.on<api::OrderPaid>("on_order_paid",
                              [this](const api::OrderPaid& event) { return on_order_paid(event); });
  env_.rpc.on<api::RefundSucceeded>("on_refund_succeeded", [this](const api::RefundSucceeded& event) {
    return on_refund_succeeded(event);
  });
}

api::Ack Service::on_order_paid(const api::OrderPaid& event) {
  if (!event.amount.is_positive()) return {true};  // an order of nothing moves no money
  post("ledger.sale", {{api::EntryKind::sale, event.order.value, event.order, event.amount}});
  return {true};
}

api::Ack Service::on_refund_succeeded(const api::RefundSucceeded& event) {
  post("ledger.refund", {{api::EntryKind::unusable, event.refund.value, event.order, event.amount},
                         {api::EntryKind::refund, event.refund.value, event.order, event.amount}});
  return {true};
}

void Service::post(std::string_view transaction, std::vector<Entry> entries) {
  for (Entry& entry : entries) entry.legs = postings(entry.kind, entry.amount);
  journal_.post(env_, db_, transaction, entries);
}

}  // namespace ordeal::ledger
