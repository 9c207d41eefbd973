// What must hold of bookings.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::booking {

inline constexpr std::string_view kNoLateWrite = "I-06 no-late-write";
inline constexpr std::string_view kBookingsDoNotOverlap = "I-17 bookings-do-not-overlap";
inline constexpr std::string_view kOneBookingPerRequest = "I-01 one-booking-per-request";
inline constexpr std::string_view kBookingEndsOnce = "I-14 booking-ends-once";
inline constexpr std::string_view kSlotsFollowBookings = "I-14 slots-follow-bookings";
inline constexpr std::string_view kUnpaidBookingsEnd = "I-15 unpaid-bookings-end";
inline constexpr std::string_view kBookingAnswersAreTrue = "I-36 booking-answers-are-true";
inline constexpr std::string_view kWaitsEnd = "I-65 waits-for-locks-end";

std::vector<play::LawRow> law_rows();
std::vector<play::ColumnRow> column_rows();

void watch_no_late_write(const play::Watching& parts);
void watch_bookings_do_not_overlap(const play::Watching& parts);
void watch_one_booking_per_request(const play::Watching& parts);
void watch_booking_ends_once(const play::Watching& parts);
void watch_slots_follow_bookings(const play::Watching& parts);
void watch_unpaid_bookings_end(const play::Watching& parts);
void watch_booking_answers_are_true(const play::Watching& parts);
void watch_waits_end(const play::Watching& parts);

}  // namespace ordeal::booking
