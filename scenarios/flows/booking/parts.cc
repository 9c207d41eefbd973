#include "scenarios/flows/booking/parts.h"

#include <fmt/format.h>

#include "faults/text.h"
#include "scenarios/play/actor.h"

namespace ordeal::booking {

using play::ObjectReader;
using play::Place;
using play::Shape;
using play::shown;

namespace {

using namespace ordeal::literals;

constexpr std::int64_t kMaxGuests = 5'000;
constexpr Duration kShortestSlot = 15_min;

void a_day_of_slots(const VenueSpec& venue, const ObjectReader& in) {
  if (venue.slot < kShortestSlot || venue.slot > kDay)
    in.place().key("slot").fail("from 15m to 24h", "\"" + faults::text(venue.slot) + "\"");
  if (venue.closes <= venue.opens || venue.closes > kDay)
    in.place().key("closes").fail("later than opens and at most 24h", shown(in.at("closes")));
  if ((venue.closes - venue.opens).ns % venue.slot.ns != 0)
    in.place().key("slot").fail("a length that fits into the open hours a whole number of times",
                                "\"" + faults::text(venue.slot) + "\"");
}

void each_venue_once(const Venues& venues, const ObjectReader& in) {
  const Place list = in.place().key("venues");
  for (std::size_t i = 0; i < venues.venues.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (venues.venues[j].name == venues.venues[i].name)
        list.item(i).key("venue").fail("each venue once", "\"" + venues.venues[i].name + "\" a second time");
    }
  }
}

const Shape<VenueSpec>& venue_shape() {
  static const Shape<VenueSpec> shape = [] {
    Shape<VenueSpec> s;
    s.text("venue", &VenueSpec::name, "what people call it");
    s.duration("opens", &VenueSpec::opens, "on each day, after midnight (UTC)");
    s.duration("closes", &VenueSpec::closes, "the same");
    s.duration("slot", &VenueSpec::slot, "bookings are of whole slots; an hour").optional();
    s.check(a_day_of_slots);
    return s;
  }();
  return shape;
}

const Shape<GuestArrival>& arrival_shape() {
  static const Shape<GuestArrival> shape = [] {
    Shape<GuestArrival> s;
    s.duration("from", &GuestArrival::from, "not before this");
    s.duration("until", &GuestArrival::until, "and before this");
    s.check([](const GuestArrival& arrive, const ObjectReader& in) {
      if (arrive.until <= arrive.from)
        in.place().key("until").fail("later than from, " + faults::text(arrive.from), shown(in.at("until")));
    });
    return s;
  }();
  return shape;
}

const Shape<GuestHabits>& habits_shape() {
  using H = GuestHabits;
  static const Shape<H> shape = [] {
    Shape<H> s;
    s.chance("never_pays", &H::never_pays, "leave their booking unpaid").optional().may_get_smaller();
    s.chance("pays_late", &H::pays_late, "come to pay around or after the end of its time")
        .optional()
        .may_get_smaller();
    s.chance("double_click", &H::double_click, "send the same request twice at once")
        .optional()
        .may_get_smaller();
    s.span("think", &H::think_min, &H::think_max, "between booking and paying").optional().may_get_smaller();
    s.span("late", &H::late_min, &H::late_max, "the same for those who pay late")
        .optional()
        .may_get_smaller();
    s.integer("slots_max", &H::slots_max, 1, 24, "slots of one booking").optional().may_get_smaller(1);
    s.integer("days", &H::days, 1, 30, "days that people ask for").optional().may_get_smaller(1);
    s.integer("wishes", &H::wishes, 1, 10, "stretches that one asks for until one is free")
        .optional()
        .may_get_smaller(1);
    s.check([](const H& habits, const ObjectReader& in) {
      if (!habits.pays_late.is_zero() && !in.has("late"))
        in.place().fail("the key \"late\", because pays_late is not 0", "an object without it");
    });
    return s;
  }();
  return shape;
}

std::string clock_text(Duration since_midnight) {
  const std::int64_t minutes = since_midnight.ns / Duration{1_min}.ns;
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace

VenueId venue_id(std::size_t index) { return {static_cast<std::int64_t>(index) + 1}; }

Venue venue_of(const VenueSpec& spec, std::size_t index) {
  return {venue_id(index), spec.opens, spec.closes, spec.slot};
}

std::string venue_text(const play::Scenario& scenario, VenueId venue) {
  const auto& venues = scenario.setting<Venues>().venues;
  const auto index = static_cast<std::size_t>(venue.value - 1);
  return venue.value >= 1 && index < venues.size() ? venues[index].name : venue.text();
}

std::string guest_text(const play::Scenario& scenario, UserId user) {
  const auto actor = play::actor_with_id(scenario, user.value);
  return actor ? play::actor_name(scenario, *actor) : user.text();
}

std::string stretch_text(const play::Scenario& scenario, Instant from, Instant until) {
  const Instant midnight = day_of(from);
  const std::int64_t day = (midnight - day_of(scenario.start)).ns / kDay.ns + 1;
  return clock_text(from - midnight) + "-" + clock_text(until - midnight) + " of day " + std::to_string(day);
}

std::vector<UserId> members_of(const play::Scenario& scenario) {
  std::vector<UserId> all;
  for (const play::Actor& actor : play::all_actors(scenario))
    all.push_back({play::Crowd(scenario, actor.workload, {}, {}).id_of(actor)});
  return all;
}

const Shape<Venues>& venues_shape() {
  static const Shape<Venues> shape = [] {
    Shape<Venues> s;
    s.list("venues", &Venues::venues, venue_shape(), 1, "what can be booked").may_get_smaller();
    s.check(each_venue_once);
    return s;
  }();
  return shape;
}

const Shape<BookingSpec>& booking_shape() {
  using B = BookingSpec;
  static const Shape<B> shape = [] {
    Shape<B> s;
    s.integer("guests", &B::guests, 1, kMaxGuests, "how many come, each to book once");
    s.object("arrive", &B::arrive, arrival_shape(), "when they come, uniformly");
    s.object("habits", &B::habits, habits_shape(), "what they do");
    return s;
  }();
  return shape;
}

void check_booking(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& work = part.as<BookingSpec>();
  if (scenario.setting<Venues>().venues.empty())
    place.fail("something to book: the key \"venues\" of the scenario", "none");
  if (work.arrive.until > scenario.storm)
    place.key("arrive").key("until").fail("at most the storm, " + faults::text(scenario.storm),
                                          "\"" + faults::text(work.arrive.until) + "\"");
}

}  // namespace ordeal::booking
