// SmallMarket: a history of a marketplace written by hand, for tests of laws: the scenario seller_desk or reshard_day, its tables as they
// are before the first boot, and one law. The good day: Ann orders, pays and gets it; Ben orders from the same seller.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/marketplace/index.h"
#include "core/sharding/buckets.h"
#include "core/sharding/sales.h"
#include "scenarios/flows/marketplace/flow.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/parties/facts.h"
#include "scenarios/flows/marketplace/parts.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/laws/watch.h"
#include "sim/disk/vfs.h"
#include "tests/support/plain_database.h"
#include "tests/support/shipped.h"

namespace ordeal::test {

using api::Sale;
using api::SaleState;
using api::SaleStatus;

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr MerchantId kSeller{1};

// The nth buyer whose bucket this is.
inline UserId buyer_in(std::int64_t bucket, int nth = 0) {
  for (std::int64_t id = 1;; ++id) {
    if (sharding::bucket_of(UserId{id}) == bucket && nth-- == 0) return UserId{id};
  }
}

class SmallMarket {
 public:
  explicit SmallMarket(std::string_view law, std::string_view lookup = "search_copy",
                       const char* name = "seller_desk", std::string_view ids = "snowflake")
      : scenario(library().load(name)),
        designer_(flows_, {{"seller.lookup", std::string(lookup)}, {"order.ids", std::string(ids)}}, {}, {}) {
    sim::prepare_sqlite();
    if (!law.empty()) scenario.invariants = {std::string(law)};
    watch_ = std::make_unique<play::Watch>(flows_, scenario);
    for (const play::ServiceRow* row : flows_.services()) {
      if (row->schema == nullptr || !scenario.has_service(row->name)) continue;
      auto& database = databases_[std::string(row->name)];
      database = std::make_unique<support::PlainDatabase>(std::string(row->schema(designer_)).c_str());
      if (row->seed != nullptr) database->transact("seed", [&](env::Tx& tx) { row->seed(tx, scenario); });
    }
  }

  static constexpr UserId ann() { return {1}; }
  static Sale sale(std::int64_t id, UserId buyer, SaleState state = SaleState::placed,
                   std::int64_t version = 1) {
    return {{id}, buyer, kSeller, 500, state, version};
  }
  std::int64_t home(UserId buyer) const {
    return sharding::first_shard_of(sharding::bucket_of(buyer), marketplace::plan_of(scenario).shards);
  }

  void good_day() {
    const UserId ben = buyer_in(sharding::bucket_of(ann()) == 1 ? 2 : 1);
    place(10, sale(71, ann()), "ann/first", home(ann()));
    move(20, sale(71, ann(), SaleState::paid, 2), SaleState::placed, home(ann()));
    move(30, sale(71, ann(), SaleState::shipped, 3), SaleState::paid, home(ann()));
    place(40, sale(72, ben), "ben/first", home(ben));
    look(50, {sale(71, ann(), SaleState::shipped, 3), sale(72, ben)}, 0);
    book.saw_all = {kSeller};
    book.wishes = {{{ann(), "ann/first", kSeller, 500}, false, {SaleStatus::done, sale(71, ann())}, false},
                   {{ben, "ben/first", kSeller, 500}, false, {SaleStatus::done, sale(72, ben)}, false}};
  }

  // The fact, the row and its copy.
  void place(std::int64_t second, const Sale& placed, const std::string& key, std::int64_t shard) {
    wants(second, placed.buyer);
    say(second, api::facts::SalePlaced{placed, key, shard});
    on_shard(shard, [&](env::Tx& tx) { sharding::add_sale(tx, {placed, key}); });
    copy(second, placed);
  }
  void move(std::int64_t second, const Sale& moved, SaleState from, std::int64_t shard) {
    say(second, api::facts::SaleMoved{moved, from});
    on_shard(shard, [&](env::Tx& tx) { sharding::write_state(tx, moved); });
    copy(second, moved);
  }
  void copy(std::int64_t second, const Sale& sale) {
    databases_.at("seller-index")->transact("copy", [&](env::Tx& tx) { marketplace::put_copy(tx, sale); });
    say(second, api::facts::CopyWritten{sale.id, sale.version, sale.state});
  }
  void wants(std::int64_t second, UserId buyer) { say(second, marketplace::SaleWanted{buyer, kSeller}); }
  void look(std::int64_t second, std::vector<Sale> sales, std::int64_t asked, bool complete = true,
            bool broadcast = false) {
    say(second,
        marketplace::SellerLooked{kSeller, second * kSecond, {complete, broadcast, asked, std::move(sales)}});
  }
  void seek(std::int64_t second, std::int64_t id, std::vector<Sale> sales, std::int64_t asked,
            bool broadcast) {
    say(second, marketplace::SaleSought{{id}, second * kSecond, {true, broadcast, asked, std::move(sales)}});
  }
  template <class Work>
  void on_shard(std::int64_t shard, Work work) {
    databases_.at(std::string(sharding::service_of(shard)))->transact("by hand", work);
  }
  void change(std::string_view service, const env::Sql& sql) {
    databases_.at(std::string(service))->transact("by hand", [&](env::Tx& tx) { tx.exec(sql); });
  }
  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    const auto body = env::Message::of(std::move(fact));
    watch_->on_fact(sim::Fact{body, second * kSecond, 0, {}}, findings_);
  }

  std::vector<sim::Finding> verdict() {
    play::Rest::Facts facts{100'000 * kSecond, 7'200 * kSecond, true, {}};
    facts.machine_struck = !calm;
    play::Rest rest(scenario, designer_, flows_, std::move(facts));
    rest.add(typeid(marketplace::Book), book);
    open_from(databases_.begin(), rest);
    return findings_.take();
  }

  play::Scenario scenario;
  marketplace::Book book;
  bool calm = false;

 private:
  using Databases = std::map<std::string, std::unique_ptr<support::PlainDatabase>, std::less<>>;

  void open_from(Databases::const_iterator at, play::Rest& rest) {
    if (at == databases_.end()) return watch_->at_rest(rest, findings_);
    at->second->read("audit", [&](env::Connection& connection) {
      rest.add(at->first, connection);
      open_from(std::next(at), rest);
    });
  }

  const play::Flows flows_{{&marketplace::flow()}};
  const play::Designer designer_;
  Databases databases_;
  std::unique_ptr<play::Watch> watch_;
  play::Findings findings_;
};

}  // namespace ordeal::test
