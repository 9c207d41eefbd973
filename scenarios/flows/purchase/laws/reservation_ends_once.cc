// I-14: each reservation, an order's hold on a sku, is made once and ends exactly once: consumed or released,
// never both, never twice, and with the quantity it was made with.
#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "core/base/digest.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

using api::ReservationState;

struct Hold {
  OrderId order;
  SkuId sku;

  bool operator==(const Hold&) const = default;
};

struct HoldHash {
  std::size_t operator()(const Hold& hold) const {
    return mix64(static_cast<std::uint64_t>(hold.order.value) ^
                 (static_cast<std::uint64_t>(hold.sku.value) << 50));
  }
};

class ReservationEndsOnce {
 public:
  explicit ReservationEndsOnce(const play::Scenario& scenario) : ordered_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact&, Findings&) { ordered_.on(placed); }
  void on(const api::facts::StockReserved& fact, const sim::Fact& at, Findings& findings) {
    const auto [known, fresh] =
        holds_.try_emplace(Hold{fact.order, fact.sku}, Standing{ReservationState::held, fact.qty, at.at_ns});
    if (!fresh) tell("a reservation was made twice", fact, known->second, "HELD", at, findings);
  }
  void on(const api::facts::StockConsumed& fact, const sim::Fact& at, Findings& findings) {
    end(fact, ReservationState::consumed, at, findings);
  }
  void on(const api::facts::StockReleased& fact, const sim::Fact& at, Findings& findings) {
    end(fact, ReservationState::released, at, findings);
  }

 private:
  struct Standing {
    ReservationState state;
    std::int64_t qty;
    std::int64_t at_ns;  // since when
  };

  template <class Ended>
  void end(const Ended& fact, ReservationState as, const sim::Fact& at, Findings& findings) {
    const auto known = holds_.find(Hold{fact.order, fact.sku});
    if (known == holds_.end()) {
      findings.add(unsafe(kReservationEndsOnce, at.at_ns, "a reservation ended that was never made",
                          ordered_.of(fact.order) + Evidence{{"sku", sku_text(ordered_.scenario(), fact.sku)},
                                                             {"quantity", std::to_string(fact.qty)},
                                                             {"end", std::string(wire::name_of(as))}}));
      return;
    }
    Standing& standing = known.value();
    if (standing.state != ReservationState::held) {
      tell("a reservation ended twice", fact, standing, wire::name_of(as), at, findings);
    } else if (standing.qty != fact.qty) {
      tell("a reservation ended with another quantity", fact, standing, wire::name_of(as), at, findings);
    }
    standing.state = as;
    standing.at_ns = at.at_ns;
  }

  template <class Changed>
  void tell(std::string message, const Changed& fact, const Standing& was, std::string_view now,
            const sim::Fact& at, Findings& findings) const {
    findings.add(unsafe(
        kReservationEndsOnce, at.at_ns, std::move(message),
        ordered_.of(fact.order) + Evidence{{"sku", sku_text(ordered_.scenario(), fact.sku)},
                                           {"first", std::string(wire::name_of(was.state)) + " of " +
                                                         std::to_string(was.qty) + " at " + when(was.at_ns)},
                                           {"then", std::string(now) + " of " + std::to_string(fact.qty) +
                                                        " at " + when(at.at_ns)}}));
  }

  Ordered ordered_;
  tsl::robin_map<Hold, Standing, HoldHash> holds_;
};

}  // namespace

void watch_reservation_ends_once(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, api::facts::StockReserved, api::facts::StockConsumed,
                     api::facts::StockReleased>(std::make_shared<ReservationEndsOnce>(parts.scenario));
}

}  // namespace ordeal::purchase
