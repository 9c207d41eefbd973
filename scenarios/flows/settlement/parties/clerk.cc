#include <utility>

#include "core/clearing/calendar.h"
#include "scenarios/flows/settlement/parties/buyer.h"
#include "scenarios/flows/settlement/parties/custodian.h"

namespace ordeal::settlement {
namespace {

using namespace ordeal::literals;
using api::SetRuleStatus;
using play::Crowd;
using play::Part;
using play::World;
using sim::lane;

constexpr std::array<Duration, 6> kAgain{2_s, 5_s, 15_s, 60_s, 3_min, 10_min};
constexpr std::size_t kMostRounds = 4;
// A job is fired by hand within a moment of when it fires by itself.
constexpr Duration kSameMoment = 2_s;

}  // namespace

Clerk::Clerk(sim::Process& process, World& world, const Crowd& crowd, play::Actor actor)
    : process_(process),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)) {}

sim::Key Clerk::key(std::string_view what) { return sim_.choices().next(sim::site_of(sim_.cause(), what)); }

api::SetRuleReply Clerk::set(const api::SetRule& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t at = diary_.set.size();
    diary_.set.push_back({request, sim_.now_ns(), {}, {}});
    const auto reply =
        process_.env().rpc.call<api::SetRuleReply>("settlement", "set_rule", request, kBuyerPatience);
    if (reply) {
      diary_.set[at].answered_ns = sim_.now_ns();
      diary_.set[at].reply = *reply;
      if (reply->status != SetRuleStatus::unknown) return *reply;
    }
    if (i == kAgain.size()) return {};
    process_.env().tasks.sleep(kAgain[i]);
  }
}

// At the next hour at which slips are drafted or paid, beside the job itself.
void Clerk::fire_the_jobs() {
  const Rules& rules = crowd_.scenario().setting<SettlementSetting>().settlement;
  const sim::Choices& choices = sim_.choices();
  const sim::Key when = key("the job");
  const Instant start = crowd_.scenario().start;
  const Instant now = start + Duration{sim_.now_ns()};
  const Duration hour = choices.chance(when, lane("which"), {1, 2}) ? rules.draft_at : rules.pay_at;
  Instant next = Instant{clearing::begin_of_day(clearing::business_day(now.ns))} + hour;
  if (next <= now) next = next + 24_h;
  process_.env().tasks.sleep(next - now + choices.between(when, lane("moment"), {}, kSameMoment));
  sim_.mark("a job was fired by hand");
  sim_.tell(process_.host().id(),
            [&] { return sim::Told{.about = {name_}, .text = name_ + " fires the jobs by hand"}; });
  for (int i = 0; i < 2; ++i)
    static_cast<void>(process_.env().rpc.call<api::RunReply>("settlement", "run", api::RunSettlement{name_},
                                                             kBuyerPatience));
}

void Clerk::visit() {
  const sim::Choices& choices = sim_.choices();
  const auto& work = crowd_.part().as<ClerkSpec>();
  const auto& merchants = crowd_.scenario().setting<SettlementSetting>().settlement.merchants;
  const sim::Key habit = key("habits");
  process_.env().tasks.sleep(choices.between(habit, lane("at"), work.at.from, work.at.until - 1_ns));
  const std::size_t way = sim_.fork(process_.host(), kClerkFork, kClerkWays);
  if (way == 3 || choices.chance(habit, lane("job"), {1, 3})) return fire_the_jobs();
  const std::size_t index = choices.below(habit, lane("merchant"), merchants.size());
  api::SetRule request{merchant_id(index), 1, merchants[index].terms};
  request.terms.fee = static_cast<std::int64_t>(choices.below(habit, lane("fee"), 200));
  request.terms.commission = static_cast<std::int64_t>(choices.below(habit, lane("commission"), 1'500));
  if (way == 2) {
    sim_.mark("nonsense was asked for as a rule");
    api::SetRule nonsense = request;
    switch (choices.below(key("nonsense"), lane("which"), 4)) {
      case 0:
        nonsense.terms.fee = -1;
        break;
      case 1:
        nonsense.terms.commission = api::kMostToOthers + 1;
        break;
      case 2:
        nonsense.merchant = leader_id(0);
        break;
      default:
        nonsense.terms.rebate = 10'001;
    }
    set(nonsense);
  }
  if (way == 1) request.seen_version = 0;
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_},
                     .text = name_ + " gives " + merchants[index].name + " a fee of " +
                             std::to_string(request.terms.fee) + " and a commission of " +
                             std::to_string(request.terms.commission) + " of 10000"};
  });
  // Who is told that somebody was first looks at what he has done, and goes on from there.
  for (std::size_t i = 0; i < kMostRounds; ++i) {
    const auto reply = set(request);
    if (reply.status != SetRuleStatus::stale) return;
    sim_.mark("two clerks at one rule");
    request.seen_version = reply.version;
  }
}

namespace {

void start_custodian(sim::Process& process, World& world, const Part& part) {
  process.make<Custodian>(process, world, part.as<CustodianSpec>()).start();
}

std::vector<Instant> midnights(const Part&, Instant from, Instant until) {
  std::vector<Instant> ends;
  for (std::int64_t day = clearing::business_day(from.ns) + 1; clearing::begin_of_day(day) < until.ns; ++day)
    ends.push_back({clearing::begin_of_day(day)});
  return ends;
}

template <class Actor>
void start_crowd(sim::Process& process, World& world, const Crowd& crowd) {
  env::Tasks& tasks = process.env().tasks;
  for (const play::Actor& one : crowd.actors()) {
    auto& actor = process.make<Actor>(process, world, crowd, one);
    const env::TraceScope scope(tasks, tasks.root(actor.root()));
    tasks.spawn("visit", [&actor] { actor.visit(); });
  }
}

}  // namespace

std::vector<play::PartyRow> party_rows() {
  return {
      {{"custodian", "has the buyers' money, and moves it by orders: once for each number, sooner or later",
        &custodian_shape(), check_custodian},
       {{kOrderFork, kOrderWays}},
       midnights,
       start_custodian}};
}

std::vector<play::WorkloadRow> workload_rows() {
  return {{{"pickup_buyers", "people who pay for things, pick them up, and send some of them back",
            &buyer_shape(), check_buyers},
           {{kRecordingFork, kRecordingWays}, {kHandingFork, kHandingWays}, {kBackFork, kBackWays}},
           {{"other_lines", "buys one thing"},
            {"refund_before", "sends nothing back before picking it up"},
            {"refund_after", "sends nothing back after picking it up"},
            {"pick_up", "never comes for it"},
            {"asking_again", "takes no answer for an answer"},
            {"own_time", "comes in turn, a minute for each number"}},
           {"settlement"},
           [](const Part& part) { return part.as<BuyerSpec>().buyers; },
           [](const Part& part) { return part.as<BuyerSpec>().arrive.until; },
           nullptr,
           start_crowd<Buyer>},
          {{"clerks", "people who change a merchant's rule, or fire the jobs by hand", &clerk_shape(),
            check_clerks},
           {{kClerkFork, kClerkWays}},
           {},
           {"settlement"},
           [](const Part& part) { return part.as<ClerkSpec>().clerks; },
           [](const Part& part) { return part.as<ClerkSpec>().at.until; },
           nullptr,
           start_crowd<Clerk>}};
}

void Diary::add_to(Digest& digest) const {
  const auto add = [&](const auto& all) {
    for (const auto& one : all) {
      digest.add(std::decay_t<decltype(one.request)>::type().digest(&one.request));
      digest.add(std::decay_t<decltype(one.reply)>::type().digest(&one.reply));
    }
  };
  add(recorded);
  add(picked);
  add(refunded);
  add(set);
}

}  // namespace ordeal::settlement
