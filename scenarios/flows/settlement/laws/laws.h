// What must hold of clearing and settlement.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::settlement {

inline constexpr std::string_view kLinesGoOnce = "I-04 lines-and-slips-go-once";
inline constexpr std::string_view kSettlementAnswersAreTrue = "I-36 settlement-answers-are-true";
inline constexpr std::string_view kSlipsArePaidOnce = "I-38 slips-are-paid-once";
inline constexpr std::string_view kSettlementsComeToAnEnd = "I-40 settlements-come-to-an-end";
inline constexpr std::string_view kSharesFollowTheRule = "I-71 shares-follow-the-stored-rule";
inline constexpr std::string_view kSettledWhenPickedUp = "I-72 settled-when-picked-up";
inline constexpr std::string_view kSettlementAddsUp = "I-72 settlement-adds-up";
inline constexpr std::string_view kSettlementPostingsStay = "I-74 settlement-postings-stay";
inline constexpr std::string_view kFundsAreNotPooled = "I-75 funds-are-not-pooled";
inline constexpr std::string_view kSharesAddUp = "I-84 shares-are-what-was-paid";
inline constexpr std::string_view kRefundReturnsShares = "I-85 a-refund-returns-every-share";
inline constexpr std::string_view kSettlementIsAsTold = "I-92 settlement-is-as-told";

std::vector<play::LawRow> law_rows();
std::vector<play::ColumnRow> column_rows();

void watch_lines_go_once(const play::Watching& parts);
void watch_settlement_answers_are_true(const play::Watching& parts);
void watch_slips_are_paid_once(const play::Watching& parts);
void watch_settlements_come_to_an_end(const play::Watching& parts);
void watch_shares_follow_the_rule(const play::Watching& parts);
void watch_settled_when_picked_up(const play::Watching& parts);
void watch_settlement_adds_up(const play::Watching& parts);
void watch_settlement_postings_stay(const play::Watching& parts);
void watch_funds_are_not_pooled(const play::Watching& parts);
void watch_shares_add_up(const play::Watching& parts);
void watch_refund_returns_shares(const play::Watching& parts);
void watch_settlement_is_as_told(const play::Watching& parts);

}  // namespace ordeal::settlement
