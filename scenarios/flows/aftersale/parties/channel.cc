#include "scenarios/flows/aftersale/parties/channel.h"

#include <utility>

#include "core/aftersale/wishes.h"

namespace ordeal::aftersale {
namespace {

using namespace ordeal::literals;
using api::BackFault;
using api::BackRoute;
using api::DisputeState;
using api::GiveBackAnswer;
using api::GivenBack;
using sim::lane;

enum Way : std::size_t { usual, slow, silent, late, fails };

constexpr Duration kTellPatience = 10_s;
// Longer than anybody waits.
constexpr Duration kSilence = 30_s;
// A bank asks again and again, and then once an hour.
constexpr std::array<Duration, 6> kAskAgain{5_s, 30_s, 1_min, 5_min, 15_min, 1_h};
constexpr std::size_t kMostAsks = 40;

env::HttpResponse json(env::Message message) { return {200, message.to_json()}; }

}  // namespace

ChannelParty::ChannelParty(sim::Process& process, play::World& world, const ChannelSpec& spec)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      spec_(spec),
      book_(world.books<ChannelBook>()) {}

void ChannelParty::start() {
  env::Http& http = process_.env().http;
  http.serve("/give-back", [this](const std::string& body) { return give_back(BackRoute::refund, body); });
  http.serve("/pay-out", [this](const std::string& body) { return give_back(BackRoute::payout, body); });
  http.serve("/back-query", [this](const std::string& body) { return query(body); });
  http.serve("/complain", [this](const std::string& body) { return complain(body); });
}

sim::Key ChannelParty::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

env::HttpResponse ChannelParty::answer(const BackLine& line) const {
  GiveBackAnswer said{line.asked.number, line.asked.amount, line.state, line.fault};
  if (line.hidden) said.state = GivenBack::accepted;
  return json(env::Message::of(std::move(said)));
}

env::HttpResponse ChannelParty::give_back(BackRoute route, const std::string& body) {
  const auto read = env::Message::from_json(api::GiveBack::type(), body);
  if (!read) return {400, read.error()};
  const auto& asked = read->as<api::GiveBack>();
  const auto trade = trade_of(world_.scenario(), asked.payment);
  if (!trade || trade->spec->by != spec_.by) return {404, "no such payment"};
  if (const auto known = book_.lines.find(asked.number); known != book_.lines.end()) {
    const BackLine& line = known->second;
    if (line.asked.amount != asked.amount || line.asked.payment != asked.payment || line.route != route) {
      book_.not_the_same.push_back(asked.number);
      return {409, "another refund has this number"};
    }
    sim_.mark("a channel was asked for a refund again");
    return answer(line);
  }
  const BackFault fault = route == BackRoute::refund ? judge(asked, *trade) : BackFault::none;
  if (fault == BackFault::too_often) {
    sim_.mark("a refund came too soon after the one before it");
    book_.too_often_ns.push_back(sim_.now_ns());
    return json(env::Message::of(GiveBackAnswer{asked.number, asked.amount, GivenBack::not_found, fault}));
  }
  tell_of_another_number(asked, route);
  BackLine& line = book_.lines[asked.number];
  line = {asked, route, sim_.now_ns(), GivenBack::accepted, BackFault::none, 0, 0, false};
  if (fault != BackFault::none) {
    sim_.mark(fault == BackFault::overdue ? "a refund came when its window was over"
                                          : "a refund was refused");
    end(line, GivenBack::refused, fault);
    return answer(line);
  }
  if (route == BackRoute::refund) take(asked);
  const std::size_t way = way_of(key("the refund"));
  decide(line, way);
  if (way == silent || way == late) {
    process_.env().tasks.sleep(kSilence);
    return {503, "try again"};
  }
  return answer(line);
}

// It cannot know; whoever reads the story should.
void ChannelParty::tell_of_another_number(const api::GiveBack& asked, BackRoute route) {
  const auto refund = refund_of(asked.number);
  for (const auto& [number, line] : book_.lines) {
    if (!refund || line.route != route || refund_of(number) != refund) continue;
    return say("is asked for " + refund->text() + " again, under another number", asked.number,
               asked.payment);
  }
}

BackFault ChannelParty::judge(const api::GiveBack& asked, const Trade& trade) {
  const Profile profile = profile_of(spec_.by);
  const Instant now = world_.scenario().start + Duration{sim_.now_ns()};
  if (profile.window.ns == 0) return BackFault::no_api;
  if (now >= trade.paid_at + profile.window) return BackFault::overdue;
  const auto last = book_.last_taken.find(asked.payment);
  if (last != book_.last_taken.end() && sim_.now_ns() < last->second + profile.apart.ns)
    return BackFault::too_often;
  if (book_.refunds[asked.payment] >= world_.scenario().setting<AftersaleSetting>().aftersale.most_refunds)
    return BackFault::too_many;
  return book_.refunded[asked.payment] + asked.amount.minor > trade.spec->amount.minor ? BackFault::exceeds
                                                                                       : BackFault::none;
}

void ChannelParty::take(const api::GiveBack& asked) {
  book_.last_taken[asked.payment] = sim_.now_ns();
  ++book_.refunds[asked.payment];
  book_.refunded[asked.payment] += asked.amount.minor;
}

std::size_t ChannelParty::way_of(sim::Key luck) {
  std::size_t way = sim_.fork(process_.host(), kBackFork, kBackWays);
  const sim::Choices& choices = sim_.choices();
  if (way == usual && choices.chance(luck, lane("slow"), spec_.slow)) way = slow;
  if (way == usual && choices.chance(luck, lane("silent"), spec_.silent)) way = silent;
  if (way == usual && choices.chance(luck, lane("late"), spec_.late)) way = late;
  if (way == usual && choices.chance(luck, lane("fails"), spec_.fails)) way = fails;
  return way;
}

void ChannelParty::decide(BackLine& line, std::size_t way) {
  switch (way) {
    case slow:
      sim_.mark("a refund was slow");
      return later(line, "slow");
    case late:
      sim_.mark("a refund landed late");
      line.hidden = true;
      say("says nothing, and will give it back later", line.asked.number, line.asked.payment);
      return later(line, "late");
    case fails:
      sim_.mark("a buyer could not be given a refund");
      return end(line, GivenBack::refused, BackFault::of_buyer);
    case silent:
      sim_.mark("a refund was done in silence");
      end(line, GivenBack::done, BackFault::none);
      return say("does not answer", line.asked.number, line.asked.payment);
    default:
      return end(line, GivenBack::done, BackFault::none);
  }
}

void ChannelParty::later(BackLine& line, std::string_view what) {
  const Duration least = spec_.later_max.ns == 0 ? 2_min : spec_.later_min;
  const Duration most = spec_.later_max.ns == 0 ? 10_min : spec_.later_max;
  const Duration wait = sim_.choices().between(key(what), lane("later"), least, most);
  process_.env().tasks.spawn(what, [this, &line, wait] {
    process_.env().tasks.sleep(wait);
    line.hidden = false;
    end(line, GivenBack::done, BackFault::none);
  });
}

void ChannelParty::end(BackLine& line, GivenBack state, BackFault fault) {
  line.state = state;
  line.fault = fault;
  line.ended_ns = sim_.now_ns();
  const std::string buyer = buyer_text(world_.scenario(), line.asked.payment);
  if (state == GivenBack::done) {
    ++line.times;
    say("gives " + buyer + " " + line.asked.amount.text() + " back" +
            (line.route == BackRoute::payout ? " by a payout" : ""),
        line.asked.number, line.asked.payment);
  } else {
    if (fault == BackFault::of_buyer && line.route == BackRoute::refund)
      book_.refunded[line.asked.payment] -= line.asked.amount.minor;
    say(fault == BackFault::overdue ? "refuses a refund of " + buyer + ", whose time is over"
                                    : "refuses a refund of " + buyer,
        line.asked.number, line.asked.payment);
  }
  tell(line.asked.number);
}

void ChannelParty::tell(const std::string& number) {
  const std::size_t way = sim_.fork(process_.host(), kNoticeFork, kNoticeWays);
  if (way == 2) return;
  for (std::size_t i = 0; i < (way == 1 ? 2U : 1U); ++i) {
    process_.env().tasks.spawn("notice", [this, number, way] {
      process_.env().tasks.sleep(way == 3 ? 1_h : 1_s);
      static_cast<void>(process_.env().http.post("https://aftersale/back-told", number, kTellPatience));
    });
  }
}

env::HttpResponse ChannelParty::query(const std::string& body) {
  const auto read = env::Message::from_json(api::GiveBackQuery::type(), body);
  if (!read) return {400, read.error()};
  const auto& asked = read->as<api::GiveBackQuery>();
  const auto found = book_.lines.find(asked.number);
  if (found != book_.lines.end() && !found->second.hidden) return answer(found->second);
  sim_.mark("a refund was not found");
  return json(env::Message::of(GiveBackAnswer{asked.number, {}, GivenBack::not_found, {}}));
}

// A buyer is at his bank. It opens a case; one case number is one case.
env::HttpResponse ChannelParty::complain(const std::string& body) {
  const auto read = env::Message::from_json(api::Dispute::type(), body);
  if (!read) return {400, read.error()};
  const auto& asked = read->as<api::Dispute>();
  const auto [at, is_new] = book_.cases.try_emplace(asked.case_number);
  if (!is_new) return {200, "open"};
  BankCase& open = at->second;
  open.asked = asked;
  open.opened_ns = sim_.now_ns();
  const std::size_t way = sim_.fork(process_.host(), kCaseFork, kCaseWays);
  process_.env().tasks.spawn("case", [this, &open, way] { open_case(open, way); });
  return {200, "open"};
}

bool ChannelParty::post_until_taken(const char* path, const std::string& body, std::string& answer) {
  for (std::size_t i = 0; i < kMostAsks; ++i) {
    const auto said = process_.env().http.post(std::string("https://aftersale") + path, body, kTellPatience);
    if (said && said->status == 200) {
      answer = said->body;
      return true;
    }
    process_.env().tasks.sleep(kAskAgain[std::min(i, kAskAgain.size() - 1)]);
  }
  return false;
}

void ChannelParty::open_case(BankCase& open, std::size_t way) {
  const std::string buyer = buyer_text(world_.scenario(), open.asked.payment);
  say("opens a case for " + buyer + " of " + open.asked.amount.text(), open.asked.case_number,
      open.asked.payment);
  std::string heard;
  for (std::size_t i = 0; i < (way == 1 ? 2U : 1U); ++i) {
    if (!post_until_taken("/dispute", env::Message::of(open.asked).to_json(), heard)) return;
    const auto read = env::Message::from_json(api::DisputeAnswer::type(), heard);
    if (!read || open.answered_ns) continue;
    open.answered_ns = sim_.now_ns();
    open.answer = read->as<api::DisputeAnswer>().state;
  }
  if (open.answer != DisputeState::held) {
    sim_.mark("a case was contested");
    return say("finds that " + buyer + " has the money already", open.asked.case_number, open.asked.payment);
  }
  sim_.mark("a case was held");
  say("takes " + open.asked.amount.text() + " back for " + buyer, open.asked.case_number, open.asked.payment);
  reverse(open, way);
}

void ChannelParty::reverse(BankCase& open, std::size_t way) {
  const sim::Key luck = key("the end of a case");
  if (way != 2 && !sim_.choices().chance(luck, lane("reverses"), spec_.reverses)) return;
  process_.env().tasks.sleep(sim_.choices().between(luck, lane("when"), 1_min, 20_min));
  sim_.mark("a case was reversed");
  open.reversed_ns = sim_.now_ns();
  say("decides the case of " + buyer_text(world_.scenario(), open.asked.payment) + " for the merchant",
      open.asked.case_number, open.asked.payment);
  std::string heard;
  const std::string body = env::Message::of(api::Reversal{open.asked.case_number}).to_json();
  open.reversal_told = post_until_taken("/reversal", body, heard);
  if (way == 1) post_until_taken("/reversal", body, heard);
}

void ChannelParty::say(std::string text, const std::string& about, PaymentId payment) {
  sim_.tell(process_.host().id(), [&] {
    const auto refund = refund_of(about);
    return sim::Told{.about = {refund ? refund->text() : about, buyer_text(world_.scenario(), payment)},
                     .text = process_.host().name() + " " + std::move(text)};
  });
}

void ChannelBook::add_to(Digest& digest) const {
  for (const auto& [number, line] : lines) {
    digest.add(api::GiveBack::type().digest(&line.asked));
    digest.add(static_cast<std::uint64_t>(line.state));
    digest.add(static_cast<std::uint64_t>(line.times));
  }
  for (const auto& [number, one] : cases) {
    digest.add(api::Dispute::type().digest(&one.asked));
    digest.add(static_cast<std::uint64_t>(one.answer));
    digest.add(static_cast<std::uint64_t>(one.reversed_ns.has_value()));
  }
  digest.add(static_cast<std::uint64_t>(not_the_same.size()));
}

}  // namespace ordeal::aftersale
