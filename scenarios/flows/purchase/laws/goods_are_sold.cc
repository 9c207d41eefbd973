// I-16: goods that are there are sold to who asks for them: service is promised, not only safety. And no order is paid for with
// nothing set aside for it (F-26); whether all of it is, is judged at rest (I-12).
//
// An order may be refused if at some moment since it was placed one of its goods was short, counting what others hold and
// have; or if, by the clock of its host, it has been a draft for as long as a draft may live, for then nobody could say.
// Where stock is taken at payment, an order whose money goes back as sold out is refused in the same sense.
// Counted in facts, that is in what is durable: a reservation is told when it is written down for good.
#include <vector>

#include <tsl/robin_map.h>
#include <tsl/robin_set.h>

#include "core/api/facts.h"
#include "core/order/context.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_discounts.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

using api::OrderState;

class GoodsAreSold {
 public:
  struct Refused {
    OrderId order;
    Instant at_wall;
    std::int64_t at_ns;
    std::string goods;
  };

  explicit GoodsAreSold(const play::Scenario& scenario)
      : ordered_(scenario), taken_(scenario.setting<Catalogue>().skus.size()) {
    for (auto& levels : taken_) levels.push_back(0);
  }

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) {
    ordered_.on(placed);
    Draft& draft = drafts_[placed.order];
    for (const api::Line& line : placed.lines) {
      if (const auto* levels = of(line.sku)) draft.lines.push_back({line, levels->size() - 1});
    }
  }
  void on(const api::facts::StockReserved& reserved, const sim::Fact&, Findings&) {
    add(reserved.sku, reserved.qty);
    supplied_.insert(reserved.order);
  }
  void on(const api::facts::StockReleased& released, const sim::Fact&, Findings&) {
    add(released.sku, -released.qty);
  }
  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings& findings) {
    const auto draft = drafts_.find(moved.order);
    if (draft == drafts_.end()) return;
    if (moved.to == OrderState::rejected && !was_short(draft->second))
      refused_.push_back({moved.order, moved.at_wall, fact.at_ns, goods_text(draft->second)});
    if (moved.to == OrderState::paid && !supplied_.contains(moved.order))
      findings.add(unsafe(kGoodsAreSold, fact.at_ns,
                          "an order was paid for, and nothing was set aside for it",
                          ordered_.of(moved.order) + Evidence{{"goods", goods_text(draft->second)}}));
    if (moved.to == OrderState::rejected || moved.to == OrderState::paid) drafts_.erase(draft);
  }
  void on(const api::facts::RefundRequested& refund, const sim::Fact& fact, Findings& findings) {
    if (refund.reason != api::RefundReason::sold_out) return;
    const auto draft = drafts_.find(refund.order);
    if (draft == drafts_.end() || was_short(draft->second)) return;
    findings.add(unsafe(kGoodsAreSold, fact.at_ns,
                        "an order's money was sent back as sold out though its goods were there",
                        ordered_.of(refund.order) + Evidence{{"goods", goods_text(draft->second)}}));
  }

  void check(const RestRows& rest, Findings& findings) const {
    const Duration life = rest.world.knobs.duration("order.draft_life", order::Config{}.draft_life);
    for (const Refused& refused : refused_) {
      const RestOrder* order = rest.order(refused.order);
      if (order == nullptr || refused.at_wall - order->created_at >= life) continue;
      const RestPriced* price = rest.world.rows<RestDiscounts>().price(refused.order);
      if (price != nullptr && price->gone) continue;  // it had its goods, and not its discounts
      findings.add(unsafe(kGoodsAreSold, refused.at_ns, "an order was refused though its goods were there",
                          ordered_.of(refused.order) + Evidence{{"goods", refused.goods}}));
    }
  }

 private:
  struct Line {
    api::Line wanted;
    std::size_t since;  // of the levels of its sku
  };
  struct Draft {
    std::vector<Line> lines;
  };
  using Levels = std::vector<std::int64_t>;

  Levels* of(SkuId sku) {
    const auto index = static_cast<std::size_t>(sku.value - 1);
    return index < taken_.size() ? &taken_[index] : nullptr;
  }
  void add(SkuId sku, std::int64_t qty) {
    if (Levels* levels = of(sku)) levels->push_back(levels->back() + qty);
  }
  std::int64_t stock_of(SkuId sku) const {
    return ordered_.scenario().setting<Catalogue>().skus[static_cast<std::size_t>(sku.value - 1)].stock;
  }
  bool was_short(const Draft& draft) {
    for (const Line& line : draft.lines) {
      const Levels& levels = *of(line.wanted.sku);
      for (std::size_t i = line.since; i < levels.size(); ++i) {
        if (levels[i] + line.wanted.qty > stock_of(line.wanted.sku)) return true;
      }
    }
    return false;
  }
  std::string goods_text(const Draft& draft) {
    std::string text;
    for (const Line& line : draft.lines)
      text += (text.empty() ? "" : ", ") + std::to_string(line.wanted.qty) + " " +
              sku_text(ordered_.scenario(), line.wanted.sku) + " of " +
              std::to_string(stock_of(line.wanted.sku) - of(line.wanted.sku)->back()) + " that are free";
    return text;
  }

  Ordered ordered_;
  std::vector<Levels> taken_;  // by sku: held and sold, after each change
  tsl::robin_map<OrderId, Draft> drafts_;
  tsl::robin_set<OrderId> supplied_;  // orders for which something was ever set aside
  std::vector<Refused> refused_;
};

}  // namespace

void watch_goods_are_sold(const play::Watching& parts) {
  namespace f = api::facts;
  const auto monitor = std::make_shared<GoodsAreSold>(parts.scenario);
  parts.monitors.add<f::OrderPlaced, f::StockReserved, f::StockReleased, f::OrderMoved, f::RefundRequested>(
      monitor);
  parts.audit.add<RestRows>(kGoodsAreSold, {"order"}, [monitor](const RestRows& rest, Findings& findings) {
    monitor->check(rest, findings);
  });
}

}  // namespace ordeal::purchase
