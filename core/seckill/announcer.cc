#include "core/seckill/announcer.h"

#include "core/api/ack.h"
#include "core/worker/due_worker.h"

namespace ordeal::seckill {
namespace {

constexpr Duration kTellAgain{60'000'000'000};
constexpr Duration kTellDeadline{3'000'000'000};
constexpr std::int64_t kAtOnce = 16;

class HalfMessage final : public Announcer {
 public:
  void start(env::Env& env, env::Database& db) override {
    env_ = &env;
    db_ = &db;
    env.broker().on_check(kPaidProducers, [this](const env::Incoming& message) { return look(message); });
    worker_ = std::make_unique<worker::DueWorker>(env, "tell-classroom", [this] { return tell_due(); });
    worker_->start();
  }
  // Without a broker the scan alone tells: nobody's payment, and nobody's unit, waits for a broker that may never come back.
  std::optional<Prepared> prepare(const CoursePaid& news) override {
    auto half = prepare_half(*env_, news);
    if (!half) env_->log.sometimes("no half message could be prepared");
    return half ? half : Prepared{};
  }
  void write(env::Tx& tx, const CoursePaid& news) override {
    const Instant at = env_->clock.wall_now() + kTellAfter;
    tell_later(tx, news.grab, at);
    tx.wake(*worker_, at);
  }
  void settle(const Prepared& prepared, env::HalfOutcome outcome) override {
    settle_half(*env_, prepared, outcome);
  }

 private:
  env::HalfOutcome look(const env::Incoming& message) {
    env_->log.sometimes("the broker asked about a paid seat");
    const auto seat = env::in_read(*db_, "seckill.check", [&](env::Connection& from) {
      return find_seat(from, message.body.as<CoursePaid>().grab);
    });
    if (!seat) return env::HalfOutcome::unknown;
    if (seat->state == SeatState::paid) return env::HalfOutcome::commit;
    if (seat->state == SeatState::closed || seat->state == SeatState::lapsed)
      return env::HalfOutcome::rollback;
    return env::HalfOutcome::unknown;
  }

  std::optional<Instant> tell_due() {
    const Instant now = env_->clock.wall_now();
    const auto due = env::in_read(*db_, "seckill.to_tell",
                                  [&](env::Connection& from) { return seats_to_tell(from, now, kAtOnce); });
    for (const Seat& seat : due) {
      const env::TraceScope scope(env_->tasks, seat.cause, "seckill.tell");
      const auto ack = env_->rpc.call<api::Ack>("classroom", "on_course_paid",
                                                CoursePaid{seat.grab, seat.user, seat.course}, kTellDeadline);
      const bool told = ack && ack->done;
      env::in_transaction(*db_, "seckill.told", [&](env::Tx& tx) {
        tell_later(tx, seat.grab, told ? std::nullopt : std::optional(env_->clock.wall_now() + kTellAgain));
      });
    }
    return env::in_read(*db_, "seckill.next_to_tell",
                        [](env::Connection& from) { return next_to_tell(from); });
  }

  env::Env* env_ = nullptr;
  env::Database* db_ = nullptr;
  std::unique_ptr<worker::DueWorker> worker_;
};

class ByOutbox final : public Announcer {
 public:
  void start(env::Env& env, env::Database& db) override {
    relay_ = std::make_unique<outbox::Relay>(
        env, db, outbox::Routes{{&CoursePaid::type(), {{"classroom", "on_course_paid"}}}});
    relay_->start();
  }
  std::optional<Prepared> prepare(const CoursePaid&) override { return Prepared{}; }
  void write(env::Tx& tx, const CoursePaid& news) override { relay_->write(tx, env::Message::of(news)); }
  void settle(const Prepared&, env::HalfOutcome) override {}

 private:
  std::unique_ptr<outbox::Relay> relay_;
};

}  // namespace

std::unique_ptr<Announcer> make_announcer(std::string_view name) {
  if (name == "half_message") return std::make_unique<HalfMessage>();
  if (name == "outbox") return std::make_unique<ByOutbox>();
  return nullptr;
}

std::optional<Prepared> prepare_half(env::Env& env, const CoursePaid& news) {
  auto half = env.broker().send_half(kPaidProducers, {.topic = std::string(kPaidTopic),
                                                      .key = news.grab.text(),
                                                      .order = {},
                                                      .body = env::Message::of(news),
                                                      .deliver_after = {}});
  if (!half) return std::nullopt;
  return Prepared{std::move(half).value()};
}

void settle_half(env::Env& env, const Prepared& prepared, env::HalfOutcome outcome) {
  if (!prepared.half || env.points.unlucky("seckill: a half message is left to the broker")) return;
  (void)env.broker().end(*prepared.half, outcome);
}

}  // namespace ordeal::seckill
