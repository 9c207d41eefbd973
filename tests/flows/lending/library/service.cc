#include "tests/flows/lending/library/service.h"

#include <utility>

#include "core/wire/names.h"

namespace ordeal::lending {
namespace {

constexpr std::int64_t kDueAtOnce = 16;
constexpr Duration kDeadline = {4'000'000'000};

}  // namespace

Library::Library(env::Env& env, env::Database& db, HandOut& hand_out, Config config)
    : env_(env),
      db_(db),
      hand_out_(hand_out),
      config_(std::move(config)),
      overdue_(env, "overdue-loans", [this] { return look_after_due(); }) {}

void Library::start() {
  env_.rpc.on<Borrow>("borrow", [this](const Borrow& request) { return borrow(request); });
  env_.rpc.on<GiveBack>("give_back", [this](const GiveBack& request) { return give_back(request); });
  overdue_.start();
}

BorrowReply Library::borrow(const Borrow& request) {
  if (env_.points.unlucky("library: the stand is busy")) return {BorrowStatus::busy};
  const Instant due = env_.clock.wall_now() + config_.loan;
  const BorrowReply reply = hand_out_.hand_out(db_, {request.loan, due, env_.tasks.current(), overdue_});
  if (reply.status == BorrowStatus::none_left) env_.log.sometimes("stand was empty");
  env_.log.line([&] {
    return request.loan.text() + ": " + std::string(wire::name_of(reply.status)) +
           (reply.umbrella ? " " + reply.umbrella.text() : "");
  });
  return reply;
}

GiveBackReply Library::give_back(const GiveBack& request) {
  return env::in_transaction(db_, "library.give_back", [&](env::Tx& tx) -> GiveBackReply {
    const auto loan = find_loan(tx, request.loan);
    if (!loan) return {false};
    if (!bring_back(tx, *loan)) env_.log.sometimes("umbrella given back twice");
    if (loan->state == LoanState::lost) env_.log.sometimes("umbrella found again");
    return {true};
  });
}

std::optional<Instant> Library::look_after_due() {
  const Instant now = env_.clock.wall_now();
  const auto due =
      env::in_read(db_, "library.due", [&](env::Connection& c) { return due_loans(c, now, kDueAtOnce); });
  if (!due.empty()) {
    const bool wet = rains();
    for (const Loan& loan : due) look_after(loan, wet, now);
  }
  return env::in_read(db_, "library.next_due", [](env::Connection& c) { return next_due(c); });
}

void Library::look_after(const Loan& loan, bool rains, Instant now) {
  const env::TraceScope scope(env_.tasks, loan.cause, "library.overdue");
  const bool extends = rains && loan.extensions < config_.extensions_max;
  env::in_transaction(db_, "library.overdue", [&](env::Tx& tx) {
    const bool done = extends ? extend(tx, loan, now + config_.extension, overdue_) : write_off(tx, loan);
    if (!done) env_.log.sometimes("loan was looked after by another");
  });
  env_.log.line([&] { return loan.id.text() + (extends ? " is extended: it rains" : " is written off"); });
}

bool Library::rains() {
  if (config_.weather_url.empty()) return false;
  const auto answer = env_.http.post(config_.weather_url, "how is it?", config_.weather_deadline);
  return answer && answer->status == 200 && answer->body == "rain";
}

void Counter::start() {
  env_.rpc.on<Borrow>("borrow", [this](const Borrow& request) -> BorrowReply {
    const auto reply = env_.rpc.call<BorrowReply>("library", "borrow", request, kDeadline);
    if (reply) return *reply;
    return {env::may_have_happened(reply.error()) ? BorrowStatus::unknown : BorrowStatus::unavailable};
  });
  env_.rpc.on<GiveBack>("give_back", [this](const GiveBack& request) {
    const auto reply = env_.rpc.call<GiveBackReply>("library", "give_back", request, kDeadline);
    return reply ? *reply : GiveBackReply{};
  });
}

}  // namespace ordeal::lending
