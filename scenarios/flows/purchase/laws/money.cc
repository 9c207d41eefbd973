// Who holds money in a purchase: shoppers in their purses, channels what they debited less what they returned. What the
// channels hold is what the ledger clears.
#include <algorithm>
#include <map>
#include <set>

#include "scenarios/flows/purchase/laws/answers.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

using Sums = std::map<Currency, std::int64_t>;

void add_held(const ChannelTrades& trades, Sums& held) {
  for (const auto& [out_trade_no, trade] : trades) {
    if (trade.debited_at_ns < 0) continue;
    held[trade.amount.currency] += trade.amount.minor;
    held[trade.refunded.currency] -= trade.refunded.minor;
  }
}

void add_holdings(const std::string& who, const Sums& held, std::vector<spanning::Holding>& all) {
  for (const auto& [currency, minor] : held) all.push_back({who, Money{0, currency}, Money{minor, currency}});
}

std::vector<spanning::Holding> holdings(const play::Rest& rest) {
  const auto* books = rest.books_if_any<Books>();
  if (books == nullptr) return {};
  const Currency currency = rest.scenario().setting<Catalogue>().currency();
  std::int64_t purses = 0;
  for (const auto& [shopper, minor] : books->purses) purses += minor;
  std::vector<spanning::Holding> all{
      {"purses", Money{books->purses_before, currency}, Money{purses, currency}}};
  for (const auto& [channel, trades] : books->trades) {
    Sums held{{currency, 0}};
    add_held(trades, held);
    add_holdings(channel, held, all);
  }
  return all;
}

std::vector<spanning::Entry> entries(const play::Rest& rest) {
  const auto& rows = rest.rows<RestRows>();
  std::vector<spanning::Entry> all;
  for (const RestEntry& entry : rows.entries) {
    spanning::Entry& one = all.emplace_back(spanning::Entry{entry.id, entry.kind, entry.order, {}});
    for (const RestPosting& posting : rows.postings_of(entry.id))
      one.legs.push_back({posting.account, posting.amount});
  }
  return all;
}

std::vector<api::Posting> stray_legs(const play::Rest& rest) {
  const auto& rows = rest.rows<RestRows>();
  std::set<EntryId> there;
  for (const RestEntry& entry : rows.entries) there.insert(entry.id);
  std::vector<api::Posting> stray;
  for (const RestPosting& posting : rows.postings) {
    if (!there.contains(posting.entry)) stray.push_back({posting.account, posting.amount});
  }
  return stray;
}

std::optional<std::vector<spanning::Holding>> cleared(const play::Rest& rest) {
  const auto& rows = rest.rows<RestRows>();
  const bool in_motion = std::any_of(rows.orders.begin(), rows.orders.end(),
                                     [&](const RestOrder& order) { return rows.money_in_motion(order.id); });
  if (in_motion) return std::nullopt;
  Sums held{{rest.scenario().setting<Catalogue>().currency(), 0}};
  for (const auto& [channel, trades] : rows.books().trades) add_held(trades, held);
  std::vector<spanning::Holding> all;
  add_holdings("the channels", held, all);
  return all;
}

}  // namespace

const spanning::HoldsMoney& purses_and_channels() {
  static const spanning::HoldsMoney answer{{}, &holdings};
  return answer;
}

const spanning::KeepsLedger& journal() {
  static const spanning::KeepsLedger answer{{{"ledger"}, &read_rows},
                                            &entries,
                                            &stray_legs,
                                            {{"order", "payment", "ledger"}, &read_rows},
                                            &cleared};
  return answer;
}

}  // namespace ordeal::purchase
