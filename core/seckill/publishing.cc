#include "core/seckill/publishing.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/worker/due_worker.h"

namespace ordeal::seckill {
namespace {

constexpr Duration kWarmAgain{2'000'000'000};  // at first, then twice as long each time
constexpr Duration kWarmAgainMost{600'000'000'000};

class ByWorker final : public Publishing {
 public:
  void start(env::Env& env, env::Database& db, Counts& counts) override {
    env_ = &env;
    db_ = &db;
    counts_ = &counts;
    worker_ = std::make_unique<worker::DueWorker>(env, "warm-up", [this] { return warm_up(); });
    worker_->start();
  }
  PublishStatus publish(const Publish& request) override {
    return env::in_transaction(*db_, "seckill.publish", [&](env::Tx& tx) {
      if (!seckill::publish(tx, request)) return judge_publish(tx, request);
      tx.wake(*worker_);
      return PublishStatus::published;
    });
  }
  void count_is_missing() override {
    missing_ = true;
    worker_->wake({});
  }

 private:
  std::optional<Instant> warm_up() {
    const bool all = std::exchange(missing_, false);
    const auto activities = env::in_read(*db_, "seckill.published",
                                         [](env::Connection& from) { return published_activities(from); });
    for (const Activity& activity : activities) {
      if (activity.warm_epoch == activity.epoch && !all) continue;
      if (!load_counts(*db_, *counts_, activity)) {
        missing_ = all;
        const Duration nap = std::exchange(again_, std::min(again_ * 2, kWarmAgainMost));
        return env_->clock.wall_now() + nap;
      }
      again_ = kWarmAgain;
      if (activity.warm_epoch == activity.epoch) continue;
      env::in_transaction(*db_, "seckill.warm",
                          [&](env::Tx& tx) { mark_warm(tx, activity.id, activity.epoch); });
    }
    return std::nullopt;
  }

  env::Env* env_ = nullptr;
  env::Database* db_ = nullptr;
  Counts* counts_ = nullptr;
  std::unique_ptr<worker::DueWorker> worker_;
  bool missing_ = false;
  Duration again_ = kWarmAgain;
};

}  // namespace

std::unique_ptr<Publishing> make_publishing(std::string_view name) {
  return name == "worker" ? std::make_unique<ByWorker>() : nullptr;
}

PublishStatus judge_publish(env::Connection& from, const Publish& request) {
  const auto activity = find_activity(from, request.activity);
  if (!activity) return PublishStatus::invalid;
  return activity->published && activity->epoch == request.epoch ? PublishStatus::published
                                                                 : PublishStatus::stale;
}

bool load_counts(env::Database& db, Counts& counts, const Activity& activity) {
  const auto courses = env::in_read(db, "seckill.courses",
                                    [&](env::Connection& from) { return courses_of(from, activity.id); });
  return counts.load(activity, courses);
}

}  // namespace ordeal::seckill
