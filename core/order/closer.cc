#include "core/order/closer.h"

#include <utility>
#include <vector>

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

class DelayedTimer : public Closer, private env::Wakeable {
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

 private:
  struct Expected {
    OrderId order;
    Instant close_at;
  };

  // The timer of an order whose transaction came to nothing finds no order to close.
  void wake(Instant) override {
    for (const Expected& expected : std::exchange(expected_, {})) {
      if (env_->points.unlucky("order: a close timer is lost")) continue;
      env_->tasks.spawn("close-timer", [this, expected] {
        env_->tasks.sleep(expected.close_at - env_->clock.wall_now());
        const auto close = [&] { closing_->close(expected.order); };
        if (!worker::attempt(*env_, "close-timer", close)) env_->log.sometimes("close timer failed");
      });
    }
  }

  env::Env* env_ = nullptr;
  Closing* closing_ = nullptr;
  Scan backstop_{kBackstopLag};
  std::vector<Expected> expected_;
};

}  // namespace

std::unique_ptr<Closer> make_closer(std::string_view name) {
  if (name == "scan") return std::make_unique<Scan>(Duration{});
  if (name == "delayed_timer") return std::make_unique<DelayedTimer>();
  return nullptr;
}

}  // namespace ordeal::order
