// F-28: `commit(); sendDelay();` and nothing behind it. The message about the order's end is sent when the order is there: a process
// that dies in between sends none, and a broker that does not answer has none. Nobody ever looks at the order again: it stays
// UNPAID and keeps its stock (I-41). Seen as Redisson's delayed queue, as litemall's timers in memory, as mall's message of a
// transaction.
#include <algorithm>
#include <utility>
#include <vector>

#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class MessageAloneCloser final : public order::Closer, private env::Wakeable {
 public:
  void start(env::Env& env, order::Closing& closing) override {
    env_ = &env;
    env.broker().subscribe(
        {.group = std::string(order::kCloseGroup), .topic = std::string(order::kCloseTopic)},
        [&closing](const env::Incoming& message) {
          closing.close(message.body.as<api::CloseDue>().order);
          return env::Consumed::done;
        });
  }
  void expect(env::Tx& tx, OrderId order, Instant close_at) override {
    expected_.emplace_back(order, close_at);
    tx.wake(*this);
  }

 private:
  void wake(Instant) override {
    for (const auto& [order, close_at] : std::exchange(expected_, {}))
      env_->tasks.spawn("send-close-message", [this, order = order, close_at = close_at] {
        const Duration after = std::max(close_at - env_->clock.wall_now(), Duration{});
        const auto sent = env_->broker().send({.topic = std::string(order::kCloseTopic),
                                               .key = order.text(),
                                               .order = {},
                                               .body = env::Message::of(api::CloseDue{order}),
                                               .deliver_after = after});
        if (!sent) env_->log.line([&] { return "no message about the end of " + order.text(); });
      });
  }

  env::Env* env_ = nullptr;
  std::vector<std::pair<OrderId, Instant>> expected_;
};

}  // namespace

std::unique_ptr<order::Closer> make_message_alone_closer() { return std::make_unique<MessageAloneCloser>(); }

}  // namespace ordeal::purchase::planted
