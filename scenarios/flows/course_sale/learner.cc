#include "scenarios/flows/course_sale/learner.h"

#include <array>

namespace ordeal::course_sale {
namespace {

using namespace ordeal::literals;
using seckill::GrabId;
using seckill::GrabStatus;
using sim::lane;

constexpr Duration kPatience = 8_s;  // with one request
constexpr std::array<Duration, 9> kAgain{500_ms, 1_s, 2_s, 4_s, 8_s, 15_s, 30_s, 60_s, 3_min};
constexpr std::array<Duration, 3> kPayAgain{20_s, 60_s, 3_min};
constexpr Duration kFast = 3_s;  // of a countdown that is wrong

}  // namespace

Learner::Learner(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      work_(crowd.part().as<RushSpec>()),
      sale_(crowd.scenario().setting<SaleSetting>().sale),
      diary_(world.books<Diary>()),
      user_{crowd.id_of(actor)} {}

void Learner::visit() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key habit = sim_.choices().next(sim::site_of(sim_.cause(), "habits"));
  course_ = course_id(choices.below(habit, lane("course"), sale_.courses.size()));
  arrive(habit);
  const std::size_t way = sim_.fork(process_.host(), kNonsenseFork, kNonsenseWays);
  if (way == 1 || way == 2) talk_nonsense(way);
  world_.sets_about("seats_won");
  if (choices.chance(habit, lane("second device"), work_.second_device) && !without(Omitted::second_device)) {
    sim_.mark("asked on two devices");
    process_.env().tasks.spawn("second device", [this] { grab(grab_number(2)); });
  }
  const GrabId number = grab_number(1);
  if (grab(number) != GrabStatus::won) return;
  if (way > 2) talk_nonsense(way);
  think(habit, "before confirming");
  if (leaves(habit, "leaves unconfirmed", work_.never_confirms)) return sim_.mark("a winner left");
  if (!confirm(number)) return;
  think(habit, "before paying");
  if (leaves(habit, "leaves unpaid", work_.never_pays)) return sim_.mark("left without paying for the seat");
  pay(number);
}

bool Learner::leaves(sim::Key habit, std::string_view where, Ratio chance) {
  if (!sim_.choices().chance(habit, lane(where), chance) || without(Omitted::leaving)) return false;
  say(" leaves");
  return true;
}

void Learner::arrive(sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  Duration at = sale_.opens + choices.between(habit, lane("arrive"), work_.from, work_.until);
  if (choices.chance(habit, lane("early"), work_.early)) at = sale_.opens - kFast;
  process_.env().tasks.sleep(at);
}

void Learner::think(sim::Key habit, std::string_view what) {
  process_.env().tasks.sleep(sim_.choices().between(habit, lane(what), work_.think_min, work_.think_max));
}

void Learner::say(const std::string& what, const std::string& again) {
  sim_.tell(process_.host().id(),
            [&] { return sim::Told{.about = {name()}, .text = name() + what, .again = again}; });
}

template <class Reply, class Request, class Final>
std::optional<Reply> Learner::ask(std::string_view method, const Request& request, Final final) {
  env::Env& env = process_.env();
  for (std::size_t i = 0;; ++i) {
    auto reply = env.rpc.call<Reply>("seckill", method, request, kPatience);
    if (reply && final(*reply)) return *reply;
    if (i == kAgain.size() || without(Omitted::asking_again)) {
      diary_.gave_up.push_back(user_);
      return std::nullopt;
    }
    sim_.mark("a learner asked again");
    say(" gets no good answer and asks again", "asks again");
    env.tasks.sleep(kAgain[i]);
  }
}

GrabStatus Learner::grab(GrabId number) {
  const seckill::Grab request{number, kActivity, course_, user_};
  sim_.tell(process_.host().id(), [&] {
    sim_.tale().call(number.text(), name() + (number == grab_number(1) ? "'s seat" : "'s other seat"),
                     name());
    return sim::Told{.about = {name()}, .text = name() + " asks for a seat"};
  });
  std::int64_t sent_ns = sim_.now_ns();
  const auto reply = ask<seckill::GrabReply>("grab", request, [&](const seckill::GrabReply& answer) {
    diary_.heard.push_back({number, user_, course_, answer.status, sent_ns, sim_.now_ns()});
    if (answer.status == GrabStatus::not_started) sim_.mark("came too early");
    return is_final(answer.status);
  });
  return reply ? reply->status : GrabStatus::unknown;
}

void Learner::talk_nonsense(std::size_t way) {
  env::Rpc& rpc = process_.env().rpc;
  sim_.mark("nonsense said to the sale");
  const auto refused = [&](bool well, std::string_view what) {
    if (!well) diary_.swallowed.emplace_back(what);
  };
  const GrabId mine = grab_number(1);
  const UserId stranger{user_.value + 1'000'000};
  if (way == 1 || way == 2) {
    const seckill::CourseId course = way == 1 ? seckill::CourseId{99} : course_;
    const GrabId number = way == 1 ? grab_number(3) : GrabId{-1};
    const auto reply = rpc.call<seckill::GrabReply>(
        "seckill", "grab", seckill::Grab{number, kActivity, course, user_}, kPatience);
    return refused(!reply || reply->status != GrabStatus::won, "a grab of nothing");
  }
  if (way == 3) {
    const auto page =
        rpc.call<seckill::PageReply>("seckill", "page", seckill::PageQuery{mine, stranger}, kPatience);
    return refused(!page || !page->found, "another's page");
  }
  const auto page =
      rpc.call<seckill::PageReply>("seckill", "page", seckill::PageQuery{mine, user_}, kPatience);
  if (!page || !page->found) return;
  const UserId who = way == 4 ? stranger : user_;
  const Money price = way == 4 ? page->price : Money{1, page->price.currency};
  const auto reply = rpc.call<seckill::ConfirmReply>(
      "seckill", "confirm", seckill::Confirm{mine, who, page->token, price}, kPatience);
  refused(!reply || reply->status != seckill::ConfirmStatus::confirmed, kNonsenseWays[way]);
}

bool Learner::confirm(GrabId number) {
  using seckill::ConfirmStatus;
  // A token that was lost with the cache: the page is opened once more.
  for (int round = 0; round < 3; ++round) {
    const auto page = ask<seckill::PageReply>("page", seckill::PageQuery{number, user_},
                                              [](const seckill::PageReply& answer) { return answer.found; });
    if (!page) return false;
    const auto reply = ask<seckill::ConfirmReply>(
        "confirm", seckill::Confirm{number, user_, page->token, page->price},
        [](const seckill::ConfirmReply& answer) { return answer.status != ConfirmStatus::unknown; });
    if (!reply) return false;
    if (reply->status == ConfirmStatus::confirmed) {
      diary_.confirmed[number] = user_;
      return true;
    }
    if (reply->status != ConfirmStatus::used_token) return false;
  }
  return false;
}

void Learner::pay(GrabId number) {
  using seckill::SeatPayStatus;
  for (std::size_t i = 0;; ++i) {
    const auto reply = ask<seckill::PayForSeatReply>(
        "pay", seckill::PayForSeat{number, user_},
        [](const seckill::PayForSeatReply& answer) { return answer.status > SeatPayStatus::pending; });
    if (reply && reply->status == SeatPayStatus::paid) {
      diary_.paid[number] = user_;
      return say(" has paid");
    }
    if (!reply || reply->status != SeatPayStatus::declined || i == kPayAgain.size()) return;
    sim_.mark("the till declined");
    process_.env().tasks.sleep(kPayAgain[i]);
  }
}

}  // namespace ordeal::course_sale
