// The channel's statements: what its book says of one of its days, told from the next morning on. What goes wrong with
// them is the fork below, asked at every download: a batch job that is late, finds nothing, runs twice, is cut off on the
// way, or takes yesterday's file for today's (F-81).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/channel/client.h"
#include "core/channel/statement.h"
#include "scenarios/flows/purchase/parties/books.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::purchase {

// Duplicated: every detail is there twice, in half of the cases in the totals too. Line missing: the totals count one detail
// that is not there. Other answer: what is told is about the day before, and says so. Other
// amount: one detail is of a minor unit more, in the totals too. Foreign line: a detail of a trade that runs at another
// channel, or nowhere, or of a refund under another trade's number. Refunds in process: money that is back already had not
// reached its buyer's bank when the file was made; not every channel's file tells (domain 2.2).
inline constexpr std::string_view kStatementFork = "statement";
inline constexpr std::array<std::string_view, 11> kStatementWays{
    "send",         "late",         "empty",        "duplicated",   "truncated",         "day_before",
    "line_missing", "other_answer", "other_amount", "foreign_line", "refunds_in_process"};

class ChannelStatements {
 public:
  ChannelStatements(sim::Process& process, const channel::Account& account, Books& books);

  // Whether its file tells a refund that was taken on from one that is done.
  bool tells_in_process() const;
  channel::TradeReply answer(const channel::TradeRequest& request);

 private:
  channel::Statement of_day(channel::Day day) const;
  void call_in_process(channel::Statement& statement) const;
  void tell(const channel::Statement& statement, channel::TradeReply& reply) const;
  void duplicate(channel::Statement& statement, sim::Key key) const;
  void raise(channel::Statement& statement, sim::Key key) const;
  void add_foreign(channel::Statement& statement, sim::Key key) const;
  std::string foreign_number(channel::Day day) const;
  bool is_of(channel::Day day, Instant at) const;

  sim::Process& process_;
  sim::Simulation& sim_;
  const std::string name_;
  const channel::Profile& profile_;
  Books& books_;
  const ChannelTrades& trades_;
};

}  // namespace ordeal::purchase
