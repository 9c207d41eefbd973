// Seam lending::HandOut: how an umbrella leaves the stand so that two borrowers cannot have the same (I-900).
//
// Contract: `wanted.loan` gets one umbrella or none, however often it asks and whoever asks beside it. A loan that is
// there already is answered as it is. The loan's row and the umbrella's are written in one transaction.
#pragma once

#include <memory>
#include <string_view>

#include "core/env/database.h"
#include "tests/flows/lending/library/stand.h"

namespace ordeal::lending {

// The loan as it would be, but for its umbrella.
struct Wanted {
  LoanId loan{};
  Instant due{};
  env::TraceContext cause{};
  env::Wakeable& overdue;  // who looks after what is due

  Loan of(UmbrellaId umbrella) const { return {loan, umbrella, LoanState::out, due, 0, cause}; }
};

class HandOut {
 public:
  virtual ~HandOut() = default;
  virtual BorrowReply hand_out(env::Database& db, const Wanted& wanted) = 0;
};

// The answer of a loan that is there already.
BorrowReply answer_of(const Loan& loan);

// "conditional_update"  one transaction; the update says that the umbrella is in the stand
// "row_lock"            the umbrella's row is locked, then looked at, then written
// Null for an unknown name.
std::unique_ptr<HandOut> make_hand_out(std::string_view name);

}  // namespace ordeal::lending
