#include "scenarios/flows/purchase/services.h"

#include "core/cart/service.h"
#include "core/catalog/catalog.h"
#include "core/gateway/service.h"
#include "core/inventory/service.h"
#include "core/inventory/stock.h"
#include "core/ledger/service.h"
#include "core/notification/service.h"
#include "core/order/cart_lines.h"
#include "core/order/service.h"
#include "core/payment/service.h"
#include "core/promotion/service.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/promotions.h"
#include "scenarios/flows/purchase/seams.h"
#include "scenarios/play/knobs.h"

namespace ordeal::purchase {
namespace {

using play::Designer;
using play::Scenario;
using play::Starting;

outbox::RelayConfig relay_config(const play::Knobs& knobs) {
  outbox::RelayConfig relay;
  relay.batch =
      static_cast<std::size_t>(knobs.number("outbox.batch", static_cast<std::int64_t>(relay.batch)));
  relay.deadline = knobs.duration("outbox.deadline", relay.deadline);
  return relay;
}

// More than fits into a pass is then there with two or three of a kind.
std::size_t batch(const play::Knobs& knobs, std::size_t usual) {
  return static_cast<std::size_t>(knobs.number("worker.batch", static_cast<std::int64_t>(usual)));
}

void seed_prices(env::Tx& tx, const Scenario& scenario) {
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (std::size_t i = 0; i < skus.size(); ++i)
    catalog::put_price(tx, sku_id(i), skus[i].price, merchant_of(skus[i], scenario).value_or(MerchantId{1}));
}

void seed_stock(env::Tx& tx, const Scenario& scenario) {
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (std::size_t i = 0; i < skus.size(); ++i) inventory::put_stock(tx, sku_id(i), skus[i].stock);
}

void seed_promotions(env::Tx& tx, const Scenario& scenario) {
  const auto& promotions = scenario.setting<PromotionsSpec>();
  for (const Issued& issued : all_coupons(scenario))
    promotion::issue_coupon(tx, issued.coupon, issued.user, issued.rule);
  for (const UserId user : all_users(scenario)) promotion::grant_points(tx, user, points_each(promotions));
  for (std::size_t i = 0; i < promotions.rules.size(); ++i) {
    if (counts_units(promotions.rules[i]))
      promotion::open_quota(tx, rule_id(i), quota_of(promotions.rules[i], scenario));
  }
}

void start_gateway(const Starting& in) {
  gateway::Config config;
  config.channels.clear();
  for (const play::Part* channel : in.scenario.parties_of<ChannelSpec>())
    config.channels.push_back(channel->name);
  const gateway::Designs designs{in.process.own(in.designer.make(no_answer())),
                                 in.process.own(in.designer.make(request_key()))};
  in.process.make<gateway::Service>(in.env, designs, std::move(config)).start();
}

void start_order(const Starting& in) {
  const auto own = [&](const auto& seam) -> auto& { return in.process.own(in.designer.make(seam)); };
  const order::Designs designs{own(submit_guard()), own(basket_lines()), own(beginning()),
                               own(price_check()),  own(deduction()),    own(status_writer()),
                               own(mark_paid()),    own(late_payment()), own(giving_up()),
                               own(closer()),       own(publisher()),    own(owner_check())};
  order::Config config;
  config.relay = relay_config(in.knobs);
  config.reserve_deadline = in.knobs.duration("order.reserve_deadline", config.reserve_deadline);
  config.draft_retry = in.knobs.duration("order.draft_retry", config.draft_retry);
  config.draft_life = in.knobs.duration("order.draft_life", config.draft_life);
  config.batch = batch(in.knobs, config.batch);
  if (in.scenario.setting<PromotionsSpec>().any()) {
    config.promotions = order::Promotions{campaigns(in.scenario)};
    config.tell_promotion();
  }
  if (in.scenario.has_service("cart")) config.tell_cart();
  in.process.make<order::Service>(in.env, *in.database, designs, std::move(config)).start();
}

void start_inventory(const Starting& in) {
  auto& stock_gate = in.process.own(in.designer.make(gate()));
  const inventory::Config config{.carts = in.scenario.has_service("cart")};
  in.process.make<inventory::Service>(in.env, *in.database, inventory::Designs{stock_gate}, config).start();
}

void start_promotion(const Starting& in) {
  const promotion::Designs designs{in.process.own(in.designer.make(holder())),
                                   in.process.own(in.designer.make(ender()))};
  in.process.make<promotion::Service>(in.env, *in.database, designs).start();
}

void start_cart(const Starting& in) {
  const cart::Designs designs{
      in.process.own(in.designer.make(cart_reader())), in.process.own(in.designer.make(clearing())),
      deducts_at_cart(in.designer) ? &in.process.own(in.designer.make(holding())) : nullptr};
  in.process.make<cart::Service>(in.env, *in.database, designs).start();
}

void start_payment(const Starting& in) {
  const auto own = [&](const auto& seam) -> auto& { return in.process.own(in.designer.make(seam)); };
  payment::Designs designs{own(attempt_policy()), own(callback_handler()), own(result_query()),
                           own(trade_closer()),   own(way_change()),       own(refusal()),
                           own(publisher())};
  if (reads_statements(in.designer)) designs.statement_check = &own(statement_check());
  payment::Config config;
  config.accounts = contracts(in.scenario);
  config.relay = relay_config(in.knobs);
  config.channel_deadline = in.knobs.duration("payment.channel_deadline", config.channel_deadline);
  config.batch = batch(in.knobs, config.batch);
  config.refund.batch = batch(in.knobs, config.refund.batch);
  in.process.make<payment::Service>(in.env, *in.database, designs, std::move(config)).start();
}

void start_ledger(const Starting& in) {
  const ledger::Designs designs{in.process.own(in.designer.make(entry_journal()))};
  in.process.make<ledger::Service>(in.env, *in.database, designs).start();
}

void start_notification(const Starting& in) {
  notification::Config config;
  const auto merchants = in.scenario.parties_of<MerchantSpec>();
  config.merchant_urls.clear();
  for (std::size_t i = 0; i < merchants.size(); ++i)
    config.merchant_urls[MerchantId{static_cast<std::int64_t>(i) + 1}] =
        "https://" + merchants[i]->name + "/orders";
  config.batch = batch(in.knobs, config.batch);
  config.failures_per_pass =
      static_cast<int>(in.knobs.number("notification.failures", config.failures_per_pass));
  const notification::Designs designs{in.process.own(in.designer.make(telling()))};
  in.process.make<notification::Service>(in.env, *in.database, designs, std::move(config)).start();
}

std::string_view order_schema(const Designer&) { return order::kSchema; }
std::string_view further_order_tables(const Scenario& scenario) {
  const bool promotions = scenario.setting<PromotionsSpec>().any();
  const bool carts = scenario.has_service("cart");
  if (promotions && carts) return outbox::Joined<order::kPriceTables, order::kCartTables>::kText;
  if (promotions) return order::kPriceTables;
  return carts ? order::kCartTables : std::string_view{};
}
std::string_view further_stock_tables(const Scenario& scenario) {
  return scenario.has_service("cart") ? inventory::kHoldTable : std::string_view{};
}
// Constants all, so they outlive the gate that is asked.
std::string_view inventory_schema(const Designer& designer) { return designer.make(gate())->schema(); }
std::string_view cart_schema(const Designer&) { return cart::kSchema; }
std::string_view promotion_schema(const Designer&) { return promotion::kSchema; }
std::string_view payment_schema(const Designer& designer) {
  return reads_statements(designer) ? payment::kSchemaWithStatements : payment::kSchema;
}
std::string_view ledger_schema(const Designer&) { return ledger::kSchema; }
std::string_view notification_schema(const Designer&) { return notification::kSchema; }

}  // namespace

std::vector<play::ServiceRow> service_rows() {
  return {
      {"gateway",
       "what the outside talks to: shoppers' requests and channels' callbacks",
       {"order", "payment"},
       nullptr,
       nullptr,
       start_gateway},
      {"order",
       "takes orders and brings each to its end",
       {"inventory", "payment", "ledger", "notification"},
       order_schema,
       seed_prices,
       start_order,
       true,
       further_order_tables},
      {"inventory",
       "counts stock and holds it for orders",
       {},
       inventory_schema,
       seed_stock,
       start_inventory,
       true,
       further_stock_tables},
      {"promotion",
       "counts coupons, points and units at a price, and holds them for orders",
       {},
       promotion_schema,
       seed_promotions,
       start_promotion},
      {"cart", "keeps what people mean to buy, until they have", {}, cart_schema, nullptr, start_cart},
      {"payment",
       "gets the money for an order through a channel, or makes sure that none will come",
       {"order", "ledger"},
       payment_schema,
       nullptr,
       start_payment},
      {"ledger", "writes every movement of money twice", {}, ledger_schema, nullptr, start_ledger},
      {"notification",
       "tells merchants how their orders ended",
       {},
       notification_schema,
       nullptr,
       start_notification},
  };
}

}  // namespace ordeal::purchase
