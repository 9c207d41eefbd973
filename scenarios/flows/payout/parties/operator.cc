#include <utility>

#include "scenarios/flows/payout/parties/channel.h"
#include "scenarios/flows/payout/parties/payee.h"

namespace ordeal::payout {
namespace {

using namespace ordeal::literals;
using api::ConfigureStatus;
using play::Crowd;
using play::Part;
using play::World;
using sim::lane;

constexpr std::array<Duration, 6> kAgain{2_s, 5_s, 15_s, 60_s, 3_min, 10_min};
constexpr std::size_t kMostRounds = 4;

}  // namespace

Operator::Operator(sim::Process& process, World& world, const Crowd& crowd, play::Actor actor)
    : process_(process),
      sim_(process.simulation()),
      crowd_(crowd),
      actor_(actor),
      diary_(world.books<Diary>()),
      name_(crowd.name_of(actor)) {}

sim::Key Operator::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

api::AccountTerms Operator::other_terms(const AccountSpec& now) {
  const sim::Choices& choices = sim_.choices();
  const sim::Key what = key("terms");
  api::AccountTerms terms{now.priority, now.quota, true};
  switch (choices.below(what, lane("what"), 4)) {
    case 0:
      terms.quota.minor = now.quota.minor / 2;
      break;
    case 1:
      terms.quota.minor = now.quota.minor * 2;
      break;
    case 2:
      terms.priority = static_cast<std::int64_t>(choices.below(what, lane("priority"), 10));
      break;
    default:
      terms.enabled = false;
  }
  return terms;
}

std::optional<api::ConfigureReply> Operator::change(const api::ConfigureAccount& request) {
  for (std::size_t i = 0;; ++i) {
    const std::size_t line = diary_.configured.size();
    diary_.configured.push_back({request, sim_.now_ns(), {}, {}});
    const auto reply =
        process_.env().rpc.call<api::ConfigureReply>("payout", "configure", request, kPayeePatience);
    if (reply) {
      diary_.configured[line].answered_ns = sim_.now_ns();
      diary_.configured[line].reply = *reply;
      if (reply->status != ConfigureStatus::unknown) return *reply;
    }
    if (i == kAgain.size()) return std::nullopt;
    process_.env().tasks.sleep(kAgain[i]);
  }
}

void Operator::visit() {
  const sim::Choices& choices = sim_.choices();
  const auto& work = crowd_.part().as<OperatorSpec>();
  const auto& accounts = crowd_.scenario().setting<PayoutSetting>().payout.accounts;
  const sim::Key habit = key("habits");
  process_.env().tasks.sleep(choices.between(habit, lane("at"), work.at.from, work.at.until - 1_ns));
  const std::size_t index = choices.below(habit, lane("account"), accounts.size());
  const std::size_t way = sim_.fork(process_.host(), kChangingFork, kChangingWays);
  api::ConfigureAccount request{account_id(index), 1, other_terms(accounts[index])};
  if (way == 2) {
    sim_.mark("nonsense asked for at the accounts");
    api::ConfigureAccount nonsense = request;
    switch (choices.below(key("nonsense"), lane("which"), 4)) {
      case 0:
        nonsense.terms.quota.minor = -1;
        break;
      case 1:
        nonsense.terms.priority = -1;
        break;
      case 2:
        nonsense.account.value += 1'000'000;
        break;
      default:
        nonsense.terms.quota.currency.code = {'U', 'S', 'D'};
    }
    change(nonsense);
  }
  if (way == 1) request.seen_version = 0;
  sim_.tell(process_.host().id(), [&] {
    return sim::Told{.about = {name_},
                     .text = name_ + " gives " + accounts[index].name + " " + request.terms.quota.text() +
                             " a day and priority " + std::to_string(request.terms.priority) +
                             (request.terms.enabled ? "" : ", and takes it out of service")};
  });
  // Who is told that somebody was first looks at what he has done, and goes on from there.
  for (std::size_t i = 0; i < kMostRounds; ++i) {
    const auto reply = change(request);
    if (!reply || reply->status != ConfigureStatus::stale) return;
    sim_.mark("two operators at one account");
    request.seen_version = reply->version;
  }
}

namespace {

void start_channel(sim::Process& process, World& world, const Part& part) {
  process.make<ChannelParty>(process, world, part.as<ChannelSpec>()).start();
}

std::vector<Instant> midnights(const Part&, Instant from, Instant until) {
  std::vector<Instant> ends;
  for (std::int64_t day = api::business_day(from) + 1; api::begin_of(day) < until; ++day)
    ends.push_back(api::begin_of(day));
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
  return {{{"payout_channel", "a channel that pays out: once for each number, sooner or later",
            &channel_shape(), check_channel},
           {{kTransferFork, kTransferWays}, {kNoticeFork, kNoticeWays}, {kStatementFork, kStatementWays}},
           midnights,
           start_channel}};
}

std::vector<play::WorkloadRow> workload_rows() {
  return {{{"payees", "people who come for a payout, scan its code, and look what became of it",
            &payee_shape(), check_payees},
           {{kComingFork, kComingWays}, {kAskingFork, kAskingWays}, {kClaimingFork, kClaimingWays}},
           {{"second_claim", "the code is scanned once"},
            {"lateness", "who would come late comes at once"},
            {"claim", "leaves, and never scans the code"},
            {"asking_again", "takes no answer for an answer"},
            {"thinking", "scans the code at once"},
            {"own_time", "comes in turn, a tenth of a second for each number"}},
           {"payout"},
           [](const Part& part) { return part.as<PayeeSpec>().payees; },
           [](const Part& part) { return part.as<PayeeSpec>().arrive.until; },
           nullptr,
           start_crowd<Payee>},
          {{"operators", "people who change the terms of accounts", &operator_shape(), check_operators},
           {{kChangingFork, kChangingWays}},
           {},
           {"payout"},
           [](const Part& part) { return part.as<OperatorSpec>().operators; },
           [](const Part& part) { return part.as<OperatorSpec>().at.until; },
           nullptr,
           start_crowd<Operator>}};
}

void Diary::add_to(Digest& digest) const {
  const auto add = [&](const auto& all) {
    for (const auto& one : all) {
      digest.add(std::decay_t<decltype(one.request)>::type().digest(&one.request));
      digest.add(std::decay_t<decltype(one.reply)>::type().digest(&one.reply));
    }
  };
  add(made);
  add(claimed);
  add(looked);
  add(configured);
  digest.add(static_cast<std::uint64_t>(gave_up.size()));
}

}  // namespace ordeal::payout
