// A channel that pays out: moves money once for each number of an account, sooner or later, says so or not, and gives a statement of each
// day. It knows which account may pay users of which app, whatever it is asked.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "scenarios/flows/payout/parties/books.h"
#include "scenarios/flows/payout/parts.h"
#include "scenarios/play/world.h"
#include "sim/process.h"

namespace ordeal::payout {

// What becomes of a transfer.
inline constexpr std::string_view kTransferFork = "transfer";
inline constexpr std::array<std::string_view, 6> kTransferWays{"as usual", "slow",     "silent",
                                                               "late",     "declines", "refuses"};
// How often the end of a transfer is told.
inline constexpr std::string_view kNoticeFork = "notice of a transfer";
inline constexpr std::array<std::string_view, 4> kNoticeWays{"once", "twice", "never", "an hour late"};
// How the statement of a day is given.
inline constexpr std::string_view kStatementFork = "payout statement";
inline constexpr std::array<std::string_view, 3> kStatementWays{"as usual", "not there", "cut off"};

class ChannelParty {
 public:
  ChannelParty(sim::Process& process, play::World& world, const ChannelSpec& spec);
  void start();

 private:
  env::HttpResponse transfer(const std::string& body);
  env::HttpResponse query(const std::string& body);
  env::HttpResponse statement(const std::string& body);
  void begin(TransferLine& line);
  void decide(TransferLine& line, std::size_t way);
  void later(TransferLine& line, std::string_view what, api::TransferState state, api::TransferFault fault);
  void end(TransferLine& line, api::TransferState state, api::TransferFault fault);
  void tell(const std::string& number);
  env::HttpResponse answer(const TransferLine& line) const;
  sim::Key key(std::string_view what);
  bool is_linked(const api::Transfer& asked) const;
  std::int64_t noon_of_the_next_day() const;
  void say(std::string text, const std::string& number, const UserId& payee);

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const ChannelSpec& spec_;
  ChannelBook& book_;
};

}  // namespace ordeal::payout
