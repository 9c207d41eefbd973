#include "tests/scenarios/invariants/small_world.h"

#include <algorithm>
#include <iterator>

#include "scenarios/flows/booking/parts.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/promotions.h"
#include "scenarios/flows/purchase/seams.h"
#include "sim/disk/vfs.h"

namespace ordeal::test {
namespace {

namespace f = api::facts;
using api::Account;
using api::EntryKind;
using api::OrderState;

f::OrderMoved moved(OrderId order, OrderState from, OrderState to, std::int64_t version, std::int64_t s) {
  return {order, from, to, version, Instant{1'767'225'600 * kSecond} + Duration{s * kSecond}};
}

template <class T>
play::Part part(const play::PartRow* row, std::string name, T value) {
  return {row, std::move(name), &typeid(T), std::make_shared<const T>(std::move(value))};
}

play::Part catalogue(const play::Flows& flows, Money price_of_pen) {
  return part(flows.settings().front(), "catalogue",
              purchase::Catalogue{{{"mug", kTen, 3, 1, {}}, {"pen", price_of_pen, 1, 1, "other"}}});
}

// A court of two days, and two guests; where the flow is there.
void open_court(const play::Flows& flows, play::Scenario& scenario) {
  const auto& settings = flows.settings();
  const auto venues = std::find_if(settings.begin(), settings.end(),
                                   [](const play::SettingRow* row) { return row->kind == "venues"; });
  if (venues == settings.end()) return;
  constexpr Duration kHour{3600 * kSecond};
  scenario.settings.push_back(
      part(*venues, "venues", booking::Venues{{{"court", kHour * 18, kHour * 22, kHour}}}));
  booking::BookingSpec two;
  two.guests = 2;
  scenario.workloads = {part(flows.workload("booking"), "guests", two)};
}

play::Scenario small_scenario(const play::Flows& flows, const std::vector<std::string_view>& without,
                              std::vector<std::string> invariants, bool promotions) {
  using purchase::ProfileName;
  play::Scenario scenario;
  scenario.start = Instant{1'767'225'600 * kSecond};
  scenario.storm = Duration{600 * kSecond};
  for (const play::ServiceRow* row : flows.services()) {
    if (std::find(without.begin(), without.end(), row->name) != without.end()) continue;
    scenario.hosts.push_back({std::string(row->name) + "-1", {std::string(row->name)}, {}});
  }
  scenario.designs = {{std::string(purchase::statements().name), "daily"}};
  scenario.settings = {catalogue(flows, kPenPrice)};
  const play::PartyRow* channel = flows.party("channel");
  const play::PartyRow* merchant = flows.party("merchant");
  scenario.parties = {part(channel, "alipay", purchase::ChannelSpec{ProfileName::alipay}),
                      part(channel, "wechat", purchase::ChannelSpec{ProfileName::wechat}),
                      part(merchant, "merchant", purchase::MerchantSpec{}),
                      part(merchant, "other", purchase::MerchantSpec{})};
  open_court(flows, scenario);
  scenario.invariants = std::move(invariants);
  if (!promotions) return scenario;
  const Money one{100, {}};
  purchase::PromotionSpec off{
      .name = "1 off", .kind = purchase::PromotionKind::coupon, .off = one, .each = 2};
  purchase::PromotionSpec points{
      .name = "points", .kind = purchase::PromotionKind::points, .each = 300, .points = 100, .worth = one};
  purchase::PromotionSpec pen{.name = "pen at 2.00",
                              .kind = purchase::PromotionKind::price,
                              .sku = "pen",
                              .price = Money{200, {}},
                              .stock_at_least = 1};
  const auto setting = std::find_if(flows.settings().begin(), flows.settings().end(),
                                    [](const play::PartRow* row) { return row->kind == "promotions"; });
  scenario.settings.push_back(part(*setting, "promotions", purchase::PromotionsSpec{{off, points, pen}}));
  purchase::ShoppingSpec fifteen;
  fifteen.shoppers = 15;
  scenario.workloads = {part(flows.workload("bargains"), "shoppers", std::move(fifteen))};
  return scenario;
}

}  // namespace

SmallWorld::SmallWorld(std::vector<std::string> invariants, const play::Flows& flows,
                       const std::vector<std::string_view>& without, bool promotions)
    : scenario(small_scenario(flows, without, std::move(invariants), promotions)),
      flows_(flows),
      watch_(flows, scenario) {
  sim::prepare_sqlite();
  const play::Designer designer(flows, scenario.designs, {}, {});
  for (const play::ServiceRow* row : flows.services()) {
    if (row->schema == nullptr || !scenario.has_service(row->name)) continue;
    std::string schema(row->schema(designer));
    if (row->further_tables != nullptr) schema += row->further_tables(scenario);
    auto& database = *databases_.emplace(row->name, std::make_unique<support::PlainDatabase>(schema.c_str()))
                          .first->second;
    if (promotions && row->name == "promotion")
      database.transact("seed", [&, seed = row->seed](env::Tx& tx) { seed(tx, scenario); });
  }
}

void SmallWorld::give_away_pens() { scenario.settings.front() = catalogue(flows_, Money{}); }

void SmallWorld::good_facts() {
  // Ann clicks twice, pays, and the channel calls back twice.
  say(1, f::OrderPlaced{kPaid, kAnn, "ann-1", kTen, {{kMug, 1}}});
  say(1, f::StockReserved{kPaid, kMug, 1});
  say(1, moved(kPaid, OrderState::draft, OrderState::unpaid, 2, 1));
  say(2, purchase::facts::ShopperTold{kAnn, "ann-1", kPaid, kTen});
  say(2, purchase::facts::ShopperTold{kAnn, "ann-1", kPaid, kTen});
  say(10, f::AttemptOpened{kPaidAttempt, kPaid, kTen});
  say(20, purchase::facts::ChannelDebited{kPaidAttempt.text(), "CH-1", "shopper-1", kTen});
  say(20, purchase::facts::CallbackSent{kPaidAttempt.text(), 1, true});
  say(21, f::PaymentCaptured{kPaidAttempt, kPaid, kTen, "CH-1", f::CapturedVia::callback});
  say(21, purchase::facts::CallbackSent{kPaidAttempt.text(), 2, true});
  say(22, moved(kPaid, OrderState::unpaid, OrderState::paid, 3, 22));
  say(23, f::StockConsumed{kPaid, kMug, 1});
  say(23, f::EntryPosted{EntryId{1},
                         EntryKind::sale,
                         kPaid,
                         {{Account::channel_clearing, kTen},
                          {Account::merchant_payable, Money{-994, {}}},
                          {Account::platform_fee, Money{-6, {}}}}});
  say(24, purchase::facts::MerchantHeard{kPaid, "PAID", 3});
  say(24, f::MerchantNotified{kPaid, OrderState::paid, 3});

  // Bob takes the rest of the mugs and leaves.
  say(30, f::OrderPlaced{kAbandoned, kBob, "bob-1", Money{2000, {}}, {{kMug, 2}}});
  say(30, f::StockReserved{kAbandoned, kMug, 2});
  say(31, moved(kAbandoned, OrderState::draft, OrderState::unpaid, 2, 31));

  // Dee comes too late for a mug.
  say(40, f::OrderPlaced{kRejected, kDee, "dee-1", kTen, {{kMug, 1}}});
  say(41, moved(kRejected, OrderState::draft, OrderState::rejected, 2, 41));
  say(41, purchase::facts::ShopperTold{kDee, "dee-1", kRejected, kTen});

  say(932, moved(kAbandoned, OrderState::unpaid, OrderState::closed, 3, 932));
  say(933, f::StockReleased{kAbandoned, kMug, 2});

  // Cem pays when his order has just been closed.
  say(1000, f::OrderPlaced{kLate, kCem, "cem-1", kTen, {{kMug, 1}}});
  say(1000, f::StockReserved{kLate, kMug, 1});
  say(1001, moved(kLate, OrderState::draft, OrderState::unpaid, 2, 1001));
  say(1010, f::AttemptOpened{kLateAttempt, kLate, kTen});
  say(1902, moved(kLate, OrderState::unpaid, OrderState::closed, 3, 1902));
  say(1903, purchase::facts::ChannelDebited{kLateAttempt.text(), "CH-3", "shopper-3", kTen});
  say(1904, f::StockReleased{kLate, kMug, 1});
  say(1905, f::PaymentCaptured{kLateAttempt, kLate, kTen, "CH-3", f::CapturedVia::query});
  say(1906, f::RefundRequested{kLateRefund, kLate, kLateAttempt, kTen, api::RefundReason::late_payment});
  say(1907, purchase::facts::ChannelRefunded{kLateAttempt.text(), kLateRefund.text(), kTen});
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
  change("order",
         "insert into orders(id, user_id, merchant, state, version, total, currency, created_at, close_at, "
         "due_at, "
         "paid_attempt, trace) values"
         "(101, 11, 1, 2, 3, 1000, 'CNY', 1, 901, null, 901, 0),"
         "(102, 12, 1, 3, 3, 2000, 'CNY', 30, 931, null, null, 0),"
         "(103, 13, 1, 3, 3, 1000, 'CNY', 1000, 1901, null, null, 0),"
         "(104, 14, 1, 4, 2, 1000, 'CNY', 40, null, null, null, 0)");
  by_the_wall_clock("order", "orders", {"created_at", "close_at"});
  change("order",
         "insert into order_request(user_id, request_key, fingerprint, order_id) values"
         "(11, 'ann-1', 1, 101), (12, 'bob-1', 2, 102), (13, 'cem-1', 3, 103), (14, 'dee-1', 4, 104)");
  change("order",
         "insert into catalog(sku, price, currency, merchant) values(1, 1000, 'CNY', 1), (2, 250, 'CNY', 2)");
  change("order",
         "insert into order_line(order_id, sku, qty, unit_price) values"
         "(101, 1, 1, 1000), (102, 1, 2, 1000), (103, 1, 1, 1000), (104, 1, 1, 1000)");
  change("order", "insert into late_payment(attempt, order_id, amount, reason) values(903, 103, 1000, 0)");
  change("inventory", "insert into stock values(1, 2, 0, 1, 3), (2, 1, 0, 0, 1)");
  change("inventory",
         "insert into reservation(order_id, sku, qty, state) values"
         "(101, 1, 1, 1), (102, 1, 2, 2), (103, 1, 1, 2), (104, 0, 0, 2)");
  change("payment",
         "insert into intent(order_id, amount, currency, cancelled) values"
         "(101, 1000, 'CNY', 0), (102, 2000, 'CNY', 1), (103, 1000, 'CNY', 1)");
  change("payment",
         "insert into attempt(id, order_id, user_id, channel, mode, amount, currency, state, closing, "
         "trade_no, expires_at, queries, next_at, trace) values"
         "(901, 101, 11, 'alipay', 0, 1000, 'CNY', 1, 0, 'CH-1', 1501, 0, null, 0),"
         "(903, 103, 13, 'alipay', 0, 1000, 'CNY', 1, 1, 'CH-3', 2501, 0, null, 0)");
  by_the_wall_clock("payment", "attempt", {"expires_at"});
  change(
      "payment",
      "insert into refund(id, attempt, reason, order_id, channel, amount, currency, state, tries, next_at, "
      "trace) values(803, 903, 0, 103, 'alipay', 1000, 'CNY', 1, 1, null, 0)");
  change("ledger",
         "insert into entry(id, kind, reference, order_id, rule_version, at) values"
         "(1, 0, 101, 101, 1, 23), (2, 1, 803, 103, 1, 1909), (3, 2, 803, 103, 1, 1909)");
  change("ledger",
         "insert into posting(entry, account, minor, currency) values"
         "(1, 0, 1000, 'CNY'), (1, 1, -994, 'CNY'), (1, 2, -6, 'CNY'),"
         "(2, 0, 1000, 'CNY'), (2, 3, -1000, 'CNY'), (3, 0, -1000, 'CNY'), (3, 3, 1000, 'CNY')");
  change("notification",
         "insert into notification(order_id, version, merchant, state, amount, currency, tries, next_at, "
         "sent_at, trace) "
         "values(101, 3, 1, 2, 1000, 'CNY', 1, null, 24, 0), (102, 3, 1, 3, 2000, 'CNY', 11, null, null, 0),"
         "(103, 3, 1, 3, 1000, 'CNY', 1, null, 1905, 0)");

  change(
      "payment",
      "insert into statement(channel, day, state, tries, next_at, empty_since, lines, paid, refunded) values"
      "('alipay', 20454, 1, 0, null, null, 3, 2000, 1000)");
  change("payment",
         "insert into statement_expected(attempt, day, channel, missing) values"
         "(901, 20454, 'alipay', 0), (903, 20454, 'alipay', 0)");
  change("payment",
         "insert into statement_line(channel, kind, out_trade_no, out_request_no, day, trade_no, amount, "
         "currency, "
         "at, ours, verdict) values"
         "('alipay', 0, 'pay-00000000W5', '', 20454, 'CH-1', 1000, 'CNY', 20, 901, 0),"
         "('alipay', 0, 'pay-00000000W7', '', 20454, 'CH-3', 1000, 'CNY', 1903, 903, 0),"
         "('alipay', 1, 'pay-00000000W7', 'rfd-00000000S3', 20454, 'CH-3', 1000, 'CNY', 1907, 803, 0)");

  const Money none{};
  purchase::ChannelTrades& alipay = books.trades["alipay"];
  alipay[kPaidAttempt.text()] = {"CH-1",      "shopper-1", kTen, none, purchase::TradeState::success,
                                 20 * kSecond};
  alipay[kLateAttempt.text()] = {"CH-3",        "shopper-3", kTen, kTen, purchase::TradeState::success,
                                 1903 * kSecond};
  const auto at = [&](std::int64_t second) { return scenario.start + Duration{second * kSecond}; };
  alipay[kPaidAttempt.text()].debited_at = at(20);
  alipay[kLateAttempt.text()].debited_at = at(1903);
  alipay[kLateAttempt.text()].refund_requests[kLateRefund.text()] = {kTen, at(1907)};
  alipay[kLateAttempt.text()].questions = 4;
  alipay[AttemptId{905}.text()] = {"CH-5", "", kTen, none, purchase::TradeState::closed, -1};
  books.purses = {{"shopper-1", 4000}, {"shopper-2", 5000}, {"shopper-3", 5000}, {"shopper-4", 5000}};
  books.purses_before = 20000;
  books.notices = {{{"merchant", kPaid}, 3}, {{"merchant", kLate}, 3}};
  good_diary();
}

void SmallWorld::good_diary() {
  using purchase::model::Wish;
  const auto place = [&](const std::string& buyer, UserId user, const std::string& key,
                         purchase::model::Basket basket, std::int64_t second, api::PlaceReply reply) {
    purchase::model::Visit& visit = this->visit(buyer);
    visit.user = user;
    visit.key = key;
    visit.baskets.push_back(std::move(basket));
    purchase::model::PlaceAsked& asked = visit.placing.emplace_back();
    asked.at_ns = second * kSecond;
    asked.answered_ns = (second + 1) * kSecond;
    asked.reply = std::move(reply);
  };
  const auto yours = [](OrderId order, Money total) {
    return api::PlaceReply{api::PlaceStatus::placed, order, OrderState::unpaid, total};
  };
  place("shopper-1", kAnn, "ann-1", {{{kMug, 1}}, kTen}, 1, yours(kPaid, kTen));
  place("shopper-2", kBob, "bob-1", {{{kMug, 2}}, Money{2000, {}}}, 30, yours(kAbandoned, Money{2000, {}}));
  place("shopper-3", kCem, "cem-1", {{{kMug, 1}}, kTen}, 1000, yours(kLate, kTen));
  place("shopper-4", kDee, "dee-1", {{{kMug, 1}}, kTen}, 40,
        {api::PlaceStatus::out_of_stock, kRejected, OrderState::rejected, kTen});
  visit("shopper-1").wish = Wish::pays;
  visit("shopper-2").wish = Wish::leaves;
  visit("shopper-3").wish = Wish::pays_late;
  for (const auto& [buyer, second] : {std::pair("shopper-1", 10), std::pair("shopper-3", 1010)}) {
    purchase::model::PayAsked& asked = visit(buyer).paying.emplace_back();
    asked.at_ns = second * kSecond;
    asked.answered_ns = (second + 1) * kSecond;
    asked.channel = "alipay";
    asked.reply.status = api::PayStatus::pay_at_channel;
  }
  books.diary.notices = {{"merchant", {kPaid, OrderState::paid, kTen, 3}, 24 * kSecond},
                         {"merchant", {kLate, OrderState::closed, kTen, 3}, 1904 * kSecond}};
}

void SmallWorld::by_the_wall_clock(std::string_view service, std::string_view table,
                                   const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    texts_.push_back("update " + std::string(table) + " set " + column + " = " + column +
                     " * 1000000000 + 1767225600000000000 where " + column + " < 1000000");
    change(service, texts_.back().c_str());
  }
}

// Eve buys the pen.
void SmallWorld::at_wechat_facts() {
  say(50, f::OrderPlaced{kAtWechat, kEve, "eve-1", kPenPrice, {{kPen, 1}}});
  say(50, f::StockReserved{kAtWechat, kPen, 1});
  say(51, moved(kAtWechat, OrderState::draft, OrderState::unpaid, 2, 51));
  say(55, f::AttemptOpened{kWechatAttempt, kAtWechat, kPenPrice});
  say(60, purchase::facts::ChannelDebited{kWechatAttempt.text(), "WX-7", "shopper-5", kPenPrice});
  say(60, purchase::facts::CallbackSent{kWechatAttempt.text(), 1, true});
  say(61, f::PaymentCaptured{kWechatAttempt, kAtWechat, kPenPrice, "WX-7", f::CapturedVia::callback});
  say(62, moved(kAtWechat, OrderState::unpaid, OrderState::paid, 3, 62));
  say(63, f::StockConsumed{kAtWechat, kPen, 1});
  say(63, f::EntryPosted{EntryId{7},
                         EntryKind::sale,
                         kAtWechat,
                         {{Account::channel_clearing, kPenPrice},
                          {Account::merchant_payable, Money{-249, {}}},
                          {Account::platform_fee, Money{-1, {}}}}});
  say(26 * 3600, f::StatementAccepted{"wechat", kDay.number, 1, kPenPrice, Money{}});
}

void SmallWorld::at_wechat_rows() {
  change("order",
         "insert into orders(id, user_id, merchant, state, version, total, currency, created_at, close_at, "
         "due_at, paid_attempt, trace) values(105, 15, 2, 2, 3, 250, 'CNY', 50, 951, null, 907, 0)");
  by_the_wall_clock("order", "orders", {"created_at", "close_at"});
  change(
      "order",
      "insert into order_request(user_id, request_key, fingerprint, order_id) values(15, 'eve-1', 5, 105)");
  change("order", "insert into order_line(order_id, sku, qty, unit_price) values(105, 2, 1, 250)");
  change("inventory", "update stock set available = 0, sold = 1 where sku = 2");
  change("inventory", "insert into reservation(order_id, sku, qty, state) values(105, 2, 1, 1)");
  change("payment", "insert into intent(order_id, amount, currency, cancelled) values(105, 250, 'CNY', 0)");
  change("payment",
         "insert into attempt(id, order_id, user_id, channel, mode, amount, currency, state, closing, "
         "trade_no, expires_at, queries, next_at, trace) values"
         "(907, 105, 15, 'wechat', 0, 250, 'CNY', 1, 0, 'WX-7', 1551, 0, null, 0)");
  by_the_wall_clock("payment", "attempt", {"expires_at"});
  change("ledger",
         "insert into entry(id, kind, reference, order_id, rule_version, at) values(7, 0, 105, 105, 1, 63)");
  change("ledger",
         "insert into posting(entry, account, minor, currency) values"
         "(7, 0, 250, 'CNY'), (7, 1, -249, 'CNY'), (7, 2, -1, 'CNY')");
  change("notification",
         "insert into notification(order_id, version, merchant, state, amount, currency, tries, next_at, "
         "sent_at, trace) values(105, 3, 2, 2, 250, 'CNY', 1, null, 64, 0)");
  change("payment",
         "insert into statement(channel, day, state, tries, next_at, empty_since, lines, paid, refunded) "
         "values('wechat', 20454, 1, 0, null, null, 1, 250, 0)");
  change("payment",
         "insert into statement_expected(attempt, day, channel, missing) values(907, 20454, 'wechat', 0)");
  change("payment",
         "insert into statement_line(channel, kind, out_trade_no, out_request_no, day, trade_no, amount, "
         "currency, at, ours, verdict) values"
         "('wechat', 0, 'pay-00000000WB', '', 20454, 'WX-7', 250, 'CNY', 60, 907, 0)");

  purchase::ChannelTrade& trade = books.trades["wechat"][kWechatAttempt.text()];
  trade = {"WX-7", "shopper-5", kPenPrice, Money{}, purchase::TradeState::success, 60 * kSecond};
  trade.debited_at = scenario.start + Duration{60 * kSecond};
  books.purses["shopper-5"] = 4750;
  books.purses_before += 5000;
  books.notices[{"other", kAtWechat}] = 3;
  purchase::model::Visit& eve = visit("shopper-5");
  eve = visit("shopper-1");
  eve.user = kEve;
  eve.key = "eve-1";
  eve.baskets = {{{{kPen, 1}}, kPenPrice}};
  eve.placing.front().at_ns = 50 * kSecond;
  eve.placing.front().answered_ns = 51 * kSecond;
  eve.placing.front().reply = {api::PlaceStatus::placed, kAtWechat, OrderState::unpaid, kPenPrice};
  eve.paying.front().at_ns = 55 * kSecond;
  eve.paying.front().answered_ns = 56 * kSecond;
}

void SmallWorld::change(std::string_view service, const char* sql) {
  ORDEAL_CHECK(flows_.service(service) != nullptr, std::string(service));
  const auto database = databases_.find(service);
  if (database == databases_.end()) return;
  const env::Sql& kept = changes_.emplace_back(env::Sql{sql});
  database->second->transact("change", [&](env::Tx& tx) { tx.exec(kept); });
}

std::vector<sim::Finding> SmallWorld::verdict() {
  play::Rest::Facts facts{now_s * kSecond, healed_s * kSecond, settled, gone};
  facts.machine_struck = !calm;
  facts.forks = forks;
  const play::Designer designer(flows_, scenario.designs, {}, {});
  play::Rest rest(scenario, designer, flows_, std::move(facts));
  rest.add(typeid(purchase::Books), books);
  rest.add(typeid(booking::Book), guests);
  open_from(databases_.begin(), rest);
  return findings_.take();
}

void SmallWorld::open_from(Databases::const_iterator at, play::Rest& rest) {
  if (at == databases_.end()) {
    watch_.at_rest(rest, findings_);
    return;
  }
  at->second->read("audit", [&](env::Connection& connection) {
    if (at->first != broken) rest.add(at->first, connection);
    open_from(std::next(at), rest);
  });
}

void never_at_the_channel(SmallWorld& world, std::int64_t over) {
  world.good_rows();
  world.books.trades["alipay"].erase(kLateAttempt.text());
  world.say(1004, f::AttemptOpened{kLateAttempt, kLate, kTen});
  world.say(over, f::AttemptEnded{kLateAttempt, kLate});
}

void told_to_be_closed(SmallWorld& world, std::int64_t over) {
  world.good_rows();
  world.forks = {"answer"};
  world.change("payment",
               "insert into attempt(id, order_id, user_id, channel, mode, amount, currency, state, "
               "closing, trade_no, expires_at, queries, next_at, trace) values"
               "(909, 102, 12, 'alipay', 0, 2000, 'CNY', 2, 0, null, 1502, 0, null, 0)");
  auto& trade = world.books.trades["alipay"][kOtherAttempt.text()];
  trade = {"CH-9", "", Money{2000, {}}, Money{}, purchase::TradeState::closed, -1};
  trade.opened_ns = 600 * kSecond;
  trade.closed_at_ns = trade.told_closed_ns = 650 * kSecond;
  trade.questions = 4;
  world.say(600, api::facts::AttemptOpened{kOtherAttempt, kAbandoned, Money{2000, {}}});
  world.say(over, api::facts::AttemptEnded{kOtherAttempt, kAbandoned});
}

void called_over(SmallWorld& world, std::int64_t over) {
  world.good_rows();
  world.forks = {"answer"};
  world.books.trades["alipay"][kLateAttempt.text()].opened_ns = 1005 * kSecond;
  world.say(1004, api::facts::AttemptOpened{kLateAttempt, kLate, kTen});
  world.say(over, api::facts::AttemptEnded{kLateAttempt, kLate});
}

void believed_empty(SmallWorld& world, std::int64_t over) {
  constexpr std::int64_t kAccepted = 26 * 3600;
  world.good_day();
  world.change("payment",
               "insert into attempt(id, order_id, user_id, channel, mode, amount, currency, state, "
               "closing, trade_no, expires_at, queries, next_at, trace) values"
               "(909, 102, 12, 'wechat', 0, 2000, 'CNY', 2, 0, null, 1767227102000000000, 0, null, 0)");
  world.change("payment", "insert into statement values('wechat', 20454, 1, 1, null, 1, 0, 0, 0)");
  world.books.told_of_days[{"wechat", kDay}].empty = 2;
  world.say(600, api::facts::AttemptOpened{kOtherAttempt, kAbandoned, Money{2000, {}}});
  const auto end = [&] { world.say(over, api::facts::AttemptEnded{kOtherAttempt, kAbandoned}); };
  if (over < kAccepted) end();
  world.say(kAccepted, api::facts::StatementAccepted{"wechat", kDay.number, 0, Money{}, Money{}});
  if (over >= kAccepted) end();
}

void draft_for(SmallWorld& world, std::int64_t seconds) {
  const Instant until{(1'767'225'600 + 1 + seconds) * kSecond};
  world.say(1, api::facts::OrderPlaced{kPaid, kAnn, "k", kTen, {{kMug, 1}}});
  world.say(1 + seconds,
            api::facts::OrderMoved{kPaid, api::OrderState::draft, api::OrderState::unpaid, 2, until});
  world.good_rows();
}

}  // namespace ordeal::test
