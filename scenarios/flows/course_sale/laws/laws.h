// What must hold of a flash sale.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::course_sale {

inline constexpr std::string_view kSeatsWithinStock = "I-10 seats-within-stock";
inline constexpr std::string_view kSeatsAddUp = "I-11 seats-add-up";
inline constexpr std::string_view kUnitBackOnce = "I-14 a-unit-comes-back-once";
inline constexpr std::string_view kNoSeatWithoutDeadline = "I-15 no-seat-without-a-deadline";
inline constexpr std::string_view kCalmLearnersServed = "I-16 learners-are-answered";
inline constexpr std::string_view kSoldOutIsTrue = "I-19 sold-out-is-true";
inline constexpr std::string_view kPublishedIsWarm = "I-26 published-is-warm";
inline constexpr std::string_view kOneSeatPerUser = "I-27 one-seat-per-user";
inline constexpr std::string_view kSoldInHours = "I-29 sold-in-its-hours";
inline constexpr std::string_view kNonsenseRefused = "I-36 nonsense-is-refused";
inline constexpr std::string_view kTillAgrees = "I-42 till-and-seats-agree";
inline constexpr std::string_view kOneRight = "I-43 one-right-per-seat";
inline constexpr std::string_view kPaidIsTold = "I-50 paid-seats-get-their-course";
inline constexpr std::string_view kOnlyPaidIsTold = "I-54 no-course-unpaid";
inline constexpr std::string_view kPermitsComeBack = "I-68 permits-come-back";
inline constexpr std::string_view kAsTold = "I-92 seats-are-as-told";

std::vector<play::LawRow> law_rows();
std::vector<play::ColumnRow> column_rows();

// Each adds its monitors and checks; one file for those over facts, one for those at rest.
void watch_seats_within_stock(const play::Watching& parts);
void watch_unit_back_once(const play::Watching& parts);
void watch_sold_out_is_true(const play::Watching& parts);
void watch_one_seat_per_user(const play::Watching& parts);
void watch_sold_in_hours(const play::Watching& parts);
void watch_one_right(const play::Watching& parts);
void watch_only_paid_is_told(const play::Watching& parts);

void watch_seats_add_up(const play::Watching& parts);
void watch_deadlines(const play::Watching& parts);
void watch_answered(const play::Watching& parts);
void watch_published_is_warm(const play::Watching& parts);
void watch_nonsense_refused(const play::Watching& parts);
void watch_till_agrees(const play::Watching& parts);
void watch_paid_is_told(const play::Watching& parts);
void watch_rights_fit(const play::Watching& parts);  // of kOnlyPaidIsTold
void watch_permits_come_back(const play::Watching& parts);
void watch_as_told(const play::Watching& parts);

}  // namespace ordeal::course_sale
