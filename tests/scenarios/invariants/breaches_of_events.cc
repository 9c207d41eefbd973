// The good day with one event lost, subscriber by subscriber, or one that tells of what is not so.
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

using sim::FindingKind;

constexpr std::string_view kTold = "I-80 merchants-are-told";
constexpr std::string_view kArrives = "I-51 every-event-arrives";

void changed(SmallWorld& world, std::string_view service, const char* sql) {
  world.good_day();
  world.change(service, sql);
}

}  // namespace

std::vector<Breach> breaches_of_events() {
  return {
      {"OrderOutboxWaits", kArrives, FindingKind::liveness, "order.paid",
       [](SmallWorld& world) {
         changed(world, "order", "insert into outbox values(7, 'order.paid', '{}', 1, 0, 12, 0)");
       }},
      {"PaymentOutboxWaits", kArrives, FindingKind::liveness, "payment.captured",
       [](SmallWorld& world) {
         changed(world, "payment", "insert into outbox values(7, 'payment.captured', '{}', 1, 0, 12, 0)");
       }},
      {"PaidStockNotConsumed", kArrives, FindingKind::liveness, "inventory",
       [](SmallWorld& world) {
         changed(world, "inventory", "update reservation set state = 0 where order_id = 101");
       }},
      {"ClosedStockNotReleased", kArrives, FindingKind::liveness, "order.closed",
       [](SmallWorld& world) {
         changed(world, "inventory", "update reservation set state = 0 where order_id = 102");
       }},
      {"RejectedStockNotReleased", kArrives, FindingKind::liveness, "order.rejected",
       [](SmallWorld& world) {
         changed(world, "inventory", "insert into reservation values(104, 1, 1, 0)");
       }},
      {"PaidOrderNotInTheLedger", kArrives, FindingKind::liveness, "ledger",
       [](SmallWorld& world) { changed(world, "ledger", "delete from entry where kind = 0"); }},
      {"MerchantNeverToBeTold", kArrives, FindingKind::liveness, "notification",
       [](SmallWorld& world) {
         changed(world, "notification", "delete from notification where order_id = 101");
       }},
      {"MerchantTriesLeft", kTold, FindingKind::liveness, kPaid.text(),
       [](SmallWorld& world) {
         changed(world, "notification",
                 "update notification set sent_at = null, next_at = 99 where order_id = 101");
       }},
      {"MerchantCountsAsToldOnly", kTold, FindingKind::liveness, "merchant",
       [](SmallWorld& world) {
         world.good_day();
         world.books.notices.erase({"merchant", kPaid});
       }},
      {"PaymentNotCancelled", kArrives, FindingKind::liveness, "payment",
       [](SmallWorld& world) { changed(world, "payment", "delete from intent where order_id = 102"); }},
      {"CaptureNeverArrived", kArrives, FindingKind::liveness, "payment.captured",
       [](SmallWorld& world) { changed(world, "order", "update orders set state = 1 where id = 101"); }},
      {"RefundRequestNeverArrived", kArrives, FindingKind::liveness, "refund.requested",
       [](SmallWorld& world) { changed(world, "payment", "delete from refund"); }},
      {"RefundNotInTheLedger", kArrives, FindingKind::liveness, kLateRefund.text(),
       [](SmallWorld& world) { changed(world, "ledger", "delete from entry where kind = 2"); }},
      {"SaleOfAClosedOrder", kArrives, FindingKind::safety, kAbandoned.text(),
       [](SmallWorld& world) { changed(world, "ledger", "insert into entry values(9, 0, 102, 102, 1, 0)"); }},
      {"SaleOfNoOrder", kArrives, FindingKind::safety, kStranger.text(),
       [](SmallWorld& world) { changed(world, "ledger", "insert into entry values(9, 0, 199, 199, 1, 0)"); }},
      {"StockConsumedForAClosedOrder", kArrives, FindingKind::safety, kAbandoned.text(),
       [](SmallWorld& world) {
         changed(world, "inventory", "update reservation set state = 1 where order_id = 102");
       }},
  };
}

}  // namespace ordeal::test
