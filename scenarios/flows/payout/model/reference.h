// The reference model of payouts (I-92): what must have come of what people did, by the requirements alone. Written without a look at the
// core: of the core it knows the words that are spoken at its doors; tests/tidy holds it to that. Whoever knows how payouts work can check
// it.
//
// It is told what the world outside did (Outside) and what stands in the system's books when all is at rest (Inside), and says in which
// sentences they differ.
//
//   paid      who is PAID has just what he asked for, once, through an account that may serve his app          D1, D2
//   failed    who is FAILED has nothing, and the channel has said so of every number under which he was tried   D6
//   expired   who never came has nothing, and nobody asked a channel for him                                    D4, D6
//   used      what is used up of an account, over all days, is what left through it                             D5
//   free      and nothing is occupied any more                                                                  D6
//   quota     on no day more is used of an account than the highest quota it had                                D1
//   calm      on a day on which nothing went wrong, whoever was shown a code and claimed it in time is paid, unless the channel
//             refused him or no quota was left
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/api/payout.h"

namespace ordeal::payout::model {

// A number at a channel, by the channel's own book.
struct Line {
  PayAccountId account{};
  std::string app{};
  UserId payee{};
  Money amount{};
  std::int64_t times = 0;  // that money moved
  bool refused = false;    // the channel has said that it failed
};

struct Outside {
  struct Account {
    std::string name{};
    std::vector<std::string> apps{};
    Money highest_quota{};  // of all that it had
  };
  std::map<PayAccountId, Account> accounts{};
  std::vector<api::MakePayout> wishes{};          // all that was ever asked for
  std::map<PayoutId, std::vector<Line>> lines{};  // by the payout that the number names
  std::vector<PayoutId> claimed{};                // who was told that he is being paid
  std::vector<PayoutId> put_off{};                // who was told that no quota is left
  bool calm = false;
};

struct Payout {
  PayoutId id{};
  UserId user{};
  std::string request_key{};
  Money amount{};
  api::PayoutState state = api::PayoutState::made;
};
struct Used {
  std::int64_t occupied = 0;
  std::int64_t used = 0;
};
struct Inside {
  std::vector<Payout> payouts{};
  std::map<std::pair<PayAccountId, std::int64_t>, Used> days{};  // by account and business day
};

struct Difference {
  std::string sentence{};
  PayoutId payout{};       // or
  PayAccountId account{};  // whom it is about
  Money expected{};
  Money found{};
};

std::vector<Difference> differences(const Outside& outside, const Inside& inside);

}  // namespace ordeal::payout::model
