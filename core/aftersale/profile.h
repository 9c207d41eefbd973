// What each channel allows of refunds. A channel is a row; nothing else in the core tells them apart (I-34).
#pragma once

#include <array>

#include "core/api/aftersale.h"

namespace ordeal::aftersale {

struct Profile {
  Duration window{};  // since the payment succeeded; none: there is no refund API
  Duration apart{};   // between two refunds of one payment; none: as soon as one likes
};

// WeChat: within 365 days, a minute apart (domain 2.2, refund). Banks: 90 or 180 days, some have no API (domain C18).
constexpr Profile profile_of(api::PaidBy by) {
  constexpr Duration kDay{86'400'000'000'000};
  constexpr Duration kMinute{60'000'000'000};
  constexpr std::array<Profile, 4> kAll{{{kDay * 365, kMinute}, {kDay * 180, {}}, {kDay * 90, {}}, {}}};
  return kAll[static_cast<std::size_t>(by)];
}

// Of one payment, whatever became of them: WeChat's ≤ 50 (domain 2.2), kept to everywhere.
inline constexpr std::int64_t kMostRefunds = 50;

}  // namespace ordeal::aftersale
