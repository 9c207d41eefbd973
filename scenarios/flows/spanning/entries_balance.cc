// I-70: each journal entry adds up to zero, and so do all accounts.
//
// Per currency. An entry has at least two legs, and no leg is without its entry (F-79).
#include <map>
#include <span>

#include "core/api/facts.h"
#include "core/wire/names.h"
#include "scenarios/flows/spanning/asks.h"
#include "scenarios/flows/spanning/laws.h"

namespace ordeal::spanning {
namespace {

using play::Findings;
using play::Rest;

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
  findings.add(play::unsafe(kEntriesBalance, at_ns,
                            sum != 0 ? "a journal entry does not add up to zero"
                                     : "a journal entry has fewer than two legs",
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

void check_journal(const KeepsLedger& ledger, const Rest& rest, Findings& findings) {
  std::map<Currency, std::int64_t> sums;
  std::size_t with_entry = 0;
  for (const Entry& entry : ledger.entries(rest)) {
    check_entry(entry.id, entry.kind, entry.order, entry.legs, rest.now_ns, findings);
    with_entry += entry.legs.size();
    for (const api::Posting& leg : entry.legs) sums[leg.amount.currency] += leg.amount.minor;
  }
  const std::vector<api::Posting> stray = ledger.stray_legs(rest);
  for (const api::Posting& leg : stray) sums[leg.amount.currency] += leg.amount.minor;
  if (!stray.empty()) {
    findings.add(play::unsafe(kEntriesBalance, rest.now_ns, "the journal has legs without an entry",
                              {{"legs", std::to_string(with_entry + stray.size())},
                               {"with an entry", std::to_string(with_entry)},
                               {"without", legs_text(stray)}}));
  }
  for (const auto& [currency, sum] : sums) {
    if (sum == 0) continue;
    findings.add(play::unsafe(kEntriesBalance, rest.now_ns, "all accounts together do not add up to zero",
                              {{"sum", Money{sum, currency}.text()}}),
                 sum < 0 ? -sum : sum);
  }
}

}  // namespace

void watch_entries_balance(const play::Watching& parts) {
  parts.monitors.add<api::facts::EntryPosted>(std::make_shared<EntriesBalance>());
  for (const play::Flow* flow : parts.flows.all()) {
    const auto* ledger = flow->answer<KeepsLedger>();
    if (ledger == nullptr || !deployed(ledger->from.services, parts.scenario)) continue;
    parts.audit.add(
        kEntriesBalance, ledger->from.services,
        [ledger](const Rest& rest, Findings& findings) { check_journal(*ledger, rest, findings); },
        ledger->from.read);
  }
}

}  // namespace ordeal::spanning
