#include "scenarios/flows/payout/parties/channel.h"

#include <utility>

namespace ordeal::payout {
namespace {

using namespace ordeal::literals;
using api::TransferAnswer;
using api::TransferFault;
using api::TransferState;
using sim::lane;

enum Way : std::size_t { usual, slow, silent, late, declines, refuses };

constexpr Duration kTellPatience = 10_s;
// Longer than anybody waits.
constexpr Duration kSilence = 30_s;
constexpr Duration kStatementsAt = 10_h;

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
  http.serve("/transfer", [this](const std::string& body) { return transfer(body); });
  http.serve("/query", [this](const std::string& body) { return query(body); });
  http.serve("/statement", [this](const std::string& body) { return statement(body); });
}

sim::Key ChannelParty::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

bool ChannelParty::is_linked(const api::Transfer& asked) const {
  const AccountSpec* account = account_spec(world_.scenario(), asked.account);
  return account != nullptr && account->way == spec_.way && serves(*account, asked.app);
}

std::int64_t ChannelParty::noon_of_the_next_day() const {
  const Instant start = world_.scenario().start;
  const std::int64_t today = api::business_day(start + Duration{sim_.now_ns()});
  return (api::begin_of(today + 1) + 12_h - start).ns;
}

env::HttpResponse ChannelParty::answer(const TransferLine& line) const {
  TransferAnswer said{line.asked.number, line.asked.amount, line.state, line.fault};
  if (line.hidden || line.blind_until_ns > sim_.now_ns()) {
    said.state = TransferState::accepted;
    said.fault = TransferFault::none;
  }
  return json(env::Message::of(std::move(said)));
}

env::HttpResponse ChannelParty::transfer(const std::string& body) {
  const auto read = env::Message::from_json(api::Transfer::type(), body);
  if (!read) return {400, read.error()};
  const auto& asked = read->as<api::Transfer>();
  const auto [found, is_new] = book_.transfers.try_emplace({asked.account, asked.number});
  TransferLine& line = found->second;
  if (!is_new) {
    if (line.asked.amount != asked.amount || line.asked.payee != asked.payee || line.asked.app != asked.app) {
      book_.not_the_same.push_back(found->first);
      return {409, "another transfer has this number"};
    }
    sim_.mark("a transfer was asked for again");
    return answer(line);
  }
  line.asked = asked;
  line.first_ns = sim_.now_ns();
  line.state = TransferState::accepted;
  const sim::Key luck = key("the transfer");
  std::size_t way = sim_.fork(process_.host(), kTransferFork, kTransferWays);
  const sim::Choices& choices = sim_.choices();
  if (way == usual && choices.chance(luck, lane("slow"), spec_.slow)) way = slow;
  if (way == usual && choices.chance(luck, lane("silent"), spec_.silent)) way = silent;
  if (way == usual && choices.chance(luck, lane("late"), spec_.late)) way = late;
  if (way == usual && choices.chance(luck, lane("declines"), spec_.declines)) way = declines;
  if (way == usual && choices.chance(luck, lane("refuses"), spec_.refuses)) way = refuses;
  if (choices.chance(luck, lane("blind"), spec_.blind)) {
    sim_.mark("queries about a transfer said nothing");
    line.blind_until_ns = noon_of_the_next_day();
  }
  if (!is_linked(asked)) way = refuses;
  decide(line, way);
  if (way == silent || way == late) {
    process_.env().tasks.sleep(kSilence);
    return {503, "try again"};
  }
  return answer(line);
}

void ChannelParty::decide(TransferLine& line, std::size_t way) {
  switch (way) {
    case slow: {
      sim_.mark("a transfer was slow");
      const bool fails = sim_.choices().chance(key("the end"), lane("fails"), {1, 4});
      return later(line, "slow", fails ? TransferState::failed : TransferState::paid,
                   fails ? TransferFault::of_account : TransferFault::none);
    }
    case late:
      sim_.mark("a transfer landed late");
      line.hidden = true;
      say("says nothing, and will do it later", line.asked.number, line.asked.payee);
      return later(line, "late", TransferState::paid, TransferFault::none);
    case declines:
      sim_.mark("an account could not pay");
      return end(line, TransferState::failed, TransferFault::of_account);
    case refuses:
      return end(line, TransferState::failed, TransferFault::of_payee);
    case silent:
      sim_.mark("a transfer was paid in silence");
      end(line, TransferState::paid, TransferFault::none);
      return;
    default:
      return end(line, TransferState::paid, TransferFault::none);
  }
}

void ChannelParty::later(TransferLine& line, std::string_view what, TransferState state,
                         TransferFault fault) {
  const Duration least = spec_.later_max.ns == 0 ? 2_min : spec_.later_min;
  const Duration most = spec_.later_max.ns == 0 ? 10_min : spec_.later_max;
  const Duration wait = sim_.choices().between(key(what), lane("later"), least, most);
  process_.env().tasks.spawn(what, [this, &line, wait, state, fault] {
    process_.env().tasks.sleep(wait);
    line.hidden = false;
    end(line, state, fault);
  });
}

void ChannelParty::end(TransferLine& line, TransferState state, TransferFault fault) {
  line.state = state;
  line.fault = fault;
  if (state == TransferState::paid) {
    ++line.times;
    if (line.times == 1) line.ended_ns = sim_.now_ns();
    say("pays " + line.asked.amount.text() + " to " + payee_text(world_.scenario(), line.asked.payee) +
            " from " + account_text(world_.scenario(), line.asked.account),
        line.asked.number, line.asked.payee);
  } else {
    line.ended_ns = sim_.now_ns();
    say("refuses to pay " + payee_text(world_.scenario(), line.asked.payee) + " from " +
            account_text(world_.scenario(), line.asked.account),
        line.asked.number, line.asked.payee);
  }
  tell(line.asked.number);
}

void ChannelParty::tell(const std::string& number) {
  const std::size_t way = sim_.fork(process_.host(), kNoticeFork, kNoticeWays);
  if (way == 2) return;
  for (std::size_t i = 0; i < (way == 1 ? 2U : 1U); ++i) {
    process_.env().tasks.spawn("notice", [this, number, way] {
      process_.env().tasks.sleep(way == 3 ? 1_h : 1_s);
      static_cast<void>(process_.env().http.post("https://payout/told", number, kTellPatience));
    });
  }
}

env::HttpResponse ChannelParty::query(const std::string& body) {
  const auto read = env::Message::from_json(api::TransferQuery::type(), body);
  if (!read) return {400, read.error()};
  const auto& asked = read->as<api::TransferQuery>();
  const auto found = book_.transfers.find({asked.account, asked.number});
  if (found == book_.transfers.end() || found->second.hidden) {
    sim_.mark("a transfer was not found");
    return json(env::Message::of(TransferAnswer{asked.number, {}, TransferState::not_found, {}}));
  }
  return answer(found->second);
}

env::HttpResponse ChannelParty::statement(const std::string& body) {
  const auto read = env::Message::from_json(api::StatementQuery::type(), body);
  if (!read) return {400, read.error()};
  const auto& asked = read->as<api::StatementQuery>();
  const Instant start = world_.scenario().start;
  const std::size_t way = sim_.fork(process_.host(), kStatementFork, kStatementWays);
  api::PayoutStatement statement;
  statement.ready = start + Duration{sim_.now_ns()} >= api::begin_of(asked.day + 1) + kStatementsAt;
  if (!statement.ready || way == 1) return json(env::Message::of(api::PayoutStatement{}));
  for (const auto& [number, line] : book_.transfers) {
    if (number.first == asked.account && line.times > 0 &&
        api::business_day(start + Duration{line.ended_ns}) == asked.day)
      statement.lines.push_back({number.second, line.asked.amount});
  }
  statement.count = static_cast<std::int64_t>(statement.lines.size());
  const bool cut = sim_.choices().chance(key("the statement"), lane("cut off"), spec_.cut_off);
  if ((way == 2 || cut) && !statement.lines.empty())
    statement.lines.pop_back();
  else
    book_.given_whole.insert({asked.account, asked.day});
  return json(env::Message::of(std::move(statement)));
}

void ChannelParty::say(std::string text, const std::string& number, const UserId& payee) {
  sim_.tell(process_.host().id(), [&] {
    const std::string& name = process_.host().name();
    return sim::Told{.about = {number.substr(0, number.rfind('-')), payee_text(world_.scenario(), payee)},
                     .text = name + " " + std::move(text)};
  });
}

void ChannelBook::add_to(Digest& digest) const {
  for (const auto& [number, line] : transfers) {
    digest.add(api::Transfer::type().digest(&line.asked));
    digest.add(static_cast<std::uint64_t>(line.state));
    digest.add(static_cast<std::uint64_t>(line.times));
  }
  digest.add(static_cast<std::uint64_t>(not_the_same.size()));
}

}  // namespace ordeal::payout
