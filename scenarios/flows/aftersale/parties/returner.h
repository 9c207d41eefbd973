// A returner: has bought something, sends pieces of it back, and wants the money for each; now and then he goes to his bank as well. And a
// paymaster: pays money in for a merchant. Everything they decide is drawn by key from their own names.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/flows/aftersale/parties/books.h"
#include "scenarios/flows/aftersale/parts.h"
#include "scenarios/play/actor.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::aftersale {

// What is asked for. Nonsense: first for what no refund can be made of. Key again: once more under the same key, but for another amount.
// At once: all wishes at the same moment. Too much: for one piece more than there were. Twice: each wish on two devices, under one key.
inline constexpr std::string_view kAskingFork = "asking for money back";
inline constexpr std::array<std::string_view, 6> kAskingWays{"as_wished", "nonsense", "key_again",
                                                             "at_once",   "too_much", "twice"};
// How money is paid in. Twice: twice at once under one key. Key again: another amount under the same key. Nonsense: first what cannot be.
inline constexpr std::string_view kPayingFork = "paying in";
inline constexpr std::array<std::string_view, 4> kPayingWays{"once", "twice", "key_again", "nonsense"};

// How long one waits for an answer.
inline constexpr Duration kPatience{10'000'000'000};

// Parts of a visit that a trial may do without, in the order of the workload's row.
enum class ReturnerPart : std::uint32_t { dispute, further_wishes, asking_again, pausing, own_time };

class Returner {
 public:
  // The crowd outlives the returner.
  Returner(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  std::string root() const { return name_ + "/visit"; }

 private:
  bool does(ReturnerPart part) const;
  sim::Key key(std::string_view what);
  std::vector<api::AskRefund> wishes(std::size_t way);
  void ask_for_nonsense();
  void wish_for(const api::AskRefund& wish, bool twice);
  // The answer, and what becomes of it.
  void ask(const api::AskRefund& wish);
  bool ask_once(const api::AskRefund& wish, api::RefundReply& reply);
  void look(RefundId refund);
  void go_to_the_bank(sim::Key habit);
  void say(std::string text, std::string again = {});

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  const ReturnerSpec& work_;
  Diary& diary_;
  const std::string name_;
  const UserId user_;
  const Trade trade_;
};

class Paymaster {
 public:
  Paymaster(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  std::string root() const { return name_ + "/visit"; }

 private:
  sim::Key key(std::string_view what);
  void pay_in(const api::Deposit& deposit);

  sim::Process& process_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  Diary& diary_;
  const std::string name_;
};

std::vector<play::PartyRow> party_rows();
std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::aftersale
