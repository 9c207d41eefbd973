#include "scenarios/flows/purchase/parts.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "faults/text.h"

namespace ordeal::purchase {
namespace {

using play::ObjectReader;
using play::Place;
using play::Shape;
using play::shown;

// Bounds of one world. They keep every sum far from overflow and a typing error from eating the machine; every shopper
// is a task, and a world has 16,000 of them (sim/fiber.cc).
// By ProfileName.
constexpr std::array<std::string_view, 3> kProfiles{"alipay", "wechat", "acquirer"};
constexpr std::int64_t kMaxShoppers = 5'000;
constexpr std::int64_t kMaxStock = 1'000'000'000;
constexpr std::int64_t kMaxWeight = 1'000'000;
constexpr std::int64_t kMaxLines = 100;
constexpr std::int64_t kMaxQuantity = 1'000;
// What things cost in a repro that does not need their prices: a round amount that a reader knows at once.
constexpr std::int64_t kSmallPrice = 1'000;

void one_currency(const Catalogue& catalogue, const ObjectReader& in) {
  const Place list = in.place().key("catalogue");
  for (std::size_t i = 0; i < catalogue.skus.size(); ++i) {
    const SkuSpec& sku = catalogue.skus[i];
    for (std::size_t j = 0; j < i; ++j) {
      if (catalogue.skus[j].name == sku.name)
        list.item(i).key("sku").fail("each sku once", "\"" + sku.name + "\" a second time");
    }
    if (sku.price.currency != catalogue.currency())
      list.item(i).key("price").fail(
          "an amount in " + std::string(catalogue.currency().text()) + ", as the other prices",
          "\"" + sku.price.text() + "\"");
  }
}

void late_has_times(const ShopperHabits& habits, const ObjectReader& in) {
  if (!habits.pays_late.is_zero() && !in.has("late"))
    in.place().fail("the key \"late\", because pays_late is not 0", "an object without it");
}

const Shape<SkuSpec>& sku_shape() {
  static const Shape<SkuSpec> shape = [] {
    Shape<SkuSpec> s;
    s.text("sku", &SkuSpec::name, "what people call it");
    s.price("price", &SkuSpec::price, "of one unit; nothing for what is given away")
        .may_get_smaller(kSmallPrice);
    s.integer("stock", &SkuSpec::stock, 0, kMaxStock, "how many units there are").may_get_smaller(1);
    s.integer("weight", &SkuSpec::weight, 1, kMaxWeight, "how often shoppers pick it, against the others")
        .optional();
    s.text("merchant", &SkuSpec::merchant, "who sells it; the first merchant when absent").optional();
    return s;
  }();
  return shape;
}

const Shape<Arrival>& arrival_shape() {
  static const Shape<Arrival> shape = [] {
    Shape<Arrival> s;
    s.duration("from", &Arrival::from, "not before this");
    s.duration("until", &Arrival::until, "and before this");
    s.check([](const Arrival& arrive, const ObjectReader& in) {
      if (arrive.until <= arrive.from)
        in.place().key("until").fail("later than from, " + faults::text(arrive.from), shown(in.at("until")));
    });
    return s;
  }();
  return shape;
}

const Shape<ShopperHabits>& habits_shape() {
  using H = ShopperHabits;
  static const Shape<H> shape = [] {
    Shape<H> s;
    s.chance("never_pays", &H::never_pays, "abandon the order").optional().may_get_smaller();
    s.chance("pays_late", &H::pays_late, "come back around or after the order's deadline")
        .optional()
        .may_get_smaller();
    s.chance("direct_debit", &H::direct_debit, "of those who pay: the channel debits within the call")
        .optional()
        .may_get_smaller();
    s.chance("double_click", &H::double_click, "send the same request twice at once")
        .optional()
        .may_get_smaller();
    s.span("think", &H::think_min, &H::think_max, "between placing and paying").optional().may_get_smaller();
    s.span("late", &H::late_min, &H::late_max, "the same for those who pay late")
        .optional()
        .may_get_smaller();
    s.integer("lines_max", &H::lines_max, 1, kMaxLines, "different skus in a basket")
        .optional()
        .may_get_smaller(1);
    s.integer("quantity_max", &H::quantity_max, 1, kMaxQuantity, "units of each")
        .optional()
        .may_get_smaller(1);
    s.check(late_has_times);
    return s;
  }();
  return shape;
}

}  // namespace

const Shape<Catalogue>& catalogue_shape() {
  static const Shape<Catalogue> shape = [] {
    Shape<Catalogue> s;
    s.list("catalogue", &Catalogue::skus, sku_shape(), 1, "what is sold, all in one currency")
        .may_get_smaller();
    s.check(one_currency);
    return s;
  }();
  return shape;
}

const Shape<ChannelSpec>& channel_shape() {
  static const Shape<ChannelSpec> shape = [] {
    Shape<ChannelSpec> s;
    s.choice("profile", &ChannelSpec::profile, {kProfiles.begin(), kProfiles.end()}, "a payment channel",
             "how it acknowledges, notifies, closes and reports (core/channel/profile.h)");
    return s;
  }();
  return shape;
}

const Shape<MerchantSpec>& merchant_shape() {
  static const Shape<MerchantSpec> shape = [] {
    Shape<MerchantSpec> s;
    s.chance("slow", &MerchantSpec::slow, "answers that come after the deadline of the call")
        .optional()
        .may_get_smaller();
    s.chance("broken", &MerchantSpec::broken, "answers that are an error").optional().may_get_smaller();
    return s;
  }();
  return shape;
}

const Shape<ShoppingSpec>& shopping_shape() {
  using S = ShoppingSpec;
  static const Shape<S> shape = [] {
    Shape<S> s;
    s.integer("shoppers", &S::shoppers, 1, kMaxShoppers, "how many come, each to buy once");
    s.object("arrive", &S::arrive, arrival_shape(), "when they come, uniformly");
    s.money("purse", &S::purse, "what each shopper owns before");
    s.texts("channels", &S::channels, "the channels of which each picks one; none named: all").optional();
    s.object("habits", &S::habits, habits_shape(), "shares of shoppers; who is in none pays at once")
        .optional();
    return s;
  }();
  return shape;
}

void check_catalogue(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& skus = part.as<Catalogue>().skus;
  const auto deducts = scenario.designs.find("stock.deduct");
  if (deducts != scenario.designs.end() && deducts->second == "at_cart" && !scenario.has_service("cart"))
    place.fail(
        "a host that runs the service cart, such as {\"name\": \"cart-1\", \"services\": [\"cart\"]}, "
        "where stock.deduct is at_cart",
        "none");
  std::vector<std::string_view> merchants;
  for (const play::Part* merchant : scenario.parties_of<MerchantSpec>()) merchants.push_back(merchant->name);
  for (std::size_t i = 0; i < skus.size(); ++i) {
    if (!skus[i].merchant.empty())
      play::expect_known(place.item(i).key("merchant"), skus[i].merchant, merchants,
                         "a merchant of this scenario");
  }
}

// What a file without a column for the currency says is in one currency.
void check_channel(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const Catalogue& catalogue = scenario.setting<Catalogue>();
  if (catalogue.skus.empty()) return;
  const std::string_view told = contract(part).profile->statement.layout->currency;
  if (!told.empty() && told != catalogue.currency().text())
    place.key("profile").fail(
        "a channel that tells of " + std::string(catalogue.currency().text()) + ", such as acquirer",
        "one whose statements are in " + std::string(told));
}

void check_carts(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  if (!scenario.has_service("cart"))
    place.fail("somebody who keeps carts, such as the host {\"name\": \"cart-1\", \"services\": [\"cart\"]}",
               "no host that runs the service cart");
  check_shopping(part, scenario, place);
}

void check_shopping(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& work = part.as<ShoppingSpec>();
  const Catalogue& catalogue = scenario.setting<Catalogue>();
  if (catalogue.skus.empty()) place.fail("something to buy: the key \"catalogue\" of the scenario", "none");
  if (work.arrive.until > scenario.storm)
    place.key("arrive").key("until").fail("at most the storm, " + faults::text(scenario.storm),
                                          "\"" + faults::text(work.arrive.until) + "\"");
  if (work.purse.currency != catalogue.currency())
    place.key("purse").fail("an amount in the currency of the catalogue", "\"" + work.purse.text() + "\"");
  std::int64_t dearest = 0;
  for (const SkuSpec& sku : catalogue.skus) dearest = std::max(dearest, sku.price.minor);
  if (dearest > Money::kMaxMinor / (work.habits.lines_max * work.habits.quantity_max))
    place.key("habits").fail("lines_max and quantity_max with which no order can exceed 100000000.00",
                             "baskets that can cost more at these prices");
  std::vector<std::string_view> channels;
  for (const play::Part* channel : scenario.parties_of<ChannelSpec>()) channels.push_back(channel->name);
  if (channels.empty())
    place.fail(
        "somebody to pay with, such as {\"kind\": \"channel\", \"name\": \"alipay\", \"profile\": "
        "\"alipay\"}",
        "no channel among the parties");
  if (scenario.parties_of<MerchantSpec>().empty())
    place.fail("somebody who sells: {\"kind\": \"merchant\"}", "no merchant among the parties");
  for (std::size_t i = 0; i < work.channels.size(); ++i)
    play::expect_known(place.key("channels").item(i), work.channels[i], channels,
                       "a channel of this scenario");
}

std::optional<MerchantId> merchant_of(const SkuSpec& sku, const play::Scenario& scenario) {
  const auto merchants = scenario.parties_of<MerchantSpec>();
  for (std::size_t i = 0; i < merchants.size(); ++i) {
    if (sku.merchant.empty() || merchants[i]->name == sku.merchant)
      return MerchantId{static_cast<std::int64_t>(i) + 1};
  }
  return std::nullopt;
}

const play::Part* merchant_numbered(MerchantId merchant, const play::Scenario& scenario) {
  const auto merchants = scenario.parties_of<MerchantSpec>();
  const auto index = static_cast<std::size_t>(merchant.value - 1);
  return index < merchants.size() ? merchants[index] : nullptr;
}

const channel::StatementRules* statement_rules(const play::Scenario& scenario, std::string_view channel) {
  for (const play::Part* part : scenario.parties_of<ChannelSpec>()) {
    if (part->name == channel) return &contract(*part).profile->statement;
  }
  return nullptr;
}

channel::Account contract(const play::Part& part) {
  const auto name = static_cast<std::size_t>(part.as<ChannelSpec>().profile);
  const channel::Profile* profile = channel::find_profile(kProfiles[name]);
  ORDEAL_CHECK(profile != nullptr);
  static const auto of_merchant = channel::make_hmac_signer("the merchant's key");
  static const auto of_channel = channel::make_hmac_signer("the channel's key");
  return {part.name,
          profile,
          "https://" + part.name + "/gateway",
          "https://gateway/notify/" + part.name,
          "app-1",
          "seller-1",
          of_merchant,
          of_channel};
}

channel::Accounts contracts(const play::Scenario& scenario) {
  channel::Accounts accounts;
  for (const play::Part* part : scenario.parties_of<ChannelSpec>()) accounts.push_back(contract(*part));
  return accounts;
}

}  // namespace ordeal::purchase
