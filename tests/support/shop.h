// Shop: the whole trade core on one FakeWorld, each service with its own database, driven by hand. Workers do
// not run by themselves: run() lets each look at its table until nothing is due.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/gateway/service.h"
#include "core/inventory/service.h"
#include "core/ledger/service.h"
#include "core/notification/service.h"
#include "core/order/service.h"
#include "core/payment/service.h"
#include "core/promotion/service.h"
#include "tests/support/fake_channel.h"
#include "tests/support/fake_env.h"

namespace ordeal::support {

struct ShopDesigns {
  std::string gate = "conditional_update";
  std::string status_writer = "conditional";
  std::string closer = "scan";
  std::string deduction = "at_order";
  bool reads_statements = false;
  std::optional<order::Promotions> promotions{};
};

class Shop {
 public:
  explicit Shop(const ShopDesigns& designs = {});

  // sku 1 costs 10.00 CNY and there are 5; sku 2 costs 2.50 CNY and there are 100.
  api::PlaceReply place(const std::string& key, std::vector<api::Line> lines, std::int64_t expected_total);
  api::PlaceReply place(const api::PlaceOrder& request);
  api::PayReply pay(OrderId order, api::PayMode mode = api::PayMode::page,
                    const std::string& channel = "alipay");
  api::CancelStatus cancel(OrderId order);
  api::OrderState state(OrderId order);
  // Lets relays, refunds and notifications do everything that is due now.
  void run();
  // Nothing is double, lost or unbalanced: I-10, I-70 and the channel's book against the ledger.
  std::string first_wrong();

  FakeWorld world;
  PlainDatabase& order_db;
  PlainDatabase& inventory_db;
  PlainDatabase& promotion_db;
  PlainDatabase& payment_db;
  PlainDatabase& ledger_db;
  PlainDatabase& notification_db;
  FakeChannel alipay;
  FakeChannel wechat;
  int merchant_heard = 0;
  bool merchant_answers = true;

 private:
  std::unique_ptr<gateway::NoAnswer> no_answer_;
  std::unique_ptr<gateway::RequestKey> request_key_;
  std::unique_ptr<inventory::Gate> gate_;
  std::unique_ptr<order::SubmitGuard> submit_guard_;
  std::unique_ptr<order::BasketLines> basket_lines_;
  std::unique_ptr<order::Beginning> beginning_;
  std::unique_ptr<order::PriceCheck> price_check_;
  std::unique_ptr<order::Deduction> deduction_;
  std::unique_ptr<promotion::Holder> holder_;
  std::unique_ptr<promotion::Ender> ender_;
  std::unique_ptr<order::StatusWriter> status_writer_;
  std::unique_ptr<order::MarkPaid> mark_paid_;
  std::unique_ptr<order::LatePayment> late_payment_;
  std::unique_ptr<order::GivingUp> giving_up_;
  std::unique_ptr<order::Closer> closer_;
  std::unique_ptr<payment::AttemptPolicy> attempt_policy_;
  std::unique_ptr<payment::CallbackHandler> callback_handler_;
  std::unique_ptr<payment::ResultQuery> result_query_;
  std::unique_ptr<payment::TradeCloser> trade_closer_;
  std::unique_ptr<payment::WayChange> way_change_;
  std::unique_ptr<payment::Refusal> refusal_;
  std::unique_ptr<outbox::Publisher> publisher_;
  std::unique_ptr<order::OwnerCheck> owner_check_;
  std::unique_ptr<payment::StatementCheck> statement_check_;
  std::unique_ptr<ledger::Journal> journal_;
  std::unique_ptr<notification::Telling> telling_;

 public:
  inventory::Service inventory;
  promotion::Service promotion;
  ledger::Service ledger;
  notification::Service notification;
  payment::Service payment;
  order::Service order;
  gateway::Service gateway;
};

}  // namespace ordeal::support
