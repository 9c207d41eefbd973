// What must hold of money that goes back.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::aftersale {

inline constexpr std::string_view kRefundEndsOnce = "I-04 refund-ends-once";
inline constexpr std::string_view kRefundAnswersAreTrue = "I-36 refund-answers-are-true";
inline constexpr std::string_view kOneRefundableBalance = "I-37 one-refundable-balance";
inline constexpr std::string_view kRefundRowsAddUp = "I-37 refund-rows-add-up";
inline constexpr std::string_view kEachWishIsItsOwn = "I-37 each-wish-is-its-own";
inline constexpr std::string_view kCasesAreJudgedOnce = "I-37 cases-are-judged-once";
inline constexpr std::string_view kGivenBackOnce = "I-38 given-back-once";
inline constexpr std::string_view kRefundsComeToAnEnd = "I-40 refunds-come-to-an-end";
inline constexpr std::string_view kRefundsAreAsTold = "I-92 refunds-are-as-told";
inline constexpr std::string_view kMerchantsPayFirst = "I-93 merchants-pay-first";

std::vector<play::LawRow> law_rows();
std::vector<play::ColumnRow> column_rows();

void watch_refund_ends_once(const play::Watching& parts);
void watch_refund_answers_are_true(const play::Watching& parts);
void watch_one_refundable_balance(const play::Watching& parts);
void watch_refund_rows_add_up(const play::Watching& parts);
void watch_each_wish_is_its_own(const play::Watching& parts);
void watch_cases_are_judged_once(const play::Watching& parts);
void watch_given_back_once(const play::Watching& parts);
void watch_refunds_come_to_an_end(const play::Watching& parts);
void watch_refunds_are_as_told(const play::Watching& parts);
void watch_merchants_pay_first(const play::Watching& parts);

}  // namespace ordeal::aftersale
