// A shopper: arrives, fills a basket, places one order under one request key, pays or does not, asks again
// when no answer comes. Everything it decides is drawn by key from its own name, so shopper 12 does the same
// whoever else is there.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/api/gateway.h"
#include "scenarios/omission.h"
#include "scenarios/scenario.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::scenarios {

class ShopperParty {
 public:
  // `omitted` may name other shoppers too; it outlives the party.
  ShopperParty(sim::Process& process, const Scenario& scenario, std::uint32_t number,
               std::span<const Omission> omitted = {});

  // The shopper's whole visit, on a fiber whose cause is "shopper-N/checkout-1".
  void visit();
  std::string name() const { return "shopper-" + std::to_string(number_); }
  // The cause of everything this shopper does.
  std::string root() const { return name() + "/checkout-1"; }

 private:
  enum class Payment : std::uint8_t { never, late, soon };

  sim::Key key(std::string_view what);
  bool does(VisitPart part) const;
  api::PlaceOrder fill_basket();
  api::PlaceReply place(const api::PlaceOrder& request);
  // `dawdle`: how long between getting the code and paying it.
  void pay(OrderId order, std::optional<Duration> dawdle);
  void pay_at_cashier(const std::string& pay_code);
  void told(const api::PlaceOrder& request, const api::PlaceReply& reply);

  sim::Process& process_;
  sim::Simulation& sim_;
  const Scenario& scenario_;
  std::uint32_t number_;
  std::span<const Omission> omitted_;
};

}  // namespace ordeal::scenarios
