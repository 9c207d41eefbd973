// TCC: a coordinator that freezes first and decides then.
//
// Phase one writes the order and a row of the log, then tries each branch. If all are frozen the log row moves to "confirming" and the order
// becomes PLACED in the same transaction: that is the decision, and from there the coordinator only goes on. Else, or when 60 s are over and
// nobody has decided, it moves to "cancelling". Phase two is a worker's, over the log, at once and every second for ever until all
// participants have it; only then the row goes. So the coordinator may die anywhere: the log says what is left to do.
//
// Numbers are Seata's (2024-10, domain 2.7): global timeout 60 s, retry every 1 s, no end of retries.
#pragma once

#include "core/placing/consistency.h"

namespace ordeal::placing {

inline constexpr Duration kGlobalTimeout{60'000'000'000};
inline constexpr Duration kRetryPeriod{1'000'000'000};
inline constexpr Duration kBranchDeadline{2'000'000'000};

std::unique_ptr<Consistency> make_tcc();

// One call to a participant. unknown: no answer.
api::BranchStatus ask_branch(env::Env& env, std::string_view step, const Order& order, const api::Part& part);

}  // namespace ordeal::placing
