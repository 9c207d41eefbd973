#include "tests/support/shop.h"

namespace ordeal::support {
namespace {

const UserId kUser{7};
constexpr const char* kWithPrices =
    outbox::Joined<order::kTables, catalog::kTable, outbox::kTable, order::kPriceTables>::kText;

order::Config order_config(const ShopDesigns& designs) {
  order::Config config;
  config.promotions = designs.promotions;
  if (config.promotions) config.tell_promotion();
  return config;
}

payment::Config payment_config(const FakeChannel& alipay, const FakeChannel& wechat) {
  payment::Config config;
  config.accounts = {alipay.account(), wechat.account()};
  return config;
}

}  // namespace

Shop::Shop(const ShopDesigns& designs)
    : order_db(world.database(designs.promotions ? kWithPrices : order::kSchema)),
      inventory_db(world.database(inventory::kSchema)),
      promotion_db(world.database(promotion::kSchema)),
      payment_db(
          world.database(designs.reads_statements ? payment::kSchemaWithStatements : payment::kSchema)),
      ledger_db(world.database(ledger::kSchema)),
      notification_db(world.database(notification::kSchema)),
      alipay(world, "alipay", channel::kAlipay),
      wechat(world, "wechat", channel::kWechat),
      no_answer_(gateway::make_no_answer("by_cause")),
      request_key_(gateway::make_request_key("clients")),
      gate_(inventory::make_gate(designs.gate)),
      submit_guard_(order::make_submit_guard("request_key")),
      basket_lines_(order::make_basket_lines("added_up")),
      beginning_(order::make_beginning("order_first")),
      price_check_(order::make_price_check("as_shown")),
      deduction_(order::make_deduction(designs.deduction)),
      holder_(promotion::make_holder("conditional")),
      ender_(promotion::make_ender("by_order")),
      status_writer_(order::make_status_writer(designs.status_writer)),
      mark_paid_(order::make_mark_paid("told_again")),
      late_payment_(order::make_late_payment("refund")),
      giving_up_(order::make_giving_up("its_columns")),
      closer_(order::make_closer(designs.closer)),
      attempt_policy_(payment::make_attempt_policy("same_number")),
      callback_handler_(payment::make_callback_handler("compare_and_set")),
      result_query_(payment::make_result_query("asks")),
      trade_closer_(payment::make_trade_closer("at_channel")),
      way_change_(payment::make_way_change("closes_first")),
      refusal_(payment::make_refusal("closes_there")),
      publisher_(outbox::make_publisher("transactional")),
      owner_check_(order::make_owner_check("its_buyer")),
      statement_check_(designs.reads_statements ? payment::make_statement_check("totals") : nullptr),
      journal_(ledger::make_journal("one_transaction")),
      telling_(notification::make_telling("long_tail")),
      inventory(world.env("inventory"), inventory_db, {*gate_}),
      promotion(world.env("promotion"), promotion_db, {*holder_, *ender_}),
      ledger(world.env("ledger"), ledger_db, {*journal_}),
      notification(world.env("notification"), notification_db, {*telling_}),
      payment(world.env("payment"), payment_db,
              {*attempt_policy_, *callback_handler_, *result_query_, *trade_closer_, *way_change_, *refusal_,
               *publisher_, statement_check_.get()},
              payment_config(alipay, wechat)),
      order(world.env("order"), order_db,
            {*submit_guard_, *basket_lines_, *beginning_, *price_check_, *deduction_, *status_writer_,
             *mark_paid_, *late_payment_, *giving_up_, *closer_, *publisher_, *owner_check_},
            order_config(designs)),
      gateway(world.env("gateway"), {*no_answer_, *request_key_}, [] {
        gateway::Config config;
        config.channels = {"alipay", "wechat"};
        return config;
      }()) {
  order_db.transact("prices", [](env::Tx& tx) {
    catalog::put_price(tx, SkuId{1}, {1000, {}});
    catalog::put_price(tx, SkuId{2}, {250, {}});
  });
  inventory_db.transact("stock", [](env::Tx& tx) {
    inventory::put_stock(tx, SkuId{1}, 5);
    inventory::put_stock(tx, SkuId{2}, 100);
  });
  world.serve_http("merchant", "/orders", [this](const std::string&) -> env::HttpResponse {
    ++merchant_heard;
    return {200, merchant_answers ? "SUCCESS" : "later"};
  });
  inventory.start();
  promotion.start();
  ledger.start();
  notification.start();
  payment.start();
  order.start();
  gateway.start();
}

api::PlaceReply Shop::place(const std::string& key, std::vector<api::Line> lines,
                            std::int64_t expected_total) {
  return place(api::PlaceOrder{kUser, key, std::move(lines), {expected_total, {}}, {}});
}

api::PlaceReply Shop::place(const api::PlaceOrder& request) {
  return *world.env("shopper").rpc.call<api::PlaceReply>("gateway", "place_order", request, {5'000'000'000});
}

api::PayReply Shop::pay(OrderId id, api::PayMode mode, const std::string& channel) {
  return *world.env("shopper").rpc.call<api::PayReply>("gateway", "pay", api::PayOrder{id, channel, mode},
                                                       {10'000'000'000});
}

api::CancelStatus Shop::cancel(OrderId id) {
  return world.env("shopper")
      .rpc.call<api::CancelReply>("gateway", "cancel", api::CancelOrder{id}, {10'000'000'000})
      ->status;
}

api::OrderState Shop::state(OrderId id) {
  const auto view = *world.env("shopper").rpc.call<api::OrderView>("gateway", "order_status",
                                                                   api::OrderQuery{id}, {2'000'000'000});
  ORDEAL_CHECK(view.available && view.found);
  return view.state;
}

void Shop::run() {
  // Orders make payments, payments make orders, orders tell the rest: three rounds are enough for any chain
  // here.
  for (int round = 0; round < 3; ++round) {
    payment.run_relay();
    order.run_relay();
    payment.run_refunds();
    notification.run_due();
  }
}

std::string Shop::first_wrong() {
  if (inventory_db.number("select count(*) from stock where available + reserved + sold <> initial") != 0) {
    return "I-10: stock does not add up";
  }
  const auto reserved = inventory_db.number("select coalesce(sum(reserved), 0) from stock");
  if (reserved != inventory_db.number("select coalesce(sum(qty), 0) from reservation where state = 0")) {
    return "I-14: reserved stock and held reservations differ";
  }
  if (ledger_db.number(
          "select count(*) from (select 1 from posting group by entry having sum(minor) <> 0)") != 0) {
    return "I-70: an entry does not add up to zero";
  }
  const auto clearing = ledger_db.number("select coalesce(sum(minor), 0) from posting where account = 0");
  if (clearing != alipay.net() + wechat.net()) {
    return "I-93: channel_clearing is " + std::to_string(clearing) + ", the channels' books say " +
           std::to_string(alipay.net() + wechat.net());
  }
  return {};
}

}  // namespace ordeal::support
