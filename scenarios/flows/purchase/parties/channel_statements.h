// The channel's statements: what its book says of one of its days, told from the next morning on. What goes wrong with
// them is the fork below, asked at every download: a batch job that is late, finds nothing, runs twice, is cut off on the
// way, or takes yesterday's file for today's (F-81).
#pragma once

#include <array>
#include <string_view>

#include "core/channel/client.h"
#include "core/channel/statement.h"
#include "scenarios/flows/purchase/parties/books.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::purchase {

// Duplicated: every detail is there twice, in half of the cases in the totals too. Line missing: the totals count one detail
// that is not there. Other answer: what is told is about the day before, and says so.
inline constexpr std::string_view kStatementFork = "statement";
inline constexpr std::array<std::string_view, 8> kStatementWays{
    "send", "late", "empty", "duplicated", "truncated", "day_before", "line_missing", "other_answer"};

class ChannelStatements {
 public:
  ChannelStatements(sim::Process& process, const channel::Account& account, const ChannelTrades& trades);

  channel::TradeReply answer(const channel::TradeRequest& request);

 private:
  channel::Statement of_day(channel::Day day) const;
  void tell(const channel::Statement& statement, channel::TradeReply& reply) const;
  void duplicate(channel::Statement& statement, sim::Key key) const;

  sim::Process& process_;
  sim::Simulation& sim_;
  const channel::Profile& profile_;
  const ChannelTrades& trades_;
};

}  // namespace ordeal::purchase
