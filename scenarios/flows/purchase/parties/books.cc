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

// Not the times: an equal future may come a little later.
void add_visit(Digest& digest, const std::string& buyer, const model::Visit& visit) {
  digest.add(buyer).add(static_cast<std::uint64_t>(visit.wish));
  for (const auto& asked : visit.placing) digest.add(word(asked.answered() ? int(asked.reply.status) : -1));
  for (const auto& asked : visit.paying) digest.add(word(asked.answered() ? int(asked.reply.status) : -1));
  for (const auto& asked : visit.at_cashier) digest.add(asked.reply);
  for (const auto& asked : visit.looking) digest.add(word(asked.answered() ? int(asked.reply.state) : -1));
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
  for (const auto& [of, told] : told_of_days) {
    digest.add(of.first).add(word(of.second.number)).add(word(told.empty)).add(word(told.asked_ns));
    for (const auto& [refund, said] : told.in_process)
      digest.add(refund).add(word(said.contains(true) ? 1 : 0)).add(word(said.contains(false) ? 1 : 0));
    for (const auto& sheet : told.false_sheets) {
      for (const channel::StatementLine& line : sheet)
        digest.add(line.out_trade_no).add(word(line.amount.minor));
    }
  }
  for (const auto& [shopper, left] : purses) digest.add(shopper).add(word(left));
  for (const auto& [heard, version] : notices)
    digest.add(heard.first).add(word(heard.second.value)).add(word(version));
  for (const auto& [buyer, visit] : diary.visits) add_visit(digest, buyer, visit);
  for (const model::CartAsked& asked : diary.carts)
    digest.add(word(asked.owner.value)).add(word(asked.answered_ns)).add(word(asked.reply.version));
  for (const model::NosyAsked& asked : diary.nosy)
    digest.add(word(asked.order.value)).add(word(asked.merging.answered_ns));
  for (const model::Notice& notice : diary.notices)
    digest.add(notice.merchant).add(word(notice.body.order.value)).add(word(notice.body.amount.minor));
}

}  // namespace ordeal::purchase
