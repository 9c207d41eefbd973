#include "scenarios/flows/aftersale/parties/returner.h"

#include <algorithm>
#include <utility>

namespace ordeal::aftersale {
namespace {

using namespace ordeal::literals;
using api::AskStatus;
using api::BackState;
using sim::lane;

// A person who gets no answer tries again: at once, then less and less eagerly, then gives up.
constexpr std::array<Duration, 7> kAgain{1_s, 2_s, 5_s, 15_s, 60_s, 2_min, 5_min};
constexpr std::array<Duration, 5> kLooks{10_s, 2_min, 20_min, 2_h, 40_h};
constexpr UserId kStranger{(std::int64_t{1} << 50) - 1};

}  // namespace

Returner::Returner(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      work_(crowd.part().as<ReturnerSpec>()),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)),
      user_{crowd.id_of(actor)},
      trade_(*trade_of(crowd.scenario(), payment_of(user_))) {}

bool Returner::does(ReturnerPart part) const {
  return !crowd_.does_without(actor_, static_cast<std::uint32_t>(part));
}

sim::Key Returner::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

// The pieces of a trade cost the same, so wishes for them are equal amounts.
std::vector<api::AskRefund> Returner::wishes(std::size_t way) {
  const sim::Choices& choices = sim_.choices();
  const sim::Key wanted = key("wishes");
  const auto pieces =
      2 + static_cast<std::int64_t>(choices.below(wanted, lane("pieces"),
                                                  static_cast<std::uint64_t>(work_.habits.pieces_most - 1)));
  auto count = 1 + static_cast<std::int64_t>(
                       choices.below(wanted, lane("wishes"), static_cast<std::uint64_t>(pieces)));
  if (way == 4) count = pieces + 1;
  if (!does(ReturnerPart::further_wishes)) count = 1;
  std::vector<api::AskRefund> all;
  for (std::int64_t i = 1; i <= count; ++i)
    all.push_back({user_,
                   payment_of(user_),
                   {trade_.spec->amount.minor / pieces, kCurrency},
                   "piece-" + std::to_string(i)});
  return all;
}

void Returner::visit() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key habit = key("habits");
  Duration at = choices.between(habit, lane("arrive"), work_.arrive.from, work_.arrive.until - 1_ns);
  // Apart, so that what happens between two does not hang on chance; and at round times.
  if (!does(ReturnerPart::own_time)) at = work_.arrive.from + 100_ms * actor_.number;
  process_.env().tasks.sleep(at);
  const std::size_t way = sim_.fork(process_.host(), kAskingFork, kAskingWays);
  if (way == 1) ask_for_nonsense();
  const std::vector<api::AskRefund> all = wishes(way);
  world_.sets_about("refunds_asked");
  if (choices.chance(habit, lane("disputes"), work_.habits.disputes) && does(ReturnerPart::dispute))
    process_.env().tasks.spawn("bank", [this, habit] { go_to_the_bank(habit); });
  const bool at_once = choices.chance(habit, lane("at once"), work_.habits.at_once) || way == 3;
  if (at_once && all.size() > 1) sim_.mark("everything wished for at once");
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && !at_once && does(ReturnerPart::pausing))
      process_.env().tasks.sleep(
          choices.between(key("pause"), lane("pause"), work_.habits.pause_min, work_.habits.pause_max));
    process_.env().tasks.spawn("wish", [this, wish = all[i], way] { wish_for(wish, way == 5); });
  }
  if (way != 2) return;
  sim_.mark("key used for another amount");
  api::AskRefund other = all.front();
  other.amount.minor += 1;
  api::RefundReply reply;
  ask_once(other, reply);
}

void Returner::wish_for(const api::AskRefund& wish, bool twice) {
  say("wants " + wish.amount.text() + " back");
  if (twice) {
    sim_.mark("asked for one refund on two devices");
    process_.env().tasks.spawn("second device", [this, wish] { ask(wish); });
  }
  ask(wish);
}

bool Returner::ask_once(const api::AskRefund& wish, api::RefundReply& reply) {
  const std::size_t line = diary_.asked.size();
  diary_.asked.push_back({wish, sim_.now_ns(), {}, {}});
  const auto said = process_.env().rpc.call<api::RefundReply>("aftersale", "ask", wish, kPatience);
  if (!said) return false;
  diary_.asked[line].answered_ns = sim_.now_ns();
  diary_.asked[line].reply = *said;
  reply = *said;
  return reply.status != AskStatus::unknown;
}

void Returner::ask(const api::AskRefund& wish) {
  api::RefundReply reply;
  for (std::size_t i = 0; !ask_once(wish, reply); ++i) {
    if (i == kAgain.size() || !does(ReturnerPart::asking_again)) return;
    sim_.mark("returner asked again");
    say("gets no answer and asks again", "asks again");
    process_.env().tasks.sleep(kAgain[i]);
  }
  if (reply.status == AskStatus::exceeds) {
    sim_.mark("told that not as much is left");
    return say("is told: \"not as much is left of it\"");
  }
  if (reply.status == AskStatus::too_many) {
    sim_.mark("told that there were too many refunds");
    return say("is told: \"there were too many refunds\"");
  }
  if (reply.status != AskStatus::accepted) return;
  say("is told: \"your refund is on its way\"");
  look(reply.refund);
}

void Returner::ask_for_nonsense() {
  sim_.mark("nonsense asked for at refunds");
  using Nonsense = void (*)(api::AskRefund&);
  static constexpr std::array<Nonsense, 9> kAll{
      [](api::AskRefund& r) { r.amount.minor = 0; },
      [](api::AskRefund& r) { r.amount.minor = -r.amount.minor; },
      [](api::AskRefund& r) { r.amount.minor = Money::kMaxMinor; },
      [](api::AskRefund& r) {
        r.amount.currency.code = {'U', 'S', 'D'};
      },
      [](api::AskRefund& r) { r.buyer = kStranger; },
      [](api::AskRefund& r) { r.payment = {-7}; },
      [](api::AskRefund& r) { r.payment.value += 500'000; },
      [](api::AskRefund& r) { r.request_key.clear(); },
      [](api::AskRefund& r) { r.request_key.assign(65, 'k'); },
  };
  api::AskRefund nonsense{user_, payment_of(user_), {trade_.spec->amount.minor, kCurrency}, "nonsense"};
  kAll[sim_.choices().below(key("nonsense"), lane("which"), kAll.size())](nonsense);
  api::RefundReply reply;
  ask_once(nonsense, reply);
}

void Returner::look(RefundId refund) {
  for (const Duration wait : kLooks) {
    process_.env().tasks.sleep(wait);
    const api::LookAtRefund request{user_, refund};
    const std::size_t line = diary_.looked.size();
    diary_.looked.push_back({request, sim_.now_ns(), {}, {}});
    const auto reply = process_.env().rpc.call<api::RefundLook>("aftersale", "look", request, kPatience);
    if (!reply) continue;
    diary_.looked[line].answered_ns = sim_.now_ns();
    diary_.looked[line].reply = *reply;
    if (reply->state == BackState::waiting || reply->state == BackState::sending) continue;
    if (reply->state == BackState::failed) sim_.mark("a refund failed");
    return;
  }
}

// He does not wait for what becomes of his wishes, which is how a bank and a shop come to pay for the same thing.
void Returner::go_to_the_bank(sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  process_.env().tasks.sleep(choices.between(habit, lane("to the bank"), {}, work_.habits.pause_max));
  const std::int64_t parts = choices.chance(habit, lane("all of it"), {1, 2}) ? 1 : 2;
  const api::Dispute complaint{
      "case-" + name_, payment_of(user_), {trade_.spec->amount.minor / parts, kCurrency}};
  sim_.mark("a buyer went to his bank");
  say("goes to the bank for " + complaint.amount.text());
  const std::string url = channel_url(crowd_.scenario(), trade_.spec->by) + "/complain";
  for (std::size_t i = 0; i < kAgain.size(); ++i) {
    const auto said = process_.env().http.post(url, env::Message::of(complaint).to_json(), kPatience);
    if (said && said->status == 200) return;
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Returner::say(std::string text, std::string again) {
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_}, .text = name_ + " " + std::move(text), .again = std::move(again)};
  });
}

}  // namespace ordeal::aftersale
