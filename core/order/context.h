// Context: what the parts of the order service share. Config: its times.
#pragma once

#include "core/env/env.h"
#include "core/order/basket_lines.h"
#include "core/order/beginning.h"
#include "core/order/closer.h"
#include "core/order/deduction.h"
#include "core/order/giving_up.h"
#include "core/order/late_payment.h"
#include "core/order/mark_paid.h"
#include "core/order/owner_check.h"
#include "core/order/price_check.h"
#include "core/order/pricer.h"
#include "core/order/status_writer.h"
#include "core/order/submit_guard.h"
#include "core/outbox/outbox.h"

namespace ordeal::order {

struct Designs {
  SubmitGuard& submit_guard;
  BasketLines& basket_lines;
  Beginning& beginning;
  PriceCheck& price_check;
  Deduction& deduction;
  StatusWriter& status_writer;
  MarkPaid& mark_paid;
  LatePayment& late_payment;
  GivingUp& giving_up;
  Closer& closer;
  outbox::Publisher& publisher;
  OwnerCheck& owner_check;
};

struct Config {
  outbox::Routes routes = default_routes();
  outbox::RelayConfig relay{};
  Duration pay_window = {900'000'000'000};      // UNPAID this long, then closed: 15 min
  Duration reserve_deadline = {1'000'000'000};  // of the call to inventory
  Duration start_deadline = {7'000'000'000};    // of the call to payment, which calls the channel twice
  Duration settle_deadline = {3'000'000'000};   // of the question to payment before closing
  Duration settle_retry = {20'000'000'000};
  Duration settle_grace = {60'000'000'000};  // payment silent for longer after close_at: close anyway (I-41)
  // The channel takes money this much longer than the order waits: its clock is not ours, and a trade that
  // expires early is a lost sale, while money that comes late only goes back (domain B25: 30 min against 15).
  Duration trade_slack = {600'000'000'000};
  Duration draft_retry = {5'000'000'000};
  Duration draft_life = {120'000'000'000};  // a DRAFT older than this is given up
  std::size_t batch = 32;                   // orders that a worker looks at in a pass
  std::optional<Promotions> promotions{};   // none: the list price is the price
  bool carts = false;                       // orders may be made of carts

  // order.paid → inventory, ledger, notification; order.closed → inventory, payment, notification;
  // order.rejected → inventory; refund.requested → payment. Methods are on_order_paid and so on.
  static outbox::Routes default_routes();
  // How orders end is told to promotion, too.
  void tell_promotion();
  // Orders that were made of a cart are told to it when they stand.
  void tell_cart();
};

struct Context {
  env::Env& env;
  env::Database& db;
  Designs designs;
  Config config;
  outbox::Outlet outlet;

  // Inventory is asked to hold these lines for the order; as often as it takes.
  Had take_stock(OrderId order, const std::vector<api::Line>& lines);
  // Moves the order if it is still as it was seen, publishing the event of its new state; an UNPAID one is the closer's
  // from then on.
  bool move(env::Tx& tx, const OrderRow& seen, const Move& move);
  // The same in a transaction of its own, for who has asked others since he saw it.
  bool move(std::string_view name, const OrderRow& seen, const Move& move);
  // The order stands from this transaction on: what it has of a cart may leave there.
  void tell_cart(env::Tx& tx, const OrderRow& order);
};

}  // namespace ordeal::order
