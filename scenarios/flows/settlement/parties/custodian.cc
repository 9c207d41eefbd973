#include "scenarios/flows/settlement/parties/custodian.h"

#include <utility>

namespace ordeal::settlement {
namespace {

using namespace ordeal::literals;
using api::FundAccountKind;
using api::FundOrderAnswer;
using api::FundOrderState;
using sim::lane;

enum Way : std::size_t { usual, slow, silent };

// Longer than anybody waits.
constexpr Duration kSilence = 30_s;

env::HttpResponse answer(const OrderLine& line) {
  return {200, env::Message::of(FundOrderAnswer{line.asked.number, line.state}).to_json()};
}

}  // namespace

Custodian::Custodian(sim::Process& process, play::World& world, const CustodianSpec& spec)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      spec_(spec),
      book_(world.books<CustodianBook>()) {}

void Custodian::start() {
  process_.env().http.serve("/order", [this](const std::string& body) { return order(body); });
}

sim::Key Custodian::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

env::HttpResponse Custodian::order(const std::string& body) {
  const auto read = env::Message::from_json(api::FundOrder::type(), body);
  if (!read) return {400, read.error()};
  const auto& asked = read->as<api::FundOrder>();
  const auto [found, is_new] = book_.orders.try_emplace(asked.number);
  OrderLine& line = found->second;
  if (!is_new) {
    const api::FundOrder& was = line.asked;
    if (was.amount != asked.amount || was.from != asked.from || was.to != asked.to ||
        was.trade != asked.trade) {
      book_.not_the_same.push_back(asked.number);
      return {409, "another order has this number"};
    }
    sim_.mark("a fund order was asked for again");
    // What was refused may be possible by now: the same number is the one to ask under.
    if (line.state != FundOrderState::refused) return answer(line);
  }
  line.asked = asked;
  line.first_ns = sim_.now_ns();
  line.state = FundOrderState::accepted;
  if (!is_allowed(asked)) {
    sim_.mark("the custodian refused an order");
    line.state = FundOrderState::refused;
    return answer(line);
  }
  const sim::Key luck = key("the order");
  std::size_t way = sim_.fork(process_.host(), kOrderFork, kOrderWays);
  const sim::Choices& choices = sim_.choices();
  if (way == usual && choices.chance(luck, lane("slow"), spec_.slow)) way = slow;
  if (way == usual && choices.chance(luck, lane("silent"), spec_.silent)) way = silent;
  if (way == slow) {
    sim_.mark("a fund order was slow");
    const Duration least = spec_.later_max.ns == 0 ? 1_min : spec_.later_min;
    const Duration most = spec_.later_max.ns == 0 ? 10_min : spec_.later_max;
    const Duration wait = choices.between(luck, lane("later"), least, most);
    process_.env().tasks.spawn("slow", [this, &line, wait] {
      process_.env().tasks.sleep(wait);
      carry_out(line);
    });
    return answer(line);
  }
  carry_out(line);
  if (way == silent) {
    sim_.mark("a fund order was carried out in silence");
    process_.env().tasks.sleep(kSilence);
    return {503, "try again"};
  }
  return answer(line);
}

bool Custodian::is_allowed(const api::FundOrder& order) const {
  if (!order.amount.is_payable() || order.from == order.to) return false;
  const auto balance = [&](const api::FundAccount& account) {
    const auto found = book_.balances.find(account);
    return found == book_.balances.end() ? 0 : found->second;
  };
  if (order.from.kind != FundAccountKind::custody && balance(order.from) < order.amount.minor) return false;
  if (!order.trade) return true;
  const auto paid = book_.paid_in.find(order.trade);
  if (paid == book_.paid_in.end()) return false;
  std::int64_t requests = 1;
  std::int64_t returns = 1;
  std::int64_t got = 0;        // by the party of this order, of this trade
  std::int64_t to_others = 0;  // than the merchant
  const bool is_return = order.to.kind == FundAccountKind::custody;
  const FundPartyId party = is_return ? order.from.party : order.to.party;
  for (const auto& [number, line] : book_.orders) {
    if (line.asked.trade != order.trade || line.state == FundOrderState::refused || number == order.number)
      continue;
    const bool back = line.asked.to.kind == FundAccountKind::custody;
    const FundPartyId who = back ? line.asked.from.party : line.asked.to.party;
    const std::int64_t moved = back ? -line.asked.amount.minor : line.asked.amount.minor;
    requests += back ? 0 : 1;
    returns += back && who == party ? 1 : 0;
    if (who == party) got += moved;
    if (who != paid->second.merchant) to_others += moved;
  }
  if (is_return) return order.amount.minor <= got && returns <= api::kMostReturns;
  if (party != paid->second.merchant) to_others += order.amount.minor;
  return requests <= api::kMostSplitRequests &&
         to_others <= portion({paid->second.minor, {}}, api::kMostToOthers, 10'000).minor;
}

void Custodian::carry_out(OrderLine& line) {
  const api::FundOrder& order = line.asked;
  line.state = FundOrderState::done;
  ++line.times;
  line.moved_ns = sim_.now_ns();
  if (order.from.kind != FundAccountKind::custody) book_.balances[order.from] -= order.amount.minor;
  if (order.to.kind != FundAccountKind::custody) book_.balances[order.to] += order.amount.minor;
  sim_.tell(process_.host().id(), [&] {
    const auto place = [&](const api::FundAccount& account) -> std::string {
      switch (account.kind) {
        case FundAccountKind::custody:
          return "the buyers' money";
        case FundAccountKind::sub_ledger:
          return "the share of " + party_text(world_.scenario(), account.party);
        case FundAccountKind::own:
          break;
      }
      return "the account of " + party_text(world_.scenario(), account.party);
    };
    const std::string slip = order.number.substr(0, order.number.rfind('-'));
    return sim::Told{.about = {slip, party_text(world_.scenario(), order.to.party)},
                     .text = process_.host().name() + " transfers " + order.amount.text() + " from " +
                             place(order.from) + " to " + place(order.to)};
  });
}

void CustodianBook::add_to(Digest& digest) const {
  for (const auto& [number, line] : orders) {
    digest.add(api::FundOrder::type().digest(&line.asked));
    digest.add(static_cast<std::uint64_t>(line.state));
    digest.add(static_cast<std::uint64_t>(line.times));
  }
  for (const auto& [trade, paid] : paid_in) digest.add(static_cast<std::uint64_t>(paid.minor));
  digest.add(static_cast<std::uint64_t>(not_the_same.size()));
}

}  // namespace ordeal::settlement
