#include "scenarios/flows/payout/parties/payee.h"

#include <algorithm>
#include <utility>

namespace ordeal::payout {
namespace {

using namespace ordeal::literals;
using api::ClaimStatus;
using api::MakeStatus;
using api::PayoutState;
using sim::lane;

// A person who gets no answer tries again: at once, then less and less eagerly, then gives up.
constexpr std::array<Duration, 7> kAgain{1_s, 2_s, 5_s, 15_s, 60_s, 2_min, 5_min};
constexpr Duration kRush = 400_ms;
constexpr Duration kAroundTheEnd = 3_s;
constexpr Duration kInThatInstant = 20_ms;
constexpr Duration kJustInTime = 1_s;
constexpr std::int64_t kRound = 2'000;
constexpr std::array<Duration, 5> kLooks{5_s, 1_min, 10_min, 2_h, 40_h};
constexpr UserId kStranger{(std::int64_t{1} << 50) - 1};

}  // namespace

Payee::Payee(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      work_(crowd.part().as<PayeeSpec>()),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)),
      user_{crowd.id_of(actor)} {}

bool Payee::does(PayeePart part) const {
  return !crowd_.does_without(actor_, static_cast<std::uint32_t>(part));
}

sim::Key Payee::key(std::string_view what) { return sim_.choices().next(sim::site_of(sim_.cause(), what)); }

void Payee::arrive(sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  Duration at = choices.between(habit, lane("arrive"), work_.arrive.from, work_.arrive.until - 1_ns);
  if (sim_.fork(process_.host(), kComingFork, kComingWays) == 1) {
    const sim::Key rush{sim::site_of_path("the payouts are opened"), 0};
    const Duration last = std::max(work_.arrive.from, work_.arrive.until - kRush);
    at = choices.between(rush, lane("when"), work_.arrive.from, last) +
         choices.between(habit, lane("in the rush"), {}, kRush);
  }
  // Apart, so that what happens between two does not hang on chance; and at round times.
  if (!does(PayeePart::own_time)) at = work_.arrive.from + 100_ms * actor_.number;
  process_.env().tasks.sleep(at);
}

api::MakePayout Payee::wish() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key wanted = key("wish");
  const PayeeHabits& habits = work_.habits;
  const bool by_alipay = choices.chance(wanted, lane("way"), habits.by_alipay);
  const auto range = static_cast<std::uint64_t>(habits.most.minor - habits.least.minor + 1);
  const auto more = static_cast<std::int64_t>(choices.below(wanted, lane("amount"), range));
  std::int64_t minor = habits.least.minor + more;
  // Many want a round sum, so several of one day and account are the same.
  if (choices.chance(wanted, lane("round"), {1, 2}))
    minor = std::max(habits.least.minor, minor / kRound * kRound);
  api::MakePayout request{user_, api::PayWay::alipay, {}, {minor, {}}, "wish-1"};
  if (by_alipay) return request;
  request.way = api::PayWay::wechat;
  std::vector<std::string> apps;
  for (const AccountSpec& account : crowd_.scenario().setting<PayoutSetting>().payout.accounts) {
    if (account.way == api::PayWay::wechat) apps.insert(apps.end(), account.apps.begin(), account.apps.end());
  }
  request.app = apps[choices.below(wanted, lane("app"), apps.size())];
  return request;
}

void Payee::visit() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key habit = key("habits");
  arrive(habit);
  const std::size_t way = sim_.fork(process_.host(), kAskingFork, kAskingWays);
  const api::MakePayout request = wish();
  if (way == 1) ask_for_nonsense(request);
  if (way == 3) {
    sim_.mark("asked for two payouts at once");
    api::MakePayout other = request;
    other.request_key = "wish-2";
    process_.env().tasks.spawn("phone", [this, other] { ask(other); });
  }
  world_.sets_about("payouts_made");
  say("wants " + request.amount.text() + " paid out");
  const auto code = ask(request);
  if (way == 2) {
    sim_.mark("key used for another payout");
    api::MakePayout other = request;
    other.amount.minor += 1;
    ask(other);
  }
  if (!code || code->status != MakeStatus::made) return;
  if (choices.chance(habit, lane("never"), work_.habits.never_claims) || !does(PayeePart::claim)) {
    sim_.mark("code never scanned");
    return say("leaves, and never scans the code");
  }
  const std::size_t how = sim_.fork(process_.host(), kClaimingFork, kClaimingWays);
  process_.env().tasks.sleep(until_the_claim(habit, how, *code));
  const api::ClaimPayout scan{user_, code->payout, code->app};
  if (how == 1) {
    sim_.mark("scanned in another app");
    claim({user_, code->payout, code->app + "-of-others"});
  }
  if (how == 2) {
    sim_.mark("claimed by a stranger");
    claim({kStranger, code->payout, code->app});
    look_once({kStranger, code->payout});
    claim({user_, PayoutId{1}, code->app});
  }
  say("scans the code");
  const bool twice = choices.chance(habit, lane("double claim"), work_.habits.double_claim) || how == 3;
  if (twice && does(PayeePart::second_claim))
    process_.env().tasks.spawn("second claim", [this, scan] { claim(scan); });
  claim(scan);
  look(code->payout);
}

Duration Payee::until_the_claim(sim::Key habit, std::size_t way, const api::MakeReply& code) {
  const sim::Choices& choices = sim_.choices();
  const Instant now = crowd_.scenario().start + Duration{sim_.now_ns()};
  const PayeeHabits& habits = work_.habits;
  if (way == 4) {
    const Duration around = choices.chance(habit, lane("very last"), {1, 2}) ? kInThatInstant : kAroundTheEnd;
    return code.expires - now - around + choices.between(habit, lane("last moment"), {}, around * 2);
  }
  if (way == 5) {
    const Instant midnight = api::begin_of(api::business_day(now) + 1);
    if (midnight < code.expires) return midnight - now + choices.between(habit, lane("after"), {}, 10_s);
  }
  if (choices.chance(habit, lane("late"), habits.claims_late) && does(PayeePart::lateness)) {
    // Who is late runs for it, too.
    if (choices.chance(habit, lane("just in time"), {1, 3}))
      return code.expires - now - kJustInTime + choices.between(habit, lane("runs"), {}, kJustInTime);
    return choices.between(habit, lane("later"), habits.late_min, habits.late_max);
  }
  if (!does(PayeePart::thinking)) return {};
  return choices.between(habit, lane("think"), habits.think_min, habits.think_max);
}

std::optional<api::MakeReply> Payee::ask(const api::MakePayout& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = diary_.made.size();
    diary_.made.push_back({request, sim_.now_ns(), {}, {}});
    const auto reply = process_.env().rpc.call<api::MakeReply>("payout", "make", request, kPayeePatience);
    if (reply) {
      diary_.made[line].answered_ns = sim_.now_ns();
      diary_.made[line].reply = *reply;
      if (reply->status == MakeStatus::made) say("is shown a code");
      if (reply->status == MakeStatus::no_quota) {
        sim_.mark("told that no quota is left");
        say("is told: \"no more today\"");
      }
      if (reply->status != MakeStatus::unknown && reply->status != MakeStatus::busy) return *reply;
    }
    if (i == kAgain.size() || !does(PayeePart::asking_again)) {
      if (does(PayeePart::asking_again)) diary_.gave_up.push_back(name_);
      return std::nullopt;
    }
    sim_.mark("payee asked again");
    say("gets no answer and asks again", "asks again");
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Payee::ask_for_nonsense(const api::MakePayout& request) {
  sim_.mark("nonsense asked for at the payouts");
  using Nonsense = void (*)(api::MakePayout&);
  static constexpr std::array<Nonsense, 10> kAll{
      [](api::MakePayout& r) { r.amount.minor = 0; },
      [](api::MakePayout& r) { r.amount.minor = -r.amount.minor; },
      [](api::MakePayout& r) { r.amount.minor = 200'000; },
      [](api::MakePayout& r) { r.amount.minor = INT64_MAX; },
      [](api::MakePayout& r) {
        r.amount.currency.code = {'U', 'S', 'D'};
      },
      [](api::MakePayout& r) { r.user = {0}; },
      [](api::MakePayout& r) { r.user = {-7}; },
      [](api::MakePayout& r) { r.app = "app-of-nobody"; },
      [](api::MakePayout& r) { r.request_key.clear(); },
      [](api::MakePayout& r) { r.request_key.assign(65, 'k'); },
  };
  api::MakePayout nonsense = request;
  nonsense.request_key = "nonsense";
  kAll[sim_.choices().below(key("nonsense"), lane("which"), kAll.size())](nonsense);
  ask(nonsense);
}

void Payee::claim(const api::ClaimPayout& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = diary_.claimed.size();
    diary_.claimed.push_back({request, sim_.now_ns(), {}, {}});
    const auto reply = process_.env().rpc.call<api::ClaimReply>("payout", "claim", request, kPayeePatience);
    if (reply) {
      diary_.claimed[line].answered_ns = sim_.now_ns();
      diary_.claimed[line].reply = *reply;
      if (reply->status == ClaimStatus::too_late) {
        sim_.mark("code scanned too late");
        say("is told: \"the code is over\"");
      }
      if (reply->status == ClaimStatus::no_quota) {
        sim_.mark("told that no quota is left");
        say("is told: \"no more today\"");
      }
      if (reply->status != ClaimStatus::unknown && reply->status != ClaimStatus::busy) return;
    }
    if (i == kAgain.size() || !does(PayeePart::asking_again)) return;
    sim_.mark("payee asked again");
    process_.env().tasks.sleep(kAgain[i]);
  }
}

std::optional<api::LookReply> Payee::look_once(const api::LookAtPayout& request) {
  const std::size_t line = diary_.looked.size();
  diary_.looked.push_back({request, sim_.now_ns(), {}, {}});
  const auto reply = process_.env().rpc.call<api::LookReply>("payout", "look", request, kPayeePatience);
  if (!reply) return std::nullopt;
  diary_.looked[line].answered_ns = sim_.now_ns();
  diary_.looked[line].reply = *reply;
  return *reply;
}

void Payee::look(PayoutId payout) {
  for (const Duration wait : kLooks) {
    process_.env().tasks.sleep(wait);
    const auto reply = look_once({user_, payout});
    if (!reply) continue;
    if (reply->state == PayoutState::made || reply->state == PayoutState::paying) continue;
    if (reply->state == PayoutState::paid) say("is told: \"the money is yours\"");
    if (reply->state == PayoutState::failed) say("is told: \"it failed\"");
    return;
  }
}

void Payee::say(std::string text, std::string again) {
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_}, .text = name_ + " " + std::move(text), .again = std::move(again)};
  });
}

}  // namespace ordeal::payout
