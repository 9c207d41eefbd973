// The books of the parties of a purchase: what each channel debited and refunded, what each shopper owns, what merchants
// heard. Kept outside the trade system, never lost, never wrong: audits compare the trade system with them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/channel/statement.h"
#include "scenarios/flows/purchase/model/diary.h"
#include "scenarios/play/books.h"

namespace ordeal::purchase {

enum class TradeState : std::uint8_t { wait_buyer_pay, success, closed };

struct ChannelRefund {
  Money amount;
  Instant at;                // by the channel's clock; taken on, where its file can tell that from done
  bool in_process = false;   // taken on, and the money has not gone back
  std::int64_t ends_ns = 0;  // true time, of one in process
};

struct ChannelTrade {
  std::string trade_no;
  std::string shopper;  // empty until somebody pays
  Money amount;
  Money refunded;
  TradeState state = TradeState::wait_buyer_pay;
  std::int64_t debited_at_ns = -1;                         // true time since the trial began; -1: never
  Instant expires_at{};                                    // by the channel's clock
  std::map<std::string, ChannelRefund> refund_requests{};  // by out_request_no
  Instant debited_at{};                                    // by the channel's clock, which decides its day
  std::int64_t closed_at_ns = -1;              // true time at which we had it closed; -1: we never had
  std::int64_t opened_ns = -1;                 // true time
  std::string notify_url{};                    // where it calls back
  bool by_debit = false;                       // taken within the call, nobody came to the cashier
  bool against_its_word = false;               // taken after the channel had said that it was not
  std::vector<std::int64_t> close_asked_ns{};  // when the merchant asked to have it closed, true time
  std::int64_t questions = 0;                  // how often the merchant asked about it
  std::int64_t told_closed_ns = -1;  // when the merchant was first told that it is closed, true time
};

using ChannelTrades = std::map<std::string, ChannelTrade>;  // by out_trade_no

// What a channel told of one of its days and should not have: whoever takes it for the truth cannot know better.
struct ToldOfDay {
  std::int64_t asked_ns = -1;  // true time at which it was first asked about that day
  std::vector<std::vector<channel::StatementLine>> false_sheets;  // whole in themselves
  std::int64_t empty = 0;                                         // how often it said that there is nothing
  std::map<std::string, std::set<bool>> in_process;  // by refund: whether it is, in all that was said
};

class Books final : public play::Books {
 public:
  std::map<std::string, ChannelTrades, std::less<>> trades;                // by channel
  std::map<std::pair<std::string, channel::Day>, ToldOfDay> told_of_days;  // by channel and day
  std::map<std::string, std::int64_t> purses;                              // minor units left, by shopper
  std::map<std::string, std::string> accounts;  // the buyer's account as the trade system names it → shopper
  std::int64_t purses_before = 0;               // their sum at the beginning
  // By merchant and order: the highest version that this merchant heard of.
  std::map<std::pair<std::string, OrderId>, std::int64_t> notices;
  // What everybody did and was told, in their own words.
  model::Diary diary;

  // Null when that channel never heard of it.
  const ChannelTrade* trade(std::string_view channel, const std::string& out_trade_no) const;
  void add_to(Digest& digest) const override;
};

}  // namespace ordeal::purchase
