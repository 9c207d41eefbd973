#include "scenarios/flows/purchase/parties/books.h"

namespace ordeal::purchase {
namespace {

std::uint64_t word(std::int64_t value) { return static_cast<std::uint64_t>(value); }

void add_trade(Digest& digest, const std::string& number, const ChannelTrade& trade) {
  digest.add(number).add(trade.trade_no).add(trade.shopper).add(word(trade.amount.minor));
  digest.add(word(trade.refunded.minor)).add(static_cast<std::uint64_t>(trade.state));
  digest.add(word(trade.debited_at_ns)).add(word(trade.expires_at.ns));
  for (const auto& [request, refund] : trade.refund_requests)
    digest.add(request).add(word(refund.amount.minor));
}

}  // namespace

const ChannelTrade* Books::trade(std::string_view channel, const std::string& out_trade_no) const {
  const auto book = trades.find(channel);
  if (book == trades.end()) return nullptr;
  const auto found = book->second.find(out_trade_no);
  return found == book->second.end() ? nullptr : &found->second;
}

void Books::add_to(Digest& digest) const {
  for (const auto& [channel, book] : trades) {
    digest.add(channel);
    for (const auto& [number, trade] : book) add_trade(digest, number, trade);
  }
  for (const auto& [shopper, left] : purses) digest.add(shopper).add(word(left));
  for (const auto& [heard, version] : notices)
    digest.add(heard.first).add(word(heard.second.value)).add(word(version));
}

}  // namespace ordeal::purchase
