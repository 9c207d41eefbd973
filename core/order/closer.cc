#include "core/order/closer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/api/order.h"
#include "core/worker/due_worker.h"

namespace ordeal::order {
namespace {

constexpr Duration kBackstopLag = {60'000'000'000};

class Scan : public Closer {
 public:
  explicit Scan(Duration lag) : lag_(lag) {}

  void start(env::Env& env, Closing& closing) override {
    worker_ = std::make_unique<worker::DueWorker>(env, "close-orders",
                                                  [this, &closing] { return closing.close_due(lag_); });
    worker_->start();
  }
  void expect(env::Tx& tx, OrderId, Instant close_at) override {
    if (worker_ != nullptr) tx.wake(*worker_, close_at + lag_);
  }

 private:
  Duration lag_;
  std::unique_ptr<worker::DueWorker> worker_;
};

// Something is begun for each order once it is durable, and is lost with the process; the scan follows behind.
class AfterCommit : public Closer, private env::Wakeable {
 public:
  void start(env::Env& env, Closing& closing) override {
    env_ = &env;
    closing_ = &closing;
    backstop_.start(env, closing);
  }
  void expect(env::Tx& tx, OrderId order, Instant close_at) override {
    if (env_ == nullptr) return;
    backstop_.expect(tx, order, close_at);
    expected_.push_back({order, close_at});
    tx.wake(*this);
  }

 protected:
  struct Expected {
    OrderId order;
    Instant close_at;
  };
  // Must not wait. An order whose transaction came to nothing is not there to be closed.
  virtual void begin(const Expected& expected) = 0;
  env::Env& env() const { return *env_; }
  Closing& closing() const { return *closing_; }
  Duration time_left(const Expected& expected) const { return expected.close_at - env_->clock.wall_now(); }

 private:
  void wake(Instant) override {
    for (const Expected& expected : std::exchange(expected_, {})) begin(expected);
  }

  env::Env* env_ = nullptr;
  Closing* closing_ = nullptr;
  Scan backstop_{kBackstopLag};
  std::vector<Expected> expected_;
};

class DelayedTimer final : public AfterCommit {
 private:
  void begin(const Expected& expected) override {
    if (env().points.unlucky("order: a close timer is lost")) return;
    env().tasks.spawn("close-timer", [this, expected] {
      env().tasks.sleep(time_left(expected));
      const auto close = [&] { closing().close(expected.order); };
      if (!worker::attempt(env(), "close-timer", close)) env().log.sometimes("close timer failed");
    });
  }
};

// Nothing is kept here: who sends may die before the message is out, and whoever of the group gets it decides anew.
class DelayedMessage final : public AfterCommit {
 public:
  void start(env::Env& env, Closing& closing) override {
    AfterCommit::start(env, closing);
    env.broker().subscribe({.group = std::string(kCloseGroup), .topic = std::string(kCloseTopic)},
                           [&env, &closing](const env::Incoming& message) {
                             env.log.sometimes("close message came");
                             closing.close(message.body.as<api::CloseDue>().order);
                             return env::Consumed::done;
                           });
  }

 private:
  void begin(const Expected& expected) override {
    env().tasks.spawn("send-close-message", [this, expected] {
      const auto sent = env().broker().send({.topic = std::string(kCloseTopic),
                                             .key = expected.order.text(),
                                             .order = {},
                                             .body = env::Message::of(api::CloseDue{expected.order}),
                                             .deliver_after = std::max(time_left(expected), Duration{})});
      if (!sent) env().log.sometimes("close message not sent");
    });
  }
};

}  // namespace

std::unique_ptr<Closer> make_closer(std::string_view name) {
  if (name == "scan") return std::make_unique<Scan>(Duration{});
  if (name == "delayed_timer") return std::make_unique<DelayedTimer>();
  if (name == "delayed_message") return std::make_unique<DelayedMessage>();
  return nullptr;
}

}  // namespace ordeal::order
