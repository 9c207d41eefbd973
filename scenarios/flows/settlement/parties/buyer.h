// A buyer: pays for lines at a pick-up point, comes for them or does not, and sends some of them back, before or after. The cashier and the
// leader who speak to the system for him are he. And a clerk: changes a merchant's rule, or fires the jobs by hand. Everything they decide is
// drawn by key from their own names.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/flows/settlement/parties/books.h"
#include "scenarios/flows/settlement/parts.h"
#include "scenarios/play/actor.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::settlement {

// How a trade is recorded. Nonsense: first one that cannot be. Twice: by two cashiers at once. Other amount: once more under its number, but for
// another amount.
inline constexpr std::string_view kRecordingFork = "recording a trade";
inline constexpr std::array<std::string_view, 4> kRecordingWays{"as_paid", "nonsense", "twice",
                                                                "other_amount"};
// How a line is handed out. Twice: on two devices at once. Again: an hour later once more. Not there: first a line that the trade has not.
inline constexpr std::string_view kHandingFork = "handing out a line";
inline constexpr std::array<std::string_view, 4> kHandingWays{"once", "twice", "again", "not_there"};
// When a line goes back. Before: instead of being picked up. Meanwhile: while it is picked up. After: days after that, when it was settled. Too
// much: first more than was paid. Key again: under a key that stands for another amount. Twice: the same twice at once.
inline constexpr std::string_view kBackFork = "sending a line back";
inline constexpr std::array<std::string_view, 7> kBackWays{"as_usual", "before",    "meanwhile", "after",
                                                           "too_much", "key_again", "twice"};
// What a clerk does. Stale: from a version that is not the last. Nonsense: first to what no rule can be. Job: fires the jobs by hand at the hour
// at which they fire themselves.
inline constexpr std::string_view kClerkFork = "a clerk's work";
inline constexpr std::array<std::string_view, 4> kClerkWays{"as_seen", "stale", "nonsense", "job"};

// How long one waits for an answer.
inline constexpr Duration kBuyerPatience{10'000'000'000};

// Parts of a visit that a trial may do without, in the order of the workload's row.
enum class BuyerPart : std::uint32_t {
  other_lines,
  refund_before,
  refund_after,
  pick_up,
  asking_again,
  own_time
};

class Buyer {
 public:
  // The crowd outlives the buyer.
  Buyer(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  std::string root() const { return name_ + "/visit"; }

 private:
  bool does(BuyerPart part) const;
  sim::Key key(std::string_view what);
  api::RecordTrade wish();
  bool record(const api::RecordTrade& request);
  void record_nonsense(const api::RecordTrade& request);
  void line(const api::RecordTrade& trade, std::int64_t no);
  void pick_up(TradeId trade, std::int64_t no, bool says = true);
  void hand_out(TradeId trade, std::int64_t no);
  Money part_of(sim::Key habit, Money left);
  void send_back(TradeId trade, std::int64_t no, std::string key, Money amount);
  template <class Request, class Reply>
  Reply ask(std::vector<Said<Request, Reply>> Diary::*page, std::string_view method, const Request& request);
  void say(std::string text);

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  const BuyerSpec& work_;
  Diary& diary_;
  const std::string name_;
};

class Clerk {
 public:
  Clerk(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  std::string root() const { return name_ + "/visit"; }

 private:
  sim::Key key(std::string_view what);
  api::SetRuleReply set(const api::SetRule& request);
  void fire_the_jobs();

  sim::Process& process_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  Diary& diary_;
  const std::string name_;
};

std::vector<play::PartyRow> party_rows();
std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::settlement
