#include "scenarios/flows/settlement/parties/buyer.h"

#include <algorithm>
#include <utility>

namespace ordeal::settlement {
namespace {

using namespace ordeal::literals;
using api::PickUpStatus;
using api::RecordStatus;
using api::RefundLineStatus;
using sim::lane;

// A cashier or a leader who gets no answer tries again: at once, then less and less eagerly, then gives up.
constexpr std::array<Duration, 8> kAgain{1_s, 2_s, 5_s, 15_s, 60_s, 2_min, 10_min, 1_h};
// When what goes back "after" has been settled, with its hold and a weekend in between.
constexpr Duration kSettledBy = 96_h;

}  // namespace

Buyer::Buyer(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      work_(crowd.part().as<BuyerSpec>()),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)) {}

bool Buyer::does(BuyerPart part) const {
  return !crowd_.does_without(actor_, static_cast<std::uint32_t>(part));
}

sim::Key Buyer::key(std::string_view what) { return sim_.choices().next(sim::site_of(sim_.cause(), what)); }

api::RecordTrade Buyer::wish() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key wanted = key("wish");
  const Rules& rules = crowd_.scenario().setting<SettlementSetting>().settlement;
  api::RecordTrade trade;
  trade.trade = {crowd_.id_of(actor_)};
  trade.merchant = merchant_id(choices.below(wanted, lane("merchant"), rules.merchants.size()));
  trade.leader = leader_id(choices.below(wanted, lane("leader"), rules.leaders.size()));
  const std::uint64_t lines = 1 + choices.below(wanted, lane("lines"), work_.habits.lines);
  const auto range = static_cast<std::uint64_t>(work_.habits.most.minor - work_.habits.least.minor + 1);
  for (std::uint64_t i = 0; i < lines; ++i) {
    const auto more = static_cast<std::int64_t>(choices.below(key("price"), lane("amount"), range));
    trade.lines.push_back({work_.habits.least.minor + more, {}});
  }
  if (!does(BuyerPart::other_lines)) trade.lines.resize(1);
  return trade;
}

void Buyer::visit() {
  const sim::Key habit = key("habits");
  Duration at = sim_.choices().between(habit, lane("arrive"), work_.arrive.from, work_.arrive.until - 1_ns);
  // Apart, so that what happens between two does not hang on chance; and at round times.
  if (!does(BuyerPart::own_time)) at = work_.arrive.from + 1_min * actor_.number;
  process_.env().tasks.sleep(at);
  const std::size_t way = sim_.fork(process_.host(), kRecordingFork, kRecordingWays);
  const api::RecordTrade trade = wish();
  if (way == 1) record_nonsense(trade);
  Money sum;
  for (const Money& line : trade.lines) sum += line;
  world_.books<CustodianBook>().paid_in[trade.trade] = {trade.merchant, sum.minor};
  world_.sets_about("trades_recorded");
  say("pays " + sum.text() + " for " + std::to_string(trade.lines.size()) +
      (trade.lines.size() == 1 ? " thing of " : " things of ") +
      party_text(crowd_.scenario(), trade.merchant) + ", to be picked up at " +
      party_text(crowd_.scenario(), trade.leader));
  if (way == 2) process_.env().tasks.spawn("other cashier", [this, trade] { record(trade); });
  if (!record(trade)) return;
  if (way == 3) {
    sim_.mark("a trade's number was used again");
    api::RecordTrade other = trade;
    other.lines.front().minor += 1;
    record(other);
  }
  for (std::size_t i = 0; i < trade.lines.size(); ++i) {
    const auto no = static_cast<std::int64_t>(i);
    process_.env().tasks.spawn("line-" + std::to_string(i + 1), [this, trade, no] { line(trade, no); });
  }
}

template <class Request, class Reply>
Reply Buyer::ask(std::vector<Said<Request, Reply>> Diary::*page, std::string_view method,
                 const Request& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t at = (diary_.*page).size();
    (diary_.*page).push_back({request, sim_.now_ns(), {}, {}});
    const auto reply = process_.env().rpc.call<Reply>("settlement", method, request, kBuyerPatience);
    if (reply) {
      (diary_.*page)[at].answered_ns = sim_.now_ns();
      (diary_.*page)[at].reply = *reply;
      if (static_cast<int>(reply->status) != 0) return *reply;
    }
    if (i == kAgain.size() || !does(BuyerPart::asking_again)) return {};
    sim_.mark("somebody asked the settlement again");
    process_.env().tasks.sleep(kAgain[i]);
  }
}

bool Buyer::record(const api::RecordTrade& request) {
  return ask(&Diary::recorded, "record", request).status == RecordStatus::recorded;
}

void Buyer::record_nonsense(const api::RecordTrade& request) {
  sim_.mark("nonsense was recorded as a trade");
  using Nonsense = void (*)(api::RecordTrade&);
  static constexpr std::array<Nonsense, 9> kAll{
      [](api::RecordTrade& t) { t.trade = {-1}; },
      [](api::RecordTrade& t) { t.merchant = t.leader; },
      [](api::RecordTrade& t) { t.merchant = api::kPlatform; },
      [](api::RecordTrade& t) { t.leader = t.merchant; },
      [](api::RecordTrade& t) { t.lines.clear(); },
      [](api::RecordTrade& t) {
        t.lines.assign(21, {1, {}});
      },
      [](api::RecordTrade& t) { t.lines.front().minor = 0; },
      [](api::RecordTrade& t) { t.lines.front().minor = INT64_MAX; },
      [](api::RecordTrade& t) {
        t.lines.front().currency.code = {'U', 'S', 'D'};
      },
  };
  api::RecordTrade nonsense = request;
  nonsense.trade.value += std::int64_t{1} << 40;
  kAll[sim_.choices().below(key("nonsense"), lane("which"), kAll.size())](nonsense);
  ask(&Diary::recorded, "record", nonsense);
}

Money Buyer::part_of(sim::Key habit, Money left) {
  const sim::Choices& choices = sim_.choices();
  if (left.minor == 1 || choices.chance(habit, lane("whole"), work_.habits.whole)) return left;
  return {1 + static_cast<std::int64_t>(
                  choices.below(habit, lane("part"), static_cast<std::uint64_t>(left.minor - 1))),
          {}};
}

void Buyer::line(const api::RecordTrade& trade, std::int64_t no) {
  const sim::Choices& choices = sim_.choices();
  const BuyerHabits& habits = work_.habits;
  const sim::Key habit = key("line");
  const std::size_t back = sim_.fork(process_.host(), kBackFork, kBackWays);
  Money left = trade.lines[static_cast<std::size_t>(no)];
  process_.env().tasks.sleep(choices.between(habit, lane("pick up"), habits.pick_min, habits.pick_max));
  if (back == 4) send_back(trade.trade, no, "too much", {left.minor + 1, {}});
  const bool before = choices.chance(habit, lane("before"), habits.refund_before) || back == 1;
  if (before && does(BuyerPart::refund_before)) {
    const Money some = part_of(key("before"), left);
    send_back(trade.trade, no, "before", some);
    left -= some;
    if (back == 5) send_back(trade.trade, no, "before", {some.minor + 1, {}});
  }
  if (left.minor == 0) return;
  if (choices.chance(habit, lane("never"), habits.never_comes) || !does(BuyerPart::pick_up)) {
    sim_.mark("a line was never picked up");
    return say("never comes for thing " + std::to_string(no + 1));
  }
  const Money part = part_of(key("after"), left);
  if (back == 2) {
    sim_.mark("a line went back while it was picked up");
    process_.env().tasks.spawn("meanwhile",
                               [this, trade, no, part] { send_back(trade.trade, no, "after", part); });
  }
  hand_out(trade.trade, no);
  const bool after = choices.chance(habit, lane("after"), habits.refund_after) || back == 3 || back == 6;
  if (back == 2 || !after || !does(BuyerPart::refund_after)) return;
  process_.env().tasks.sleep(
      back == 3 ? kSettledBy : choices.between(habit, lane("back"), habits.back_min, habits.back_max));
  if (back == 6)
    process_.env().tasks.spawn("twice",
                               [this, trade, no, part] { send_back(trade.trade, no, "after", part); });
  send_back(trade.trade, no, "after", part);
}

void Buyer::hand_out(TradeId trade, std::int64_t no) {
  const std::size_t way = sim_.fork(process_.host(), kHandingFork, kHandingWays);
  if (way == 3) pick_up(trade, 99, false);
  if (way == 1) process_.env().tasks.spawn("other device", [this, trade, no] { pick_up(trade, no, false); });
  pick_up(trade, no);
  if (way != 2) return;
  process_.env().tasks.sleep(1_h);
  pick_up(trade, no, false);
}

void Buyer::pick_up(TradeId trade, std::int64_t no, bool says) {
  if (says) say("picks up thing " + std::to_string(no + 1));
  ask(&Diary::picked, "pick_up", api::PickUp{trade, no});
}

void Buyer::send_back(TradeId trade, std::int64_t no, std::string key, Money amount) {
  say("wants " + amount.text() + " back for thing " + std::to_string(no + 1));
  const auto reply = ask(&Diary::refunded, "refund", api::RefundLine{trade, no, std::move(key), amount});
  if (reply.status == RefundLineStatus::refunded) say("has " + amount.text() + " back");
  if (reply.status == RefundLineStatus::too_much) sim_.mark("more was to go back than was paid");
}

void Buyer::say(std::string text) {
  sim_.tell(process_.host().id(),
            [&] { return sim::Told{.about = {name_}, .text = name_ + " " + std::move(text)}; });
}

}  // namespace ordeal::settlement
