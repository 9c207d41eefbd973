#include "core/seckill/closer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/worker/due_worker.h"

namespace ordeal::seckill {
namespace {

constexpr Duration kBehind{60'000'000'000};

class Scan final : public Closer {
 public:
  explicit Scan(Duration lag) : lag_(lag) {}

  void start(env::Env& env, Closing& closing) override {
    worker_ = std::make_unique<worker::DueWorker>(env, "close-seats",
                                                  [this, &closing] { return closing.close_due(lag_); });
    worker_->start();
  }
  void expect(env::Tx& tx, GrabId, Instant due) override { tx.wake(*worker_, due + lag_); }

 private:
  Duration lag_;
  std::unique_ptr<worker::DueWorker> worker_;
};

class DelayedMessage final : public Closer, private env::Wakeable {
 public:
  void start(env::Env& env, Closing& closing) override {
    env_ = &env;
    behind_.start(env, closing);
    env.broker().subscribe({.group = std::string(kDueGroup), .topic = std::string(kDueTopic)},
                           [&closing](const env::Incoming& message) {
                             closing.close(message.body.as<SeatDue>().grab);
                             return env::Consumed::done;
                           });
  }
  void expect(env::Tx& tx, GrabId grab, Instant due) override {
    expected_.emplace_back(grab, due);
    tx.wake(*this);
    behind_.expect(tx, grab, due);
  }

 private:
  void wake(Instant) override {
    for (const auto& [grab, due] : std::exchange(expected_, {}))
      env_->tasks.spawn("send-seat-due", [this, grab = grab, due = due] {
        if (!send_due(*env_, grab, due)) env_->log.sometimes("a seat's close message was not sent");
      });
  }

  env::Env* env_ = nullptr;
  Scan behind_{kBehind};
  std::vector<std::pair<GrabId, Instant>> expected_;
};

}  // namespace

std::unique_ptr<Closer> make_closer(std::string_view name) {
  if (name == "scan") return std::make_unique<Scan>(Duration{});
  if (name == "delayed_message") return std::make_unique<DelayedMessage>();
  return nullptr;
}

bool send_due(env::Env& env, GrabId grab, Instant due) {
  return env.broker()
      .send({.topic = std::string(kDueTopic),
             .key = grab.text(),
             .order = {},
             .body = env::Message::of(SeatDue{grab}),
             .deliver_after = std::max(due - env.clock.wall_now(), Duration{})})
      .ok();
}

}  // namespace ordeal::seckill
