#include "core/order/closer.h"

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
  void expect(OrderId, Instant close_at) override {
    if (worker_ != nullptr) worker_->nudge(close_at + lag_);
  }

 private:
  Duration lag_;
  std::unique_ptr<worker::DueWorker> worker_;
};

class DelayedTimer : public Closer {
 public:
  void start(env::Env& env, Closing& closing) override {
    env_ = &env;
    closing_ = &closing;
    backstop_.start(env, closing);
  }
  void expect(OrderId order, Instant close_at) override {
    if (env_ == nullptr) return;
    backstop_.expect(order, close_at);
    if (env_->points.unlucky("order: a close timer is lost")) return;
    env_->tasks.spawn("close-timer", [this, order, close_at] {
      env_->tasks.sleep(close_at - env_->clock.wall_now());
      try {
        closing_->close(order);
      } catch (const env::DatabaseError&) {
        env_->log.sometimes("close timer failed");
      }
    });
  }

 private:
  env::Env* env_ = nullptr;
  Closing* closing_ = nullptr;
  Scan backstop_{kBackstopLag};
};

}  // namespace

std::unique_ptr<Closer> make_closer(std::string_view name) {
  if (name == "scan") return std::make_unique<Scan>(Duration{});
  if (name == "delayed_timer") return std::make_unique<DelayedTimer>();
  return nullptr;
}

}  // namespace ordeal::order
