// I-01: a request key of a user leads to at most one order, and every reply for the key names that order.
//
// Whatever speaks of a key first, a committed order or a reply, says which order it is; everything after must
// agree. A reply that named no order (out of stock before a row was written) says nothing.
#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "core/base/digest.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

struct Request {
  UserId user;
  std::string key;

  bool operator==(const Request&) const = default;
};

struct RequestHash {
  std::size_t operator()(const Request& request) const {
    return Digest(static_cast<std::uint64_t>(request.user.value)).add(request.key).value();
  }
};

class OneOrderPerRequest {
 public:
  explicit OneOrderPerRequest(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::OrderPlaced& placed, const sim::Fact& fact, Findings& findings) {
    heard({placed.user, placed.request_key}, placed.order, "placed", fact, findings);
  }
  void on(const facts::ShopperTold& told, const sim::Fact& fact, Findings& findings) {
    if (told.order) heard({told.user, told.request_key}, told.order, "told", fact, findings);
  }

 private:
  struct First {
    OrderId order;
    std::int64_t at_ns;
  };

  void heard(Request request, OrderId order, std::string_view how, const sim::Fact& fact,
             Findings& findings) {
    const auto [known, fresh] = orders_.try_emplace(std::move(request), First{order, fact.at_ns});
    if (fresh || known->second.order == order) return;
    const First& first = known->second;
    findings.add(unsafe(kOneOrderPerRequest, fact.at_ns,
                        how == "placed" ? "two orders were placed for one request key"
                                        : "a reply names another order than the one of its request key",
                        {{"buyer", user_text(scenario_, known->first.user)},
                         {"request key", known->first.key},
                         {"order", first.order.text() + " at " + when(first.at_ns)},
                         {"other order", order.text() + " at " + when(fact.at_ns)}}));
  }

  const play::Scenario& scenario_;
  tsl::robin_map<Request, First, RequestHash> orders_;
};

}  // namespace

void watch_one_order_per_request(const play::Watching& parts) {
  parts.monitors.add<api::facts::OrderPlaced, facts::ShopperTold>(
      std::make_shared<OneOrderPerRequest>(parts.scenario));
}

}  // namespace ordeal::purchase
