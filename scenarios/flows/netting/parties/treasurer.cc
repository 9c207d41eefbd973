#include <utility>

#include "scenarios/flows/netting/parties/clerk.h"
#include "scenarios/flows/netting/parties/desk.h"

namespace ordeal::netting {
namespace {

using namespace ordeal::literals;
using api::CoverStatus;
using play::Crowd;
using play::Part;
using play::World;
using sim::lane;

constexpr std::array<Duration, 6> kAgain{2_s, 5_s, 15_s, 60_s, 3_min, 10_min};

}  // namespace

Treasurer::Treasurer(sim::Process& process, World& world, const Crowd& crowd, play::Actor actor)
    : process_(process),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)) {}

sim::Key Treasurer::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

void Treasurer::visit() {
  const sim::Choices& choices = sim_.choices();
  const auto& work = crowd_.part().as<TreasurerSpec>();
  const sim::Key habit = key("habits");
  const std::size_t way = sim_.fork(process_.host(), kMovingFork, kMovingWays);
  const bool twice = way == 1 || choices.chance(habit, lane("twice"), work.moves_twice);
  Duration at = choices.between(habit, lane("at"), work.at.from, work.at.until - 1_ns);
  if (way == 4) at = next_cutoff(crowd_.scenario(), at) + choices.between(habit, lane("moment"), {}, 200_ms);
  process_.env().tasks.sleep(at);
  const auto amounts = amounts_of(work.amounts);
  api::MoveCover request;
  request.amount = amounts[choices.below(habit, lane("amount"), amounts.size())];
  const auto banks = banks_in(crowd_.scenario(), request.amount.currency);
  request.bank = banks[choices.below(habit, lane("bank"), banks.size())];
  request.out = !choices.chance(habit, lane("puts in"), work.puts_in);
  request.request_key = name_;
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_},
                     .text = name_ + (request.out ? " takes " : " puts ") + request.amount.text() +
                             (request.out ? " out of " : " into ") +
                             bank_text(crowd_.scenario(), request.bank) + "'s account" +
                             (twice ? ", twice at once" : ""),
                     .again = {}};
  });
  if (way == 2) move_nonsense(request);
  if (twice) {
    sim_.mark("cover moved twice at once");
    api::MoveCover other = request;
    other.request_key += "-again";
    process_.env().tasks.spawn("second line", [this, other] { move(other); });
  }
  move(request);
  if (way == 3) {
    sim_.mark("a key used for another move of cover");
    api::MoveCover other = request;
    other.amount.minor += 1;
    move(other);
  }
}

std::optional<api::CoverReply> Treasurer::move(const api::MoveCover& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = diary_.moved.size();
    diary_.moved.push_back({request, sim_.now_ns(), {}, {}});
    const auto reply = process_.env().rpc.call<api::CoverReply>("netting", "cover", request, kBankPatience);
    if (reply) {
      diary_.moved[line].answered_ns = sim_.now_ns();
      diary_.moved[line].reply = *reply;
      if (reply->status == CoverStatus::lacks_cover) sim_.mark("told that cover is lacking");
      if (reply->status != CoverStatus::unknown && reply->status != CoverStatus::busy) return *reply;
    }
    if (i == kAgain.size() ||
        crowd_.does_without(actor_, static_cast<std::uint32_t>(TreasurerPart::asking_again)))
      return std::nullopt;
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Treasurer::move_nonsense(const api::MoveCover& request) {
  sim_.mark("nonsense asked for at the accounts of banks");
  using Nonsense = void (*)(api::MoveCover&);
  static constexpr std::array<Nonsense, 6> kAll{
      [](api::MoveCover& r) { r.amount.minor = 0; },
      [](api::MoveCover& r) { r.amount.minor = -1; },
      [](api::MoveCover& r) { r.amount.minor = INT64_MAX; },
      [](api::MoveCover& r) { r.bank = {api::kFund}; },
      [](api::MoveCover& r) {
        r.amount.currency.code = {'G', 'B', 'P'};
      },
      [](api::MoveCover& r) { r.request_key.clear(); },
  };
  api::MoveCover nonsense = request;
  nonsense.request_key = name_ + "-nonsense";
  kAll[sim_.choices().below(key("nonsense"), lane("which"), kAll.size())](nonsense);
  move(nonsense);
}

namespace {

void start_desk(sim::Process& process, World& world, const Part& part) {
  process.make<DeskParty>(process, world, part.as<DeskSpec>()).start();
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
  return {{{"bank", "a bank's desk, which is told positions", &desk_shape(), check_desk},
           {{kDeskFork, kDeskWays}},
           nullptr,
           start_desk}};
}

std::vector<play::WorkloadRow> workload_rows() {
  return {{{"payments", "payments from one bank to another, which make the first owe the other",
            &payment_shape(), check_payments},
           {{kMakingFork, kMakingWays}, {kSendingFork, kSendingWays}},
           {{"giving_back", "is not given back"},
            {"second_sending", "is sent once"},
            {"asking_again", "takes no answer for an answer"},
            {"looking", "does not look what became of it"},
            {"own_time", "comes in turn, a tenth of a second for each number"}},
           {"netting"},
           [](const Part& part) { return part.as<PaymentSpec>().payments; },
           [](const Part& part) { return part.as<PaymentSpec>().arrive.until; },
           nullptr,
           start_crowd<Clerk>},
          {{"treasurers", "people who move cover in and out of their bank's account", &treasurer_shape(),
            check_treasurers},
           {{kMovingFork, kMovingWays}},
           {{"asking_again", "takes no answer for an answer"}},
           {"netting"},
           [](const Part& part) { return part.as<TreasurerSpec>().treasurers; },
           [](const Part& part) { return part.as<TreasurerSpec>().at.until; },
           nullptr,
           start_crowd<Treasurer>}};
}

}  // namespace ordeal::netting
