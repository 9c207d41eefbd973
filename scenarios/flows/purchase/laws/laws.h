// The laws of an order's life: one constant and one maker for each invariant. A maker adds the monitors and checks of its
// invariant to a trial's watch; the rows (rows.cc) say in which order breaches are told. Each is explained in the file
// named after it. Laws that other flows share stand in scenarios/flows/spanning.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::purchase {

inline constexpr std::string_view kOneOrderPerRequest = "I-01 one-order-per-request";
inline constexpr std::string_view kOnlyDeclaredEdges = "I-03 only-declared-edges";
inline constexpr std::string_view kOneTransitionWins = "I-04 one-transition-wins";
inline constexpr std::string_view kVersionsCountChanges = "I-05 versions-count-changes";
inline constexpr std::string_view kNoOversell = "I-10 no-oversell";
inline constexpr std::string_view kStockAddsUp = "I-11 stock-adds-up";
inline constexpr std::string_view kOrderIffReservation = "I-12 order-iff-reservation";
inline constexpr std::string_view kDiscountsFollowTheOrder = "I-12 discounts-follow-the-order";
inline constexpr std::string_view kReservationEndsOnce = "I-14 reservation-ends-once";
inline constexpr std::string_view kCartHoldsEnd = "I-15 cart-holds-end";
inline constexpr std::string_view kGoodsAreSold = "I-16 goods-are-sold";
inline constexpr std::string_view kLinesAddUp = "I-21 lines-add-up";
inline constexpr std::string_view kDiscountsAreWhole = "I-22 discounts-are-whole";
inline constexpr std::string_view kPromotionWithinQuota = "I-23 promotion-within-quota";
inline constexpr std::string_view kCouponIsUsedOnce = "I-24 coupon-is-used-once";
inline constexpr std::string_view kPointsAddUp = "I-25 points-add-up";
inline constexpr std::string_view kLinesLeaveWithTheirOrder = "I-28 lines-leave-with-their-order";
inline constexpr std::string_view kCartsAreTheirOwners = "I-28 carts-are-their-owners";
inline constexpr std::string_view kBoughtLinesLeave = "I-28 bought-lines-leave";
inline constexpr std::string_view kAmountsAreSane = "I-30 amounts-are-sane";
inline constexpr std::string_view kCallbacksHaveOneEffect = "I-31 callbacks-have-one-effect";
inline constexpr std::string_view kNoDoubleCharge = "I-32 no-double-charge";
inline constexpr std::string_view kOnlyTrueCallbacksCount = "I-33 only-true-callbacks-count";
inline constexpr std::string_view kOnlyOwnersAreServed = "I-33 only-owners-are-served";
inline constexpr std::string_view kLatePaymentIsRefunded = "I-35 late-payment-is-refunded";
inline constexpr std::string_view kAnswersAreTrue = "I-36 answers-are-true";
inline constexpr std::string_view kRefundsWithinCapture = "I-37 refunds-within-capture";
inline constexpr std::string_view kNothingStaysBetween = "I-40 nothing-stays-between";
inline constexpr std::string_view kUnpaidOrdersClose = "I-41 unpaid-orders-close";
inline constexpr std::string_view kPaidAtChannelIsKnown = "I-42 paid-at-channel-is-known";
inline constexpr std::string_view kAcknowledgedIsDurable = "I-53 acknowledged-is-durable";
inline constexpr std::string_view kFeesFollowTheRule = "I-71 fees-follow-the-rule";
inline constexpr std::string_view kBooksAgree = "I-73 books-agree";
inline constexpr std::string_view kMerchantsAreTold = "I-80 merchants-are-told";
inline constexpr std::string_view kNoticesFollowTheSchedule = "I-87 notices-follow-the-schedule";
inline constexpr std::string_view kStatementsAreWhole = "I-91 statements-are-whole";
inline constexpr std::string_view kTheModelAgrees = "I-92 the-model-agrees";

void watch_one_order_per_request(const play::Watching& parts);
void watch_only_declared_edges(const play::Watching& parts);
void watch_one_transition_wins(const play::Watching& parts);
void watch_no_oversell(const play::Watching& parts);
void watch_stock_adds_up(const play::Watching& parts);
void watch_order_iff_reservation(const play::Watching& parts);
void watch_discounts_follow_the_order(const play::Watching& parts);
void watch_lines_add_up(const play::Watching& parts);
void watch_discounts_are_whole(const play::Watching& parts);
void watch_promotion_within_quota(const play::Watching& parts);
void watch_coupon_is_used_once(const play::Watching& parts);
void watch_points_add_up(const play::Watching& parts);
void watch_lines_leave_with_their_order(const play::Watching& parts);
void watch_carts_are_their_owners(const play::Watching& parts);
void watch_cart_holds_end(const play::Watching& parts);
void watch_bought_lines_leave(const play::Watching& parts);
void watch_reservation_ends_once(const play::Watching& parts);
void watch_amounts_are_sane(const play::Watching& parts);
void watch_callbacks_have_one_effect(const play::Watching& parts);
void watch_no_double_charge(const play::Watching& parts);
void watch_only_true_callbacks_count(const play::Watching& parts);
void watch_only_owners_are_served(const play::Watching& parts);
void watch_late_payment_is_refunded(const play::Watching& parts);
void watch_nothing_stays_between(const play::Watching& parts);
void watch_unpaid_orders_close(const play::Watching& parts);
void watch_paid_at_channel_is_known(const play::Watching& parts);
void watch_news_travels(const play::Watching& parts);     // I-42, the times
void watch_work_is_on_time(const play::Watching& parts);  // I-42, what is tried again and when it ends
void watch_merchants_are_told(const play::Watching& parts);
void watch_statements_are_whole(const play::Watching& parts);
void watch_statements_are_judged(const play::Watching& parts);  // I-91: what is thought of their lines
void watch_answers_are_true(const play::Watching& parts);
void watch_acknowledged_is_durable(const play::Watching& parts);
void watch_fees_follow_the_rule(const play::Watching& parts);
void watch_refunds_within_capture(const play::Watching& parts);
void watch_versions_count_changes(const play::Watching& parts);
void watch_goods_are_sold(const play::Watching& parts);
void watch_notices_follow_the_schedule(const play::Watching& parts);
void watch_books_agree(const play::Watching& parts);
void watch_the_model_agrees(const play::Watching& parts);

// All of them, as rows.
std::vector<play::LawRow> law_rows();
// Which of them, or whose law else, would see a wrong value in a column.
std::vector<play::ColumnRow> column_rows();

}  // namespace ordeal::purchase
