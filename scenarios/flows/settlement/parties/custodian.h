// The custodian: has the buyers' money and moves it by orders, once for each number, sooner or later, and says so or not. Whoever it is (the
// channel, the bank of a supervised account, a licensed provider), what an order may do is what WeChat's profit sharing lets it do where it
// names a trade (domain 2.2): so many requests, so much to others than the merchant, and back no more than there was.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "scenarios/flows/settlement/parties/books.h"
#include "scenarios/flows/settlement/parts.h"
#include "scenarios/play/world.h"
#include "sim/process.h"

namespace ordeal::settlement {

// What becomes of an order.
inline constexpr std::string_view kOrderFork = "fund order";
inline constexpr std::array<std::string_view, 3> kOrderWays{"as usual", "slow", "silent"};

class Custodian {
 public:
  Custodian(sim::Process& process, play::World& world, const CustodianSpec& spec);
  void start();

 private:
  env::HttpResponse order(const std::string& body);
  bool is_allowed(const api::FundOrder& order) const;
  void carry_out(OrderLine& line);
  sim::Key key(std::string_view what);

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const CustodianSpec& spec_;
  CustodianBook& book_;
};

}  // namespace ordeal::settlement
