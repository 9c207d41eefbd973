// A shopper: arrives, fills a basket, places one order under one request key, pays or does not, asks again
// when no answer comes. Everything it decides is drawn by key from its own name, so shopper 12 does the same
// whoever else is there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/api/gateway.h"
#include "scenarios/play/omission.h"
#include "scenarios/play/scenario.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::scenarios {

// When a shopper comes. The rush: everybody who takes this way comes within the same few seconds.
inline constexpr std::string_view kArrivalFork = "arrival";
inline constexpr std::array<std::string_view, 2> kArrivalWays{"own_time", "rush"};

// A request that was not answered, or not finally. Impatient: again and again, at once, without backing off.
inline constexpr std::string_view kPatienceFork = "patience";
inline constexpr std::array<std::string_view, 2> kPatienceWays{"backs_off", "impatient"};

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
  void arrive(sim::Key habit);
  // How long to wait before the nth repetition; nothing when it is time to give up.
  std::optional<Duration> again_after(std::size_t nth) const;
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
  bool impatient_ = false;
};

}  // namespace ordeal::scenarios
