// A purchase drawn: orders, attempts to pay, reservations and refunds as things with states; goods taken and money on its
// way as figures; who paid whom; what each party holds an order to be.
#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/api/facts.h"
#include "core/wire/names.h"
#include "scenarios/flows/purchase/parties/facts.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/telling/telling.h"

namespace ordeal::purchase {
namespace {

namespace core = api::facts;
using play::DrawnFact;
using sim::Picture;

std::string_view why_of(api::EntryKind kind) {
  switch (kind) {
    case api::EntryKind::sale:
      return "sale";
    case api::EntryKind::unusable:
      return "money that came for nothing";
    case api::EntryKind::refund:
      return "refund";
  }
  return "";
}

class PurchasePainter final : public play::Painter {
 public:
  explicit PurchasePainter(const play::Scenario& scenario) : skus_(scenario.setting<Catalogue>().skus) {}

  void on_fact(const DrawnFact& fact, Picture& picture) override {
    picture_ = &picture;
    now_ = fact.at_ns;
    first_of<core::OrderPlaced, core::OrderMoved, core::StockReserved, core::StockConsumed,
             core::StockReleased, core::AttemptOpened, core::AttemptEnded, core::PaymentCaptured,
             core::RefundRequested, core::RefundSucceeded, core::EntryPosted, facts::ChannelDebited,
             facts::ChannelRefunded, facts::ShopperTold, facts::MerchantHeard>(fact);
  }

 private:
  template <class... Wanted>
  void first_of(const DrawnFact& fact) {
    static_cast<void>((one<Wanted>(fact) || ...));
  }
  template <class Wanted>
  bool one(const DrawnFact& fact) {
    const Wanted* body = fact.body.get_if<Wanted>();
    if (body != nullptr) on(*body, fact);
    return body != nullptr;
  }

  void move(std::string_view kind, std::string id, std::string_view from, std::string_view to) {
    picture_->moves.push_back(
        {now_, std::string(kind), std::move(id), std::string(from), std::string(to), {}});
  }
  void believe(std::string who, OrderId order, std::string what) {
    if (order.value != 0) picture_->beliefs.push_back({now_, std::move(who), order.text(), std::move(what)});
  }
  void pass(std::string from, std::string to, Money amount, OrderId order, std::string_view why) {
    picture_->passages.push_back({now_, std::move(from), std::move(to), amount.minor,
                                  std::string(amount.currency.text()), order.text(), std::string(why)});
  }
  void enter(std::string from, std::string to, Money amount, OrderId order, std::string_view why) {
    pass(std::move(from), std::move(to), amount, order, why);
    picture_->passages.back().is_entry = true;
  }
  // Goods that are set aside or sold.
  void take(SkuId sku, std::int64_t qty) {
    const auto index = static_cast<std::size_t>(sku.value - 1);
    const std::int64_t stock = index < skus_.size() ? skus_[index].stock : 0;
    picture_->levels.push_back({now_, "taken", sku.text(), "", taken_[sku] += qty, stock});
  }
  // Money that a channel took and the ledger does not have, or that it gave back and the ledger still has.
  void float_by(Money amount) {
    std::int64_t& sum = afloat_[std::string(amount.currency.text())];
    sum += amount.minor;
    picture_->levels.push_back(
        {now_, "money on its way to the ledger", "", std::string(amount.currency.text()), sum, INT64_MAX});
  }

  void on(const core::OrderPlaced& placed, const DrawnFact&) {
    move("order", placed.order.text(), "", "DRAFT");
    shopper_of_[placed.order] = placed.request_key.substr(0, placed.request_key.find('/'));
    believe("order", placed.order, "DRAFT, of " + placed.total.text());
  }
  void on(const core::OrderMoved& moved, const DrawnFact&) {
    move("order", moved.order.text(), wire::name_of(moved.from), wire::name_of(moved.to));
    believe("order", moved.order, std::string(wire::name_of(moved.to)));
  }
  void on(const core::StockReserved& reserved, const DrawnFact&) {
    move("reservation", reservation_id(reserved.order, reserved.sku), "", "HELD");
    take(reserved.sku, reserved.qty);
    believe("inventory", reserved.order, fmt::format("{} {} set aside", reserved.qty, reserved.sku.text()));
  }
  void on(const core::StockConsumed& consumed, const DrawnFact&) {
    move("reservation", reservation_id(consumed.order, consumed.sku), "", "CONSUMED");
    believe("inventory", consumed.order, fmt::format("{} {} sold", consumed.qty, consumed.sku.text()));
  }
  void on(const core::StockReleased& released, const DrawnFact&) {
    move("reservation", reservation_id(released.order, released.sku), "", "RELEASED");
    take(released.sku, -released.qty);
    believe("inventory", released.order, fmt::format("{} {} put back", released.qty, released.sku.text()));
  }
  void on(const core::AttemptOpened& opened, const DrawnFact&) {
    order_of_[opened.attempt.text()] = opened.order;
    move("attempt", opened.attempt.text(), "", "PENDING");
    believe("payment", opened.order, opened.amount.text() + " asked for");
  }
  void on(const core::AttemptEnded& ended, const DrawnFact&) {
    move("attempt", ended.attempt.text(), "", ended.failed ? "FAILED" : "CLOSED");
    believe("payment", ended.order, "not paid");
  }
  void on(const core::PaymentCaptured& captured, const DrawnFact&) {
    move("attempt", captured.attempt.text(), "", "SUCCEEDED");
    const auto channel = channel_of_.find(captured.attempt.text());
    pass(channel == channel_of_.end() ? "nobody" : channel->second, "payment", captured.amount,
         captured.order, "captured");
    believe("payment", captured.order, captured.amount.text() + " paid");
  }
  void on(const core::RefundRequested& asked, const DrawnFact&) {
    move("refund", asked.refund.text(), "", "REQUESTED");
    believe("payment", asked.order, asked.amount.text() + " to be given back");
  }
  void on(const core::RefundSucceeded& done, const DrawnFact&) {
    move("refund", done.refund.text(), "", "SUCCEEDED");
    believe("payment", done.order, done.amount.text() + " given back");
  }
  // From the legs that gain to those that owe it: channel_clearing holds what merchant_payable and platform_fee are due.
  void on(const core::EntryPosted& posted, const DrawnFact&) {
    const bool goes_out = posted.kind == api::EntryKind::refund;
    for (const api::Posting& debit : posted.postings) {
      if (debit.amount.minor <= 0) continue;
      const std::string holder(wire::name_of(debit.account));
      if (!goes_out) enter("payment", holder, debit.amount, posted.order, why_of(posted.kind));
      for (const api::Posting& credit : posted.postings) {
        if (credit.amount.minor >= 0) continue;
        const Money part{std::min(debit.amount.minor, -credit.amount.minor), debit.amount.currency};
        enter(holder, std::string(wire::name_of(credit.account)), part, posted.order, why_of(posted.kind));
      }
      float_by(goes_out ? debit.amount : -debit.amount);
    }
    believe("ledger", posted.order, fmt::format("{} entered", why_of(posted.kind)));
  }
  void on(const facts::ChannelDebited& debited, const DrawnFact& fact) {
    channel_of_[debited.out_trade_no] = fact.host;
    const OrderId order = order_of(debited.out_trade_no);
    pass(debited.shopper + "'s purse", fact.host, debited.amount, order, "debited");
    float_by(debited.amount);
    believe(fact.host, order, debited.amount.text() + " taken");
  }
  void on(const facts::ChannelRefunded& refunded, const DrawnFact& fact) {
    const OrderId order = order_of(refunded.out_trade_no);
    pass(fact.host, buyer(order) + "'s purse", refunded.amount, order, "refunded");
    float_by(-refunded.amount);
    believe(fact.host, order, refunded.amount.text() + " given back");
  }
  void on(const facts::ShopperTold& told, const DrawnFact&) {
    believe("shopper", told.order, "ordered, for " + told.total.text());
  }
  void on(const facts::MerchantHeard& heard, const DrawnFact& fact) {
    believe(fact.host, heard.order, heard.state);
  }

  static std::string reservation_id(OrderId order, SkuId sku) { return order.text() + " " + sku.text(); }
  OrderId order_of(const std::string& out_trade_no) const {
    const auto found = order_of_.find(out_trade_no);
    return found == order_of_.end() ? OrderId{} : found->second;
  }
  std::string buyer(OrderId order) const {
    const auto found = shopper_of_.find(order);
    return found == shopper_of_.end() ? "somebody" : found->second;
  }

  const std::vector<SkuSpec>& skus_;
  Picture* picture_ = nullptr;
  std::int64_t now_ = 0;
  std::map<SkuId, std::int64_t> taken_;
  std::map<std::string, std::int64_t> afloat_;     // by currency
  std::map<std::string, OrderId> order_of_;        // by the number of an attempt
  std::map<std::string, std::string> channel_of_;  // the same
  std::map<OrderId, std::string> shopper_of_;
};

std::unique_ptr<play::Painter> make_painter(const play::Scenario& scenario) {
  return std::make_unique<PurchasePainter>(scenario);
}

}  // namespace

const play::Picturing& picturing() {
  static const play::Picturing row{
      {&core::OrderPlaced::type(), &core::OrderMoved::type(), &core::StockReserved::type(),
       &core::StockConsumed::type(), &core::StockReleased::type(), &core::AttemptOpened::type(),
       &core::AttemptEnded::type(), &core::PaymentCaptured::type(), &core::RefundRequested::type(),
       &core::RefundSucceeded::type(), &core::EntryPosted::type(), &facts::ChannelDebited::type(),
       &facts::ChannelRefunded::type(), &facts::ShopperTold::type(), &facts::MerchantHeard::type()},
      make_painter};
  return row;
}

}  // namespace ordeal::purchase
