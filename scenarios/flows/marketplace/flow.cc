#include "scenarios/flows/marketplace/flow.h"

#include <array>
#include <string>

#include "core/ids/workers.h"
#include "core/marketplace/market.h"
#include "core/sharding/sales.h"
#include "core/sharding/shard.h"
#include "scenarios/flows/marketplace/flaws/flaws.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/measures.h"
#include "scenarios/flows/marketplace/parties/facts.h"
#include "scenarios/flows/marketplace/parties/people.h"
#include "scenarios/flows/marketplace/parts.h"
#include "scenarios/flows/marketplace/seams.h"
#include "scenarios/flows/marketplace/telling/telling.h"
#include "scenarios/play/designer.h"

namespace ordeal::marketplace {
namespace {

using play::Starting;

std::string_view market_schema(const play::Designer&) {
  static const std::string schema = std::string(ids::kTables) + std::string(sharding::kMapTable);
  return schema;
}

void fill_map(env::Tx& tx, const play::Scenario& scenario) {
  for (std::int64_t bucket = 0; bucket < sharding::kBuckets; ++bucket)
    sharding::put_place(tx, bucket, {sharding::first_shard_of(bucket, plan_of(scenario).shards), 1});
}

void start_market(const Starting& in) {
  const Designs designs{in.process.own(in.designer.make(order_ids())),
                        in.process.own(in.designer.make(router())),
                        in.process.own(in.designer.make(lookup()))};
  in.process
      .make<Market>(in.env, *in.database, designs, Config{in.process.host().name(), plan_of(in.scenario)})
      .start();
}

void start_index(const Starting& in) {
  auto& writer = in.process.own(in.designer.make(copy_writer()));
  in.process.make<Index>(in.env, *in.database, writer).start();
}

template <std::int64_t Shard>
void fill_shard(env::Tx& tx, const play::Scenario& scenario) {
  for (std::int64_t bucket = 0; bucket < sharding::kBuckets; ++bucket) {
    if (sharding::first_shard_of(bucket, plan_of(scenario).shards) == Shard)
      sharding::put_bucket(tx, bucket, sharding::Home::here, 1);
  }
}

template <std::int64_t Shard>
void start_shard(const Starting& in) {
  const bool feeds = in.designer.design_of(lookup()) == "search_copy";
  in.process.make<sharding::Shard>(in.env, *in.database, Shard, feeds).start();
}

template <std::int64_t Shard>
play::ServiceRow shard_row() {
  play::ServiceRow row{sharding::service_of(Shard),
                       "a database with the orders of some buyers",
                       {"seller-index"},
                       [](const play::Designer&) { return sharding::kShardTables; },
                       fill_shard<Shard>,
                       start_shard<Shard>};
  row.may_share = false;  // shards have the same tables
  return row;
}

bool becomes(const env::Message& fact, api::SaleState to) {
  return fact.get_if<api::facts::SaleMoved>()->sale.state == to;
}

play::MachineRow sale_machine() {
  static constexpr auto kStates = names_of(api::SaleState{});
  const auto moved = [](std::string_view from, std::string_view to, std::string_view by,
                        bool (*is)(const env::Message&)) {
    return play::EdgeRow{from, to, by, &api::facts::SaleMoved::type, is};
  };
  return {"sale",
          "an order at the marketplace",
          "market",
          kStates,
          {{"", "PLACED", "its buyer", &api::facts::SalePlaced::type},
           moved("PLACED", "PAID", "its buyer",
                 [](const env::Message& fact) { return becomes(fact, api::SaleState::paid); }),
           moved("PLACED", "CANCELLED", "its buyer",
                 [](const env::Message& fact) { return becomes(fact, api::SaleState::cancelled); }),
           moved("PAID", "SHIPPED", "its seller",
                 [](const env::Message& fact) { return becomes(fact, api::SaleState::shipped); })}};
}

}  // namespace

const play::Flow& flow() {
  using enum play::MarkGrade;
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "marketplace";
    f.summary = "many sellers: orders on shards by their buyers, and how a seller finds his";
    f.services = {{"market",
                   "what buyers and sellers talk to: numbers, shards, look-ups",
                   {"shard-1", "seller-index"},
                   market_schema,
                   fill_map,
                   start_market},
                  shard_row<1>(),
                  shard_row<2>(),
                  shard_row<3>(),
                  shard_row<4>(),
                  {"seller-index",
                   "orders by their seller: a table of relations, or a copy from the change feeds",
                   {},
                   [](const play::Designer&) { return kIndexTables; },
                   nullptr,
                   start_index}};
    f.seams = seam_rows();
    f.flaws = flaw_rows();
    f.settings = {{{"sharding", "on how many shards orders lie", &sharding_shape(), check_sharding}}};
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {
        {"sales_placed", "orders that were placed at the marketplace", &api::facts::SalePlaced::type},
        {"sales_moved", "times that an order was paid, cancelled or shipped", &api::facts::SaleMoved::type},
        {"buckets_moved", "buckets that moved to another shard", &api::facts::BucketTaken::type},
        {"copies_written", "changes that came into the search copy", &api::facts::CopyWritten::type},
        {"looks", "times that a seller was answered", &SellerLooked::type}};
    f.machines = {sale_machine()};
    f.columns = column_rows();
    f.points = {{"feed: it falls behind", "A change feed waits before it reads what has changed.", "shard-1"},
                {"feed: it starts again from an older position",
                 "A change feed has lost its position and takes an older one: it sends changes once more.",
                 "shard-1"},
                {"sharding: a bucket is long on its way",
                 "Between giving a bucket up and taking it over seconds pass.", "market"}};
    f.marks = {
        {"clock was behind the last order number", "The clock stood before the last number that was given."},
        {"pod changed its worker number", "A pod left its worker's time to itself and took another worker."},
        {"no order number could be made", "A request was sent away for want of a number."},
        {"order number was used already", "A shard had an order with the number that was just made."},
        {"router had an old map", "A shard was asked for a bucket that it does not have."},
        {"seller's view was not whole", "Not all shards answered, or a bucket was on its way."},
        {"change feed waited for the index", "The seller index did not answer a feed."},
        {"bucket was moved by another pod", "Two pods moved the same bucket side by side."}};
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    f.covers = cover_rows();
    f.teller = make_teller;
    f.answers = {play::Answer::of(picturing())};
    f.measures = measure_rows();
    f.comparisons = {{{}, "seller_desk", 200}};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::marketplace
