#include "core/payout/codes.h"

namespace ordeal::payout {
namespace {

constexpr Duration kOvertaken{1'000'000'000};

class ByDeadline final : public Codes {
 public:
  explicit ByDeadline(Duration lag) : lag_(lag) {}

  void start(env::Env& env, env::Database& db, std::int64_t batch) override {
    env_ = &env;
    db_ = &db;
    batch_ = batch;
    worker_ = std::make_unique<worker::DueWorker>(env, "payout-codes", [this] { return end_all(); });
    worker_->start();
  }
  void expect(env::Tx& tx, const Payout& payout) override { tx.wake(*worker_, payout.expires + lag_); }

 private:
  std::optional<Instant> end_all() {
    const Instant now = env_->clock.wall_now();
    const auto over = env::in_read(*db_, "payout.expired",
                                   [&](env::Connection& from) { return expired(from, now - lag_, batch_); });
    if (!over.empty() && env_->points.unlucky("payout: a payee may be faster")) env_->tasks.sleep(kOvertaken);
    for (const Payout& payout : over) end_code(*env_, *db_, payout);
    const auto next =
        env::in_read(*db_, "payout.next_expiry", [](env::Connection& from) { return next_expiry(from); });
    return next ? std::optional(*next + lag_) : std::nullopt;
  }

  const Duration lag_;
  env::Env* env_ = nullptr;
  env::Database* db_ = nullptr;
  std::int64_t batch_ = 0;
  std::unique_ptr<worker::DueWorker> worker_;
};

}  // namespace

void end_code(env::Env& env, env::Database& db, const Payout& payout) {
  const env::TraceScope scope(env.tasks, payout.cause, "payout.expire");
  env::in_transaction(db, "payout.expire", [&](env::Tx& tx) {
    if (!expire(tx, payout)) return env.log.sometimes("a code had moved before it could be ended");
    if (const auto occupation = occupation_of(tx, payout.id)) release(tx, *occupation);
  });
}

std::unique_ptr<Codes> make_codes(std::string_view name) {
  if (name == "deadline") return std::make_unique<ByDeadline>(Duration{});
  if (name == "scan") return std::make_unique<ByDeadline>(Duration{60'000'000'000});
  return nullptr;
}

}  // namespace ordeal::payout
