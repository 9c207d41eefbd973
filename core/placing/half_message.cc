#include "core/placing/half_message.h"

#include "core/placing/comparing.h"
#include "core/placing/participant.h"

namespace ordeal::placing {
namespace {

using api::Lack;
using api::PlacedState;
using env::HalfOutcome;

constexpr std::string_view kProducers = "placing-orders";

class HalfMessage final : public Comparing {
 public:
  HalfMessage() : Comparing(kAskAfter) {}

  void start(env::Env& env, env::Database& db) override {
    env.broker().on_check(kProducers, [this](const env::Incoming& message) { return look(message); });
    Comparing::start(env, db);
  }

  api::PlacingReply place(const Order& wanted) override {
    const auto half = prepare(kWantedTopic, wanted.id, api::Wanted{wanted.id, parts_of(wanted)});
    bool written = false;
    const auto reply = env::in_transaction(*db_, "placing.begin", [&](env::Tx& tx) {
      if (const auto known = known_answer(tx, wanted)) return *known;
      const Instant at = half ? next_look() : env_->clock.wall_now();
      write_order(tx, wanted);
      log_phase(tx, wanted.id, Phase::trying, at);
      tx.wake(*worker_, at);
      written = true;
      return answer_of(wanted);
    });
    end(half, written ? HalfOutcome::commit : HalfOutcome::rollback);
    return reply;
  }

  api::Ack on_answered(const api::Answered& answered) override {
    const auto seen = env::in_read(*db_, "placing.heard",
                                   [&](env::Connection& from) { return find_order(from, answered.order); });
    if (!seen) return {false};
    std::optional<env::Receipt> half;
    if (!answered.had && seen->state == PlacedState::pending)
      half = prepare(kCalledOffTopic, seen->id, api::CalledOff{seen->id, parts_of(*seen)});
    const bool rejected = env::in_transaction(*db_, "placing.answered", [&](env::Tx& tx) {
      const auto had = static_cast<std::size_t>(write_answer(tx, answered));
      if (!answered.had) return settle(tx, answered.order, lack_at(answered.service));
      if (had == parts_of(*seen).size()) settle(tx, answered.order, Lack::none);
      return false;
    });
    end(half, rejected ? HalfOutcome::commit : HalfOutcome::rollback);
    return {true};
  }

 private:
  template <class Body>
  std::optional<env::Receipt> prepare(std::string_view topic, OrderId order, Body body) {
    auto half = env_->broker().send_half(kProducers, {.topic = std::string(topic),
                                                      .key = order.text(),
                                                      .order = {},
                                                      .body = env::Message::of(std::move(body)),
                                                      .deliver_after = {}});
    if (half) return std::move(half).value();
    env_->log.sometimes("the broker took no half message");
    return std::nullopt;
  }
  void end(const std::optional<env::Receipt>& half, HalfOutcome outcome) {
    if (!half || env_->points.unlucky("placing: a half message is left to the broker")) return;
    (void)env_->broker().end(*half, outcome);
  }

  // From what is durable; an order that is not there may still be written.
  HalfOutcome look(const env::Incoming& message) {
    env_->log.sometimes("the broker asked about an order");
    const auto* called_off = message.body.get_if<api::CalledOff>();
    const OrderId id = called_off != nullptr ? called_off->order : message.body.as<api::Wanted>().order;
    const auto order =
        env::in_read(*db_, "placing.check", [&](env::Connection& from) { return find_order(from, id); });
    if (!order) return HalfOutcome::unknown;
    if (called_off == nullptr || order->state == PlacedState::rejected) return HalfOutcome::commit;
    return order->state == PlacedState::placed ? HalfOutcome::rollback : HalfOutcome::unknown;
  }
};

}  // namespace

std::unique_ptr<Consistency> make_half_message() { return std::make_unique<HalfMessage>(); }

}  // namespace ordeal::placing
