#include "scenarios/flows/netting/parties/clerk.h"

#include <algorithm>
#include <utility>

namespace ordeal::netting {
namespace {

using namespace ordeal::literals;
using api::SubmitStatus;
using sim::lane;

// Who gets no answer asks again: at once, then less and less eagerly, then gives up.
constexpr std::array<Duration, 7> kAgain{1_s, 2_s, 5_s, 15_s, 60_s, 3_min, 10_min};
constexpr Duration kAroundTheEnd = 1_s;
constexpr std::array<Duration, 4> kLooks{5_s, 20_min, 2_h, 30_h};

}  // namespace

Duration next_cutoff(const play::Scenario& scenario, Duration after) {
  const Duration session = scenario.setting<NettingSetting>().netting.session;
  const Instant at = scenario.start + after;
  return api::cutoff_of(api::cycle_id(api::cycle_at(at, session, {})), session) - scenario.start;
}

Clerk::Clerk(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      work_(crowd.part().as<PaymentSpec>()),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)) {}

bool Clerk::does(ClerkPart part) const {
  return !crowd_.does_without(actor_, static_cast<std::uint32_t>(part));
}

sim::Key Clerk::key(std::string_view what) { return sim_.choices().next(sim::site_of(sim_.cause(), what)); }

void Clerk::arrive(sim::Key habit) {
  const sim::Choices& choices = sim_.choices();
  Duration at = choices.between(habit, lane("arrive"), work_.arrive.from, work_.arrive.until - 1_ns);
  if (sim_.fork(process_.host(), kMakingFork, kMakingWays) == 1) {
    sim_.mark("a payment was made at the cut-off");
    at = next_cutoff(crowd_.scenario(), at) - kAroundTheEnd +
         choices.between(habit, lane("last moment"), {}, kAroundTheEnd * 2);
  }
  if (!does(ClerkPart::own_time)) at = work_.arrive.from + 100_ms * actor_.number;
  process_.env().tasks.sleep(at);
}

api::SubmitObligation Clerk::wish() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key wanted = key("wish");
  const auto amounts = amounts_of(work_.amounts);
  api::SubmitObligation request;
  request.amount = amounts[choices.below(wanted, lane("amount"), amounts.size())];
  auto banks = banks_in(crowd_.scenario(), request.amount.currency);
  const std::size_t debtor = choices.below(wanted, lane("debtor"), banks.size());
  request.debtor = banks[debtor];
  banks.erase(banks.begin() + static_cast<std::ptrdiff_t>(debtor));
  request.creditor = banks[choices.below(wanted, lane("creditor"), banks.size())];
  request.reference = name_;
  return request;
}

void Clerk::visit() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key habit = key("habits");
  arrive(habit);
  const std::size_t way = sim_.fork(process_.host(), kSendingFork, kSendingWays);
  const api::SubmitObligation request = wish();
  if (way == 2) submit_nonsense(request);
  world_.sets_about("obligations_taken");
  say(name_ + " says that " + bank(request.debtor) + " owes " + bank(request.creditor) + " " +
      request.amount.text());
  const bool twice = way == 1 || choices.chance(habit, lane("twice"), work_.sends_twice);
  if (twice && does(ClerkPart::second_sending)) {
    sim_.mark("sent twice at once");
    process_.env().tasks.spawn("second line", [this, request] { submit(request); });
  }
  const auto reply = submit(request);
  if (way == 3) {
    sim_.mark("a reference used for another payment");
    api::SubmitObligation other = request;
    other.amount.minor += 1;
    submit(other);
  }
  if (way == 4 && does(ClerkPart::second_sending)) {
    sim_.mark("two payments of one amount");
    api::SubmitObligation other = request;
    other.reference += "-again";
    say(name_ + " says that " + bank(request.debtor) + " owes " + bank(request.creditor) + " " +
        request.amount.text() + " once more, for another payment");
    submit(other);
  }
  if (!reply || reply->status != SubmitStatus::taken) return;
  if (choices.chance(habit, lane("gives back"), work_.gives_back) && does(ClerkPart::giving_back)) {
    process_.env().tasks.sleep(choices.between(habit, lane("back after"), 10_s, 3_min));
    sim_.mark("a payment was given back");
    api::SubmitObligation back = request;
    back.amount = -request.amount;
    back.reference += "-back";
    say(name_ + " says that " + bank(request.creditor) + " gives the " + request.amount.text() +
        " back: " + bank(request.debtor) + " owes it " + back.amount.text());
    submit(back);
  }
  if (does(ClerkPart::looking)) look(request);
}

std::optional<api::SubmitReply> Clerk::submit(const api::SubmitObligation& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = diary_.submitted.size();
    diary_.submitted.push_back({request, sim_.now_ns(), {}, {}});
    const auto reply = process_.env().rpc.call<api::SubmitReply>("netting", "submit", request, kBankPatience);
    if (reply) {
      diary_.submitted[line].answered_ns = sim_.now_ns();
      diary_.submitted[line].reply = *reply;
      if (reply->status != SubmitStatus::unknown) return *reply;
    }
    if (i == kAgain.size() || !does(ClerkPart::asking_again)) return std::nullopt;
    sim_.mark("a bank asked again");
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Clerk::submit_nonsense(const api::SubmitObligation& request) {
  sim_.mark("nonsense sent to the house");
  using Nonsense = void (*)(api::SubmitObligation&);
  static constexpr std::array<Nonsense, 9> kAll{
      [](api::SubmitObligation& r) { r.amount.minor = 0; },
      [](api::SubmitObligation& r) { r.amount.minor = INT64_MAX; },
      [](api::SubmitObligation& r) { r.amount.minor = INT64_MIN; },
      [](api::SubmitObligation& r) {
        r.amount.currency.code = {'G', 'B', 'P'};
      },
      [](api::SubmitObligation& r) { r.creditor = r.debtor; },
      [](api::SubmitObligation& r) { r.creditor = {99}; },
      [](api::SubmitObligation& r) { r.debtor = {api::kHouse}; },
      [](api::SubmitObligation& r) { r.reference.clear(); },
      [](api::SubmitObligation& r) { r.reference.assign(65, 'r'); },
  };
  api::SubmitObligation nonsense = request;
  nonsense.reference = name_ + "-nonsense";
  kAll[sim_.choices().below(key("nonsense"), lane("which"), kAll.size())](nonsense);
  submit(nonsense);
}

void Clerk::look(const api::SubmitObligation& request) {
  for (const Duration wait : kLooks) {
    process_.env().tasks.sleep(wait);
    const api::LookAtObligation question{request.debtor, request.reference};
    const std::size_t line = diary_.looked.size();
    diary_.looked.push_back({question, sim_.now_ns(), {}, {}});
    const auto reply =
        process_.env().rpc.call<api::ObligationReply>("netting", "look", question, kBankPatience);
    if (!reply) continue;
    diary_.looked[line].answered_ns = sim_.now_ns();
    diary_.looked[line].reply = *reply;
    if (reply->found && reply->state != api::ObligationState::taken) return;
  }
}

void Clerk::say(std::string text) {
  sim_.tell(process_.host().id(),
            [&] { return sim::Told{.about = {name_}, .text = std::move(text), .again = {}}; });
}

void Diary::add_to(Digest& digest) const {
  const auto add = [&](const auto& all) {
    for (const auto& one : all) {
      digest.add(std::decay_t<decltype(one.request)>::type().digest(&one.request));
      digest.add(std::decay_t<decltype(one.reply)>::type().digest(&one.reply));
    }
  };
  add(submitted);
  add(looked);
  add(moved);
}

}  // namespace ordeal::netting
