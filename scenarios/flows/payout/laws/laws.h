// What must hold of payouts.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::payout {

inline constexpr std::string_view kOnePayoutPerRequest = "I-01 one-payout-per-request";
inline constexpr std::string_view kPayoutEndsOnce = "I-04 payout-ends-once";
inline constexpr std::string_view kOccupationEndsOnce = "I-14 occupation-ends-once";
inline constexpr std::string_view kPayoutAnswersAreTrue = "I-36 payout-answers-are-true";
inline constexpr std::string_view kPaidOutOnce = "I-38 paid-out-once";
inline constexpr std::string_view kPayoutsComeToAnEnd = "I-40 payouts-come-to-an-end";
inline constexpr std::string_view kTermsAreOfTheirVersion = "I-71 terms-are-of-their-version";
inline constexpr std::string_view kQuotaIsKept = "I-81 quota-is-kept";
inline constexpr std::string_view kQuotaRowsAddUp = "I-81 quota-rows-add-up";
inline constexpr std::string_view kFirstWithRoomPays = "I-81 the-first-with-room-pays";
inline constexpr std::string_view kAccountFitsTheApp = "I-82 account-fits-the-app";
inline constexpr std::string_view kOccupationsEnd = "I-83 occupations-end";
inline constexpr std::string_view kClaimsAreOfTheirDay = "I-83 claims-are-of-their-day";
inline constexpr std::string_view kSentAndSeenAreSo = "I-91 sent-and-seen-are-so";
inline constexpr std::string_view kPayoutsAreAsTold = "I-92 payouts-are-as-told";

std::vector<play::LawRow> law_rows();
std::vector<play::ColumnRow> column_rows();

void watch_one_payout_per_request(const play::Watching& parts);
void watch_payout_ends_once(const play::Watching& parts);
void watch_occupation_ends_once(const play::Watching& parts);
void watch_payout_answers_are_true(const play::Watching& parts);
void watch_paid_out_once(const play::Watching& parts);
void watch_payouts_come_to_an_end(const play::Watching& parts);
void watch_terms_are_of_their_version(const play::Watching& parts);
void watch_quota_is_kept(const play::Watching& parts);
void watch_quota_rows_add_up(const play::Watching& parts);
void watch_first_with_room_pays(const play::Watching& parts);
void watch_account_fits_the_app(const play::Watching& parts);
void watch_occupations_end(const play::Watching& parts);
void watch_claims_are_of_their_day(const play::Watching& parts);
void watch_sent_and_seen_are_so(const play::Watching& parts);
void watch_payouts_are_as_told(const play::Watching& parts);

}  // namespace ordeal::payout
