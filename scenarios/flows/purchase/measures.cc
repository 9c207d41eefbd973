#include "scenarios/flows/purchase/measures.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

using play::Better;
using play::Finished;
using play::Told;
using play::Unit;
using Samples = std::vector<std::int64_t>;
namespace told = api::facts;

// The facts of one type, in time.
template <class Fact, class Use>
void for_each(const Finished& trial, Use&& use) {
  for (const play::KeptFact& kept : trial.facts) {
    if (const Fact* fact = kept.body.get_if<Fact>()) use(*fact, kept.at_ns);
  }
}

void orders_placed(const Finished& trial, Samples& samples) {
  std::int64_t orders = 0;
  for_each<told::OrderPlaced>(trial, [&](const auto&, std::int64_t) { ++orders; });
  samples.push_back(orders);
}

template <api::OrderState State>
void orders_that_became(const Finished& trial, Samples& samples) {
  std::int64_t orders = 0;
  for_each<told::OrderMoved>(
      trial, [&](const told::OrderMoved& moved, std::int64_t) { orders += moved.to == State; });
  samples.push_back(orders);
}

// "Yours", or "there is none left": nothing that a shopper would ask about once more.
bool is_final(const model::PlaceAsked& asked) {
  return asked.answered() && (asked.reply.status == api::PlaceStatus::placed ||
                              asked.reply.status == api::PlaceStatus::out_of_stock);
}

// Who clicks twice is served by whichever answer is there first.
std::optional<std::int64_t> waited(const model::Visit& visit) {
  std::optional<std::int64_t> served_ns;
  for (const model::PlaceAsked& asked : visit.placing) {
    if (is_final(asked)) served_ns = std::min(asked.answered_ns, served_ns.value_or(asked.answered_ns));
  }
  if (!served_ns) return std::nullopt;
  return *served_ns - visit.placing.front().at_ns;
}

const model::Diary& diary(const Finished& trial) {
  static const model::Diary nobody;
  const Books* books = trial.rest.books_if_any<Books>();
  return books == nullptr ? nobody : books->diary;
}

void placing(const Finished& trial, Samples& samples) {
  for (const auto& [buyer, visit] : diary(trial).visits) {
    if (const auto time = waited(visit)) samples.push_back(*time);
  }
}

void left_without_an_answer(const Finished& trial, Samples& samples) {
  std::int64_t shoppers = 0;
  for (const auto& [buyer, visit] : diary(trial).visits) shoppers += !visit.placing.empty() && !waited(visit);
  samples.push_back(shoppers);
}

void until_paid(const Finished& trial, Samples& samples) {
  std::map<OrderId, std::int64_t> captured_ns;
  for_each<told::PaymentCaptured>(trial, [&](const told::PaymentCaptured& captured, std::int64_t at_ns) {
    captured_ns.emplace(captured.order, at_ns);
  });
  for_each<told::OrderMoved>(trial, [&](const told::OrderMoved& moved, std::int64_t at_ns) {
    const auto captured = captured_ns.find(moved.order);
    if (moved.to == api::OrderState::paid && captured != captured_ns.end())
      samples.push_back(at_ns - captured->second);
  });
}

// By true time: a clock that is wrong makes a closing late or early, and that is what it then was.
void lateness_of_closing(const Finished& trial, Samples& samples) {
  const RestRows& rows = trial.rest.rows<RestRows>();
  const Instant start = trial.rest.scenario().start;
  for_each<told::OrderMoved>(trial, [&](const told::OrderMoved& moved, std::int64_t at_ns) {
    if (moved.to != api::OrderState::closed) return;
    const RestOrder* order = rows.order(moved.order);
    if (order == nullptr || !order->close_at || order->cancelled_at) return;
    if (rows.is_sold_out(order->id)) return;  // its time was not over
    samples.push_back((start + Duration{at_ns} - *order->close_at).ns);
  });
}

// By sku, as the catalogue of the scenario has them.
class Stock {
 public:
  explicit Stock(const play::Scenario& scenario) : skus_(scenario.setting<Catalogue>().skus) {
    units_.resize(skus_.size());
  }
  // Null for a sku that is not there: people may ask for any.
  std::int64_t* of(SkuId sku) {
    const auto index = static_cast<std::size_t>(sku.value - 1);
    return index < units_.size() ? &units_[index] : nullptr;
  }
  void add(SkuId sku, std::int64_t qty) {
    if (std::int64_t* units = of(sku)) *units += qty;
  }
  std::int64_t there(std::size_t index) const { return skus_[index].stock; }
  std::size_t size() const { return units_.size(); }
  std::int64_t operator[](std::size_t index) const { return units_[index]; }

 private:
  const std::vector<SkuSpec>& skus_;
  std::vector<std::int64_t> units_;
};

Stock sold_in(const Finished& trial) {
  Stock sold(trial.rest.scenario());
  for_each<told::StockConsumed>(
      trial, [&](const told::StockConsumed& one, std::int64_t) { sold.add(one.sku, one.qty); });
  return sold;
}

// What shoppers asked for at last and did not get, in the order of asking. A request that is none (invalid) wants nothing.
std::vector<const model::Basket*> wanted_in_vain(const Finished& trial) {
  std::multimap<std::int64_t, const model::Basket*> wanted;
  for (const auto& [buyer, visit] : diary(trial).visits) {
    if (visit.placing.empty()) continue;
    const model::PlaceAsked& last = visit.placing.back();
    const bool yours = std::any_of(visit.placing.begin(), visit.placing.end(), [](const auto& asked) {
      return asked.answered() && asked.reply.status == api::PlaceStatus::placed;
    });
    if (yours || (last.answered() && last.reply.status == api::PlaceStatus::invalid)) continue;
    wanted.emplace(last.at_ns, &visit.baskets[last.basket]);
  }
  std::vector<const model::Basket*> baskets;
  for (const auto& [at_ns, basket] : wanted) baskets.push_back(basket);
  return baskets;
}

// All lines or none (I-12): a basket of which one line is gone was no sale.
void lost_sales(const Finished& trial, Samples& samples) {
  Stock gone = sold_in(trial);
  std::int64_t lost = 0;
  for (const model::Basket* basket : wanted_in_vain(trial)) {
    const auto lines = api::merged(basket->lines);
    const bool is_there = std::all_of(lines.begin(), lines.end(), [&](const api::Line& line) {
      const std::int64_t* units = gone.of(line.sku);
      return units != nullptr &&
             *units + line.qty <= gone.there(static_cast<std::size_t>(line.sku.value - 1));
    });
    if (!is_there) continue;
    for (const api::Line& line : lines) {
      gone.add(line.sku, line.qty);
      lost += line.qty;
    }
  }
  samples.push_back(lost);
}

// At the worst moment: what was held and sold beyond what there was.
void oversold(const Finished& trial, Samples& samples) {
  Stock taken(trial.rest.scenario());
  std::vector<std::int64_t> most(taken.size());
  for (const play::KeptFact& kept : trial.facts) {
    if (const auto* reserved = kept.body.get_if<told::StockReserved>()) {
      taken.add(reserved->sku, reserved->qty);
      const auto index = static_cast<std::size_t>(reserved->sku.value - 1);
      if (index < most.size()) most[index] = std::max(most[index], taken[index]);
    } else if (const auto* released = kept.body.get_if<told::StockReleased>()) {
      taken.add(released->sku, -released->qty);
    }
  }
  std::int64_t units = 0;
  for (std::size_t i = 0; i < most.size(); ++i) units += std::max<std::int64_t>(0, most[i] - taken.there(i));
  samples.push_back(units);
}

}  // namespace

std::vector<play::MeasureRow> measure_rows() {
  using enum Better;
  return {
      {"orders placed", "Orders that were written down, also those for which there was no stock.",
       Told::total, Unit::number, neither, orders_placed, "order"},
      {"orders paid", "Orders that became PAID.", Told::total, Unit::number, more,
       orders_that_became<api::OrderState::paid>},
      {"orders closed", "Orders that were closed unpaid.", Told::total, Unit::number, neither,
       orders_that_became<api::OrderState::closed>},
      {"placing an order",
       "From a shopper's first asking to the first answer that says \"yours\" or \"none left\", asking again "
       "and "
       "waiting included.",
       Told::spread, Unit::time, less, placing},
      {"left without an answer", "Shoppers who asked for an order and gave up before such an answer came.",
       Told::total, Unit::number, less, left_without_an_answer},
      {"captured until PAID", "How long payment knows of the money and the order does not.", Told::spread,
       Unit::time, less, until_paid},
      {"closing after its time",
       "From the end of an order's time to its being CLOSED, of orders that nobody gave up.", Told::spread,
       Unit::time, less, lateness_of_closing},
      {"lost sales",
       "Units of orders that were not given, though all they were of was still there at the end.",
       Told::total, Unit::number, less, lost_sales},
      {"oversold", "Units that were held and sold, at the worst moment, beyond what there was.", Told::total,
       Unit::number, never, oversold},
  };
}

std::vector<play::ComparisonRow> comparison_rows() {
  return {
      {"stock.gate", "cache_failover", 400},
      {"order.close_by", "broker_outage", 400},
      {"payment.statements", "day_end", 40},
      {"deployment.route", "first_sale_instances", 400},
      {{}, "first_sale", 1'000},
  };
}

}  // namespace ordeal::purchase
