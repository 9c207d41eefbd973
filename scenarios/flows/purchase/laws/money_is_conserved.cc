// I-93: over the whole world money is neither made nor lost, and the ledger agrees with the channel.
//
//   Σ purses + what the channel holds                            = Σ purses at the beginning
//   channel_clearing                                             = what the channel holds
//   -(merchant_payable + platform_fee + customer_refundable)     = channel_clearing
//
// What the channel holds is, by its own book, all it debited less all it refunded. A debit is positive, so
// what we owe is negative. The first line holds at every instant; the others at rest, when nothing is on its
// way between the channel and the ledger. Amounts of one world are of one currency, that of its catalogue.
#include <algorithm>
#include <array>

#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::scenarios {
namespace {

std::int64_t size_of(std::int64_t amount) { return amount < 0 ? -amount : amount; }

Currency currency_of(const RestRows& rest) {
  const auto& catalogue = rest.world.scenario->catalogue;
  return catalogue.empty() ? Currency{} : catalogue.front().price.currency;
}

std::int64_t held_by_channel(const Books& books) {
  std::int64_t held = 0;
  for (const auto& [out_trade_no, trade] : books.trades) {
    if (trade.debited_at_ns >= 0) held += trade.amount.minor - trade.refunded.minor;
  }
  return held;
}

void check_world(const RestRows& rest, Findings& findings) {
  const Books& books = *rest.world.books;
  std::int64_t purses = 0;
  for (const auto& [shopper, minor] : books.purses) purses += minor;
  const std::int64_t held = held_by_channel(books);
  const std::int64_t missing = books.purses_before - purses - held;
  if (missing == 0) return;
  const Currency currency = currency_of(rest);
  findings.add(unsafe(kMoneyIsConserved, rest.world.now_ns,
                      missing > 0 ? "money was lost between the shoppers and the channel"
                                  : "money was made between the shoppers and the channel",
                      {{"purses before", amount_text(books.purses_before, currency)},
                       {"purses now", amount_text(purses, currency)},
                       {"held by the channel", amount_text(held, currency)},
                       {"missing", amount_text(missing, currency)}}),
               size_of(missing));
}

void check_ledger(const RestRows& rest, Findings& findings) {
  const bool in_motion = std::any_of(rest.orders.begin(), rest.orders.end(),
                                     [&](const RestOrder& order) { return rest.money_in_motion(order.id); });
  if (in_motion) return;
  std::array<std::int64_t, api::names_of(api::Account{}).size()> accounts{};
  for (const RestPosting& posting : rest.postings) {
    accounts[static_cast<std::size_t>(posting.account)] += posting.amount.minor;
  }
  const auto balance = [&](api::Account account) { return accounts[static_cast<std::size_t>(account)]; };
  const std::int64_t clearing = balance(api::Account::channel_clearing);
  const std::int64_t owed = -(balance(api::Account::merchant_payable) + balance(api::Account::platform_fee) +
                              balance(api::Account::customer_refundable));
  const std::int64_t held = held_by_channel(*rest.world.books);
  if (clearing == held && owed == clearing) return;
  const Currency currency = currency_of(rest);
  findings.add(
      unsafe(kMoneyIsConserved, rest.world.now_ns,
             clearing != held ? "the ledger does not agree with the channel's book"
                              : "what we owe is not what the channel owes us",
             {{"held by the channel", amount_text(held, currency)},
              {"channel_clearing", amount_text(clearing, currency)},
              {"merchant_payable", amount_text(balance(api::Account::merchant_payable), currency)},
              {"platform_fee", amount_text(balance(api::Account::platform_fee), currency)},
              {"customer_refundable", amount_text(balance(api::Account::customer_refundable), currency)}}),
      std::max(size_of(clearing - held), size_of(owed - clearing)));
}

}  // namespace

void watch_money_is_conserved(Parts parts) {
  parts.audit.add(kMoneyIsConserved, {}, &check_world);
  parts.audit.add(kMoneyIsConserved, {Store::order, Store::payment, Store::ledger}, &check_ledger);
}

}  // namespace ordeal::scenarios
