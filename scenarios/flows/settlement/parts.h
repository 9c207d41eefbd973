// What a scenario may say about settlement: merchants and their terms, leaders of pick-up points, the hours of a day, the custodian, the buyers
// who come, and the clerks who change rules and fire jobs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/settlement.h"
#include "core/base/ratio.h"
#include "core/clearing/calendar.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"
#include "scenarios/play/span.h"

namespace ordeal::settlement {

struct MerchantSpec {
  std::string name;
  api::SettleCycle cycle = api::SettleCycle::t1;
  Duration hold{};
  api::RuleTerms terms{};
};

struct Rules {
  Duration draft_at{};
  Duration pay_at{};
  clearing::MakeUpDays make_up = clearing::MakeUpDays::are_worked;
  std::vector<MerchantSpec> merchants;
  std::vector<std::string> leaders;
};

// The setting "settlement".
struct SettlementSetting {
  Rules settlement;
};

// What the custodian does with orders, beside carrying them out at once.
struct CustodianSpec {
  Ratio slow = Ratio::zero();    // accepts, and is done later
  Ratio silent = Ratio::zero();  // is done, and does not say so
  Duration later_min{};          // of the slow ones
  Duration later_max{};
};

struct BuyerHabits {
  std::uint32_t lines = 1;  // of a trade, at most
  Money least{};            // of a line
  Money most{};
  Ratio never_comes = Ratio::zero();    // of the lines
  Ratio refund_before = Ratio::zero();  // of the lines: before the pick-up
  Ratio refund_after = Ratio::zero();   // after it
  Ratio whole = Ratio::zero();          // of the refunds: all that is left
  Duration pick_min{};                  // between paying and the pick-up
  Duration pick_max{};
  Duration back_min{};  // between the pick-up and the refund
  Duration back_max{};
};

struct BuyerSpec {
  std::uint32_t buyers = 0;
  play::Span arrive;
  BuyerHabits habits;
};

struct ClerkSpec {
  std::uint32_t clerks = 0;
  play::Span at;
};

FundPartyId merchant_id(std::size_t index);
FundPartyId leader_id(std::size_t index);
// Null when it is none of the scenario.
const MerchantSpec* merchant_spec(const play::Scenario& scenario, FundPartyId merchant);
// "the platform", "greens", "north-gate"; the id of what is none of the scenario.
std::string party_text(const play::Scenario& scenario, FundPartyId party);
// "buyer-3", of the buyer whose trade it is; the id of what is nobody's.
std::string buyer_text(const play::Scenario& scenario, TradeId trade);
// "February 14"
std::string day_text(std::int64_t day);
// "https://HOST"; empty: there is none.
std::string custodian_url(const play::Scenario& scenario);

const play::Shape<SettlementSetting>& settlement_shape();
const play::Shape<CustodianSpec>& custodian_shape();
const play::Shape<BuyerSpec>& buyer_shape();
const play::Shape<ClerkSpec>& clerk_shape();

// What only the whole scenario shows.
void check_custodian(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_buyers(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_clerks(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

}  // namespace ordeal::settlement
