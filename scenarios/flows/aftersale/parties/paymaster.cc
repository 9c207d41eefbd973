#include <utility>

#include "scenarios/flows/aftersale/parties/channel.h"
#include "scenarios/flows/aftersale/parties/returner.h"

namespace ordeal::aftersale {
namespace {

using namespace ordeal::literals;
using play::Crowd;
using play::Part;
using play::World;
using sim::lane;

constexpr std::array<Duration, 8> kAgain{2_s, 5_s, 15_s, 60_s, 3_min, 10_min, 30_min, 2_h};

}  // namespace

Paymaster::Paymaster(sim::Process& process, World& world, const Crowd& crowd, play::Actor actor)
    : process_(process),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)) {}

sim::Key Paymaster::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

void Paymaster::pay_in(const api::Deposit& deposit) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = diary_.paid_in.size();
    diary_.paid_in.push_back({deposit, sim_.now_ns(), {}, {}});
    const auto reply = process_.env().rpc.call<api::DepositReply>("aftersale", "deposit", deposit, kPatience);
    if (reply) {
      diary_.paid_in[line].answered_ns = sim_.now_ns();
      diary_.paid_in[line].reply = *reply;
      if (reply->status != api::DepositStatus::unknown) return;
    }
    if (i == kAgain.size()) return;
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Paymaster::visit() {
  const sim::Choices& choices = sim_.choices();
  const auto& work = crowd_.part().as<PaymasterSpec>();
  const auto& merchants = crowd_.scenario().setting<AftersaleSetting>().aftersale.merchants;
  const sim::Key habit = key("habits");
  process_.env().tasks.sleep(choices.between(habit, lane("at"), work.at.from, work.at.until - 1_ns));
  const std::size_t index = choices.below(habit, lane("merchant"), merchants.size());
  const auto range = static_cast<std::uint64_t>(work.most.minor - work.least.minor + 1);
  const auto more = static_cast<std::int64_t>(choices.below(habit, lane("amount"), range));
  const api::Deposit deposit{merchant_id(index), {work.least.minor + more, kCurrency}, name_};
  const std::size_t way = sim_.fork(process_.host(), kPayingFork, kPayingWays);
  if (way == 3) {
    sim_.mark("nonsense paid in");
    api::Deposit nonsense = deposit;
    nonsense.request_key = name_ + "-nonsense";
    switch (choices.below(key("nonsense"), lane("which"), 4)) {
      case 0:
        nonsense.amount.minor = -nonsense.amount.minor;
        break;
      case 1:
        nonsense.amount.minor = 0;
        break;
      case 2:
        nonsense.merchant.value += 1'000'000;
        break;
      default:
        nonsense.amount.currency.code = {'U', 'S', 'D'};
    }
    pay_in(nonsense);
  }
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_},
                     .text = name_ + " pays " + deposit.amount.text() + " in for " + merchants[index].name};
  });
  if (way == 1) process_.env().tasks.spawn("again", [this, deposit] { pay_in(deposit); });
  pay_in(deposit);
  if (way != 2) return;
  api::Deposit other = deposit;
  other.amount.minor += 1;
  pay_in(other);
}

namespace {

void start_channel(sim::Process& process, World& world, const Part& part) {
  process.make<ChannelParty>(process, world, part.as<ChannelSpec>()).start();
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
  return {{{"refund_channel", "a channel that gives money back, once for each number, and the buyers' bank",
            &channel_shape(), check_channel},
           {{kBackFork, kBackWays}, {kNoticeFork, kNoticeWays}, {kCaseFork, kCaseWays}},
           nullptr,
           start_channel}};
}

std::vector<play::WorkloadRow> workload_rows() {
  return {{{"returners", "people who send pieces of what they bought back, and want the money for each",
            &returner_shape(), check_returners},
           {{kAskingFork, kAskingWays}},
           {{"dispute", "does not go to the bank"},
            {"further_wishes", "sends one piece back"},
            {"asking_again", "takes no answer for an answer"},
            {"pausing", "asks for all of them at once"},
            {"own_time", "comes in turn, a tenth of a second for each number"}},
           {"aftersale"},
           [](const Part& part) { return part.as<ReturnerSpec>().returners; },
           [](const Part& part) { return part.as<ReturnerSpec>().arrive.until; },
           nullptr,
           start_crowd<Returner>},
          {{"paymasters", "people who pay money in for a merchant, from which refunds are paid",
            &paymaster_shape(), check_paymasters},
           {{kPayingFork, kPayingWays}},
           {},
           {"aftersale"},
           [](const Part& part) { return part.as<PaymasterSpec>().paymasters; },
           [](const Part& part) { return part.as<PaymasterSpec>().at.until; },
           nullptr,
           start_crowd<Paymaster>}};
}

void Diary::add_to(Digest& digest) const {
  const auto add = [&](const auto& all) {
    for (const auto& one : all) {
      digest.add(std::decay_t<decltype(one.request)>::type().digest(&one.request));
      digest.add(std::decay_t<decltype(one.reply)>::type().digest(&one.reply));
    }
  };
  add(asked);
  add(looked);
  add(paid_in);
}

}  // namespace ordeal::aftersale
