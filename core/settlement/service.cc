#include "core/settlement/service.h"

#include <utility>

namespace ordeal::settlement {

using api::LineState;
using api::PickUpReply;
using api::PickUpStatus;
using api::RecordReply;
using api::RecordStatus;
using api::RefundLineReply;
using api::RefundLineStatus;
using api::SetRuleReply;
using api::SetRuleStatus;
using api::TradeProblem;
using clearing::find_line;
using clearing::find_party;
using clearing::find_refund;
using clearing::find_rule;
using clearing::find_trade;
using clearing::PartyKind;
using clearing::write_trade;

Service::Service(env::Env& env, env::Database& db, Designs designs, Config config)
    : env_(env),
      db_(db),
      designs_(designs),
      settler_(env, db, designs.below_zero, designs.route, std::move(config.settlement)),
      clearer_(env, db, designs.sharing, settler_.worker(), config.clearing) {}

void Service::start() {
  env_.rpc.on<api::RecordTrade>("record",
                                [this](const api::RecordTrade& request) { return record(request); });
  env_.rpc.on<api::PickUp>("pick_up", [this](const api::PickUp& request) { return pick_up(request); });
  env_.rpc.on<api::RefundLine>("refund", [this](const api::RefundLine& request) { return refund(request); });
  env_.rpc.on<api::SetRule>("set_rule", [this](const api::SetRule& request) { return set_rule(request); });
  env_.rpc.on<api::RunSettlement>("run", [this](const api::RunSettlement& request) {
    env_.log.line([&] { return request.by + " runs clearing and settlement"; });
    clearer_.clear_due();
    settler_.settle_due();
    return api::RunReply{true};
  });
  clearer_.start();
  settler_.start();
}

TradeProblem Service::problem_of(env::Connection& from, const api::RecordTrade& request) {
  if (request.trade.value <= 0) return TradeProblem::no_trade;
  const auto merchant = find_party(from, request.merchant);
  if (!merchant || merchant->kind != PartyKind::merchant) return TradeProblem::no_merchant;
  const auto leader = find_party(from, request.leader);
  if (!leader || leader->kind != PartyKind::leader) return TradeProblem::no_leader;
  if (request.lines.empty() || request.lines.size() > kMostLines) return TradeProblem::no_lines;
  std::int64_t sum = 0;
  for (const Money& line : request.lines) {
    if (line.currency != clearing::kCurrency || !line.is_payable()) return TradeProblem::bad_amount;
    sum += line.minor;
  }
  return sum <= Money::kMaxMinor ? TradeProblem::none : TradeProblem::bad_amount;
}

RecordReply Service::record(const api::RecordTrade& request) {
  clearing::Trade trade;
  trade.id = request.trade;
  trade.merchant = request.merchant;
  trade.leader = request.leader;
  trade.fingerprint = api::RecordTrade::type().digest(&request);
  trade.cause = env_.tasks.current();
  return env::in_transaction(db_, "clearing.record", [&](env::Tx& tx) -> RecordReply {
    if (const auto known = find_trade(tx, request.trade)) {
      if (known->fingerprint != trade.fingerprint) return {RecordStatus::conflict};
      return {RecordStatus::recorded, TradeProblem::none, known->rule_version};
    }
    const TradeProblem problem = problem_of(tx, request);
    if (problem != TradeProblem::none) return {RecordStatus::refused, problem};
    trade.rule_version = find_party(tx, request.merchant)->rule_version;
    write_trade(tx, trade, request.lines);
    return {RecordStatus::recorded, TradeProblem::none, trade.rule_version};
  });
}

PickUpReply Service::pick_up(const api::PickUp& request) {
  const Instant now = env_.clock.wall_now();
  return env::in_transaction(db_, "clearing.pick_up", [&](env::Tx& tx) -> PickUpReply {
    const auto line = find_line(tx, request.trade, request.line);
    if (!line) return {PickUpStatus::no_such_line};
    if (line->state == LineState::cancelled) return {PickUpStatus::cancelled};
    const Duration hold = find_party(tx, find_trade(tx, request.trade)->merchant)->hold;
    tx.wake(clearer_.worker(), now + hold);
    if (clearing::pick_up(tx, *line, now)) designs_.trigger.moved(tx, request.trade, now + hold);
    return {PickUpStatus::picked_up};
  });
}

RefundLineReply Service::refund(const api::RefundLine& request) {
  const Instant now = env_.clock.wall_now();
  const VoucherId voucher = VoucherId::from_random(env_.random.bits("voucher id"));
  if (request.key.empty() || request.key.size() > kKeyMost) return {RefundLineStatus::bad_key};
  if (request.amount.currency != clearing::kCurrency || !request.amount.is_payable())
    return {RefundLineStatus::bad_amount};
  const std::int64_t minor = request.amount.minor;
  return env::in_transaction(db_, "clearing.refund", [&](env::Tx& tx) -> RefundLineReply {
    const auto line = find_line(tx, request.trade, request.line);
    if (!line) return {RefundLineStatus::no_such_line};
    if (const auto known = find_refund(tx, *line, request.key)) {
      return {*known == minor ? RefundLineStatus::refunded : RefundLineStatus::conflict};
    }
    if (minor > line->left()) return {RefundLineStatus::too_much};
    note_refund(tx, *line, request.key, minor);
    if (line->state == LineState::cleared) {
      clearer_.take_back(tx, *line, minor, voucher, now);
    } else if (line->left() == minor) {
      const Duration hold = find_party(tx, find_trade(tx, request.trade)->merchant)->hold;
      tx.wake(clearer_.worker(), now + hold);
      cancel(tx, *line);
      designs_.trigger.moved(tx, request.trade, now + hold);
    }
    return {RefundLineStatus::refunded};
  });
}

SetRuleReply Service::set_rule(const api::SetRule& request) {
  if (!clearing::good_terms(request.terms)) return {SetRuleStatus::refused};
  return env::in_transaction(db_, "clearing.set_rule", [&](env::Tx& tx) -> SetRuleReply {
    const auto merchant = find_party(tx, request.merchant);
    if (!merchant || merchant->kind != PartyKind::merchant) return {SetRuleStatus::no_such_merchant};
    const std::int64_t version = merchant->rule_version;
    // Who did not hear that it was done asks again.
    if (version == request.seen_version + 1 && find_rule(tx, merchant->id, version) == request.terms)
      return {SetRuleStatus::done, version};
    if (!clearing::set_rule(tx, merchant->id, request.seen_version, request.terms)) {
      env_.log.sometimes("a rule was changed from an old version");
      return {SetRuleStatus::stale, version};
    }
    return {SetRuleStatus::done, version + 1};
  });
}

}  // namespace ordeal::settlement
