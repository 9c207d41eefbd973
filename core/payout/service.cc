#include "core/payout/service.h"

#include <utility>

#include "core/wire/names.h"

namespace ordeal::payout {

using api::ClaimReply;
using api::ClaimStatus;
using api::ConfigureReply;
using api::ConfigureStatus;
using api::MakeReply;
using api::MakeStatus;
using api::PayoutProblem;
using api::PayoutState;

namespace {

constexpr Duration kOvertaken{1'000'000'000};

MakeReply answer_of(const Payout& known, const Payout& wanted) {
  if (known.fingerprint != wanted.fingerprint) return {MakeStatus::conflict};
  return {MakeStatus::made, PayoutProblem::none, known.id, known.app, known.expires, known.state};
}

std::optional<MakeReply> known_answer(env::Connection& from, const Payout& wanted) {
  const auto known = find_request(from, wanted.user, wanted.request_key);
  return known ? std::optional(answer_of(*known, wanted)) : std::nullopt;
}

// What is said of a payout that is not MADE; nothing of one that is.
std::optional<ClaimReply> answer_to_claim(const std::optional<Payout>& payout,
                                          const api::ClaimPayout& request, Instant now) {
  if (!payout || payout->user != request.user) return ClaimReply{ClaimStatus::no_such_payout};
  if (payout->app != request.app) return ClaimReply{ClaimStatus::wrong_app};
  if (payout->state == PayoutState::expired) return ClaimReply{ClaimStatus::too_late, payout->state};
  if (payout->state != PayoutState::made) return ClaimReply{ClaimStatus::paying, payout->state};
  if (now >= payout->expires) return ClaimReply{ClaimStatus::too_late, payout->state};
  return std::nullopt;
}

}  // namespace

Service::Service(env::Env& env, env::Database& db, Designs designs, Config config)
    : env_(env),
      db_(db),
      designs_(designs),
      config_(std::move(config)),
      channel_(env, config_.channels),
      sender_(env, db, {designs.keeper, designs.doubt, channel_}, config_.batch) {
  designs_.keeper.start(env);
}

void Service::start() {
  env_.rpc.on<api::MakePayout>("make", [this](const api::MakePayout& request) { return make(request); });
  env_.rpc.on<api::ClaimPayout>("claim", [this](const api::ClaimPayout& request) { return claim(request); });
  env_.rpc.on<api::LookAtPayout>("look", [this](const api::LookAtPayout& request) { return look(request); });
  env_.rpc.on<api::ConfigureAccount>(
      "configure", [this](const api::ConfigureAccount& request) { return configure(request); });
  env_.http.serve("/told", [this](const std::string& number) -> env::HttpResponse {
    sender_.hear_of(number);
    return {200, "success"};
  });
  designs_.codes.start(env_, db_, config_.batch);
  sender_.start();
}

PayoutProblem Service::problem_of(env::Connection& from, const api::MakePayout& request) const {
  if (request.request_key.empty() || request.request_key.size() > kKeyMost) return PayoutProblem::bad_key;
  if (request.user.value <= 0) return PayoutProblem::no_user;
  if (request.amount.currency != kCurrency || !request.amount.is_positive() ||
      request.amount.minor > kMostAmount.minor)
    return PayoutProblem::bad_amount;
  const bool app_is_asked_for = request.way == api::PayWay::wechat;
  if (app_is_asked_for ? !is_linked(from, request.way, request.app) : !request.app.empty())
    return PayoutProblem::bad_app;
  return PayoutProblem::none;
}

MakeReply Service::make(const api::MakePayout& request) {
  Payout payout;
  payout.id = PayoutId::from_random(env_.random.bits("payout id"));
  payout.user = request.user;
  payout.request_key = request.request_key;
  payout.fingerprint = api::MakePayout::type().digest(&request);
  payout.way = request.way;
  payout.app = request.app;
  payout.amount = request.amount;
  payout.expires = env_.clock.wall_now() + config_.code_ttl;
  payout.cause = env_.tasks.current();

  const auto said = env::in_read(db_, "payout.look", [&](env::Connection& from) -> std::optional<MakeReply> {
    const PayoutProblem problem = problem_of(from, request);
    if (problem != PayoutProblem::none) return MakeReply{MakeStatus::refused, problem};
    return known_answer(from, payout);
  });
  const MakeReply reply = said                                    ? *said
                          : designs_.binding.at_code(request.way) ? make_bound(payout)
                                                                  : make_free(payout);
  env_.log.line([&] {
    return request.amount.text() + " for " + request.user.text() + ": " +
           std::string(wire::name_of(reply.status));
  });
  return reply;
}

// The account is chosen now, and its quota occupied whether anybody scans the code or not.
MakeReply Service::make_bound(const Payout& payout) {
  Wanted wanted;
  wanted.payout = payout.id;
  wanted.occupation = OccupationId::from_random(env_.random.bits("occupation id"));
  wanted.way = payout.way;
  wanted.app = payout.app;
  wanted.any_account = payout.way == api::PayWay::alipay;
  wanted.amount = payout.amount;
  wanted.day = api::business_day(env_.clock.wall_now());
  std::optional<MakeReply> known;
  Payout made = payout;
  Around around;
  around.still = [&](env::Tx& tx) {
    known = known_answer(tx, payout);
    return !known;
  };
  around.with = [&](env::Tx& tx, const Occupation& occupation) {
    made.app = occupation.app;
    write_payout(tx, made);
    designs_.codes.expect(tx, made);
  };
  const Taken taken = designs_.keeper.occupy(db_, wanted, around);
  if (taken.how == Taken::How::not_wanted) return known.value_or(MakeReply{MakeStatus::busy});
  if (taken.how == Taken::How::busy) return {MakeStatus::busy};
  if (taken.how == Taken::How::no_room) {
    env_.log.sometimes("no account had as much left");
    return {MakeStatus::no_quota};
  }
  return answer_of(made, payout);
}

MakeReply Service::make_free(const Payout& payout) {
  return env::in_transaction(db_, "payout.make", [&](env::Tx& tx) -> MakeReply {
    if (const auto known = known_answer(tx, payout)) return *known;
    Payout made = payout;
    made.app = designs_.binding.app_of_code(tx, payout);
    if (made.app.empty()) return {MakeStatus::no_quota};
    write_payout(tx, made);
    designs_.codes.expect(tx, made);
    return answer_of(made, payout);
  });
}

ClaimReply Service::claim(const api::ClaimPayout& request) {
  const Instant now = env_.clock.wall_now();
  std::optional<Payout> payout;
  std::optional<Occupation> occupation;
  db_.read("payout.look", [&](env::Connection& from) {
    payout = find_payout(from, request.payout);
    occupation = occupation_of(from, request.payout);
  });
  if (const auto said = answer_to_claim(payout, request, now)) return *said;
  if (env_.points.unlucky("payout: a claim waits")) env_.tasks.sleep(kOvertaken);
  // A quota is of one day: what was occupied yesterday is moved to today, or there is nothing to pay with.
  if (!occupation || occupation->day != api::business_day(now))
    return claim_and_occupy(*payout, occupation, now);
  return env::in_transaction(db_, "payout.claim", [&](env::Tx& tx) -> ClaimReply {
    const auto there = find_payout(tx, request.payout);
    tx.wake(sender_.worker(), now);
    if (const auto said = answer_to_claim(there, request, now)) return *said;
    payout::claim(tx, *there, now);
    return {ClaimStatus::paying, PayoutState::paying};
  });
}

ClaimReply Service::claim_and_occupy(const Payout& payout, const std::optional<Occupation>& old,
                                     Instant now) {
  Wanted wanted;
  wanted.payout = payout.id;
  wanted.occupation = OccupationId::from_random(env_.random.bits("occupation id"));
  wanted.attempt = 1;
  wanted.way = payout.way;
  wanted.app = payout.app;
  wanted.amount = payout.amount;
  wanted.day = api::business_day(now);
  // The payee of an Alipay code is known to the account whose app he has opened.
  if (old && payout.way == api::PayWay::alipay) wanted.only = old->account;
  std::optional<ClaimReply> said;
  Around around;
  around.still = [&](env::Tx& tx) {
    tx.wake(sender_.worker(), now);
    said = answer_to_claim(find_payout(tx, payout.id), {payout.user, payout.id, payout.app}, now);
    return !said;
  };
  around.with = [&](env::Tx& tx, const Occupation&) {
    if (const auto before = occupation_of(tx, payout.id)) release(tx, *before);
    payout::claim(tx, payout, now);
  };
  const Taken taken = designs_.keeper.occupy(db_, designs_.binding.at_pay(std::move(wanted)), around);
  if (taken.how == Taken::How::not_wanted) return said.value_or(ClaimReply{ClaimStatus::busy});
  if (taken.how == Taken::How::busy) return {ClaimStatus::busy, PayoutState::made};
  if (taken.how == Taken::How::no_room) {
    env_.log.sometimes("no account had as much left");
    return {ClaimStatus::no_quota, PayoutState::made};
  }
  if (old) env_.log.sometimes("an occupation moved to the next day");
  return {ClaimStatus::paying, PayoutState::paying};
}

api::LookReply Service::look(const api::LookAtPayout& request) {
  return env::in_read(db_, "payout.look", [&](env::Connection& from) -> api::LookReply {
    const auto payout = find_payout(from, request.payout);
    if (!payout || payout->user != request.user) return {};
    return {true, payout->state};
  });
}

ConfigureReply Service::configure(const api::ConfigureAccount& request) {
  if (!good_terms(request.terms)) return {ConfigureStatus::refused};
  const std::int64_t today = api::business_day(env_.clock.wall_now());
  return env::in_transaction(db_, "payout.configure", [&](env::Tx& tx) -> ConfigureReply {
    const auto account = find_account(tx, request.account);
    if (!account) return {ConfigureStatus::no_such_account};
    // Who did not hear that it was done asks again.
    if (account->version == request.seen_version + 1 && account->terms == request.terms)
      return {ConfigureStatus::done, account->version};
    if (account->version != request.seen_version) {
      env_.log.sometimes("an operator had seen old terms");
      return {ConfigureStatus::stale, account->version};
    }
    change_terms(tx, *account, request.terms, today);
    return {ConfigureStatus::done, account->version + 1};
  });
}

}  // namespace ordeal::payout
