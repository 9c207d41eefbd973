// What a scenario may say about payouts: the accounts, the channels, the payees who come, and the operators who change accounts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/payout.h"
#include "core/base/ratio.h"
#include "core/payout/accounts.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"
#include "scenarios/play/span.h"

namespace ordeal::payout {

struct AccountSpec {
  std::string name;
  api::PayWay way = api::PayWay::alipay;
  std::vector<std::string> apps;
  std::int64_t priority = 0;
  Money quota{};
};

struct Rules {
  Duration code_ttl{7'200'000'000'000};
  std::vector<AccountSpec> accounts;
};

// The setting "payout".
struct PayoutSetting {
  Rules payout;
};

// What a channel does with transfers, beside paying them at once.
struct ChannelSpec {
  api::PayWay way = api::PayWay::alipay;
  Ratio slow = Ratio::zero();    // accepts, and is done later
  Ratio silent = Ratio::zero();  // pays, and does not say so
  Ratio late = Ratio::zero();    // says nothing, knows nothing of it when it is asked, and pays minutes later
  Ratio declines = Ratio::zero();  // this account cannot pay now
  Ratio refuses = Ratio::zero();   // this payee cannot be paid
  Ratio blind = Ratio::zero();     // its queries say "accepted" until noon of the next day
  Ratio cut_off = Ratio::zero();   // a statement lacks a line that its count has
  Duration later_min{};            // of the slow and the late ones
  Duration later_max{};
};

struct PayeeHabits {
  Ratio by_alipay = Ratio::one();  // the others by WeChat
  Ratio never_claims = Ratio::zero();
  Ratio claims_late = Ratio::zero();
  Ratio double_claim = Ratio::zero();
  Money least{};
  Money most{};
  Duration think_min{};
  Duration think_max{};
  Duration late_min{};
  Duration late_max{};
};

struct PayeeSpec {
  std::uint32_t payees = 0;
  play::Span arrive;
  PayeeHabits habits;
};

struct OperatorSpec {
  std::uint32_t operators = 0;
  play::Span at;
};

PayAccountId account_id(std::size_t index);
// "alipay-a"; the id of what is none of the scenario.
std::string account_text(const play::Scenario& scenario, PayAccountId account);
const AccountSpec* account_spec(const play::Scenario& scenario, PayAccountId account);
bool serves(const AccountSpec& account, const std::string& app);
// "payee-3"; the id of nobody there.
std::string payee_text(const play::Scenario& scenario, UserId user);
// "June 18"
std::string day_text(std::int64_t business_day);
// "https://HOST" of the channel that pays this way; empty: there is none.
std::string channel_url(const play::Scenario& scenario, api::PayWay way);

const play::Shape<PayoutSetting>& payout_shape();
const play::Shape<ChannelSpec>& channel_shape();
const play::Shape<PayeeSpec>& payee_shape();
const play::Shape<OperatorSpec>& operator_shape();

// What only the whole scenario shows.
void check_channel(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_payees(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_operators(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

}  // namespace ordeal::payout
