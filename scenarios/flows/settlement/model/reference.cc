#include "scenarios/flows/settlement/model/reference.h"

#include <algorithm>
#include <set>

namespace ordeal::settlement::model {
namespace {

struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
using Owed = std::map<FundPartyId, Range>;

// The fee, less what of it is given back, is the platform's; of what is left after the fee the leader has his part; all fractions of a fen are
// the merchant's.
std::map<FundPartyId, std::int64_t> parts(const Trade& trade, std::int64_t paid) {
  const std::int64_t fee = paid * trade.rule.fee / 10'000;
  const std::int64_t given_back = fee * trade.rule.rebate / 10'000;
  const std::int64_t leaders = (paid - fee) * trade.rule.commission / 10'000;
  std::map<FundPartyId, std::int64_t> all;
  all[api::kPlatform] += fee - given_back;
  all[trade.leader] += leaders;
  all[trade.merchant] += paid - (fee - given_back) - leaders;
  return all;
}

// Is nothing of it waiting at the pick-up point any more?
Sure nothing_waits(const Trade& trade) {
  Sure all = Sure::yes;
  for (const Line& line : trade.lines) {
    Sure gone = line.picked_up;
    if (line.back == line.paid)
      gone = Sure::yes;
    else if (line.back + line.perhaps_back >= line.paid && gone == Sure::no)
      gone = Sure::perhaps;
    all = std::min(all, gone);
  }
  return all;
}

void add(Owed& owed, const Trade& trade, const Line& line, Sure together) {
  const Sure settled = std::min(line.picked_up, together);
  if (settled == Sure::no) return;
  const std::int64_t most = line.paid - line.back;
  const auto at_most = parts(trade, most);
  const auto at_least = parts(trade, std::max<std::int64_t>(most - line.perhaps_back, 0));
  for (const auto& [party, minor] : at_most) {
    owed[party].most += minor;
    owed[party].least += settled == Sure::yes ? at_least.at(party) : 0;
  }
}

}  // namespace

std::vector<Difference> differences(const Outside& outside, const Inside& inside) {
  Owed owed;
  for (const Trade& trade : outside.trades) {
    const Sure together = outside.together ? nothing_waits(trade) : Sure::yes;
    for (const Line& line : trade.lines) add(owed, trade, line, together);
  }
  std::set<FundPartyId> all;
  for (const auto& [party, range] : owed) all.insert(party);
  for (const auto& [party, minor] : inside.paid) all.insert(party);
  for (const auto& [party, minor] : outside.got) all.insert(party);
  const auto of = [](const std::map<FundPartyId, std::int64_t>& amounts, FundPartyId party) {
    const auto found = amounts.find(party);
    return found == amounts.end() ? 0 : found->second;
  };
  std::vector<Difference> found;
  for (const FundPartyId party : all) {
    const std::int64_t paid = of(inside.paid, party);
    const std::int64_t has = paid + of(inside.owes, party);
    const Range due = owed[party];
    if (has < due.least)
      found.push_back({"a party has less than its share of what was picked up", party, due.least, has});
    if (has > due.most)
      found.push_back({"a party has more than its share of what was picked up", party, due.most, has});
    if (of(outside.got, party) != paid)
      found.push_back({"a party has another amount than its slips say", party, paid, of(outside.got, party)});
  }
  return found;
}

}  // namespace ordeal::settlement::model
