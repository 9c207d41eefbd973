// The laws: one constant and one maker for each invariant of scenarios/play/tables.cc. A maker adds the monitors
// and checks of its invariant to a trial's dispatcher and audit; the table in watch.cc says in which order.
// Each is explained in the file named after it.
#pragma once

#include <string_view>

#include "scenarios/flows/purchase/laws/dispatcher.h"
#include "scenarios/flows/purchase/laws/rest_audit.h"
#include "scenarios/play/scenario.h"

namespace ordeal::scenarios {

struct Parts {
  const Scenario& scenario;
  Dispatcher& monitors;
  RestAudit& audit;
};

inline constexpr std::string_view kOneOrderPerRequest = "I-01 one-order-per-request";
inline constexpr std::string_view kOnlyDeclaredEdges = "I-03 only-declared-edges";
inline constexpr std::string_view kOneTransitionWins = "I-04 one-transition-wins";
inline constexpr std::string_view kNoOversell = "I-10 no-oversell";
inline constexpr std::string_view kOrderIffReservation = "I-12 order-iff-reservation";
inline constexpr std::string_view kReservationEndsOnce = "I-14 reservation-ends-once";
inline constexpr std::string_view kAmountsAreSane = "I-30 amounts-are-sane";
inline constexpr std::string_view kCallbacksHaveOneEffect = "I-31 callbacks-have-one-effect";
inline constexpr std::string_view kNoDoubleCharge = "I-32 no-double-charge";
inline constexpr std::string_view kOnlyTrueCallbacksCount = "I-33 only-true-callbacks-count";
inline constexpr std::string_view kLatePaymentIsRefunded = "I-35 late-payment-is-refunded";
inline constexpr std::string_view kUnpaidOrdersClose = "I-41 unpaid-orders-close";
inline constexpr std::string_view kPaidAtChannelIsKnown = "I-42 paid-at-channel-is-known";
inline constexpr std::string_view kEveryEventArrives = "I-51 every-event-arrives";
inline constexpr std::string_view kEntriesBalance = "I-70 entries-balance";
inline constexpr std::string_view kStatementsAreWhole = "I-91 statements-are-whole";
inline constexpr std::string_view kMoneyIsConserved = "I-93 money-is-conserved";

void watch_one_order_per_request(Parts parts);
void watch_only_declared_edges(Parts parts);
void watch_one_transition_wins(Parts parts);
void watch_no_oversell(Parts parts);
void watch_order_iff_reservation(Parts parts);
void watch_reservation_ends_once(Parts parts);
void watch_amounts_are_sane(Parts parts);
void watch_callbacks_have_one_effect(Parts parts);
void watch_no_double_charge(Parts parts);
void watch_only_true_callbacks_count(Parts parts);
void watch_late_payment_is_refunded(Parts parts);
void watch_unpaid_orders_close(Parts parts);
void watch_paid_at_channel_is_known(Parts parts);
void watch_every_event_arrives(Parts parts);
void watch_entries_balance(Parts parts);
void watch_statements_are_whole(Parts parts);
void watch_money_is_conserved(Parts parts);

}  // namespace ordeal::scenarios
