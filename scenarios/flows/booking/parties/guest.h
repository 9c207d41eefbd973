// A guest: comes, asks for a stretch of a venue under a request key, for another one when that is taken, pays or does not. Everything
// it decides is drawn by key from its own name, so guest 12 does the same whoever else is there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/booking.h"
#include "scenarios/flows/booking/parties/books.h"
#include "scenarios/flows/booking/parts.h"
#include "scenarios/play/actor.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::booking {

// When a guest comes. The rush: all who take this way come within the same fraction of a second, when the day is opened for booking.
inline constexpr std::string_view kComingFork = "coming";
inline constexpr std::array<std::string_view, 2> kComingWays{"own_time", "rush"};

// What is asked for. Nonsense: first for what no booking can be made of, around the checks of the app (B7, B38). Key again: once more
// under the same key, but for another stretch (F-89). Two devices: the same stretch on both, each with a key of its own.

inline constexpr std::string_view kBookingFork = "booking";
inline constexpr std::array<std::string_view, 4> kBookingWays{"as_shown", "nonsense", "key_again",
                                                              "two_devices"};

// How a booking is paid. Twice: the same payment on two devices at once. Another: having paid, once more under a second key. Not his:
// asks first to pay for what he has not booked. Last moment: within seconds of the end of its time.
inline constexpr std::string_view kSettlingFork = "settling";
inline constexpr std::array<std::string_view, 5> kSettlingWays{"once", "twice", "another", "not_his",
                                                               "last_moment"};

// How long a guest waits for the answer to one request.
inline constexpr Duration kGuestPatience{10'000'000'000};

// Parts of a visit that a trial may do without, in the order of the workload's row.
enum class GuestPart : std::uint32_t {
  second_click,
  lateness,
  payment,
  asking_again,
  thinking,
  further_wishes,
  own_time,
};

class Guest {
 public:
  // The crowd outlives the guest.
  Guest(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor);

  void visit();
  // The cause of everything this guest does.
  std::string root() const { return name_ + "/visit"; }

 private:
  bool does(GuestPart part) const;
  sim::Key key(std::string_view what);
  void arrive(sim::Key habit);
  api::BookVenue wish(std::size_t nth);
  // Until an answer ends it, or it is not worth asking. Each asking is written into the book.
  api::BookReply ask(const api::BookVenue& request);
  std::optional<api::BookReply> ask_once(const api::BookVenue& request);
  void ask_for_nonsense(api::BookVenue request);
  void use_the_key_again(api::BookVenue request);
  void settle(const api::BookReply& reply, sim::Key habit);
  void offer(const api::PayBooking& request);
  void say(std::string text, std::string again = {});
  void say_wants(const api::BookVenue& request);

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  const BookingSpec& work_;
  const std::vector<VenueSpec>& venues_;
  Book& book_;
  const std::string name_;
  const UserId user_;
};

std::vector<play::WorkloadRow> workload_rows();

}  // namespace ordeal::booking
