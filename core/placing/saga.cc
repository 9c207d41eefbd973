#include "core/placing/saga.h"

namespace ordeal::placing {
namespace {

using api::PlacedState;

class OutboxSaga final : public Consistency {
 public:
  void start(env::Env& env, env::Database& db) override {
    env_ = &env;
    db_ = &db;
    relay_ = std::make_unique<outbox::Relay>(
        env, db,
        outbox::Routes{
            {&api::Wanted::type(), {{kStoreroom, "on_wanted"}, {kLoyalty, "on_wanted"}}},
            {&api::CalledOff::type(), {{kStoreroom, "on_called_off"}, {kLoyalty, "on_called_off"}}}});
    relay_->start();
  }

  api::PlacingReply place(const Order& wanted) override {
    return env::in_transaction(*db_, "placing.begin", [&](env::Tx& tx) {
      if (const auto known = known_answer(tx, wanted)) return *known;
      write_order(tx, wanted);
      relay_->write(tx, env::Message::of(api::Wanted{wanted.id, parts_of(wanted)}));
      return answer_of(wanted);
    });
  }

  api::Ack on_answered(const api::Answered& answered) override {
    return env::in_transaction(*db_, "placing.answered", [&](env::Tx& tx) -> api::Ack {
      const auto order = find_order(tx, answered.order);
      if (!order) return {false};
      const auto had = static_cast<std::size_t>(write_answer(tx, answered));
      if (!answered.had) {
        if (decide(tx, order->id, PlacedState::rejected, lack_at(answered.service)))
          relay_->write(tx, env::Message::of(api::CalledOff{order->id, parts_of(*order)}));
      } else if (had == parts_of(*order).size()) {
        decide(tx, order->id, PlacedState::placed, api::Lack::none);
      }
      return {true};
    });
  }

 private:
  env::Env* env_ = nullptr;
  env::Database* db_ = nullptr;
  std::unique_ptr<outbox::Relay> relay_;
};

}  // namespace

std::unique_ptr<Consistency> make_outbox_saga() { return std::make_unique<OutboxSaga>(); }

}  // namespace ordeal::placing
