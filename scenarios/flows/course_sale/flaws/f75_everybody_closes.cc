// F-75: "both services shall get it", so the message about a seat's end is consumed in broadcast mode: every instance gets it, every
// instance looks, sees the seat still held, and puts its unit back (I-14).
#include <utility>
#include <vector>

#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

constexpr env::Sql kLapse{"update seat set state = 3, due_at = null where grab = ?"};

class EverybodyCloses final : public seckill::Closer, private env::Wakeable {
 public:
  void start(env::Env& env, seckill::Closing& closing) override {
    env_ = &env;
    closing_ = &closing;
    behind_->start(env, closing);
    env.broker().subscribe({.group = std::string(seckill::kDueGroup),
                            .topic = std::string(seckill::kDueTopic),
                            .ordered = false,
                            .broadcast = true},
                           [this](const env::Incoming& message) {
                             close(message.body.as<seckill::SeatDue>().grab);
                             return env::Consumed::done;
                           });
  }
  void expect(env::Tx& tx, seckill::GrabId grab, Instant due) override {
    expected_.emplace_back(grab, due);
    tx.wake(*this);
    behind_->expect(tx, grab, due);
  }

 private:
  void wake(Instant) override {
    for (const auto& [grab, due] : std::exchange(expected_, {}))
      env_->tasks.spawn("send-seat-due",
                        [this, grab = grab, due = due] { seckill::send_due(*env_, grab, due); });
  }
  void close(seckill::GrabId grab) {
    const auto seat = env::in_read(closing_->database(), "seckill.seat",
                                   [&](env::Connection& from) { return seckill::find_seat(from, grab); });
    if (!seat || !seat->due || env_->clock.wall_now() < *seat->due) return;
    if (seat->state != seckill::SeatState::won) return closing_->close(grab);
    const auto version = env::in_transaction(closing_->database(), "seckill.give_back", [&](env::Tx& tx) {
      tx.exec(kLapse, grab);
      return seckill::put_back(tx, *seat);
    });
    closing_->unit_is_back(*seat, version);
  }

  env::Env* env_ = nullptr;
  seckill::Closing* closing_ = nullptr;
  std::unique_ptr<seckill::Closer> behind_ = seckill::make_closer("scan");
  std::vector<std::pair<seckill::GrabId, Instant>> expected_;
};

}  // namespace

std::unique_ptr<seckill::Closer> make_everybody_closes() { return std::make_unique<EverybodyCloses>(); }

}  // namespace ordeal::course_sale::planted
