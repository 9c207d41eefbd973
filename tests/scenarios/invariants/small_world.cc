#include "tests/scenarios/invariants/small_world.h"

#include "core/inventory/stock.h"
#include "core/ledger/service.h"
#include "core/notification/service.h"
#include "core/order/service.h"
#include "core/payment/service.h"
#include "sim/disk/vfs.h"

namespace ordeal::scenarios {
namespace {

namespace f = api::facts;
using api::Account;
using api::EntryKind;
using api::OrderState;

f::OrderMoved moved(OrderId order, OrderState from, OrderState to, std::int64_t version, std::int64_t s) {
  return {order, from, to, version, Instant{1'767'225'600 * kSecond} + Duration{s * kSecond}};
}

// Simulated worlds in the same process want SQLite set up their way, before anybody uses it.
const char* after_setting_up_sqlite(const char* schema) {
  sim::prepare_sqlite();
  return schema;
}

}  // namespace

SmallWorld::SmallWorld(std::vector<std::string> invariants)
    : order_(after_setting_up_sqlite(order::kSchema)),
      inventory_(inventory::kSchema),
      payment_(payment::kSchemaWithStatements),
      ledger_(ledger::kSchema),
      notification_(notification::kSchema) {
  scenario.start = Instant{1'767'225'600 * kSecond};
  scenario.storm = Duration{600 * kSecond};
  scenario.catalogue = {{"mug", kTen, 3, 1}, {"pen", Money{250, {}}, 1, 1}};
  scenario.invariants = std::move(invariants);
  watch_ = make_watch(scenario);
}

void SmallWorld::good_facts() {
  // Ann clicks twice, pays, and the channel calls back twice.
  say(1, f::OrderPlaced{kPaid, kAnn, "ann-1", kTen, {{kMug, 1}}});
  say(1, f::StockReserved{kPaid, kMug, 1});
  say(1, moved(kPaid, OrderState::draft, OrderState::unpaid, 2, 1));
  say(2, facts::ShopperTold{kAnn, "ann-1", kPaid, kTen});
  say(2, facts::ShopperTold{kAnn, "ann-1", kPaid, kTen});
  say(10, f::AttemptOpened{kPaidAttempt, kPaid, kTen});
  say(20, facts::ChannelDebited{kPaidAttempt.text(), "CH-1", "shopper-1", kTen});
  say(20, facts::CallbackSent{kPaidAttempt.text(), 1, true});
  say(21, f::PaymentCaptured{kPaidAttempt, kPaid, kTen, "CH-1", f::CapturedVia::callback});
  say(21, facts::CallbackSent{kPaidAttempt.text(), 2, true});
  say(22, moved(kPaid, OrderState::unpaid, OrderState::paid, 3, 22));
  say(23, f::StockConsumed{kPaid, kMug, 1});
  say(23, f::EntryPosted{EntryId{1},
                         EntryKind::sale,
                         kPaid,
                         {{Account::channel_clearing, kTen},
                          {Account::merchant_payable, Money{-994, {}}},
                          {Account::platform_fee, Money{-6, {}}}}});
  say(24, facts::MerchantHeard{kPaid, "PAID", 3});
  say(24, f::MerchantNotified{kPaid, OrderState::paid, 3});

  // Bob takes the rest of the mugs and leaves.
  say(30, f::OrderPlaced{kAbandoned, kBob, "bob-1", Money{2000, {}}, {{kMug, 2}}});
  say(30, f::StockReserved{kAbandoned, kMug, 2});
  say(31, moved(kAbandoned, OrderState::draft, OrderState::unpaid, 2, 31));

  // Dee comes too late for a mug.
  say(40, f::OrderPlaced{kRejected, kDee, "dee-1", kTen, {{kMug, 1}}});
  say(41, moved(kRejected, OrderState::draft, OrderState::rejected, 2, 41));
  say(41, facts::ShopperTold{kDee, "dee-1", kRejected, kTen});

  say(932, moved(kAbandoned, OrderState::unpaid, OrderState::closed, 3, 932));
  say(933, f::StockReleased{kAbandoned, kMug, 2});

  // Cem pays when his order has just been closed.
  say(1000, f::OrderPlaced{kLate, kCem, "cem-1", kTen, {{kMug, 1}}});
  say(1000, f::StockReserved{kLate, kMug, 1});
  say(1001, moved(kLate, OrderState::draft, OrderState::unpaid, 2, 1001));
  say(1010, f::AttemptOpened{kLateAttempt, kLate, kTen});
  say(1902, moved(kLate, OrderState::unpaid, OrderState::closed, 3, 1902));
  say(1903, facts::ChannelDebited{kLateAttempt.text(), "CH-3", "shopper-3", kTen});
  say(1904, f::StockReleased{kLate, kMug, 1});
  say(1905, f::PaymentCaptured{kLateAttempt, kLate, kTen, "CH-3", f::CapturedVia::query});
  say(1906, f::RefundRequested{kLateRefund, kLate, kLateAttempt, kTen, api::RefundReason::late_payment});
  say(1907, facts::ChannelRefunded{kLateAttempt.text(), kLateRefund.text(), kTen});
  say(1908, f::RefundSucceeded{kLateRefund, kLate, kTen});
  say(1909, f::EntryPosted{EntryId{2},
                           EntryKind::unusable,
                           kLate,
                           {{Account::channel_clearing, kTen}, {Account::customer_refundable, -kTen}}});
  say(1909, f::EntryPosted{EntryId{3},
                           EntryKind::refund,
                           kLate,
                           {{Account::channel_clearing, -kTen}, {Account::customer_refundable, kTen}}});

  // The next morning, ten o'clock at the channel.
  say(26 * 3600, f::StatementAccepted{"alipay", kDay.number, 3, Money{2000, {}}, kTen});
}

void SmallWorld::good_rows() {
  change(Store::order,
         "insert into orders(id, user_id, state, version, total, currency, created_at, close_at, due_at, "
         "paid_attempt, trace) values"
         "(101, 11, 2, 3, 1000, 'CNY', 1, 901, null, 901, 0),"
         "(102, 12, 3, 3, 2000, 'CNY', 30, 930, null, null, 0),"
         "(103, 13, 3, 3, 1000, 'CNY', 1000, 1900, null, null, 0),"
         "(104, 14, 4, 2, 1000, 'CNY', 40, null, null, null, 0)");
  change(Store::order,
         "insert into order_line(order_id, sku, qty, unit_price) values"
         "(101, 1, 1, 1000), (102, 1, 2, 1000), (103, 1, 1, 1000), (104, 1, 1, 1000)");
  change(Store::order,
         "insert into late_payment(attempt, order_id, amount, reason) values(903, 103, 1000, 0)");
  change(Store::inventory, "insert into stock values(1, 2, 0, 1, 3), (2, 1, 0, 0, 1)");
  change(Store::inventory,
         "insert into reservation(order_id, sku, qty, state) values"
         "(101, 1, 1, 1), (102, 1, 2, 2), (103, 1, 1, 2), (104, 0, 0, 2)");
  change(Store::payment,
         "insert into intent(order_id, amount, currency, cancelled) values"
         "(101, 1000, 'CNY', 0), (102, 2000, 'CNY', 1), (103, 1000, 'CNY', 1)");
  change(Store::payment,
         "insert into attempt(id, order_id, user_id, channel, mode, amount, currency, state, closing, "
         "trade_no, expires_at, queries, next_at, trace) values"
         "(901, 101, 11, 'alipay', 0, 1000, 'CNY', 1, 0, 'CH-1', 901, 0, null, 0),"
         "(903, 103, 13, 'alipay', 0, 1000, 'CNY', 1, 1, 'CH-3', 1900, 0, null, 0)");
  change(
      Store::payment,
      "insert into refund(id, attempt, reason, order_id, channel, amount, currency, state, tries, next_at, "
      "trace) values(803, 903, 0, 103, 'alipay', 1000, 'CNY', 1, 1, null, 0)");
  change(Store::ledger,
         "insert into entry(id, kind, reference, order_id, rule_version, at) values"
         "(1, 0, 101, 101, 1, 23), (2, 1, 803, 103, 1, 1909), (3, 2, 803, 103, 1, 1909)");
  change(Store::ledger,
         "insert into posting(entry, account, minor, currency) values"
         "(1, 0, 1000, 'CNY'), (1, 1, -994, 'CNY'), (1, 2, -6, 'CNY'),"
         "(2, 0, 1000, 'CNY'), (2, 3, -1000, 'CNY'), (3, 0, -1000, 'CNY'), (3, 3, 1000, 'CNY')");
  change(
      Store::notification,
      "insert into notification(order_id, version, state, amount, currency, tries, next_at, sent_at, trace) "
      "values(101, 3, 2, 1000, 'CNY', 1, null, 24, 0), (102, 3, 3, 2000, 'CNY', 11, null, null, 0),"
      "(103, 3, 3, 1000, 'CNY', 1, null, 1905, 0)");

  change(
      Store::payment,
      "insert into statement(channel, day, state, tries, next_at, empty_since, lines, paid, refunded) values"
      "('alipay', 20454, 1, 0, null, null, 3, 2000, 1000)");
  change(Store::payment,
         "insert into statement_expected(attempt, day, channel, missing) values"
         "(901, 20454, 'alipay', 0), (903, 20454, 'alipay', 0)");
  change(Store::payment,
         "insert into statement_line(channel, kind, out_trade_no, out_request_no, day, trade_no, amount, "
         "currency, "
         "at, ours, verdict) values"
         "('alipay', 0, 'pay-00000000W5', '', 20454, 'CH-1', 1000, 'CNY', 20, 901, 0),"
         "('alipay', 0, 'pay-00000000W7', '', 20454, 'CH-3', 1000, 'CNY', 1903, 903, 0),"
         "('alipay', 1, 'pay-00000000W7', 'rfd-00000000S3', 20454, 'CH-3', 1000, 'CNY', 1907, 803, 0)");

  const Money none{};
  books.trades[kPaidAttempt.text()] = {"CH-1", "shopper-1", kTen, none, TradeState::success, 20 * kSecond};
  books.trades[kLateAttempt.text()] = {"CH-3", "shopper-3", kTen, kTen, TradeState::success, 1903 * kSecond};
  const auto at = [&](std::int64_t second) { return scenario.start + Duration{second * kSecond}; };
  books.trades[kPaidAttempt.text()].debited_at = at(20);
  books.trades[kLateAttempt.text()].debited_at = at(1903);
  books.trades[kLateAttempt.text()].refund_requests[kLateRefund.text()] = {kTen, at(1907)};
  books.trades[AttemptId{905}.text()] = {"CH-5", "", kTen, none, TradeState::closed, -1};
  books.purses = {{"shopper-1", 4000}, {"shopper-2", 5000}, {"shopper-3", 5000}, {"shopper-4", 5000}};
  books.purses_before = 20000;
  books.notices = {{101, 3}, {103, 3}};
}

support::PlainDatabase& SmallWorld::database(Store store) {
  switch (store) {
    case Store::order:
      return order_;
    case Store::inventory:
      return inventory_;
    case Store::payment:
      return payment_;
    case Store::ledger:
      return ledger_;
    case Store::notification:
      break;
  }
  return notification_;
}

void SmallWorld::change(Store store, const char* sql) {
  const env::Sql& kept = changes_.emplace_back(env::Sql{sql});
  database(store).transact("change", [&](env::Tx& tx) { tx.exec(kept); });
}

std::vector<sim::Finding> SmallWorld::verdict() {
  AtRest world;
  world.books = &books;
  world.scenario = &scenario;
  world.now_ns = now_s * kSecond;
  world.healed_ns = healed_s * kSecond;
  world.settled = settled;
  world.channel_gone = channel_gone;
  world.reads_statements = true;
  const auto present = [&](std::string_view name, env::Connection& connection) {
    return broken != nullptr && name == broken ? nullptr : &connection;
  };
  order_.read("audit", [&](env::Connection& o) {
    inventory_.read("audit", [&](env::Connection& i) {
      payment_.read("audit", [&](env::Connection& p) {
        ledger_.read("audit", [&](env::Connection& l) {
          notification_.read("audit", [&](env::Connection& n) {
            world.order = present("order", o);
            world.inventory = present("inventory", i);
            world.payment = present("payment", p);
            world.ledger = present("ledger", l);
            world.notification = present("notification", n);
            for (auto& audit : watch_.audits) audit->check(world, findings_);
          });
        });
      });
    });
  });
  return findings_.take();
}

}  // namespace ordeal::scenarios
