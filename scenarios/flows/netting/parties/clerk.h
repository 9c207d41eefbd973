// A clerk of a bank's payments: says what his bank owes for one payment, perhaps that it was given back, and looks what became of it. And a
// treasurer: puts cover into his bank's account, or takes some out. Everything they decide is drawn by key from their own names.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/flows/netting/parties/books.h"
#include "scenarios/flows/netting/parts.h"
#include "scenarios/play/actor.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::netting {

// When a payment is made. Cut-off: within a second of the end of a session.
inline constexpr std::string_view kMakingFork = "making a payment";
inline constexpr std::array<std::string_view, 2> kMakingWays{"own_time", "at_the_cut_off"};
// How it is sent. Twice: on two lines at once. Nonsense: first what no obligation can be made of. Key again: the reference of the payment
// once more, for another amount (F-89). Same amount: a second payment of just the same, under a reference of its own.
inline constexpr std::string_view kSendingFork = "sending a payment";
inline constexpr std::array<std::string_view, 5> kSendingWays{"once", "twice", "nonsense", "key_again",
                                                              "same_amount"};
// How cover is moved. Twice: the same amount under two keys at once. Nonsense: first what cannot be moved. Key again: one key for two amounts.
inline constexpr std::string_view kMovingFork = "moving cover";
inline constexpr std::array<std::string_view, 5> kMovingWays{"once", "twice", "nonsense", "key_again",
                                                             "at_the_cut_off"};

// How long one waits for an answer.
inline constexpr Duration kBankPatience{10'000'000'000};

// Parts of a visit that a trial may do without, in the order of the workload's row.
enum class ClerkPart : std::uint32_t { giving_back, second_sending, asking_again, looking, own_time };
enum class TreasurerPart : std::uint32_t { asking_again };

class Clerk {
 public:
  // The crowd outlives the clerk.
  Clerk(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  std::string root() const { return name_ + "/visit"; }

 private:
  bool does(ClerkPart part) const;
  sim::Key key(std::string_view what);
  void arrive(sim::Key habit);
  api::SubmitObligation wish();
  std::optional<api::SubmitReply> submit(const api::SubmitObligation& request);
  void submit_nonsense(const api::SubmitObligation& request);
  void look(const api::SubmitObligation& request);
  void say(std::string text);
  std::string bank(BankId id) const { return bank_text(crowd_.scenario(), id); }

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  const PaymentSpec& work_;
  Diary& diary_;
  const std::string name_;
};

class Treasurer {
 public:
  Treasurer(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  std::string root() const { return name_ + "/visit"; }

 private:
  sim::Key key(std::string_view what);
  std::optional<api::CoverReply> move(const api::MoveCover& request);
  void move_nonsense(const api::MoveCover& request);

  sim::Process& process_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  Diary& diary_;
  const std::string name_;
};

// The next end of a session, as true time since the world began.
Duration next_cutoff(const play::Scenario& scenario, Duration after);

std::vector<play::PartyRow> party_rows();
std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::netting
