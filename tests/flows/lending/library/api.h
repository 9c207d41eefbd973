// What borrowers and the library say to each other, and the facts that laws and counts read. RPC methods of service
// "counter", for borrowers, which passes both on to service "library" under the same names:
//
//   borrow      Borrow → BorrowReply      again with the same loan: the same answer
//   give_back   GiveBack → GiveBackReply  likewise
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/wire/fields.h"

namespace ordeal::lending {

struct UmbrellaTag {
  static constexpr std::string_view prefix = "umb";
};
struct LoanTag {
  static constexpr std::string_view prefix = "loan";
};
using UmbrellaId = Id<UmbrellaTag>;
using LoanId =
    Id<LoanTag>;  // chosen by who borrows: the number of a slip, which makes a repeated request one loan

// A loan moves from out to back, or to lost when it is not back in time; what was lost may be found again.
enum class LoanState : std::uint8_t { out, back, lost };
constexpr auto names_of(LoanState) { return std::to_array<std::string_view>({"OUT", "BACK", "LOST"}); }

// lent: carries an umbrella. none_left: the stand was empty. busy, unavailable: surely nothing happened, ask again.
// unknown: it may have happened, ask again with the same loan.
enum class BorrowStatus : std::uint8_t { unknown, unavailable, busy, none_left, lent };
constexpr auto names_of(BorrowStatus) {
  return std::to_array<std::string_view>({"unknown", "unavailable", "busy", "none_left", "lent"});
}

struct Borrow {
  LoanId loan{};
  ORDEAL_MESSAGE(Borrow, "library.Borrow", loan);
};

struct BorrowReply {
  BorrowStatus status = BorrowStatus::unknown;
  UmbrellaId umbrella{};
  Instant due{};
  ORDEAL_MESSAGE(BorrowReply, "library.BorrowReply", status, umbrella, due);
};

struct GiveBack {
  LoanId loan{};
  ORDEAL_MESSAGE(GiveBack, "library.GiveBack", loan);
};

// thanks: the loan has ended, for good.
struct GiveBackReply {
  bool thanks = false;
  ORDEAL_MESSAGE(GiveBackReply, "library.GiveBackReply", thanks);
};

namespace facts {

struct UmbrellaLent {
  UmbrellaId umbrella{};
  LoanId loan{};
  ORDEAL_MESSAGE(UmbrellaLent, "library.UmbrellaLent", umbrella, loan);
};

struct UmbrellaBack {
  UmbrellaId umbrella{};
  LoanId loan{};
  ORDEAL_MESSAGE(UmbrellaBack, "library.UmbrellaBack", umbrella, loan);
};

// It was not back in time: nobody waits for it any more.
struct UmbrellaLost {
  UmbrellaId umbrella{};
  LoanId loan{};
  ORDEAL_MESSAGE(UmbrellaLost, "library.UmbrellaLost", umbrella, loan);
};

}  // namespace facts
}  // namespace ordeal::lending
