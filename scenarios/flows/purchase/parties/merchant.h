// The merchant's endpoint: POST /orders takes a notice and answers SUCCESS; now and then it is slow or
// broken, by its habits or by a fault's choice. It remembers the highest version it heard of each order
// (I-80).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "scenarios/flows/purchase/parties/books.h"
#include "scenarios/flows/purchase/parts.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::purchase {

inline constexpr std::string_view kMerchantFork = "merchant answer";
inline constexpr std::array<std::string_view, 3> kMerchantWays{"success", "slow", "broken"};

class MerchantParty {
 public:
  MerchantParty(sim::Process& process, const MerchantSpec& habits, Books& books);
  void start();

 private:
  env::HttpResponse on_notice(const std::string& body);

  sim::Process& process_;
  const MerchantSpec& habits_;
  Books& books_;
};

}  // namespace ordeal::purchase
