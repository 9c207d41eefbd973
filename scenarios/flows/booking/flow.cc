#include "scenarios/flows/booking/flow.h"

#include "core/api/booking.h"
#include "core/booking/service.h"
#include "core/cache/lock_scripts.h"
#include "scenarios/flows/booking/flaws/flaws.h"
#include "scenarios/flows/booking/laws/laws.h"
#include "scenarios/flows/booking/parties/guest.h"
#include "scenarios/flows/booking/parts.h"
#include "scenarios/flows/booking/seams.h"
#include "scenarios/flows/booking/telling/telling.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"

namespace ordeal::booking {
namespace {

namespace told = api::facts;
using play::Starting;

void open_venues(env::Tx& tx, const play::Scenario& scenario) {
  const auto& venues = scenario.setting<Venues>().venues;
  for (std::size_t i = 0; i < venues.size(); ++i) put_venue(tx, venue_of(venues[i], i));
  for (const UserId user : members_of(scenario)) put_member(tx, user);
}

void start_booking(const Starting& in) {
  Config config;
  config.batch = in.knobs.number("booking.batch", config.batch);
  auto& keeper = in.process.own(in.designer.make(slot_keeper()));
  in.process.make<Service>(in.env, *in.database, keeper, config).start();
}

std::vector<play::MachineRow> machine_rows() {
  static constexpr auto kStates = names_of(api::BookingState{});
  return {{"booking",
           "a stretch of a venue that somebody has",
           "booking",
           kStates,
           {{"", "UNPAID", "a guest", &told::VenueBooked::type},
            {"UNPAID", "PAID", "a payment", &told::BookingPaid::type},
            {"UNPAID", "CANCELLED", "its time", &told::BookingCancelled::type}}}};
}

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "booking";
    f.summary = "a stretch of a venue: booked under a lock, paid or free again in time";
    f.services = {{"booking",
                   "books venues, hears of payments, cancels what is not paid in time",
                   {},
                   [](const play::Designer&) { return std::string_view(kSchema); },
                   open_venues,
                   start_booking}};
    f.seams = {&slot_keeper()};
    f.flaws = flaw_rows();
    f.settings = {{{"venues", "what can be booked, and when it is open", &venues_shape(), nullptr}}};
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {{"venues_booked", "bookings that were written down", &told::VenueBooked::type},
                {"bookings_paid", "bookings that became PAID", &told::BookingPaid::type},
                {"bookings_cancelled", "bookings that were not paid in time", &told::BookingCancelled::type}};
    f.machines = machine_rows();
    f.columns = column_rows();
    f.points = {{"booking: the work under the lock takes long",
                 "Forty seconds pass between the lock and the write, as on a host that pauses.", "booking"}};
    f.marks = mark_rows();
    f.knobs = {{"booking.batch", {"1", "2"}, "bookings that are cancelled in one pass", "booking"}};
    f.scripts = cache::lock_scripts();
    f.measures = measure_rows();
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    f.covers = cover_rows();
    f.teller = make_teller;
    f.answers = {play::Answer::of(picturing())};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::booking
