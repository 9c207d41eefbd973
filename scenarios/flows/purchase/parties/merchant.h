// The merchant's endpoint: POST /orders takes a notice and answers SUCCESS; now and then it is slow or
// broken, by its habits or by a fault's choice. It remembers the highest version it heard of each order
// (I-80).
//
// Closed for hours: from then on, for minutes or hours, calls hang, so that its notices queue up.
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
inline constexpr std::array<std::string_view, 4> kMerchantWays{"success", "slow", "broken",
                                                               "closed_for_hours"};

class MerchantParty {
 public:
  MerchantParty(sim::Process& process, const MerchantSpec& habits, Books& books);
  void start();

 private:
  env::HttpResponse on_notice(const std::string& body);
  void close_for_hours(sim::Key key);

  sim::Process& process_;
  const MerchantSpec& habits_;
  Books& books_;
  std::int64_t opens_at_ns_ = 0;
};

}  // namespace ordeal::purchase
