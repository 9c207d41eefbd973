// What must hold of netting.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::netting {

inline constexpr std::string_view kOneObligation = "I-01 one-obligation-per-reference";
inline constexpr std::string_view kCycleGoesItsWay = "I-04 cycle-goes-its-way";
inline constexpr std::string_view kAnswersAreTrue = "I-36 netting-answers-are-true";
inline constexpr std::string_view kCyclesEnd = "I-40 cycles-come-to-an-end";
inline constexpr std::string_view kJobDoneOnce = "I-67 job-done-once";
inline constexpr std::string_view kBooksBalance = "I-70 netting-books-balance";
inline constexpr std::string_view kNetsAddUp = "I-79 net-positions-add-up";
inline constexpr std::string_view kInOneCycle = "I-79 obligation-in-one-cycle";
inline constexpr std::string_view kSettledAsNetted = "I-79 settled-as-netted";
inline constexpr std::string_view kNettingIsAsTold = "I-92 netting-is-as-told";
inline constexpr std::string_view kNoneOverdrawn = "I-93 no-account-overdrawn";

std::vector<play::LawRow> law_rows();
std::vector<play::ColumnRow> column_rows();

void watch_one_obligation(const play::Watching& parts);
void watch_cycle_goes_its_way(const play::Watching& parts);
void watch_answers_are_true(const play::Watching& parts);
void watch_cycles_end(const play::Watching& parts);
void watch_job_done_once(const play::Watching& parts);
void watch_books_balance(const play::Watching& parts);
void watch_nets_add_up(const play::Watching& parts);
void watch_in_one_cycle(const play::Watching& parts);
void watch_settled_as_netted(const play::Watching& parts);
void watch_netting_is_as_told(const play::Watching& parts);
void watch_none_overdrawn(const play::Watching& parts);

}  // namespace ordeal::netting
