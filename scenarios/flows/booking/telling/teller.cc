// The facts of booking in words, and what they draw. Bookings are named by their guest.
#include <map>
#include <string>
#include <utility>

#include "core/api/booking.h"
#include "core/wire/names.h"
#include "scenarios/flows/booking/parts.h"
#include "scenarios/flows/booking/telling/telling.h"

namespace ordeal::booking {
namespace {

namespace told = api::facts;

class BookingTeller final : public play::Teller {
 public:
  BookingTeller(const play::Scenario& scenario, sim::Simulation& simulation)
      : scenario_(scenario), sim_(simulation) {}

  void on_fact(const sim::Fact& fact) override {
    if (const auto* booked = fact.body.get_if<told::VenueBooked>()) return say_booked(fact, *booked);
    if (const auto* paid = fact.body.get_if<told::BookingPaid>())
      say(fact, paid->booking, "counts " + paid->booking.text() + " as paid");
    if (const auto* cancelled = fact.body.get_if<told::BookingCancelled>())
      say(fact, cancelled->booking, "cancels " + cancelled->booking.text() + ", which is unpaid");
  }

 private:
  void say_booked(const sim::Fact& fact, const told::VenueBooked& booked) {
    const std::string guest = guest_text(scenario_, booked.user);
    const std::size_t nth = ++bookings_[guest];
    sim_.tale().call(booked.booking.text(),
                     guest + "'s " + (nth == 1 ? "" : std::to_string(nth) + ". ") + "booking", guest);
    owners_[booked.booking] = guest;
    std::string under;
    for (const told::WrittenUnder& one : booked.under)
      under += (under.empty() ? ", token " : " and ") + std::to_string(one.token);
    say(fact, booked.booking,
        "writes down " + booked.booking.text() + ": " + venue_text(scenario_, booked.venue) + ", " +
            stretch_text(scenario_, booked.from, booked.until) + (booked.under.size() > 1 ? "" : under));
  }
  void say(const sim::Fact& fact, BookingId booking, std::string text) {
    sim::Told line;
    line.about = {booking.text(), owners_[booking]};
    line.text = std::move(text);
    sim_.tell(fact, std::move(line));
  }

  const play::Scenario& scenario_;
  sim::Simulation& sim_;
  std::map<BookingId, std::string> owners_;
  std::map<std::string, std::size_t> bookings_;
};

// A booking is a band; how many slots of a venue are somebody's is a figure.
class BookingPainter final : public play::Painter {
 public:
  explicit BookingPainter(const play::Scenario& scenario) : scenario_(scenario) {}

  void on_fact(const play::DrawnFact& fact, sim::Picture& picture) override {
    if (const auto* booked = fact.body.get_if<told::VenueBooked>()) {
      venues_[booked->booking] = booked->venue;
      draw(fact, booked->booking, "UNPAID", 1, picture);
    }
    if (const auto* paid = fact.body.get_if<told::BookingPaid>())
      draw(fact, paid->booking, "PAID", 0, picture);
    if (const auto* cancelled = fact.body.get_if<told::BookingCancelled>())
      draw(fact, cancelled->booking, "CANCELLED", -1, picture);
  }

 private:
  void draw(const play::DrawnFact& fact, BookingId booking, std::string state, std::int64_t more,
            sim::Picture& picture) {
    const VenueId venue = venues_[booking];
    picture.moves.push_back({fact.at_ns, "booking", booking.text(), "", std::move(state), ""});
    picture.levels.push_back(
        {fact.at_ns, "bookings", venue_text(scenario_, venue), "", active_[venue] += more, 0});
    picture.beliefs.push_back({fact.at_ns, fact.host, booking.text(), picture.moves.back().to});
  }

  const play::Scenario& scenario_;
  std::map<BookingId, VenueId> venues_;
  std::map<VenueId, std::int64_t> active_;
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<BookingTeller>(scenario, simulation);
}

const play::Picturing& picturing() {
  static const play::Picturing row{
      {&told::VenueBooked::type(), &told::BookingPaid::type(), &told::BookingCancelled::type()},
      [](const play::Scenario& scenario) -> std::unique_ptr<play::Painter> {
        return std::make_unique<BookingPainter>(scenario);
      }};
  return row;
}

}  // namespace ordeal::booking
