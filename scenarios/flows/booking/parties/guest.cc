#include "scenarios/flows/booking/parties/guest.h"

#include <algorithm>
#include <utility>

namespace ordeal::booking {
namespace {

using namespace ordeal::literals;
using api::BookStatus;
using sim::lane;

// A person who gets no answer tries again: at once, then less and less eagerly, then gives up.
constexpr std::array<Duration, 7> kAgain{1_s, 2_s, 5_s, 15_s, 60_s, 2_min, 5_min};
constexpr Duration kRush = 400_ms;
constexpr Duration kAroundTheEnd = 3_s;
// As the service says it (core/booking/service.h).
constexpr Duration kPayWindow = 15_min;
constexpr std::string_view kTraining = "training";
constexpr UserId kStranger{(std::int64_t{1} << 50) - 1};

bool ends(const api::BookReply& reply) {
  return reply.status != BookStatus::unknown && reply.status != BookStatus::busy;
}

}  // namespace

Guest::Guest(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      work_(crowd.part().as<BookingSpec>()),
      venues_(crowd.scenario().setting<Venues>().venues),
      book_(world.books<Book>()),
      name_(crowd.name_of(actor)),
      user_{crowd.id_of(actor)} {}

bool Guest::does(GuestPart part) const {
  return !crowd_.does_without(actor_, static_cast<std::uint32_t>(part));
}

sim::Key Guest::key(std::string_view what) { return sim_.choices().next(sim::site_of(sim_.cause(), what)); }

void Guest::arrive(sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  Duration at = choices.between(habit, lane("arrive"), work_.arrive.from, work_.arrive.until - 1_ns);
  if (sim_.fork(process_.host(), kComingFork, kComingWays) == 1) {
    const sim::Key rush{sim::site_of_path("the day is opened"), 0};
    const Duration last = std::max(work_.arrive.from, work_.arrive.until - kRush);
    at = choices.between(rush, lane("when"), work_.arrive.from, last) +
         choices.between(habit, lane("in the rush"), {}, kRush);
  }
  // Apart, so that what happens between two does not hang on chance; and at round times.
  if (!does(GuestPart::own_time)) at = work_.arrive.from + 100_ms * actor_.number;
  process_.env().tasks.sleep(at);
}

// Some days ahead, so that no clock that is wrong makes it the past.
api::BookVenue Guest::wish(std::size_t nth) {
  const sim::Choices& choices = sim_.choices();
  const sim::Key wanted = key("wish");
  const auto below = [&](sim::Lane what, std::int64_t n) {
    return static_cast<std::int64_t>(choices.below(wanted, what, static_cast<std::uint64_t>(n)));
  };
  const auto index =
      static_cast<std::size_t>(below(lane("venue"), static_cast<std::int64_t>(venues_.size())));
  const VenueSpec& venue = venues_[index];
  const std::int64_t slots = (venue.closes - venue.opens).ns / venue.slot.ns;
  const std::int64_t length = 1 + below(lane("length"), std::min(slots, work_.habits.slots_max));
  const std::int64_t first = below(lane("first"), slots - length + 1);
  const Instant day = day_of(crowd_.scenario().start) + kDay * (3 + below(lane("day"), work_.habits.days));
  const Instant from = day + venue.opens + venue.slot * first;
  return {user_, venue_id(index), from, from + venue.slot * length, std::string(kTraining),
          // As an app counts them: keys are a guest's own, and others have the same.
          "wish-" + std::to_string(nth + 1)};
}

void Guest::visit() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key habit = key("habits");
  arrive(habit);
  const std::size_t way = sim_.fork(process_.host(), kBookingFork, kBookingWays);
  const bool clicks_twice = choices.chance(habit, lane("double click"), work_.habits.double_click);
  const auto wishes = does(GuestPart::further_wishes) ? static_cast<std::size_t>(work_.habits.wishes) : 1;
  for (std::size_t nth = 0; nth < wishes; ++nth) {
    const api::BookVenue request = wish(nth);
    say_wants(request);
    if (nth == 0 && way == 1) ask_for_nonsense(request);
    if (nth == 0 && clicks_twice && does(GuestPart::second_click)) {
      say("clicks twice: the same request, once more");
      process_.env().tasks.spawn("second click", [this, request] { ask(request); });
    }
    if (nth == 0 && way == 3) {
      sim_.mark("asked under two keys at once");
      api::BookVenue other = request;
      other.request_key += "/phone";
      process_.env().tasks.spawn("phone", [this, other] { ask(other); });
    }
    world_.sets_about("venues_booked");
    const api::BookReply reply = ask(request);
    if (nth == 0 && way == 2) use_the_key_again(request);
    if (reply.status == BookStatus::booked) return settle(reply, habit);
    if (reply.status != BookStatus::taken) return;
    sim_.mark("somebody else had it");
  }
}

std::optional<api::BookReply> Guest::ask_once(const api::BookVenue& request) {
  const std::size_t line = book_.asked.size();
  book_.asked.push_back({request, sim_.now_ns()});
  const auto reply = process_.env().rpc.call<api::BookReply>("booking", "book", request, kGuestPatience);
  book_.asked[line].ended_ns = sim_.now_ns();
  if (!reply) return std::nullopt;
  book_.asked[line].answered_ns = sim_.now_ns();
  book_.asked[line].reply = *reply;
  return *reply;
}

api::BookReply Guest::ask(const api::BookVenue& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = book_.asked.size();
    const auto reply = ask_once(request);
    if (reply && ends(*reply)) {
      if (reply->status == BookStatus::booked) say("is told: \"it is yours\"");
      if (reply->status == BookStatus::taken) say("is told: \"it is taken\"");
      return *reply;
    }
    if (i == kAgain.size() || !does(GuestPart::asking_again)) {
      book_.asked[line].gave_up = does(GuestPart::asking_again);
      return reply.value_or(api::BookReply{});
    }
    sim_.mark("guest asked again");
    say(reply ? "is told to wait and asks again" : "gets no answer and asks again", "asks again");
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Guest::ask_for_nonsense(api::BookVenue request) {
  sim_.mark("nonsense asked for");
  const VenueSpec& venue = venues_[static_cast<std::size_t>(request.venue.value - 1)];
  request.request_key += "/nonsense";
  using Nonsense = void (*)(api::BookVenue&, const VenueSpec&);
  static constexpr std::array<Nonsense, 16> kAll{
      [](api::BookVenue& r, const VenueSpec&) { std::swap(r.from, r.until); },
      [](api::BookVenue& r, const VenueSpec&) { r.until = r.from; },
      [](api::BookVenue& r, const VenueSpec&) { r.from = r.from + 1_min; },
      [](api::BookVenue& r, const VenueSpec&) { r.until = r.until - 1_ns; },
      [](api::BookVenue& r, const VenueSpec& v) { r.from = day_of(r.from) + v.opens - v.slot; },
      [](api::BookVenue& r, const VenueSpec& v) { r.until = day_of(r.from) + v.closes + v.slot; },
      [](api::BookVenue& r, const VenueSpec&) { r.until = r.until + kDay; },
      [](api::BookVenue& r, const VenueSpec&) { r.from = r.from - kDay * 30, r.until = r.until - kDay * 30; },
      [](api::BookVenue& r, const VenueSpec&) { r.from = r.from + kDay * 90, r.until = r.until + kDay * 90; },
      [](api::BookVenue& r, const VenueSpec&) { r.venue.value += 1'000'000; },
      [](api::BookVenue& r, const VenueSpec&) { r.venue.value = 0; },
      [](api::BookVenue& r, const VenueSpec&) { r.user = kStranger; },
      [](api::BookVenue& r, const VenueSpec&) { r.note.clear(); },
      [](api::BookVenue& r, const VenueSpec&) { r.note.assign(256, 'x'); },
      [](api::BookVenue& r, const VenueSpec&) { r.request_key.clear(); },
      [](api::BookVenue& r, const VenueSpec&) { r.request_key.assign(65, 'k'); },
  };
  kAll[sim_.choices().below(key("nonsense"), lane("which"), kAll.size())](request, venue);
  ask(request);
}

// Another stretch of the same length, or the same one for another purpose.
void Guest::use_the_key_again(api::BookVenue request) {
  sim_.mark("key used for another stretch");
  if (sim_.choices().chance(key("key again"), lane("note"), {1, 2})) {
    request.note = "a match";
  } else {
    const Duration length = request.until - request.from;
    request.from = request.from + length;
    request.until = request.until + length;
  }
  ask(request);
}

void Guest::settle(const api::BookReply& reply, sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  if (reply.state != api::BookingState::unpaid) return;
  const GuestHabits& habits = work_.habits;
  const bool late = choices.chance(habit, lane("late"), habits.pays_late) && does(GuestPart::lateness);
  if (choices.chance(habit, lane("never"), habits.never_pays) || !does(GuestPart::payment)) {
    sim_.mark("booking left unpaid");
    return say("leaves without paying");
  }
  Duration wait = late ? choices.between(habit, lane("later"), habits.late_min, habits.late_max)
                       : choices.between(habit, lane("think"), habits.think_min, habits.think_max);
  const std::size_t way = sim_.fork(process_.host(), kSettlingFork, kSettlingWays);
  if (way == 4)
    wait = kPayWindow - kAroundTheEnd + choices.between(habit, lane("last moment"), {}, kAroundTheEnd * 2);
  if (does(GuestPart::thinking)) process_.env().tasks.sleep(wait);
  const api::PayBooking request{user_, reply.booking, name_ + "/payment"};
  if (way == 3) {
    sim_.mark("paid for what is not his");
    offer({kStranger, reply.booking, request.payment_key});
    offer({user_, BookingId{1}, request.payment_key});
    offer({user_, reply.booking, ""});
    offer({user_, reply.booking, std::string(65, 'p')});
  }
  say("pays");
  if (way == 1) process_.env().tasks.spawn("second device", [this, request] { offer(request); });
  offer(request);
  if (way == 2) offer({user_, reply.booking, name_ + "/another"});
}

void Guest::offer(const api::PayBooking& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = book_.offered.size();
    book_.offered.push_back({request, sim_.now_ns()});
    const auto reply =
        process_.env().rpc.call<api::PayBookingReply>("booking", "pay", request, kGuestPatience);
    if (reply) {
      book_.offered[line].answered_ns = sim_.now_ns();
      book_.offered[line].reply = *reply;
      if (reply->status != api::PayBookingStatus::unknown) return;
    }
    if (i == kAgain.size() || !does(GuestPart::asking_again)) return;
    sim_.mark("guest asked again");
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Guest::say(std::string text, std::string again) {
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_}, .text = name_ + " " + std::move(text), .again = std::move(again)};
  });
}

void Guest::say_wants(const api::BookVenue& request) {
  const play::Scenario& scenario = crowd_.scenario();
  say("wants " + venue_text(scenario, request.venue) + ", " +
      stretch_text(scenario, request.from, request.until));
}

void Book::add_to(Digest& digest) const {
  for (const Asked& one : asked) {
    digest.add(api::BookVenue::type().digest(&one.request));
    digest.add(api::BookReply::type().digest(&one.reply));
  }
  for (const Offered& one : offered) {
    digest.add(api::PayBooking::type().digest(&one.request));
    digest.add(api::PayBookingReply::type().digest(&one.reply));
  }
}

namespace {

void start_booking(sim::Process& process, play::World& world, const play::Crowd& crowd) {
  env::Tasks& tasks = process.env().tasks;
  for (const play::Actor& actor : crowd.actors()) {
    auto& guest = process.make<Guest>(process, world, crowd, actor);
    const env::TraceScope scope(tasks, tasks.root(guest.root()));
    tasks.spawn("visit", [&guest] { guest.visit(); });
  }
}

}  // namespace

std::vector<play::WorkloadRow> workload_rows() {
  return {{{"booking", "guests who come for a stretch of a venue, book one, and pay or do not",
            &booking_shape(), check_booking},
           {{kComingFork, kComingWays}, {kBookingFork, kBookingWays}, {kSettlingFork, kSettlingWays}},
           {{"second_click", "the request is sent once"},
            {"lateness", "who would pay late pays at once"},
            {"payment", "leaves without paying"},
            {"asking_again", "takes no answer for an answer"},
            {"thinking", "pays at once"},
            {"further_wishes", "asks for one stretch only"},
            {"own_time", "comes in turn, a tenth of a second for each number"}},
           {"booking"},
           [](const play::Part& part) { return part.as<BookingSpec>().guests; },
           [](const play::Part& part) { return part.as<BookingSpec>().arrive.until; },
           nullptr,
           start_booking}};
}

}  // namespace ordeal::booking
