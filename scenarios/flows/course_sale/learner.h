// A learner: comes for a seat of one course, wins it or not, thinks, confirms, thinks, pays, or leaves anywhere between. Who gets no
// answer asks again with the same number; who is impatient asks on a second device; some ask for nonsense first.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "scenarios/flows/course_sale/books.h"
#include "scenarios/flows/course_sale/parts.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::course_sale {

// Parts of a visit that a trial may do without, in the order of the workload's row.
enum class Omitted : std::uint32_t { second_device, leaving, asking_again, nonsense };

inline constexpr std::string_view kNonsenseFork = "nonsense";
inline constexpr std::array<std::string_view, 6> kNonsenseWays{
    "asks sensibly",        "asks for no course",      "has no number",
    "opens another's page", "confirms another's seat", "confirms at its own price"};

class Learner {
 public:
  Learner(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  std::string root() const { return name() + "/visit"; }
  void visit();

 private:
  bool without(Omitted part) const { return crowd_.does_without(actor_, static_cast<std::uint32_t>(part)); }
  bool leaves(sim::Key habit, std::string_view where, Ratio chance);
  std::string name() const { return crowd_.name_of(actor_); }
  std::int64_t id() const { return crowd_.id_of(actor_); }
  seckill::GrabId grab_number(std::int64_t device) const { return {id() * 8 + device}; }
  void arrive(sim::Key habit);
  void think(sim::Key habit, std::string_view lane);
  void say(const std::string& what, const std::string& again = {});

  seckill::GrabStatus grab(seckill::GrabId number);
  void talk_nonsense(std::size_t way);
  bool confirm(seckill::GrabId number);
  void pay(seckill::GrabId number);
  // Until an answer is final, or it is not worth asking.
  template <class Reply, class Request, class Final>
  std::optional<Reply> ask(std::string_view method, const Request& request, Final final);

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  const RushSpec& work_;
  const Sale& sale_;
  Diary& diary_;
  UserId user_;
  seckill::CourseId course_{};
};

}  // namespace ordeal::course_sale
