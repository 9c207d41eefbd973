#include "core/reconciliation/balances.h"

namespace ordeal::reconciliation {

void Balances::add(std::uint64_t line, std::int64_t change, std::int64_t balance) {
  if (!first_) {
    first_ = balance;
    down_opening_ = balance - change;
  } else {
    if (*last_ + change != balance && !down_broke_) down_broke_ = line;
    if (*up_opening_ != balance && !up_broke_) up_broke_ = line;
  }
  last_ = balance;
  up_opening_ = balance - change;
}

}  // namespace ordeal::reconciliation
