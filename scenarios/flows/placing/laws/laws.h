// What must hold of orders over three databases.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::placing {

inline constexpr std::string_view kBranchStepsKeepTheirTurn = "I-55 branch-steps-keep-their-turn";
inline constexpr std::string_view kDecidedOnce = "I-04 placing-is-decided-once";
inline constexpr std::string_view kOrderIffBranches = "I-12 order-iff-its-branches";
inline constexpr std::string_view kPoolsAddUp = "I-25 pools-add-up";
inline constexpr std::string_view kOneOrderPerKey = "I-01 one-placing-per-key";
inline constexpr std::string_view kAgreeInTime = "I-13 order-and-branches-agree-in-time";
inline constexpr std::string_view kDifferencesAreRepaired = "I-13 differences-are-repaired";
inline constexpr std::string_view kRepairedOnce = "I-78 repairs-are-done-once";
inline constexpr std::string_view kPlacingAnswersAreTrue = "I-36 placing-answers-are-true";
inline constexpr std::string_view kPlacingsAreAsTold = "I-92 placings-are-as-told";

std::vector<play::LawRow> law_rows();
std::vector<play::ColumnRow> column_rows();

void watch_branch_steps_keep_their_turn(const play::Watching& parts);
void watch_decided_once(const play::Watching& parts);
void watch_order_iff_branches(const play::Watching& parts);
void watch_pools_add_up(const play::Watching& parts);
void watch_one_order_per_key(const play::Watching& parts);
void watch_agree_in_time(const play::Watching& parts);
void watch_differences_are_repaired(const play::Watching& parts);
void watch_repaired_once(const play::Watching& parts);
void watch_placing_answers_are_true(const play::Watching& parts);
void watch_placings_are_as_told(const play::Watching& parts);

}  // namespace ordeal::placing
