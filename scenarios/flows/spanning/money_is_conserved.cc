// I-93: over the whole world money is neither made nor lost, and the ledger agrees with those who hold it for us.
//
//   Σ what everybody holds now                                   = Σ at the beginning
//   channel_clearing                                             = what is held outside for it
//   -(merchant_payable + platform_fee + customer_refundable)     = channel_clearing
//
// In each currency. A debit is positive, so what we owe is negative. The first line is over all flows and holds at every
// instant; the others are of each ledger at rest, when nothing is on its way between it and those who hold its money.
#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "core/wire/names.h"
#include "scenarios/flows/spanning/asks.h"
#include "scenarios/flows/spanning/laws.h"

namespace ordeal::spanning {
namespace {

using play::Evidence;
using play::Findings;
using play::Rest;

std::int64_t size_of(std::int64_t amount) { return amount < 0 ? -amount : amount; }

// Every flow's holders together.
void check_world(const std::vector<const HoldsMoney*>& holders, const Rest& rest, Findings& findings) {
  struct Sum {
    std::int64_t missing = 0;
    Evidence holdings;
  };
  std::map<Currency, Sum> sums;
  for (const HoldsMoney* holder : holders) {
    for (const Holding& holding : holder->holdings(rest)) {
      Sum& sum = sums[holding.now.currency];
      sum.missing += (holding.before - holding.now).minor;
      sum.holdings.emplace_back(holding.who + " before", holding.before.text());
      sum.holdings.emplace_back(holding.who + " now", holding.now.text());
    }
  }
  for (auto& [currency, sum] : sums) {
    if (sum.missing == 0) continue;
    sum.holdings.emplace_back("missing", Money{sum.missing, currency}.text());
    findings.add(play::unsafe(kMoneyIsConserved, rest.now_ns,
                              sum.missing > 0 ? "money was lost between those who hold it"
                                              : "money was made between those who hold it",
                              std::move(sum.holdings)),
                 size_of(sum.missing));
  }
}

// What one ledger says in one currency, and what is held outside for it.
struct Standing {
  std::array<std::int64_t, api::names_of(api::Account{}).size()> accounts{};
  std::int64_t held = 0;
  Evidence holders;

  std::int64_t clearing() const { return accounts[static_cast<std::size_t>(api::Account::channel_clearing)]; }
  // To all others.
  std::int64_t owed() const {
    return clearing() - std::accumulate(accounts.begin(), accounts.end(), std::int64_t{0});
  }
};

std::map<Currency, Standing> standings(const KeepsLedger& ledger, const std::vector<Holding>& held,
                                       const Rest& rest) {
  std::map<Currency, Standing> all;
  const auto add = [&](const std::vector<api::Posting>& legs) {
    for (const api::Posting& leg : legs)
      all[leg.amount.currency].accounts[static_cast<std::size_t>(leg.account)] += leg.amount.minor;
  };
  for (const Entry& entry : ledger.entries(rest)) add(entry.legs);
  add(ledger.stray_legs(rest));
  for (const Holding& holding : held) {
    Standing& standing = all[holding.now.currency];
    standing.held += holding.now.minor;
    standing.holders.emplace_back("held by " + holding.who, holding.now.text());
  }
  return all;
}

void check_ledger(const KeepsLedger& ledger, const Rest& rest, Findings& findings) {
  const std::optional<std::vector<Holding>> held = ledger.cleared(rest);
  if (!held) return;
  for (auto& [currency, standing] : standings(ledger, *held, rest)) {
    const std::int64_t clearing = standing.clearing();
    const std::int64_t owed = standing.owed();
    if (clearing == standing.held && owed == clearing) continue;
    Evidence evidence = standing.holders;
    for (std::size_t i = 0; i < standing.accounts.size(); ++i)
      evidence.emplace_back(std::string(wire::name_of(static_cast<api::Account>(i))),
                            Money{standing.accounts[i], currency}.text());
    findings.add(
        play::unsafe(kMoneyIsConserved, rest.now_ns,
                     clearing != standing.held ? "the ledger does not agree with those who hold its money"
                                               : "what we owe is not what is owed to us",
                     std::move(evidence)),
        std::max(size_of(clearing - standing.held), size_of(owed - clearing)));
  }
}

// One check, for what one flow's holders miss another's may have; so it needs the rows of all.
void watch_world(const play::Watching& parts) {
  std::vector<const HoldsMoney*> holders;
  std::vector<std::string_view> needs;
  for (const play::Flow* flow : parts.flows.all()) {
    const auto* answer = flow->answer<HoldsMoney>();
    if (answer == nullptr || !deployed(answer->from.services, parts.scenario)) continue;
    holders.push_back(answer);
    needs.insert(needs.end(), answer->from.services.begin(), answer->from.services.end());
  }
  parts.audit.add(
      kMoneyIsConserved, std::move(needs),
      [holders](const Rest& rest, Findings& findings) { check_world(holders, rest, findings); },
      [holders](const Rest& rest) {
        for (const HoldsMoney* holder : holders) {
          if (holder->from.read != nullptr) holder->from.read(rest);
        }
      });
}

}  // namespace

void watch_money_is_conserved(const play::Watching& parts) {
  watch_world(parts);
  for (const play::Flow* flow : parts.flows.all()) {
    const auto* ledger = flow->answer<KeepsLedger>();
    if (ledger == nullptr || !deployed(ledger->clearing.services, parts.scenario)) continue;
    parts.audit.add(
        kMoneyIsConserved, ledger->clearing.services,
        [ledger](const Rest& rest, Findings& findings) { check_ledger(*ledger, rest, findings); },
        ledger->clearing.read);
  }
}

}  // namespace ordeal::spanning
