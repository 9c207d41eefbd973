#include "core/netting/service.h"

#include <utility>

#include "core/wire/names.h"

namespace ordeal::netting {

using api::CoverReply;
using api::CoverStatus;
using api::NettingProblem;
using api::SubmitReply;
using api::SubmitStatus;

namespace {

bool good_reference(const std::string& text) { return !text.empty() && text.size() <= kReferenceMost; }

bool has_account(env::Connection& from, BankId bank, Currency currency) {
  return bank.value > 0 && bank.value < api::kHouse && balance_of(from, bank.value, currency).has_value();
}

NettingProblem problem_of(env::Connection& from, const api::SubmitObligation& request) {
  if (!good_reference(request.reference)) return NettingProblem::bad_reference;
  const std::int64_t minor = request.amount.minor;
  if (minor == 0 || minor > Money::kMaxMinor || minor < -Money::kMaxMinor) return NettingProblem::bad_amount;
  if (!has_account(from, request.debtor, request.amount.currency) ||
      !has_account(from, request.creditor, request.amount.currency))
    return NettingProblem::no_bank;
  return request.debtor == request.creditor ? NettingProblem::to_itself : NettingProblem::none;
}

NettingProblem problem_of(env::Connection& from, const api::MoveCover& request) {
  if (!good_reference(request.request_key)) return NettingProblem::bad_reference;
  if (!request.amount.is_payable()) return NettingProblem::bad_amount;
  return has_account(from, request.bank, request.amount.currency) ? NettingProblem::none
                                                                  : NettingProblem::no_bank;
}

SubmitReply answer_of(const Obligation& known, const api::SubmitObligation& request) {
  if (known.creditor != request.creditor || known.amount != request.amount) return {SubmitStatus::conflict};
  return {SubmitStatus::taken, NettingProblem::none, known.id, known.cycle};
}

std::optional<CoverReply> known_answer(env::Connection& from, const api::MoveCover& request) {
  const auto known = find_cover_request(from, request.bank, request.request_key);
  if (!known) return std::nullopt;
  const bool same = known->asked.out == request.out && known->asked.amount == request.amount;
  return CoverReply{same ? known->status : CoverStatus::conflict};
}

}  // namespace

Service::Service(env::Env& env, env::Database& db, Designs designs, Terms terms)
    : env_(env),
      db_(db),
      designs_(designs),
      terms_(std::move(terms)),
      runner_(env, db, {designs.scheme, designs.cover, designs.once}, terms_) {}

void Service::start() {
  env_.rpc.on<api::SubmitObligation>(
      "submit", [this](const api::SubmitObligation& request) { return submit(request); });
  env_.rpc.on<api::LookAtObligation>("look",
                                     [this](const api::LookAtObligation& request) { return look(request); });
  env_.rpc.on<api::MoveCover>("cover", [this](const api::MoveCover& request) { return move_cover(request); });
  runner_.start();
}

SubmitReply Service::submit(const api::SubmitObligation& request) {
  const Instant now = env_.clock.wall_now();
  Obligation o;
  o.id = ObligationId::from_random(env_.random.bits("obligation id"));
  o.debtor = request.debtor;
  o.creditor = request.creditor;
  o.amount = request.amount;
  o.reference = request.reference;
  const SubmitReply reply = env::in_transaction(db_, "netting.submit", [&](env::Tx& tx) -> SubmitReply {
    const NettingProblem problem = problem_of(tx, request);
    if (problem != NettingProblem::none) return {SubmitStatus::refused, problem};
    const auto known = find_obligation(tx, request.debtor, request.reference);
    const CycleId cycle = known ? known->cycle : open_cycle(tx, now, terms_.session, request.amount.currency);
    const Instant cutoff = api::cutoff_of(cycle, terms_.session);
    tx.wake(runner_.worker(), cutoff);
    if (known) return answer_of(*known, request);
    o.cycle = cycle;
    take(tx, o);
    jobs::schedule(tx, job_of(cycle), cutoff);
    return answer_of(o, request);
  });
  env_.log.line([&] {
    return request.amount.text() + " of " + request.debtor.text() + " to " + request.creditor.text() + ": " +
           std::string(wire::name_of(reply.status));
  });
  return reply;
}

api::ObligationReply Service::look(const api::LookAtObligation& request) {
  return env::in_read(db_, "netting.look", [&](env::Connection& from) -> api::ObligationReply {
    const auto known = find_obligation(from, request.debtor, request.reference);
    if (!known) return {};
    return {true, known->state, known->cycle};
  });
}

CoverReply Service::move_cover(const api::MoveCover& request) {
  Move move{request.out ? api::NetEntryKind::taken_out : api::NetEntryKind::put_in};
  move.from = request.out ? request.bank.value : api::kOutside;
  move.to = request.out ? api::kOutside : request.bank.value;
  move.amount = request.amount;
  move.request_key = request.request_key;
  const auto refused =
      env::in_read(db_, "netting.look", [&](env::Connection& from) { return problem_of(from, request); });
  if (refused != NettingProblem::none) return {CoverStatus::refused, refused};
  std::optional<CoverReply> known;
  Around around;
  around.still = [&](env::Tx& tx) {
    known = known_answer(tx, request);
    return !known;
  };
  around.with = [&](env::Tx& tx) { write_cover_request(tx, {request, CoverStatus::moved}); };
  switch (designs_.cover.pay(db_, "netting.cover", move, around)) {
    case Paid::not_wanted:
      return known.value_or(CoverReply{CoverStatus::busy});
    case Paid::busy:
      return {CoverStatus::busy};
    case Paid::moved:
      return {CoverStatus::moved};
    case Paid::lacks:
      break;
  }
  env_.log.sometimes("an account had not as much");
  return {CoverStatus::lacks_cover};
}

}  // namespace ordeal::netting
