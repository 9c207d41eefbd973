// The callbacks that a channel owes: when each is sent for the first time, how often again, and what goes wrong with them by
// the channel's own doing or by a stranger's. It follows the Profile's schedule and rule of acknowledgement (domain 2.1, 2.2).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/channel/client.h"
#include "core/channel/trade.h"
#include "scenarios/flows/purchase/parties/books.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::purchase {

// Each send of a callback. The first way is the ordinary one.
//
//   replayed     as sent, and once more hours later, whatever became of the order meanwhile
//   waiting      an older one about the same trade comes first: it still waits for its buyer
//   finished     it says TRADE_FINISHED, paid and past all refunds, where it could say TRADE_SUCCESS
//
// What others send in its name (F-19), before the true one. All but one bear the channel's own signature, for it signs for all
// its merchants, and what is true of another trade it has said:
//
//   wrong_amount, bad_signature, other_app, other_seller
//   other_trade  about a trade that runs at another channel
//   new_status   a status that nobody here has heard of
//   polluted     a second amount is hung on behind the signature
inline constexpr std::string_view kCallbackFork = "callback";
inline constexpr std::array<std::string_view, 14> kCallbackWays{
    "send",    "twice",    "lost",      "storm",        "wrong_amount", "bad_signature", "replayed",
    "waiting", "finished", "other_app", "other_seller", "other_trade",  "new_status",    "polluted"};

// The first send of a notification, relative to the answer of the call that caused it.
inline constexpr std::string_view kCallbackStartFork = "callback start";
inline constexpr std::array<std::string_view, 4> kCallbackStartWays{"after", "before", "late", "never"};

// A trade that was closed, has expired or was fully returned: the channel may say so, under the same schedule.
inline constexpr std::string_view kClosingNoticeFork = "closing notice";
inline constexpr std::array<std::string_view, 2> kClosingNoticeWays{"none", "told"};

class ChannelCallbacks {
 public:
  ChannelCallbacks(sim::Process& process, const channel::Account& account, const Books& books);

  // Money was taken for this trade.
  void tell_paid(const std::string& out_trade_no);
  // The same, and it will not be forgotten.
  void tell_paid_at_last(const std::string& out_trade_no);
  // It takes no money any more, or all of it went back.
  void tell_closed(const std::string& out_trade_no);

 private:
  channel::Notice notice_of(const std::string& out_trade_no, channel::TradeStatus status);
  void keep_notifying(channel::Notice notice, bool before_answer);
  bool send_once(const channel::Notice& notice, std::int64_t attempt);
  bool post(const channel::Notice& notice, std::int64_t attempt);
  bool send(const channel::Notice& notice, const std::string& body, std::int64_t attempt, bool genuine);
  void replay_later(const channel::Notice& notice, std::int64_t attempt);
  void forge(channel::Notice notice, std::int64_t attempt, std::string_view way);
  void point_at_another_channel(channel::Notice& notice) const;

  sim::Process& process_;
  sim::Simulation& sim_;
  const channel::Account& account_;
  const channel::Profile& profile_;
  const Books& books_;
  std::shared_ptr<const channel::Signer> stranger_;  // a key that is nobody's
};

}  // namespace ordeal::purchase
