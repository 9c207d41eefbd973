// What of an account's quota is taken on a day: rows (account, day, bucket), one bucket or several, so that not everybody waits for one
// row (D8). A day begins when somebody first takes of it; there is no job that sets anything back to zero, so nothing that is on its
// way at midnight is forgotten.
//
// Of all rows of an account and day: Σ share − debt = quota, and in each row occupied + used ≤ share. A quota that is lowered below what
// is taken leaves a debt, which whatever comes back pays first.
#pragma once

#include <cstdint>
#include <optional>

#include "core/api/payout.h"
#include "core/env/database.h"

namespace ordeal::payout {

struct QuotaDay {
  PayAccountId account{};
  std::int64_t day = 0;
};

// What is free, in all buckets; of a day that has not begun, `quota`.
std::int64_t free_of(env::Connection& from, QuotaDay of, std::int64_t quota);

struct Buckets {
  std::int64_t count = 1;
  std::int64_t first = 0;  // that is asked first
};
// The bucket of which `amount` is occupied from here on: the first one, or the next that has as much, or the first one after it has
// borrowed of the others. Nothing, and nothing is taken, when all together have not as much.
std::optional<std::int64_t> take(env::Tx& tx, QuotaDay of, std::int64_t quota, std::int64_t amount,
                                 Buckets buckets);
void use(env::Tx& tx, QuotaDay of, std::int64_t bucket, std::int64_t amount);
void give_back(env::Tx& tx, QuotaDay of, std::int64_t bucket, std::int64_t amount);

// The quota of `from_day` and of the days after it that have begun.
void change_quota(env::Tx& tx, PayAccountId account, std::int64_t from_day, std::int64_t quota);

}  // namespace ordeal::payout
