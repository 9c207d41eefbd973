#include "scenarios/flows/purchase/parties/rows.h"

#include "scenarios/flows/purchase/parties/channel.h"
#include "scenarios/flows/purchase/parties/merchant.h"
#include "scenarios/flows/purchase/parties/shopper.h"
#include "scenarios/flows/purchase/promotions.h"
#include "scenarios/flows/purchase/seams.h"
#include "scenarios/play/world.h"

namespace ordeal::purchase {
namespace {

using play::Crowd;
using play::Part;
using play::World;

void start_channel(sim::Process& process, World& world, const Part& part) {
  process.make<ChannelParty>(process, contract(part), world.books<Books>()).start();
}

std::vector<Instant> midnights(const Part& part, Instant from, Instant until) {
  const channel::Zone zone = contract(part).profile->statement.zone;
  std::vector<Instant> ends;
  for (channel::Day day = channel::day_at(from, zone).next(); channel::begin_of(day, zone) < until;
       day = day.next())
    ends.push_back(channel::begin_of(day, zone));
  return ends;
}

void start_merchant(sim::Process& process, World& world, const Part& part) {
  process.make<MerchantParty>(process, part.as<MerchantSpec>(), world.books<Books>()).start();
}

void open_purses(World& world, const Crowd& crowd) {
  Books& books = world.books<Books>();
  const std::int64_t purse = crowd.part().as<ShoppingSpec>().purse.minor;
  for (const play::Actor& actor : crowd.actors()) {
    const std::string name = crowd.name_of(actor);
    books.purses[name] = purse;
    books.purses_before += purse;
    books.accounts[UserId{crowd.id_of(actor)}.text()] = name;
  }
}

template <Shopping How>
void start_shopping(sim::Process& process, World& world, const Crowd& crowd) {
  env::Tasks& tasks = process.env().tasks;
  for (const play::Actor& actor : crowd.actors()) {
    auto& shopper = process.make<ShopperParty>(process, world, crowd, actor, How);
    env::TraceScope scope(tasks, tasks.root(shopper.root()));
    tasks.spawn("visit", [&shopper] { shopper.visit(); });
  }
}

}  // namespace

std::vector<play::PartyRow> party_rows() {
  return {
      {{"channel", "a payment channel: takes shoppers' money, calls back, tells of each day",
        &channel_shape(), check_channel},
       {{kCallbackFork, kCallbackWays},
        {kCallbackStartFork, kCallbackStartWays},
        {kClosingNoticeFork, kClosingNoticeWays},
        {kAnswerFork, kAnswerWays},
        {kLineFork, kLineWays},
        {kServiceFork, kServiceWays},
        {kBankFork, kBankWays},
        // What a channel takes against its word shows in its statement, and nowhere else when callbacks find nobody.
        {kDebitFork, kDebitWays, {&statements(), "daily"}},
        {kRefundFork, kRefundWays},
        {kStatementFork, kStatementWays, {&statements(), "daily"}}},
       midnights,
       start_channel},
      {{"merchant", "a merchant's endpoint, which hears how its orders ended", &merchant_shape(), nullptr},
       {{kMerchantFork, kMerchantWays}},
       nullptr,
       start_merchant},
  };
}

std::vector<play::WorkloadRow> workload_rows() {
  play::WorkloadRow plain{
      {"shopping", "shoppers who arrive, fill a basket, place one order, and pay or do not",
       &shopping_shape(), check_shopping},
      {{kArrivalFork, kArrivalWays},
       {kPatienceFork, kPatienceWays},
       {kOrderingFork, kOrderingWays},
       {kPayingFork, kPayingWays},
       {kCancellingFork, kCancellingWays}},
      {{"second_click", "the request is sent once"},
       {"further_lines", "the basket has its first line only"},
       {"further_units", "one unit of each sku"},
       {"lateness", "who would pay late pays at once"},
       {"payment", "leaves without paying"},
       {"asking_again", "takes no answer for an answer"},
       {"own_time", "comes in turn, a tenth of a second for each number"},
       {"thinking", "pays at once"},
       {"looking", "does not come back to look"}},
      {"gateway", "order"},
      [](const Part& part) { return part.as<ShoppingSpec>().shoppers; },
      [](const Part& part) { return part.as<ShoppingSpec>().arrive.until; },
      open_purses,
      start_shopping<Shopping::plain>};
  play::WorkloadRow bargains = plain;
  bargains.kind = "bargains";
  bargains.summary =
      "shoppers who ask what it costs with their coupons and points, and place one order at that price";
  bargains.check = check_bargains;
  bargains.forks.push_back({kDiscountsFork, kDiscountsWays});
  bargains.omissions.push_back({"discounts", "uses no coupons and no points"});
  bargains.services.push_back("promotion");
  bargains.start = start_shopping<Shopping::bargains>;
  play::WorkloadRow carts = plain;
  carts.kind = "carts";
  carts.summary =
      "shoppers who fill a cart, come back to it or leave it, and place one order of what it shows";
  carts.check = check_carts;
  carts.forks.push_back({kFillingFork, kFillingWays});
  carts.forks.push_back({kCartFork, kCartWays});
  carts.omissions.push_back({"other_device", "puts nothing in a second time"});
  carts.services.push_back("cart");
  carts.start = start_shopping<Shopping::carts>;
  play::WorkloadRow hoarders = carts;
  hoarders.kind = "hoarders";
  hoarders.summary = "people who fill a cart and never come back to it";
  // They come beside others, whose forks have these names.
  hoarders.forks.clear();
  hoarders.start = start_shopping<Shopping::hoards>;
  return {std::move(plain), std::move(bargains), std::move(carts), std::move(hoarders)};
}

}  // namespace ordeal::purchase
