// Who is outside: the weather, and the borrowers. Neither crashes; what they remember stands in their book.
#pragma once

#include <vector>

#include "core/wire/fields.h"
#include "scenarios/play/books.h"
#include "scenarios/play/flow.h"
#include "tests/flows/lending/library/api.h"

namespace ordeal::lending {

// What the borrowers know, which audits compare the library with.
class Book final : public play::Books {
 public:
  std::vector<LoanId>
      thanked;  // loans of which a borrower was told that they ended, in the order of being told

  void add_to(Digest& digest) const override;
};

// The weather said that it rains.
struct RainSaid {
  std::int64_t times = 0;  // with this one
  ORDEAL_MESSAGE(RainSaid, "weather.RainSaid", times);
};

std::vector<play::PartyRow> party_rows();
std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::lending
