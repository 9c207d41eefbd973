#include "core/seckill/service.h"

#include <utility>

#include "core/worker/due_worker.h"

namespace ordeal::seckill {
namespace {

constexpr std::int64_t kMaxId = (std::int64_t{1} << 50) - 1;

template <class Tag>
bool is_id(Id<Tag> id) {
  return id.value > 0 && id.value <= kMaxId;
}

bool is_valid(const Grab& request) {
  return is_id(request.grab) && is_id(request.activity) && is_id(request.course) && is_id(request.user);
}

// A grab that is known: whose seat it is, and whether that is still one.
GrabReply reply_of(const Seat& seat, const Grab& request) {
  const bool same =
      seat.user == request.user && seat.activity == request.activity && seat.course == request.course;
  if (!same) return {GrabStatus::invalid, {}};
  const bool lost = seat.state == SeatState::lapsed || seat.state == SeatState::closed;
  return {lost ? GrabStatus::over : GrabStatus::won, seat.due.value_or(Instant{})};
}

}  // namespace

Service::Service(env::Env& env, env::Database& db, Designs designs, Config config)
    : env_(env),
      db_(db),
      designs_(designs),
      config_(std::move(config)),
      counts_(env),
      checkout_(env, db, {designs.closer, designs.announcer, designs.sold_out}, counts_, config_.till_url,
                config_.pay_within),
      permit_terms_{"seckill", config_.permits, config_.lease} {}

void Service::start() {
  designs_.sold_out.start(env_);
  designs_.publishing.start(env_, db_, counts_);
  checkout_.start();
  env_.rpc.on<Publish>("publish", [this](const Publish& request) { return publish(request); });
  env_.rpc.on<Grab>("grab", [this](const Grab& request) { return grab(request); });
  env_.rpc.on<PageQuery>("page", [this](const PageQuery& query) { return checkout_.page(query); });
  env_.rpc.on<Confirm>("confirm", [this](const Confirm& request) { return checkout_.confirm(request); });
  env_.rpc.on<PayForSeat>("pay", [this](const PayForSeat& request) { return checkout_.pay(request); });
}

PublishReply Service::publish(const Publish& request) {
  if (!is_id(request.activity) || !is_id(ActivityId{request.epoch})) return {PublishStatus::invalid};
  return {designs_.publishing.publish(request)};
}

GrabReply Service::grab(const Grab& request) {
  if (!is_valid(request)) return {GrabStatus::invalid, {}};
  if (!limits::take_token(env_.cache(), config_.rate)) {
    env_.log.sometimes("too many in a second");
    return {GrabStatus::busy, {}};
  }
  std::string holder = base32(env_.random.bits("permit holder") >> 14);
  const auto admitted = designs_.permits.acquire(env_.cache(), permit_terms_, std::move(holder));
  if (admitted.admission == limits::Admission::none) {
    env_.log.sometimes("no permit was free");
    return {GrabStatus::busy, {}};
  }
  GrabReply reply;
  // On every way out of it the permit goes back (E9).
  const bool whole = worker::attempt(env_, "grab", [&] { reply = decide(request); });
  designs_.permits.release(env_.cache(), permit_terms_, admitted.permit);
  return whole ? reply : GrabReply{};
}

GrabReply Service::decide(const Grab& request) {
  const Instant now = env_.clock.wall_now();
  std::optional<Seat> known;
  std::optional<Activity> activity;
  bool has_course = false;
  db_.read("seckill.look", [&](env::Connection& from) {
    known = find_seat(from, request.grab);
    activity = find_activity(from, request.activity);
    has_course = find_course(from, request.activity, request.course).has_value();
  });
  if (known) return reply_of(*known, request);
  if (!activity || !has_course) return {GrabStatus::invalid, {}};
  if (!activity->published || now < activity->opens_at) return {GrabStatus::not_started, {}};
  if (now >= activity->ends_at) return {GrabStatus::ended, {}};
  if (designs_.sold_out.is_set({request.activity, request.course})) {
    env_.log.sometimes("a flag said that all is gone");
    return {GrabStatus::sold_out, {}};
  }
  if (!designs_.seat_limit.may_ask(
          db_, {.grab = request.grab, .activity = request.activity, .user = request.user}))
    return {GrabStatus::limited, {}};
  switch (counts_.take(*activity, request)) {
    case Counts::Word::none_left:
      return turn_away(request, *activity);
    case Counts::Word::no_count:
      env_.log.sometimes("the sale's count is not there");
      designs_.publishing.count_is_missing();
      return {GrabStatus::not_ready, {}};
    case Counts::Word::silent:
      return win(request, *activity, false);
    case Counts::Word::yes:
      break;
  }
  return win(request, *activity, true);
}

GrabReply Service::turn_away(const Grab& request, const Activity& activity) {
  const Duration asked_at = env_.clock.monotonic_now();
  const auto course = env::in_read(db_, "seckill.left", [&](env::Connection& from) {
    return find_course(from, request.activity, request.course);
  });
  if (course->available > 0) {
    env_.log.sometimes("the count said none, and there were");
    counts_.throw_away(activity, request.course);
    designs_.publishing.count_is_missing();
    return {GrabStatus::busy, {}};
  }
  designs_.sold_out.set({request.activity, request.course}, course->version, asked_at);
  env_.log.sometimes("all seats are gone");
  return {GrabStatus::sold_out, {}};
}

GrabReply Service::win(const Grab& request, const Activity& activity, bool counted) {
  const Instant now = env_.clock.wall_now();
  if (now >= activity.ends_at) return {GrabStatus::ended, {}};
  Seat seat{request.grab, request.activity,    request.course, request.user, SeatState::won,
            {},           env_.tasks.current()};
  seat.due = designs_.winner_terms.confirm_by(now, config_.confirm_within, activity.ends_at);
  const GrabReply reply = env::in_transaction(db_, "seckill.win", [&](env::Tx& tx) -> GrabReply {
    if (const auto known = find_seat(tx, request.grab)) return reply_of(*known, request);
    if (find_course(tx, request.activity, request.course)->available == 0) return {GrabStatus::sold_out, {}};
    if (!designs_.seat_limit.write(tx, seat)) return {GrabStatus::limited, {}};
    ORDEAL_CHECK(take_unit(tx, request.activity, request.course));
    if (seat.due) designs_.closer.expect(tx, seat.grab, *seat.due);
    tx.fact(env::Message::of(facts::SeatWon{seat.grab, seat.user, seat.activity, seat.course, now}));
    return {GrabStatus::won, seat.due.value_or(Instant{})};
  });
  if (reply.status == GrabStatus::limited) {
    env_.log.sometimes("a second device was turned away");
    if (counted) counts_.give_back(activity, seat);
  }
  if (reply.status == GrabStatus::sold_out) {
    env_.log.sometimes("the sale's count said more than there was");
    counts_.throw_away(activity, request.course);
  }
  return reply;
}

}  // namespace ordeal::seckill
