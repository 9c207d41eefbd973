// What a scenario may say about a purchase: the goods, the channels, the merchants, the crowds that buy. One shape each
// gives the reader, the schema and what `ordeal show` tells (scenarios/play/shape.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/ratio.h"
#include "core/channel/client.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"

namespace ordeal::purchase {

struct SkuSpec {
  std::string name;
  Money price;
  std::int64_t stock = 0;
  std::int64_t weight = 1;  // how often a shopper picks it, against the others
  std::string merchant;     // who sells it; empty: the first merchant of the scenario
};

// The setting "catalogue". All prices are of one currency.
struct Catalogue {
  std::vector<SkuSpec> skus;

  Currency currency() const { return skus.empty() ? Currency{} : skus.front().price.currency; }
};
// Skus are numbered as they stand there, from 1.
inline SkuId sku_id(std::size_t index) { return SkuId{static_cast<std::int64_t>(index) + 1}; }

enum class ProfileName : std::uint8_t { alipay, wechat, acquirer };

struct ChannelSpec {
  ProfileName profile = ProfileName::alipay;
};
// The merchant's contract with each channel of the scenario, in its order.
channel::Accounts contracts(const play::Scenario& scenario);
// The contract with one of them.
channel::Account contract(const play::Part& channel);

// How a channel of the scenario tells of its days; null for one that is not there.
const channel::StatementRules* statement_rules(const play::Scenario& scenario, std::string_view channel);

// Merchants are numbered as the parties of the scenario stand there, from 1; none for a name that no merchant has.
std::optional<MerchantId> merchant_of(const SkuSpec& sku, const play::Scenario& scenario);
const play::Part* merchant_numbered(MerchantId merchant, const play::Scenario& scenario);

struct MerchantSpec {
  Ratio slow = Ratio::zero();    // answers after the deadline of the call
  Ratio broken = Ratio::zero();  // answers 500
};

// Shares of shoppers; what is left pays at once. Drawn per shopper, by key.
struct ShopperHabits {
  Ratio never_pays = Ratio::zero();    // abandons the order
  Ratio pays_late = Ratio::zero();     // comes back around or after the order's deadline
  Ratio direct_debit = Ratio::zero();  // of those who pay: the channel debits within the call
  Ratio double_click = Ratio::zero();  // sends the same request twice at once
  Duration think_min{};                // between placing and paying
  Duration think_max{};
  Duration late_min{};  // pays_late: between placing and paying
  Duration late_max{};
  std::int64_t lines_max = 1;     // different skus in a basket
  std::int64_t quantity_max = 1;  // of each
};

struct Arrival {
  Duration from{};
  Duration until{};
};

// Shoppers arrive uniformly in [from, until) and each buys once.
struct ShoppingSpec {
  std::uint32_t shoppers = 0;
  Arrival arrive;
  Money purse;                        // what each owns before
  std::vector<std::string> channels;  // of which each picks one; empty: all there are
  ShopperHabits habits;
};

const play::Shape<Catalogue>& catalogue_shape();
const play::Shape<ChannelSpec>& channel_shape();
const play::Shape<MerchantSpec>& merchant_shape();
const play::Shape<ShoppingSpec>& shopping_shape();

// Checks over the whole scenario (PartRow::check).
void check_catalogue(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_channel(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_carts(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_shopping(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

}  // namespace ordeal::purchase
