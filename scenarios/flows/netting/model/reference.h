// The reference model of netting (I-92): what must have come of what banks said, by the requirements alone. Written without a look at the
// core: of the core it knows the words that are spoken at its doors; tests/tidy holds it to that.
//
// It is told what the world outside did (Outside) and what stands in the books when all is at rest (Inside), and says in which sentences they
// differ.
//
//   asked     an obligation is what its debtor said, and cover is moved only as a bank asked                     C37
//   kept      what a bank was told is taken is there, and so is what it was told is moved                        I-92
//   ended     nothing is still TAKEN: it was settled with its cycle, or left to the two banks                    C37
//   account   a bank has what it had, and put in, less what it took out, and what it was owed less what it owed of all that is
//             SETTLED, to the last minor unit of each currency; what it owed and had not, the fund has paid     C37, C38
//   house     the house itself has nothing                                                                        I-79
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/api/netting.h"

namespace ordeal::netting::model {

using Account = std::pair<std::int64_t, Currency>;

struct Outside {
  std::map<Account, std::int64_t> cover{};  // when the world began
  std::vector<api::SubmitObligation> wishes{};
  std::vector<api::SubmitObligation> taken{};  // of which a bank was told that it is taken
  std::vector<api::MoveCover> cover_wishes{};
  std::vector<api::MoveCover> moved{};  // of which a bank was told that it is moved
};

struct Obligation {
  api::SubmitObligation what{};
  api::ObligationState state = api::ObligationState::taken;
};
struct Inside {
  std::vector<Obligation> obligations{};
  std::vector<api::MoveCover> cover{};
  std::map<Account, std::int64_t> balances{};
};

struct Difference {
  std::string sentence{};
  std::int64_t account = 0;
  Money expected{};
  Money found{};
};

std::vector<Difference> differences(const Outside& outside, const Inside& inside);

}  // namespace ordeal::netting::model
