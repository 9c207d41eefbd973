#include "scenarios/flows/marketplace/measures.h"

#include <map>
#include <utility>

#include "scenarios/flows/marketplace/parties/facts.h"

namespace ordeal::marketplace {
namespace {

using play::Finished;
using Samples = std::vector<std::int64_t>;

template <class Fact, class Use>
void for_each(const Finished& trial, Use&& use) {
  for (const play::KeptFact& kept : trial.facts) {
    if (const Fact* fact = kept.body.get_if<Fact>()) use(*fact, kept.at_ns);
  }
}

void sales_placed(const Finished& trial, Samples& samples) {
  std::int64_t sales = 0;
  for_each<api::facts::SalePlaced>(trial, [&](const auto&, std::int64_t) { ++sales; });
  samples.push_back(sales);
}

// From the decision of a buyer to the row.
void placing(const Finished& trial, Samples& samples) {
  std::multimap<std::pair<UserId, MerchantId>, std::int64_t> wanted_ns;
  for (const play::KeptFact& kept : trial.facts) {
    if (const auto* wanted = kept.body.get_if<SaleWanted>())
      wanted_ns.emplace(std::pair{wanted->buyer, wanted->seller}, kept.at_ns);
    if (const auto* placed = kept.body.get_if<api::facts::SalePlaced>()) {
      const auto wish = wanted_ns.find({placed->sale.buyer, placed->sale.seller});
      if (wish == wanted_ns.end()) continue;
      samples.push_back(kept.at_ns - wish->second);
      wanted_ns.erase(wish);
    }
  }
}

void looking(const Finished& trial, Samples& samples) {
  for_each<SellerLooked>(trial, [&](const SellerLooked& looked, std::int64_t at_ns) {
    samples.push_back(at_ns - looked.asked_ns);
  });
}

void shards_asked(const Finished& trial, Samples& samples) {
  for_each<SellerLooked>(
      trial, [&](const SellerLooked& looked, std::int64_t) { samples.push_back(looked.reply.asked); });
}

void not_whole(const Finished& trial, Samples& samples) {
  std::int64_t looks = 0;
  for_each<SellerLooked>(
      trial, [&](const SellerLooked& looked, std::int64_t) { looks += looked.reply.complete ? 0 : 1; });
  samples.push_back(looks);
}

// Orders that the seller's answer does not have, or has as they were, though they were committed before he asked; also where the
// answer says so.
void not_seen_yet(const Finished& trial, Samples& samples) {
  std::map<MerchantId, std::map<api::SaleId, std::map<std::int64_t, std::int64_t>>> versions;
  for_each<api::facts::SalePlaced>(trial, [&](const auto& placed, std::int64_t at_ns) {
    versions[placed.sale.seller][placed.sale.id][placed.sale.version] = at_ns;
  });
  for_each<api::facts::SaleMoved>(trial, [&](const auto& moved, std::int64_t at_ns) {
    versions[moved.sale.seller][moved.sale.id][moved.sale.version] = at_ns;
  });
  std::int64_t missing = 0;
  for_each<SellerLooked>(trial, [&](const SellerLooked& looked, std::int64_t) {
    std::map<api::SaleId, std::int64_t> seen;
    for (const api::Sale& sale : looked.reply.sales) seen[sale.id] = sale.version;
    for (const auto& [sale, changes] : versions[looked.seller]) {
      std::int64_t due = 0;
      for (const auto& [version, at_ns] : changes) {
        if (at_ns <= looked.asked_ns) due = version;
      }
      missing += seen[sale] < due ? 1 : 0;
    }
  });
  samples.push_back(missing);
}

// From a change to its copy.
void lag(const Finished& trial, Samples& samples) {
  std::map<std::pair<api::SaleId, std::int64_t>, std::int64_t> changed_ns;
  for (const play::KeptFact& kept : trial.facts) {
    if (const auto* placed = kept.body.get_if<api::facts::SalePlaced>())
      changed_ns[{placed->sale.id, placed->sale.version}] = kept.at_ns;
    if (const auto* moved = kept.body.get_if<api::facts::SaleMoved>())
      changed_ns[{moved->sale.id, moved->sale.version}] = kept.at_ns;
    if (const auto* copy = kept.body.get_if<api::facts::CopyWritten>()) {
      const auto change = changed_ns.find({copy->sale, copy->version});
      if (change != changed_ns.end()) samples.push_back(kept.at_ns - change->second);
    }
  }
}

}  // namespace

std::vector<play::MeasureRow> measure_rows() {
  using play::Better;
  using play::Told;
  using play::Unit;
  return {
      {"sales placed", "Orders that were placed at the marketplace.", Told::total, Unit::number, Better::more,
       sales_placed, "sale"},
      {"placing a sale", "From a buyer's decision to the row on a shard.", Told::spread, Unit::time,
       Better::less, placing},
      {"a seller's look", "From a seller's question to the answer.", Told::spread, Unit::time, Better::less,
       looking},
      {"shards asked", "Shards that were asked for a look.", Told::spread, Unit::number, Better::less,
       shards_asked},
      {"looks not whole", "Answers to sellers that say that something may be missing.", Told::total,
       Unit::number, Better::less, not_whole},
      {"orders not seen yet", "Orders that an answer to a seller has not, or has as they were.", Told::total,
       Unit::number, Better::less, not_seen_yet},
      {"lag of the copy", "From a change to its row in the search copy.", Told::spread, Unit::time,
       Better::less, lag},
  };
}

}  // namespace ordeal::marketplace
