// I-70: each journal entry adds up to zero, and so do all accounts.
//
// Per currency. An entry has at least two legs, and no leg is without its entry (F-79).
#include <map>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::scenarios {
namespace {

std::string legs_text(std::span<const api::Posting> legs) {
  std::string text;
  for (const api::Posting& leg : legs) {
    text += (text.empty() ? "" : ", ") + std::string(wire::name_of(leg.account)) + " " + leg.amount.text();
  }
  return text.empty() ? "none" : text;
}

// The sum of the legs in the currency of the leg at `first`.
std::int64_t sum_like(std::span<const api::Posting> legs, std::size_t first) {
  std::int64_t sum = 0;
  for (const api::Posting& leg : legs) {
    if (leg.amount.currency == legs[first].amount.currency) sum += leg.amount.minor;
  }
  return sum;
}

// What the entry is out of balance by, in the first currency where it is.
std::int64_t imbalance(std::span<const api::Posting> legs) {
  for (std::size_t i = 0; i < legs.size(); ++i) {
    if (const std::int64_t sum = sum_like(legs, i); sum != 0) return sum;
  }
  return 0;
}

void check_entry(EntryId entry, api::EntryKind kind, OrderId order, std::span<const api::Posting> legs,
                 std::int64_t at_ns, Findings& findings) {
  const std::int64_t sum = imbalance(legs);
  if (sum == 0 && legs.size() >= 2) return;
  findings.add(
      unsafe(kEntriesBalance, at_ns,
             sum != 0 ? "a journal entry does not add up to zero" : "a journal entry has fewer than two legs",
             {{"entry", entry.text()},
              {"kind", std::string(wire::name_of(kind))},
              {"order", order.text()},
              {"legs", legs_text(legs)}}),
      sum < 0 ? -sum : sum);
}

class EntriesBalance {
 public:
  void on(const api::facts::EntryPosted& posted, const sim::Fact& fact, Findings& findings) {
    check_entry(posted.entry, posted.kind, posted.order, posted.postings, fact.at_ns, findings);
  }
};

void check_journal(const RestRows& rest, Findings& findings) {
  std::size_t with_entry = 0;
  std::vector<api::Posting> legs;
  for (const RestEntry& entry : rest.entries) {
    legs.clear();
    for (const RestPosting& posting : rest.postings_of(entry.id)) {
      legs.push_back({posting.account, posting.amount});
    }
    with_entry += legs.size();
    check_entry(entry.id, entry.kind, entry.order, legs, rest.world.now_ns, findings);
  }
  if (with_entry != rest.postings.size()) {
    findings.add(unsafe(
        kEntriesBalance, rest.world.now_ns, "the journal has legs without an entry",
        {{"legs", std::to_string(rest.postings.size())}, {"with an entry", std::to_string(with_entry)}}));
  }

  std::map<Currency, std::int64_t> sums;
  for (const RestPosting& posting : rest.postings) sums[posting.amount.currency] += posting.amount.minor;
  for (const auto& [currency, sum] : sums) {
    if (sum == 0) continue;
    findings.add(unsafe(kEntriesBalance, rest.world.now_ns, "all accounts together do not add up to zero",
                        {{"sum", amount_text(sum, currency)}}),
                 sum < 0 ? -sum : sum);
  }
}

}  // namespace

void watch_entries_balance(Parts parts) {
  parts.monitors.add<api::facts::EntryPosted>(std::make_shared<EntriesBalance>());
  parts.audit.add(kEntriesBalance, {Store::ledger}, &check_journal);
}

}  // namespace ordeal::scenarios
