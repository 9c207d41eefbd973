// A payee: comes for a payout, gets a code, scans it in the app that it opens, and looks what became of it. And an operator: looks at an
// account and changes its terms. Everything they decide is drawn by key from their own names.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/flows/payout/parties/books.h"
#include "scenarios/flows/payout/parts.h"
#include "scenarios/play/actor.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::payout {

// When a payee comes. The rush: all who take this way come within the same fraction of a second.
inline constexpr std::string_view kComingFork = "coming for a payout";
inline constexpr std::array<std::string_view, 2> kComingWays{"own_time", "rush"};
// What is asked for. Nonsense: first for what no payout can be made of. Key again: once more under the same key, but for another amount
// (F-89). Two keys: the same twice at once, each under a key of its own.
inline constexpr std::string_view kAskingFork = "asking for a payout";
inline constexpr std::array<std::string_view, 4> kAskingWays{"as_shown", "nonsense", "key_again", "two_keys"};
// How a code is scanned. Wrong app: first in another one. Not his: somebody else tries first. Twice: on two devices at once. Last moment:
// within seconds of its end. After midnight: on the next business day, where it lives as long.
inline constexpr std::string_view kClaimingFork = "claiming";
inline constexpr std::array<std::string_view, 6> kClaimingWays{"once",  "wrong_app",   "not_his",
                                                               "twice", "last_moment", "after_midnight"};
// How terms are changed. Stale: from a version that is not the last. Nonsense: first to what no terms can be.
inline constexpr std::string_view kChangingFork = "changing an account";
inline constexpr std::array<std::string_view, 3> kChangingWays{"as_seen", "stale", "nonsense"};

// How long one waits for an answer.
inline constexpr Duration kPayeePatience{10'000'000'000};

// Parts of a visit that a trial may do without, in the order of the workload's row.
enum class PayeePart : std::uint32_t { second_claim, lateness, claim, asking_again, thinking, own_time };

class Payee {
 public:
  // The crowd outlives the payee.
  Payee(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  std::string root() const { return name_ + "/visit"; }

 private:
  bool does(PayeePart part) const;
  sim::Key key(std::string_view what);
  void arrive(sim::Key habit);
  api::MakePayout wish();
  std::optional<api::MakeReply> ask(const api::MakePayout& request);
  void ask_for_nonsense(const api::MakePayout& request);
  Duration until_the_claim(sim::Key habit, std::size_t way, const api::MakeReply& code);
  void claim(const api::ClaimPayout& request);
  std::optional<api::LookReply> look_once(const api::LookAtPayout& request);
  void look(PayoutId payout);
  void say(std::string text, std::string again = {});

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  const PayeeSpec& work_;
  Diary& diary_;
  const std::string name_;
  const UserId user_;
};

class Operator {
 public:
  Operator(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  std::string root() const { return name_ + "/visit"; }

 private:
  sim::Key key(std::string_view what);
  // The version that this leads to; nothing when it is not known.
  std::optional<api::ConfigureReply> change(const api::ConfigureAccount& request);
  api::AccountTerms other_terms(const AccountSpec& now);

  sim::Process& process_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  Diary& diary_;
  const std::string name_;
};

std::vector<play::PartyRow> party_rows();
std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::payout
