// I-01: for one customer and key there is one order, and every answer to the key names it; another request under it is a conflict.
// I-36, of orders: what a customer is told is so. "Placed" and "rejected" were decided by then, "pending" was not decided before he asked; "not
// enough" means that less was free at some time between the first asking and the answer; a refusal names something that is wrong with
// the request, and where nothing failed nobody is rejected for the time it took.
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/placing/service.h"
#include "core/wire/names.h"
#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/laws/rest_rows.h"
#include "scenarios/flows/placing/parts.h"
#include "scenarios/play/actor.h"

namespace ordeal::placing {
namespace {

using api::BranchState;
using api::Lack;
using api::PlacedState;
using api::PlacingProblem;
using api::PlacingStatus;
using play::Evidence;
using play::Findings;

Evidence of(const play::Scenario& scenario, const Asked& asked) {
  return {{"customer", customer_text(scenario, asked.request.user)},
          {"thing", thing_text(scenario, asked.request.sku)},
          {"key", asked.request.request_key},
          {"answer", std::string(wire::name_of(asked.reply.status))},
          {"because", std::string(wire::name_of(asked.reply.problem))},
          {"state", std::string(wire::name_of(asked.reply.state))},
          {"lack", std::string(wire::name_of(asked.reply.lack))},
          {"asked", play::when(asked.asked_ns)}};
}

bool same_request(const Order& order, const api::Place& request) {
  return order.sku == request.sku && order.qty == request.qty && order.points == request.points;
}

// --- I-01 ---

void check_requests(const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr) return;
  for (const Asked& asked : rest.diary()->asked) {
    if (!asked.answered_ns || asked.reply.status != PlacingStatus::order) continue;
    const Order* row = rest.request(asked.request.user, asked.request.request_key);
    const Evidence evidence = of(rest.world.scenario(), asked);
    if (row == nullptr || row->id != asked.reply.order) {
      findings.add(play::unsafe(kOneOrderPerKey, *asked.answered_ns,
                                "one request was answered with another order than its own", evidence));
    } else if (!same_request(*row, asked.request)) {
      findings.add(play::unsafe(kOneOrderPerKey, *asked.answered_ns,
                                "a key that stands for one order was taken for another", evidence));
    }
  }
}

// --- I-36 ---

bool is_wrong(PlacingProblem problem, const api::Place& r, const play::Scenario& scenario) {
  switch (problem) {
    case PlacingProblem::none:
      return false;
    case PlacingProblem::bad_key:
      return r.request_key.empty() || r.request_key.size() > 64;
    case PlacingProblem::no_such_user:
      return !play::actor_with_id(scenario, r.user.value);
    case PlacingProblem::no_such_thing:
      return first_amount(scenario, kStoreroom, {r.sku.value}) == 0;
    case PlacingProblem::bad_quantity:
      return r.qty < 1 || r.qty > 99;
    case PlacingProblem::bad_points:
      return r.points < 0 || r.points > 1'000'000;
  }
  return false;
}

bool anything_wrong(const api::Place& request, const play::Scenario& scenario) {
  for (std::size_t i = 1; i < names_of(PlacingProblem{}).size(); ++i) {
    if (is_wrong(static_cast<PlacingProblem>(i), request, scenario)) return true;
  }
  return false;
}

class Seen {
 public:
  explicit Seen(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::PlacingBegun& begun, const sim::Fact& fact, Findings&) {
    begun_ns_[begun.order] = fact.at_ns;
  }
  void on(const api::facts::PlacingDecided& decided, const sim::Fact& fact, Findings&) {
    decided_.try_emplace(decided.order, std::pair(decided, fact.at_ns));
  }
  void on(const api::facts::BranchMoved& moved, const sim::Fact& fact, Findings&) {
    auto& changes = free_[{moved.service, moved.pool}];
    std::int64_t free =
        changes.empty() ? first_amount(scenario_, moved.service, moved.pool) : changes.back().second;
    if (moved.to == BranchState::tried || moved.to == BranchState::taken) free -= moved.amount;
    if (moved.to == BranchState::cancelled || moved.to == BranchState::returned) free += moved.amount;
    changes.emplace_back(fact.at_ns, free);
  }

  // Was at any time between the two less free than this?
  bool lacked(std::string_view service, PoolId pool, std::int64_t amount, std::int64_t from_ns,
              std::int64_t until_ns) const {
    std::int64_t free = first_amount(scenario_, service, pool);
    const auto found = free_.find({std::string(service), pool});
    if (found == free_.end()) return free < amount;
    for (const auto& [at_ns, then] : found->second) {
      if (at_ns > from_ns && free < amount) return true;
      if (at_ns > until_ns) return false;
      free = then;
    }
    return free < amount;
  }
  const std::pair<api::facts::PlacingDecided, std::int64_t>* decision(OrderId order) const {
    const auto found = decided_.find(order);
    return found == decided_.end() ? nullptr : &found->second;
  }
  std::int64_t begun_ns(OrderId order) const {
    const auto found = begun_ns_.find(order);
    return found == begun_ns_.end() ? INT64_MAX : found->second;
  }

 private:
  const play::Scenario& scenario_;
  std::map<OrderId, std::int64_t> begun_ns_;
  std::map<OrderId, std::pair<api::facts::PlacingDecided, std::int64_t>> decided_;
  std::map<std::pair<std::string, PoolId>, std::vector<std::pair<std::int64_t, std::int64_t>>> free_;
};

const char* untrue_of_order(const Seen& seen, const RestRows& rest, const Asked& asked) {
  const OrderId order = asked.reply.order;
  const std::int64_t begun_ns = seen.begun_ns(order);
  if (begun_ns > *asked.answered_ns) return "a customer was told of an order that is none";
  const auto* decision = seen.decision(order);
  if (asked.reply.state == PlacedState::pending) {
    return decision != nullptr && decision->second < asked.asked_ns
               ? "a customer was told to wait for what was decided"
               : nullptr;
  }
  if (decision == nullptr || decision->second > *asked.answered_ns ||
      decision->first.state != asked.reply.state || decision->first.lack != asked.reply.lack)
    return "a customer was told otherwise than was decided";
  const api::Place& r = asked.request;
  if (asked.reply.lack == Lack::stock &&
      !seen.lacked(kStoreroom, {r.sku.value}, r.qty, begun_ns, decision->second))
    return "a customer was told \"not enough stock\", and there was";
  if (asked.reply.lack == Lack::points &&
      !seen.lacked(kLoyalty, {r.user.value}, r.points, begun_ns, decision->second))
    return "a customer was told \"not enough points\", and there were";
  if (asked.reply.lack == Lack::time && rest.world.undisturbed_at({}))
    return "an order failed where everybody answered";
  return nullptr;
}

bool key_was_used(const Diary& diary, const Asked& asked) {
  for (const Asked& other : diary.asked) {
    const api::Place& r = other.request;
    if (r.user != asked.request.user || r.request_key != asked.request.request_key) continue;
    if (r.sku != asked.request.sku || r.qty != asked.request.qty || r.points != asked.request.points)
      return true;
  }
  return false;
}

const char* untrue(const Seen& seen, const RestRows& rest, const Asked& asked) {
  switch (asked.reply.status) {
    case PlacingStatus::unknown:
      return nullptr;
    case PlacingStatus::refused:
      return is_wrong(asked.reply.problem, asked.request, rest.world.scenario())
                 ? nullptr
                 : "a customer was refused for what is not so";
    case PlacingStatus::conflict:
      return key_was_used(*rest.diary(), asked) ? nullptr : "a customer was told of a conflict that is none";
    case PlacingStatus::order:
      return untrue_of_order(seen, rest, asked);
  }
  return nullptr;
}

void check_answers(const Seen& seen, const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr) return;
  const play::Scenario& scenario = rest.world.scenario();
  for (const Asked& asked : rest.diary()->asked) {
    if (!asked.answered_ns) continue;
    if (const char* what = untrue(seen, rest, asked))
      findings.add(play::unsafe(kPlacingAnswersAreTrue, *asked.answered_ns, what, of(scenario, asked)));
    if (asked.gave_up && rest.world.undisturbed_at({}))
      findings.add(play::unsafe(kPlacingAnswersAreTrue, *asked.answered_ns,
                                "a customer looked again and again and was told nothing",
                                of(scenario, asked)));
  }
  for (const auto& [id, order] : rest.orders) {
    const api::Place request{order.user, order.sku, order.qty, order.points, order.request_key};
    if (!anything_wrong(request, scenario)) continue;
    findings.add(play::unsafe(kPlacingAnswersAreTrue, rest.world.now_ns,
                              "what no order can be made of was ordered", about(scenario, order)));
  }
}

}  // namespace

void watch_one_order_per_key(const play::Watching& parts) {
  parts.audit.add<RestRows>(kOneOrderPerKey, {"placing"}, &check_requests);
}

void watch_placing_answers_are_true(const play::Watching& parts) {
  const auto seen = std::make_shared<Seen>(parts.scenario);
  parts.monitors.add<api::facts::PlacingBegun, api::facts::PlacingDecided, api::facts::BranchMoved>(seen);
  parts.audit.add<RestRows>(
      kPlacingAnswersAreTrue, {"placing"},
      [seen](const RestRows& rest, Findings& findings) { check_answers(*seen, rest, findings); });
}

}  // namespace ordeal::placing
