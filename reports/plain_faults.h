// Faults in plain words: who suffers what, and while it does what. "alipay's answer breaks off", "starting the payment".
// Ids stay in the text (sim/tale.h).
#pragma once

#include <string>
#include <vector>

#include "core/base/time.h"
#include "faults/plan/plan.h"
#include "sim/tale.h"

namespace ordeal::reports {

// "310 ms", "1.4 s", "5 min 23 s", "1 h 15 min".
std::string plain_time(Duration duration);

struct PlainStrike {
  std::string what;   // "order-1 freezes for 5 min 23 s just after it asked"
  std::string brief;  // the same without times: "order-1 freezes just after it asked"
  std::string doing;  // "placing the order"; empty: nobody has words for it
};
PlainStrike plain_strike(const faults::Strike& strike, const std::string& host, const sim::Tale& tale);

// A message by what it does, for whom and which way it goes: "setting goods aside, for shopper-4: request" of
// "shopper-4/checkout-1 › order.place › send inventory.reserve". Ids stand for persons.
std::string plain_message(std::string_view site, const sim::Tale& tale);

// What acts by the clock: "wall clocks stand still on gateway-1, order-1 and 3 more, for 56 s".
std::string plain_window(const faults::Window& window, const std::vector<std::string>& host_names);

// "a", "a and b", "a, b and 4 more".
std::string plain_list(const std::vector<std::string>& names);

}  // namespace ordeal::reports
