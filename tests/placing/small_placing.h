// SmallPlacing: a history of orders written by hand, for tests of laws: the scenario one_mug, its three databases as they are before the first
// boot, and one law. Rows are written by the steps of the core, and the facts that come of them are told at the second that is said; a breach
// tells or changes something else.
//
// The good day: three mugs, 60 points each. Ann gets two mugs for 10 points, tried and confirmed. Bob wants two as well, there is one, his order is
// cancelled and his points come back. Cem takes the last one for 5 points without a try. Dee is told that there is nothing left, and the points
// that were taken of her are returned.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/placing/orders.h"
#include "core/placing/pools.h"
#include "scenarios/flows/placing/flow.h"
#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/parties/books.h"
#include "scenarios/flows/placing/parts.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/laws/watch.h"
#include "sim/disk/vfs.h"
#include "tests/support/plain_database.h"
#include "tests/support/shipped.h"

namespace ordeal::test {

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr UserId kAnn{1};
inline constexpr UserId kBob{2};
inline constexpr UserId kCem{3};
inline constexpr UserId kDee{4};
inline constexpr OrderId kAnns{101};
inline constexpr OrderId kBobs{102};
inline constexpr OrderId kCems{103};
inline constexpr OrderId kDees{104};
inline constexpr SkuId kMug{1};

class SmallPlacing {
 public:
  using Step = bool (placing::Steps::*)() const;

  explicit SmallPlacing(std::string_view law) : scenario(library().load("one_mug")) {
    sim::prepare_sqlite();
    if (!law.empty()) scenario.invariants = {std::string(law)};
    watch_ = std::make_unique<play::Watch>(flows_, scenario);
    for (const play::ServiceRow& row : placing::flow().services) {
      auto& database = databases_[std::string(row.name)];
      database = std::make_unique<support::PlainDatabase>(row.schema(designer_).data());
      database->transact("seed", [&](env::Tx& tx) { row.seed(tx, scenario); });
    }
  }

  void good_day() {
    using placing::Steps;
    begin(10, kAnns, kAnn, 2, 10);
    both(11, kAnns, kAnn, 2, 10, &Steps::freeze);
    decide(12, kAnns, api::PlacedState::placed);
    both(13, kAnns, kAnn, 2, 10, &Steps::confirm);
    told(kAnn, kAnns, 2, 10, api::PlacedState::placed, 10);

    begin(20, kBobs, kBob, 2, 20);
    step(21, "loyalty", kBobs, {kBob.value}, 20, &Steps::freeze);
    decide(22, kBobs, api::PlacedState::rejected, api::Lack::stock);
    suspend(23, "storeroom", kBobs, {kMug.value}, 2);
    step(23, "loyalty", kBobs, {kBob.value}, 20, &Steps::cancel);
    told(kBob, kBobs, 2, 20, api::PlacedState::rejected, 20, api::Lack::stock);

    begin(30, kCems, kCem, 1, 5);
    both(31, kCems, kCem, 1, 5, &Steps::take);
    decide(32, kCems, api::PlacedState::placed);
    told(kCem, kCems, 1, 5, api::PlacedState::pending, 29);
    told(kCem, kCems, 1, 5, api::PlacedState::placed, 40);

    begin(50, kDees, kDee, 1, 7);
    step(51, "loyalty", kDees, {kDee.value}, 7, &Steps::take);
    deny(51, "storeroom", kDees, {kMug.value}, 1);
    decide(52, kDees, api::PlacedState::rejected, api::Lack::stock);
    step(53, "loyalty", kDees, {kDee.value}, 7, &Steps::give_back);
    told(kDee, kDees, 1, 7, api::PlacedState::rejected, 51, api::Lack::stock);
  }

  // --- steps: rows, and their facts ---
  void begin(std::int64_t second, OrderId id, UserId user, std::int64_t qty, std::int64_t points,
             std::string key = "order-1") {
    placing::Order order;
    order.id = id;
    order.user = user;
    order.request_key = std::move(key);
    order.sku = kMug;
    order.qty = qty;
    order.points = points;
    at(second, "placing", [&](env::Tx& tx) { placing::write_order(tx, order); });
  }
  void decide(std::int64_t second, OrderId id, api::PlacedState state, api::Lack lack = api::Lack::none) {
    at(second, "placing", [&](env::Tx& tx) { placing::decide(tx, id, state, lack); });
  }
  // Found, and not repaired by so many tries.
  void differs(std::int64_t second, OrderId id, int tries) {
    for (int i = 0; i < tries; ++i)
      at(second, "placing", [&](env::Tx& tx) { placing::note_difference(tx, id, "storeroom", true, 10); });
  }
  void repair(std::int64_t second, OrderId id) {
    at(second, "placing", [&](env::Tx& tx) { placing::close_difference(tx, id, "storeroom", true); });
  }
  void log(OrderId id, placing::Phase phase) {
    at(0, "placing", [&](env::Tx& tx) { placing::log_phase(tx, id, phase, {}); });
  }
  bool step(std::int64_t second, const std::string& service, OrderId id, PoolId pool, std::int64_t amount,
            Step what) {
    bool done = false;
    const api::Branch branch{id, pool, amount};
    at(second, service, [&](env::Tx& tx) { done = (placing::Steps{tx, service, branch}.*what)(); });
    return done;
  }
  void both(std::int64_t second, OrderId id, UserId user, std::int64_t qty, std::int64_t points, Step what) {
    step(second, "storeroom", id, {kMug.value}, qty, what);
    step(second, "loyalty", id, {user.value}, points, what);
  }
  void suspend(std::int64_t second, const std::string& service, OrderId id, PoolId pool,
               std::int64_t amount) {
    const api::Branch branch{id, pool, amount};
    at(second, service, [&](env::Tx& tx) { placing::Steps{tx, service, branch}.suspend(); });
  }
  void deny(std::int64_t second, const std::string& service, OrderId id, PoolId pool, std::int64_t amount) {
    const api::Branch branch{id, pool, amount};
    at(second, service, [&](env::Tx& tx) { placing::Steps{tx, service, branch}.deny(); });
  }
  void moved(std::int64_t second, const std::string& service, OrderId id, PoolId pool, std::int64_t amount,
             api::BranchState to) {
    say(second, api::facts::BranchMoved{service, id, pool, amount, to});
  }
  void change(const std::string& service, const env::Sql& sql) {
    databases_.at(service)->transact("by hand", [&](env::Tx& tx) { tx.exec(sql); });
  }
  // The scenario says that there were as many all along.
  void more_mugs(std::int64_t units) {
    for (play::Part& setting : scenario.settings) {
      if (setting.row->kind != "stores") continue;
      auto stores = setting.as<placing::StoresSetting>();
      stores.stores.things.front().units = units;
      setting.value = std::make_shared<const placing::StoresSetting>(std::move(stores));
    }
  }
  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    tell(second, env::Message::of(std::move(fact)));
  }
  // Asked at `second`, answered five seconds after it.
  void told(api::Place request, api::PlacingReply reply, std::int64_t second) {
    diary.asked.push_back({std::move(request), second * kSecond, (second + 5) * kSecond, reply});
  }
  void told(UserId user, OrderId order, std::int64_t qty, std::int64_t points, api::PlacedState state,
            std::int64_t second, api::Lack lack = api::Lack::none) {
    told(wish(user, qty, points), {api::PlacingStatus::order, api::PlacingProblem::none, order, state, lack},
         second);
  }
  static api::Place wish(UserId user, std::int64_t qty, std::int64_t points, std::string key = "order-1") {
    return {user, kMug, qty, points, std::move(key)};
  }

  std::vector<sim::Finding> verdict() {
    play::Rest::Facts facts{now_s * kSecond, 600 * kSecond, settled, {}};
    facts.machine_struck = !calm;
    play::Rest rest(scenario, designer_, flows_, std::move(facts));
    rest.add(typeid(placing::Diary), diary);
    read_from(databases_.begin(), rest);
    return findings_.take();
  }

  play::Scenario scenario;
  placing::Diary diary;
  bool calm = true;
  bool settled = true;
  std::int64_t now_s = 100'000;

 private:
  using Databases = std::map<std::string, std::unique_ptr<support::PlainDatabase>>;

  template <class Work>
  void at(std::int64_t second, const std::string& service, Work work) {
    support::PlainDatabase& database = *databases_.at(service);
    const std::size_t before = database.facts.size();
    database.transact("by hand", work);
    for (std::size_t i = before; i < database.facts.size(); ++i) tell(second, database.facts[i]);
  }
  void tell(std::int64_t second, const env::Message& body) {
    watch_->on_fact(sim::Fact{body, second * kSecond, 0, {}}, findings_);
  }
  void read_from(Databases::iterator next, play::Rest& rest) {
    if (next == databases_.end()) return watch_->at_rest(rest, findings_);
    next->second->read("audit", [&](env::Connection& connection) {
      rest.add(next->first, connection);
      read_from(std::next(next), rest);
    });
  }

  const play::Flows flows_{{&placing::flow()}};
  const play::Designer designer_{flows_, {}, {}, {}};
  Databases databases_;
  std::unique_ptr<play::Watch> watch_;
  play::Findings findings_;
};

}  // namespace ordeal::test
