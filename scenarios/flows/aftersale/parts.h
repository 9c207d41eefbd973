// What a scenario may say of money that goes back: the merchants, the trades that were paid, the channels, the buyers who send things back,
// and the paymasters who pay money in for a merchant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/aftersale/backs.h"
#include "core/base/ratio.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"
#include "scenarios/play/span.h"

namespace ordeal::aftersale {

struct MerchantSpec {
  std::string name;
  Money balance{};
};

// One that was paid before the trial begins.
struct TradeSpec {
  std::string merchant;
  api::PaidBy by = api::PaidBy::wechat;
  Money amount{};
  Duration age{};
};

struct Rules {
  Duration balance_wait{1'800'000'000'000};
  std::int64_t most_refunds = kMostRefunds;
  std::vector<MerchantSpec> merchants;
  std::vector<TradeSpec> trades;
};

// The setting "aftersale".
struct AftersaleSetting {
  Rules aftersale;
};

// What a channel does with refunds and payouts, beside doing them at once.
struct ChannelSpec {
  api::PaidBy by = api::PaidBy::wechat;
  Ratio slow = Ratio::zero();    // accepts, and is done later
  Ratio silent = Ratio::zero();  // does it, and does not say so
  Ratio late =
      Ratio::zero();  // says nothing, knows nothing of it when it is asked, and does it minutes later
  Ratio fails = Ratio::zero();     // this buyer cannot be given it
  Ratio reverses = Ratio::zero();  // of the cases that are held: the bank decides for the merchant after all
  Duration later_min{};            // of the slow and the late ones
  Duration later_max{};
};

struct ReturnerHabits {
  std::int64_t pieces_most = 4;    // equal parts that a trade was of
  Ratio at_once = Ratio::zero();   // asks for all of them at the same moment
  Ratio disputes = Ratio::zero();  // goes to the bank as well
  Duration pause_min{};            // between two wishes
  Duration pause_max{};
};

struct ReturnerSpec {
  std::uint32_t returners = 0;
  play::Span arrive;
  ReturnerHabits habits;
};

struct PaymasterSpec {
  std::uint32_t paymasters = 0;
  play::Span at;
  Money least{};
  Money most{};
};

// A trade, by its buyer: the nth returner of a workload has bought the nth trade, round and round.
struct Trade {
  const TradeSpec* spec = nullptr;
  UserId buyer{};
  MerchantId merchant{};
  Instant paid_at{};
};
inline constexpr PaymentId payment_of(UserId buyer) { return {buyer.value}; }
// Nothing: no returner of the scenario has paid this.
std::optional<Trade> trade_of(const play::Scenario& scenario, PaymentId payment);
std::vector<PaymentId> all_payments(const play::Scenario& scenario);

MerchantId merchant_id(std::size_t index);
// "north"; the id of what is none of the scenario.
std::string merchant_text(const play::Scenario& scenario, MerchantId merchant);
// "returner-3"; the id of nobody there.
std::string buyer_text(const play::Scenario& scenario, UserId buyer);
std::string buyer_text(const play::Scenario& scenario, PaymentId payment);
// Its host; empty: there is none.
std::string channel_name(const play::Scenario& scenario, api::PaidBy by);
// "https://HOST" of the channel of this way to pay; empty: there is none.
std::string channel_url(const play::Scenario& scenario, api::PaidBy by);

const play::Shape<AftersaleSetting>& aftersale_shape();
const play::Shape<ChannelSpec>& channel_shape();
const play::Shape<ReturnerSpec>& returner_shape();
const play::Shape<PaymasterSpec>& paymaster_shape();

// What only the whole scenario shows.
void check_channel(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_returners(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_paymasters(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

}  // namespace ordeal::aftersale
