// A customer: comes, orders some units of a thing and uses points for it, asks again until he knows what became of it, and may order more. All
// that he decides is drawn by key from his own name, so customer 12 does the same whoever else is there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/placing.h"
#include "scenarios/flows/placing/parties/books.h"
#include "scenarios/flows/placing/parts.h"
#include "scenarios/play/actor.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::placing {

// When a customer comes. Together: all who take this way come within the same fraction of a second.
inline constexpr std::string_view kComingFork = "coming to order";
inline constexpr std::array<std::string_view, 2> kComingWays{"own_time", "together"};

// What is ordered first. Nonsense: first what no order can be made of, around the checks of the app. Key again: once more under the same
// key, but for something else (F-89). Two devices: the same order on both, each with a key of its own.
inline constexpr std::string_view kOrderingFork = "ordering";
inline constexpr std::array<std::string_view, 4> kOrderingWays{"as_shown", "nonsense", "key_again",
                                                               "two_devices"};

// How long a customer waits for the answer to one request.
inline constexpr Duration kCustomerPatience{10'000'000'000};

// Parts of a visit that a trial may do without, in the order of the workload's row.
enum class CustomerPart : std::uint32_t {
  second_click,
  points,
  asking_again,
  thinking,
  further_orders,
  further_units,
  own_time,
};

class Customer {
 public:
  // The crowd outlives the customer.
  Customer(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  // The cause of everything this customer does.
  std::string root() const { return name_ + "/visit"; }

 private:
  bool does(CustomerPart part) const;
  sim::Key key(std::string_view what);
  void arrive(sim::Key habit);
  api::Place wish(std::size_t nth);
  void order(const api::Place& request, std::size_t way, bool clicks_twice);
  // Until he knows what became of it, or it is not worth asking. Each asking is written into the diary.
  void ask(const api::Place& request);
  std::optional<api::PlacingReply> ask_once(const api::Place& request);
  void ask_for_nonsense(api::Place request);
  void use_the_key_again(api::Place request);
  void say_heard(const api::PlacingReply& reply);
  void say(std::string text, std::string again = {});

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  const OrderingSpec& work_;
  Diary& diary_;
  const std::string name_;
  const UserId user_;
};

std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::placing
