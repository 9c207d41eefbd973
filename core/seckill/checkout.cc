#include "core/seckill/checkout.h"

#include <utility>

namespace ordeal::seckill {
namespace {

constexpr std::int64_t kDueAtOnce = 16;
constexpr Duration kCloseAgain{300'000'000'000};
constexpr std::size_t kMaxToken = 64;

CoursePaid news_of(const Seat& seat) { return {seat.grab, seat.user, seat.course}; }

}  // namespace

Checkout::Checkout(env::Env& env, env::Database& db, Designs designs, Counts& counts, std::string till_url,
                   Duration pay_within)
    : env_(env),
      db_(db),
      designs_(designs),
      counts_(counts),
      till_(env, std::move(till_url)),
      pay_within_(pay_within) {}

void Checkout::start() {
  designs_.announcer.start(env_, db_);
  designs_.closer.start(env_, *this);
}

std::optional<Seat> Checkout::seat_of(GrabId grab, UserId user) {
  auto seat = env::in_read(db_, "seckill.seat", [&](env::Connection& from) { return find_seat(from, grab); });
  if (!seat || seat->user != user) return std::nullopt;
  return seat;
}

Money Checkout::price_of(const Seat& seat) {
  const auto course = env::in_read(db_, "seckill.price", [&](env::Connection& from) {
    return find_course(from, seat.activity, seat.course);
  });
  ORDEAL_CHECK(course.has_value());
  return course->price;
}

PageReply Checkout::page(const PageQuery& query) {
  const auto seat = seat_of(query.grab, query.user);
  if (!seat) return {};
  const std::string token = seat->state == SeatState::won ? counts_.token(seat->grab) : std::string();
  return {true, seat->state, price_of(*seat), token, seat->due.value_or(Instant{})};
}

ConfirmReply Checkout::confirm(const Confirm& request) {
  if (request.token.size() > kMaxToken) return {ConfirmStatus::invalid};
  const auto seat = seat_of(request.grab, request.user);
  if (!seat) return {ConfirmStatus::invalid};
  // Before the token is looked at: who confirmed and did not hear of it has spent it (E18).
  if (seat->state == SeatState::unpaid || seat->state == SeatState::paid) return {ConfirmStatus::confirmed};
  const Instant now = env_.clock.wall_now();
  if (seat->state != SeatState::won || (seat->due && now >= *seat->due)) return {ConfirmStatus::too_late};
  if (request.price != price_of(*seat)) return {ConfirmStatus::price_changed};
  return {claim_and_confirm(*seat, request.token, now)};
}

ConfirmStatus Checkout::claim_and_confirm(const Seat& seat, const std::string& token, Instant now) {
  const auto claimed = counts_.claim(seat.grab, token);
  if (claimed == false) {
    env_.log.sometimes("a submit token was not good");
    return ConfirmStatus::used_token;
  }
  const Instant pay_by = now + pay_within_;
  return env::in_transaction(db_, "seckill.confirm", [&](env::Tx& tx) {
    const bool confirmed = confirm_seat(tx, seat, pay_by);
    const auto there = find_seat(tx, seat.grab);
    designs_.closer.expect(tx, seat.grab, pay_by);
    if (confirmed || there->state == SeatState::unpaid || there->state == SeatState::paid)
      return ConfirmStatus::confirmed;
    return ConfirmStatus::too_late;
  });
}

PayForSeatReply Checkout::pay(const PayForSeat& request) {
  const auto seat = seat_of(request.grab, request.user);
  if (!seat || seat->state == SeatState::won) return {SeatPayStatus::invalid};
  if (seat->state == SeatState::paid) return {SeatPayStatus::paid};
  if (seat->state != SeatState::unpaid || env_.clock.wall_now() >= *seat->due)
    return {SeatPayStatus::too_late};
  const Money price = price_of(*seat);
  const auto prepared = designs_.announcer.prepare(news_of(*seat));
  if (!prepared) return {SeatPayStatus::pending};
  switch (till_.charge(seat->grab, price)) {
    case TillWord::paid:
      mark_paid(*seat, *prepared);
      return {SeatPayStatus::paid};
    case TillWord::closed:
      return {SeatPayStatus::too_late};
    case TillWord::declined:
      designs_.announcer.settle(*prepared, env::HalfOutcome::rollback);
      return {SeatPayStatus::declined};
    case TillWord::unknown:
      break;
  }
  return {SeatPayStatus::pending};
}

void Checkout::mark_paid(const Seat& seat, const Prepared& prepared) {
  const bool moved = env::in_transaction(db_, "seckill.paid", [&](env::Tx& tx) {
    if (!pay_seat(tx, seat)) return false;
    designs_.announcer.write(tx, news_of(seat));
    return true;
  });
  if (!moved) env_.log.sometimes("a seat was paid already");
  designs_.announcer.settle(prepared, env::HalfOutcome::commit);
}

std::optional<Instant> Checkout::close_due(Duration lag) {
  const Instant before = env_.clock.wall_now() - lag;
  const auto due = env::in_read(db_, "seckill.due",
                                [&](env::Connection& from) { return due_seats(from, before, kDueAtOnce); });
  for (const Seat& seat : due) close(seat);
  const auto next =
      env::in_read(db_, "seckill.next_due", [](env::Connection& from) { return next_due(from); });
  return next ? std::optional(*next + lag) : std::nullopt;
}

void Checkout::close(GrabId grab) {
  const auto seat =
      env::in_read(db_, "seckill.seat", [&](env::Connection& from) { return find_seat(from, grab); });
  if (seat && seat->due && env_.clock.wall_now() >= *seat->due) close(*seat);
}

void Checkout::close(const Seat& seat) {
  const env::TraceScope scope(env_.tasks, seat.cause, "seckill.close");
  if (seat.state == SeatState::won) return give_back_unit(seat);
  // Prepared first: should the till say "paid", somebody has to be told.
  const auto prepared = designs_.announcer.prepare(news_of(seat));
  const TillWord word = prepared ? till_.close(seat.grab) : TillWord::unknown;
  if (word == TillWord::paid) return mark_paid(seat, *prepared);
  if (word == TillWord::closed) {
    give_back_unit(seat);
    return designs_.announcer.settle(*prepared, env::HalfOutcome::rollback);
  }
  try_again_later(seat);
}

void Checkout::give_back_unit(const Seat& seat) {
  const auto version =
      env::in_transaction(db_, "seckill.give_back", [&](env::Tx& tx) { return give_back(tx, seat); });
  if (!version) return env_.log.sometimes("a seat had moved before it was closed");
  unit_is_back(seat, *version);
}

void Checkout::unit_is_back(const Seat& seat, std::int64_t version) {
  if (env_.points.unlucky("seckill: a unit is not counted back")) return;
  const auto activity = env::in_read(
      db_, "seckill.activity", [&](env::Connection& from) { return find_activity(from, seat.activity); });
  if (activity) counts_.give_back(*activity, seat);
  designs_.sold_out.clear({seat.activity, seat.course}, version);
}

void Checkout::try_again_later(const Seat& seat) {
  const Instant again = env_.clock.wall_now() + kCloseAgain;
  env::in_transaction(db_, "seckill.put_off", [&](env::Tx& tx) {
    put_off(tx, seat, again);
    designs_.closer.expect(tx, seat.grab, again);
  });
}

}  // namespace ordeal::seckill
