#include <algorithm>
#include <array>
#include <string>

#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::scenarios {
namespace {

struct Law {
  std::string_view name;
  void (*watch)(Parts parts);
};

// In the order in which breaches that show at the same moment are reported: what says more about the cause
// comes first. An overwritten payment is a lost race (I-04) before it is a move nobody declared (I-03); money
// kept for a closed order is an unrefunded late payment (I-35) before it is anything else.
constexpr auto kLaws = std::to_array<Law>({
    {kOneOrderPerRequest, &watch_one_order_per_request},
    {kOneTransitionWins, &watch_one_transition_wins},
    {kOnlyDeclaredEdges, &watch_only_declared_edges},
    {kNoOversell, &watch_no_oversell},
    {kReservationEndsOnce, &watch_reservation_ends_once},
    {kAmountsAreSane, &watch_amounts_are_sane},
    {kOnlyTrueCallbacksCount, &watch_only_true_callbacks_count},
    {kCallbacksHaveOneEffect, &watch_callbacks_have_one_effect},
    {kStatementsAreWhole, &watch_statements_are_whole},
    {kLatePaymentIsRefunded, &watch_late_payment_is_refunded},
    {kNoDoubleCharge, &watch_no_double_charge},
    {kEntriesBalance, &watch_entries_balance},
    {kEveryEventArrives, &watch_every_event_arrives},
    {kOrderIffReservation, &watch_order_iff_reservation},
    {kMoneyIsConserved, &watch_money_is_conserved},
    {kUnpaidOrdersClose, &watch_unpaid_orders_close},
    {kPaidAtChannelIsKnown, &watch_paid_at_channel_is_known},
});

}  // namespace

Watch make_watch(const Scenario& scenario) {
  const auto& wanted = scenario.invariants;
  for (const std::string& name : wanted) {
    ORDEAL_CHECK(std::any_of(kLaws.begin(), kLaws.end(), [&](const Law& law) { return law.name == name; }),
                 "no such invariant: " + name);
  }
  auto dispatcher = std::make_unique<Dispatcher>();
  auto audit = std::make_unique<RestAudit>();
  for (const Law& law : kLaws) {
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), law.name) != wanted.end()) {
      law.watch({scenario, *dispatcher, *audit});
    }
  }
  Watch watch;
  watch.monitors.push_back(std::move(dispatcher));
  watch.audits.push_back(std::move(audit));
  return watch;
}

}  // namespace ordeal::scenarios
