// I-71: what a sale is split into is what the rule of its version says.
//
// Version 1, stated here a second time and not taken from the core: of a sale the platform keeps 0.6 %, rounded down to the
// minor unit, and the merchant is owed the rest; a payment that is of no use is owed to its buyer, and returned. An entry of
// a rule that nobody wrote down is a breach.
#include <algorithm>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

using api::Account;
using api::EntryKind;

constexpr std::int64_t kVersion = 1;

std::vector<api::Posting> legs_of(EntryKind kind, Money amount) {
  const auto part = [&](std::int64_t minor) { return Money{minor, amount.currency}; };
  const std::int64_t fee = amount.minor * 6 / 1000;
  std::vector<api::Posting> legs;
  switch (kind) {
    case EntryKind::sale:
      legs = {{Account::channel_clearing, amount}, {Account::merchant_payable, part(fee - amount.minor)}};
      if (fee != 0) legs.push_back({Account::platform_fee, part(-fee)});
      break;
    case EntryKind::unusable:
      legs = {{Account::channel_clearing, amount}, {Account::customer_refundable, part(-amount.minor)}};
      break;
    case EntryKind::refund:
      legs = {{Account::channel_clearing, part(-amount.minor)}, {Account::customer_refundable, amount}};
      break;
  }
  return legs;
}

std::string legs_text(const std::vector<api::Posting>& legs) {
  std::string text;
  for (const api::Posting& leg : legs)
    text += (text.empty() ? "" : ", ") + std::string(wire::name_of(leg.account)) + " " + leg.amount.text();
  return text.empty() ? "none" : text;
}

// What an entry is of: a sale of its order, the others of their refund. None when that is not there: I-51.
std::optional<Money> amount_of(const RestRows& rest, const RestEntry& entry) {
  if (entry.kind == EntryKind::sale) {
    const RestOrder* order = rest.order(OrderId{entry.reference});
    return order == nullptr ? std::nullopt : std::optional(order->total);
  }
  for (const RestRefund& refund : rest.refunds) {
    if (refund.id.value == entry.reference) return refund.amount;
  }
  return std::nullopt;
}

void check(const RestRows& rest, Findings& findings) {
  for (const RestEntry& entry : rest.entries) {
    const auto amount = amount_of(rest, entry);
    if (!amount) continue;
    std::vector<api::Posting> expected = legs_of(entry.kind, *amount);
    std::vector<api::Posting> there;
    for (const RestPosting& posting : rest.postings_of(entry.id))
      there.push_back({posting.account, posting.amount});
    const auto by_account = [](const api::Posting& a, const api::Posting& b) {
      return a.account < b.account;
    };
    std::sort(expected.begin(), expected.end(), by_account);
    std::sort(there.begin(), there.end(), by_account);
    if (there == expected && entry.rule_version == kVersion) continue;
    findings.add(unsafe(kFeesFollowTheRule, rest.world.now_ns, "an entry is not what its rule says",
                        rest.about(entry.order) + Evidence{{"entry", entry.id.text()},
                                                           {"kind", std::string(wire::name_of(entry.kind))},
                                                           {"rule", std::to_string(entry.rule_version)},
                                                           {"legs", legs_text(there)},
                                                           {"should be", legs_text(expected)}}));
  }
}

}  // namespace

void watch_fees_follow_the_rule(const play::Watching& parts) {
  parts.audit.add<RestRows>(kFeesFollowTheRule, {"order", "payment", "ledger"}, &check);
}

}  // namespace ordeal::purchase
