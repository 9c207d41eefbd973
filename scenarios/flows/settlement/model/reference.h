// The reference model of settlement (I-92): what must have come of what people did, by the requirements alone. Written without a look at the
// core: of the core it knows the words that are spoken at its doors; tests/tidy holds it to that. Whoever knows how a pick-up shop settles can
// check it.
//
// It is told what the world outside did (Outside) and what stands in the system's books when all is at rest (Inside), and says in which
// sentences they differ.
//
//   owed      each party has got, and owes, together just its share of what was picked up and not sent back, by the rule of
//             each trade                                                                                A21, C29, C30, C31
//   nobody    who had no part in it has nothing
//   paid      what a party has is what its slips say                                                    C36
//
// What nobody was told for sure (an answer that never came) may have happened or not: then it is a range, and only as wide as that.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/api/settlement.h"

namespace ordeal::settlement::model {

enum class Sure : std::uint8_t { no, perhaps, yes };

struct Line {
  std::int64_t paid = 0;
  Sure picked_up = Sure::no;
  std::int64_t back = 0;          // for sure
  std::int64_t perhaps_back = 0;  // beside that, if all of it was heard
};

struct Trade {
  FundPartyId merchant{};
  FundPartyId leader{};
  api::RuleTerms rule{};
  std::vector<Line> lines{};
};

struct Outside {
  std::vector<Trade> trades{};
  bool together = false;                      // a trade is settled when none of its lines waits any more
  std::map<FundPartyId, std::int64_t> got{};  // by the custodian's book
};

struct Inside {
  std::map<FundPartyId, std::int64_t> paid{};  // by slips
  std::map<FundPartyId, std::int64_t> owes{};  // zero or below: what no later slip has taken over
};

struct Difference {
  std::string sentence{};
  FundPartyId party{};
  std::int64_t expected = 0;
  std::int64_t found = 0;
};

std::vector<Difference> differences(const Outside& outside, const Inside& inside);

}  // namespace ordeal::settlement::model
