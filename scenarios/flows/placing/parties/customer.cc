#include "scenarios/flows/placing/parties/customer.h"

#include <algorithm>
#include <utility>

#include "core/wire/names.h"

namespace ordeal::placing {
namespace {

using namespace ordeal::literals;
using api::PlacedState;
using api::PlacingStatus;
using sim::lane;

// Who does not know what became of an order looks again: soon, then less and less often, then gives up.
constexpr std::array<Duration, 9> kAgain{1_s, 2_s, 5_s, 15_s, 60_s, 2_min, 5_min, 10_min, 30_min};
constexpr Duration kTogether = 400_ms;
constexpr UserId kStranger{(std::int64_t{1} << 50) - 1};

}  // namespace

Customer::Customer(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      work_(crowd.part().as<OrderingSpec>()),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)),
      user_{crowd.id_of(actor)} {}

bool Customer::does(CustomerPart part) const {
  return !crowd_.does_without(actor_, static_cast<std::uint32_t>(part));
}

sim::Key Customer::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

void Customer::arrive(sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  Duration at = choices.between(habit, lane("arrive"), work_.arrive.from, work_.arrive.until - 1_ns);
  if (sim_.fork(process_.host(), kComingFork, kComingWays) == 1) {
    const sim::Key rush{sim::site_of_path("all come to order"), 0};
    const Duration last = std::max(work_.arrive.from, work_.arrive.until - kTogether);
    at = choices.between(rush, lane("when"), work_.arrive.from, last) +
         choices.between(habit, lane("within"), {}, kTogether);
  }
  // Apart, so that what happens between two does not hang on chance; and at round times.
  if (!does(CustomerPart::own_time)) at = work_.arrive.from + 100_ms * actor_.number;
  process_.env().tasks.sleep(at);
}

api::Place Customer::wish(std::size_t nth) {
  const sim::Choices& choices = sim_.choices();
  const sim::Key wanted = key("wish");
  const auto below = [&](sim::Lane what, std::int64_t n) {
    return static_cast<std::int64_t>(choices.below(wanted, what, static_cast<std::uint64_t>(n)));
  };
  const auto things =
      static_cast<std::int64_t>(crowd_.scenario().setting<StoresSetting>().stores.things.size());
  const auto thing = static_cast<std::size_t>(below(lane("thing"), things));
  const std::int64_t qty = 1 + below(lane("qty"), work_.habits.qty_max);
  const std::int64_t points = 1 + below(lane("points"), work_.habits.points_most);
  const bool without =
      choices.chance(wanted, lane("no points"), work_.habits.no_points) || !does(CustomerPart::points);
  return {user_, sku_id(thing), does(CustomerPart::further_units) ? qty : 1, without ? 0 : points,
          // As an app counts them: keys are a customer's own, and others have the same.
          "order-" + std::to_string(nth + 1)};
}

void Customer::visit() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key habit = key("habits");
  arrive(habit);
  const std::size_t way = sim_.fork(process_.host(), kOrderingFork, kOrderingWays);
  const bool clicks_twice = choices.chance(habit, lane("double click"), work_.habits.double_click);
  const auto orders =
      does(CustomerPart::further_orders) ? static_cast<std::size_t>(work_.habits.orders) : std::size_t{1};
  for (std::size_t nth = 0; nth < orders; ++nth) {
    if (nth > 0 && does(CustomerPart::thinking))
      process_.env().tasks.sleep(
          choices.between(key("think"), lane("think"), work_.habits.think_min, work_.habits.think_max));
    order(wish(nth), nth == 0 ? way : 0, nth == 0 && clicks_twice);
  }
}

void Customer::order(const api::Place& request, std::size_t way, bool clicks_twice) {
  say("orders " + std::to_string(request.qty) + " of " + thing_text(crowd_.scenario(), request.sku) +
      (request.points > 0 ? " with " + std::to_string(request.points) + " points" : ""));
  if (way == 1) ask_for_nonsense(request);
  if (clicks_twice && does(CustomerPart::second_click)) {
    say("clicks twice: the same order, once more");
    process_.env().tasks.spawn("second click", [this, request] { ask(request); });
  }
  if (way == 3) {
    sim_.mark("ordered on two devices");
    api::Place other = request;
    other.request_key += "/phone";
    process_.env().tasks.spawn("phone", [this, other] { ask(other); });
  }
  world_.sets_about("placings_begun");
  ask(request);
  if (way == 2) use_the_key_again(request);
}

std::optional<api::PlacingReply> Customer::ask_once(const api::Place& request) {
  const std::size_t line = diary_.asked.size();
  diary_.asked.push_back({request, sim_.now_ns()});
  const auto reply =
      process_.env().rpc.call<api::PlacingReply>("placing", "place", request, kCustomerPatience);
  if (!reply) return std::nullopt;
  diary_.asked[line].answered_ns = sim_.now_ns();
  diary_.asked[line].reply = *reply;
  return *reply;
}

void Customer::ask(const api::Place& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = diary_.asked.size();
    const auto reply = ask_once(request);
    if (reply && ends(*reply)) return say_heard(*reply);
    if (i == kAgain.size() || !does(CustomerPart::asking_again)) {
      diary_.asked[line].gave_up = does(CustomerPart::asking_again);
      return;
    }
    sim_.mark(reply ? "a customer looked again" : "a customer got no answer");
    say(reply ? "is told that it takes a moment, and looks again" : "gets no answer and asks again",
        "asks again");
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Customer::say_heard(const api::PlacingReply& reply) {
  if (reply.status != PlacingStatus::order) return;
  if (reply.state == PlacedState::placed) return say("is told: \"your order is placed\"");
  if (reply.lack == api::Lack::stock) sim_.mark("there was not enough stock");
  if (reply.lack == api::Lack::points) sim_.mark("there were not enough points");
  say(reply.lack == api::Lack::time
          ? "is told: \"that did not work\""
          : "is told: \"not enough " + std::string(wire::name_of(reply.lack)) + "\"");
}

void Customer::ask_for_nonsense(api::Place request) {
  sim_.mark("an impossible order was sent");
  request.request_key += "/nonsense";
  using Nonsense = void (*)(api::Place&);
  static constexpr std::array<Nonsense, 11> kAll{
      [](api::Place& r) { r.qty = 0; },
      [](api::Place& r) { r.qty = -1; },
      [](api::Place& r) { r.qty = 100; },
      [](api::Place& r) { r.qty = INT64_MAX; },
      [](api::Place& r) { r.points = -1; },
      [](api::Place& r) { r.points = 1'000'001; },
      [](api::Place& r) { r.sku.value += 1'000'000; },
      [](api::Place& r) { r.sku.value = 0; },
      [](api::Place& r) { r.user = kStranger; },
      [](api::Place& r) { r.request_key.clear(); },
      [](api::Place& r) { r.request_key.assign(65, 'k'); },
  };
  kAll[sim_.choices().below(key("nonsense"), lane("which"), kAll.size())](request);
  ask(request);
}

void Customer::use_the_key_again(api::Place request) {
  sim_.mark("key used for another order");
  ++request.qty;
  ask(request);
}

void Customer::say(std::string text, std::string again) {
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_}, .text = name_ + " " + std::move(text), .again = std::move(again)};
  });
}

void Diary::add_to(Digest& digest) const {
  for (const Asked& one : asked) {
    digest.add(api::Place::type().digest(&one.request));
    digest.add(api::PlacingReply::type().digest(&one.reply));
  }
}

namespace {

void start_ordering(sim::Process& process, play::World& world, const play::Crowd& crowd) {
  env::Tasks& tasks = process.env().tasks;
  for (const play::Actor& actor : crowd.actors()) {
    auto& customer = process.make<Customer>(process, world, crowd, actor);
    const env::TraceScope scope(tasks, tasks.root(customer.root()));
    tasks.spawn("visit", [&customer] { customer.visit(); });
  }
}

}  // namespace

std::vector<play::WorkloadRow> workload_rows() {
  return {{{"ordering", "customers who order things with points, and look until they know what became of it",
            &ordering_shape(), check_ordering},
           {{kComingFork, kComingWays}, {kOrderingFork, kOrderingWays}},
           {{"second_click", "the request is sent once"},
            {"points", "orders without points"},
            {"asking_again", "takes no answer for an answer"},
            {"thinking", "orders again at once"},
            {"further_orders", "orders once only"},
            {"further_units", "orders one unit"},
            {"own_time", "comes in turn, a tenth of a second for each number"}},
           {"placing", "storeroom", "loyalty"},
           [](const play::Part& part) { return part.as<OrderingSpec>().customers; },
           [](const play::Part& part) { return part.as<OrderingSpec>().arrive.until; },
           nullptr,
           start_ordering}};
}

}  // namespace ordeal::placing
