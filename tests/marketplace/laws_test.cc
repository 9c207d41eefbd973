// Each law of a marketplace by histories that it must reject, and their neighbours that it must accept.
#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "core/ids/snowflake.h"
#include "tests/marketplace/small_market.h"

namespace ordeal::test {
namespace {

using namespace ordeal::marketplace;
using sharding::Home;

struct Breach {
  std::string name;
  std::string_view law;
  std::string message;  // of the finding
  std::function<void(SmallMarket&)> happens;
  std::string_view lookup = "search_copy";
  const char* scenario = "seller_desk";
  std::string_view ids = "snowflake";
};

const UserId kAnn = SmallMarket::ann();
Sale ann_shipped() { return SmallMarket::sale(71, kAnn, SaleState::shipped, 3); }
UserId stranger(const SmallMarket& market) {
  for (std::int64_t bucket = 0;; ++bucket) {
    if (market.home(buyer_in(bucket)) != market.home(kAnn)) return buyer_in(bucket, 1);
  }
}
Wish wish(const api::PlaceSale& request, SaleStatus status, bool hostile, const Sale& sale = {}) {
  return {request, hostile, {status, sale}, false};
}

constexpr env::Sql kLoseSales{"delete from sale"};
constexpr env::Sql kLoseCopies{"delete from copy where id = 71"};
constexpr env::Sql kOldCopy{"update copy set version = 2, state = 1 where id = 71"};
constexpr env::Sql kStrangeCopy{"insert into copy values(99, 1, 1, 500, 0, 1)"};
constexpr env::Sql kGone{"update home set state = 2"};
constexpr env::Sql kBegun{"update shard_map set moving_to = 3 where bucket = 1"};
constexpr env::Sql kLeaving{"update home set state = 1"};
constexpr env::Sql kAnotherAmount{"update sale set amount = amount + 1"};
constexpr env::Sql kOtherBucket{"update sale set bucket = bucket + 1"};

std::vector<Breach> breaches() {
  return {
      {"ARequestBecomesTwoOrders", kOneOrderPerKey, "a request became two orders",
       [](auto& m) {
         m.say(60, api::facts::SalePlaced{m.sale(73, kAnn), "ann/first", m.home(kAnn)});
       }},
      {"AKeyHasTwoOrdersAtRest", kOneOrderPerKey, "a key has two orders at rest",
       [](auto& m) {
         m.on_shard(1 + m.home(kAnn) % 3, [&](env::Tx& tx) {
           sharding::add_sale(tx, {m.sale(73, kAnn), "ann/first"});
         });
       }},
      {"ToldOfAnotherOrder", kOneOrderPerKey, "a buyer was told of another order",
       [](auto& m) { m.book.wishes[0].reply.sale.id = {72}; }},
      {"ANumberTwice", kNumbersNeverRepeat, "two orders have one number",
       [](auto& m) {
         const UserId other = stranger(m);
         m.say(60, api::facts::SalePlaced{m.sale(71, other), "other/first", m.home(other)});
       }},
      {"AnotherBuyersGene", kNumbersNeverRepeat, "a number has another buyer's gene",
       [](auto& m) {
         const std::int64_t wrong = (sharding::bucket_of(kAnn) + 1) % sharding::kBuckets;
         m.place(60, m.sale(ids::compose(ids::kWithGene, {5, 1, 0, wrong}), kAnn), "ann/second",
                 m.home(kAnn));
       },
       "search_copy", "seller_desk", "gene"},
      {"BeginsInTheMiddle", kSalesGoTheirWay, "an order began in the middle",
       [](auto& m) { m.place(60, m.sale(73, kAnn, SaleState::paid, 1), "ann/second", m.home(kAnn)); }},
      {"MovesWhereItMustNot", kSalesGoTheirWay, "an order moved where it must not",
       [](auto& m) {
         m.move(60, m.sale(71, kAnn, SaleState::cancelled, 4), SaleState::shipped, m.home(kAnn));
       }},
      {"SkipsAVersion", kSalesGoTheirWay, "an order moved where it must not",
       [](auto& m) {
         m.place(60, m.sale(73, kAnn), "ann/second", m.home(kAnn));
         m.say(61, api::facts::SaleMoved{m.sale(73, kAnn, SaleState::paid, 3), SaleState::placed});
       }},
      {"IsGone", kSalesGoTheirWay, "an order is gone",
       [](auto& m) { m.change(sharding::service_of(m.home(kAnn)), kLoseSales); }},
      {"HasAnotherAmount", kSalesGoTheirWay, "an order is not as its last move left it",
       [](auto& m) { m.change(sharding::service_of(m.home(kAnn)), kAnotherAmount); }},
      {"ComesFromNowhere", kSalesGoTheirWay, "an order came from nowhere",
       [](auto& m) {
         m.on_shard(m.home(kAnn), [&](env::Tx& tx) {
           sharding::add_sale(tx, {m.sale(73, kAnn), "ann/second"});
         });
       }},
      {"AWrongRequestBecomesAnOrder", kBuyersAreServed, "a wrong request became an order",
       [](auto& m) {
         m.book.wishes.push_back(wish({kAnn, "ann/first", {}, 500}, SaleStatus::unknown, true));
       }},
      {"AnotherWordThanItsOwn", kBuyersAreServed, "a wrong request got another word than its own",
       [](auto& m) {
         m.book.wishes.push_back(wish({kAnn, "", kSeller, 500}, SaleStatus::bad_seller, true));
       }},
      {"ToldOfWhatIsNotThere", kBuyersAreServed, "a buyer was told of an order that is not there",
       [](auto& m) {
         m.book.wishes.push_back(
             wish({kAnn, "ann/second", kSeller, 500}, SaleStatus::done, false, m.sale(74, kAnn)));
       }},
      {"SentAway", kBuyersAreServed, "a buyer who asked rightly was sent away",
       [](auto& m) {
         m.book.wishes.push_back(wish({kAnn, "ann/2", kSeller, 500}, SaleStatus::bad_key, false));
       }},
      {"NotServedOnACalmDay", kBuyersAreServed, "a buyer was not served though nothing had happened",
       [](auto& m) {
         m.calm = true;
         m.book.wishes.push_back(wish({kAnn, "ann/2", kSeller, 500}, SaleStatus::busy, false));
       }},
      {"PlacedElsewhere", kOnTheirShard, "an order was placed on a shard that is not its home",
       [](auto& m) {
         m.say(60, api::facts::SalePlaced{m.sale(73, kAnn), "ann/second", 1 + m.home(kAnn) % 3});
       }},
      {"LiesElsewhere", kOnTheirShard, "an order lies on a shard that is not its home",
       [](auto& m) {
         m.on_shard(1 + m.home(kAnn) % 3, [&](env::Tx& tx) {
           sharding::add_sale(tx, {m.sale(73, kAnn), "ann/second"});
         });
       }},
      {"AWrongBucketInTheRow", kOnTheirShard, "an order lies on a shard that is not its home",
       [](auto& m) { m.change(sharding::service_of(m.home(kAnn)), kOtherBucket); }},
      {"MapAndShardsContradict", kOnTheirShard, "map and shards contradict each other",
       [](auto& m) { m.change("shard-1", kGone); }},
      {"StillOnItsWay", kOnTheirShard, "a bucket is still on its way",
       [](auto& m) { m.change("shard-1", kLeaving); }},
      {"BegunAndNotFinished", kOnTheirShard, "a bucket is still on its way",
       [](auto& m) { m.change("market", kBegun); }},
      {"DidNotMove", kOnTheirShard, "a bucket did not come where it was to go", [](auto&) {}, "gene",
       "reshard_day", "segments"},
      {"ACopyGoesBack", kSellersSee, "the search copy of an order went back",
       [](auto& m) { m.copy(60, m.sale(71, kAnn, SaleState::paid, 2)); }},
      {"AnOldCopyAtRest", kSellersSee, "the search copy is not what the shards have",
       [](auto& m) { m.change("seller-index", kOldCopy); }},
      {"NoCopyAtRest", kSellersSee, "the search copy is not what the shards have",
       [](auto& m) { m.change("seller-index", kLoseCopies); }},
      {"ACopyOfNothing", kSellersSee, "the search copy has an order that is not there",
       [](auto& m) { m.change("seller-index", kStrangeCopy); }},
      {"SeesAnOrderGoBack", kSellersSee, "a seller saw an order go back",
       [](auto& m) { m.look(60, {m.sale(71, kAnn, SaleState::paid, 2)}, 0); }},
      {"DoesNotSeeAnOrder", kSellersSee, "a seller does not see an order of his",
       [](auto& m) { m.look(60, {ann_shipped()}, 2); }, "mapping"},
      {"SeesAnOrderAsItWas", kSellersSee, "a seller does not see an order of his",
       [](auto& m) {
         m.move(60, m.sale(72, buyer_in(sharding::bucket_of(kAnn) == 1 ? 2 : 1), SaleState::paid, 2),
                SaleState::placed, m.home(buyer_in(sharding::bucket_of(kAnn) == 1 ? 2 : 1)));
         m.look(70, {ann_shipped(), m.sale(72, buyer_in(sharding::bucket_of(kAnn) == 1 ? 2 : 1))}, 2);
       },
       "scatter"},
      {"ACopyThatStaysLate", kSellersSee, "a seller does not see an order of his",
       [](auto& m) { m.look(8'000, {ann_shipped()}, 0); }},
      {"NeverSeesAll", kSellersSee, "a seller never sees all of his orders",
       [](auto& m) { m.book.did_not_see = {kSeller}; }},
      {"AsksAShardForACopy", kShardsAskedAreBounded, "a question asked more shards than it needs",
       [](auto& m) { m.look(60, {}, 1, false); }},
      {"AsksMoreThanBuyersLieOn", kShardsAskedAreBounded, "a question asked more shards than it needs",
       [](auto& m) { m.look(60, {}, 3, false); }, "mapping"},
      {"BroadcastsThoughThereIsARule", kShardsAskedAreBounded, "a question asked more shards than it needs",
       [](auto& m) { m.look(60, {}, 2, false, true); }, "mapping"},
      {"BroadcastsAndDoesNotSaySo", kShardsAskedAreBounded, "a question asked more shards than it needs",
       [](auto& m) { m.look(60, {}, 3, false, false); }, "gene"},
      {"AsksTwoForANumberWithAGene", kShardsAskedAreBounded, "a question asked more shards than it needs",
       [](auto& m) { m.seek(60, 71, {ann_shipped()}, 2, false); }, "scatter", "seller_desk", "gene"},
      {"IsNotFoundByItsNumber", kShardsAskedAreBounded, "an order was not found by its number",
       [](auto& m) { m.seek(60, 71, {}, 3, true); }},
  };
}

std::string readable(const std::vector<sim::Finding>& findings) {
  std::string text;
  for (const sim::Finding& finding : findings) text += finding.invariant + ": " + finding.message + "\n";
  return text.empty() ? "nothing" : text;
}

TEST(MarketLaws, RejectWhatTheyAreThereFor) {
  for (const Breach& breach : breaches()) {
    SmallMarket market(breach.law, breach.lookup, breach.scenario, breach.ids);
    market.good_day();
    breach.happens(market);
    const auto findings = market.verdict();
    const bool named = std::any_of(findings.begin(), findings.end(), [&](const sim::Finding& finding) {
      return finding.invariant == breach.law && finding.message == breach.message;
    });
    EXPECT_TRUE(named) << breach.name << ": " << readable(findings);
    EXPECT_TRUE(std::all_of(findings.begin(), findings.end(),
                            [&](const sim::Finding& finding) {
                              return finding.invariant == breach.law && !finding.evidence.empty();
                            }))
        << breach.name << ": " << readable(findings);
  }
}

TEST(MarketLaws, EachHasABreach) {
  std::set<std::string_view> broken;
  for (const Breach& breach : breaches()) broken.insert(breach.law);
  for (const play::LawRow& law : law_rows()) EXPECT_TRUE(broken.count(law.name)) << law.name;
  EXPECT_EQ(broken.size(), law_rows().size());
}

// Each neighbour differs from a breach in the one thing that makes it right.
std::vector<Breach> neighbours() {
  return {
      {"TheGoodDay", "", "", [](auto& m) { m.calm = true; }},
      {"AnotherKeyIsAnotherOrder", "", "",
       [](auto& m) { m.place(60, m.sale(73, kAnn), "ann/second", m.home(kAnn)); }},
      {"HerOwnGene", kNumbersNeverRepeat, "",
       [](auto& m) {
         const std::int64_t gene = sharding::bucket_of(kAnn);
         for (std::int64_t lost : {1, 2, 3}) m.change(sharding::service_of(lost), kLoseSales);
         m.place(60, m.sale(ids::compose(ids::kWithGene, {5, 1, 0, gene}), kAnn), "ann/second", m.home(kAnn));
       },
       "search_copy", "seller_desk", "gene"},
      {"AWrongRequestGetsItsWord", "", "",
       [](auto& m) {
         m.book.wishes.push_back(wish({kAnn, "", kSeller, 500}, SaleStatus::bad_key, true));
       }},
      {"NotServedWhenSomethingStruck", "", "",
       [](auto& m) {
         m.book.wishes.push_back(wish({kAnn, "ann/2", kSeller, 500}, SaleStatus::busy, false));
       }},
      {"ACopyThatIsLate", "", "", [](auto& m) { m.look(60, {ann_shipped()}, 0); }},
      {"AnAnswerThatSaysItIsNotWhole", kSellersSee, "",
       [](auto& m) { m.look(60, {ann_shipped()}, 2, false); }, "mapping"},
      {"AsManyAsBuyersLieOn", kShardsAskedAreBounded, "", [](auto& m) { m.look(60, {}, 2, false); },
       "mapping"},
      {"BroadcastsForWantOfAGene", kShardsAskedAreBounded, "",
       [](auto& m) { m.look(60, {}, 3, false, true); }, "gene"},
      {"ANumberWithoutAGeneIsAskedOfAll", kShardsAskedAreBounded, "",
       [](auto& m) { m.seek(60, 71, {ann_shipped()}, 3, true); }},
  };
}

TEST(MarketLaws, AcceptTheirNeighbours) {
  for (const Breach& good : neighbours()) {
    SmallMarket market(good.law, good.lookup, good.scenario, good.ids);
    market.good_day();
    good.happens(market);
    EXPECT_EQ(readable(market.verdict()), "nothing") << good.name;
  }
}

}  // namespace
}  // namespace ordeal::test
