// F-38: sets the activity PUBLISHED, commits, then writes its counts into the cache. A process that dies between the two, or a cache
// that does not answer just then, leaves an activity that everybody sees and nobody can buy; publishing again finds it published and
// does nothing (I-26).
#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

using seckill::PublishStatus;

class PublishThenWarm final : public seckill::Publishing {
 public:
  void start(env::Env&, env::Database& db, seckill::Counts& counts) override {
    db_ = &db;
    counts_ = &counts;
  }
  PublishStatus publish(const seckill::Publish& request) override {
    std::optional<seckill::Activity> activity;
    const PublishStatus status = env::in_transaction(*db_, "seckill.publish", [&](env::Tx& tx) {
      if (!seckill::publish(tx, request)) return seckill::judge_publish(tx, request);
      activity = seckill::find_activity(tx, request.activity);
      return PublishStatus::published;
    });
    if (activity) warm_up(*activity);
    return status;
  }
  void count_is_missing() override {}

 private:
  void warm_up(const seckill::Activity& activity) {
    if (!seckill::load_counts(*db_, *counts_, activity)) return;
    env::in_transaction(*db_, "seckill.warm",
                        [&](env::Tx& tx) { seckill::mark_warm(tx, activity.id, activity.epoch); });
  }

  env::Database* db_ = nullptr;
  seckill::Counts* counts_ = nullptr;
};

}  // namespace

std::unique_ptr<seckill::Publishing> make_publish_then_warm() { return std::make_unique<PublishThenWarm>(); }

}  // namespace ordeal::course_sale::planted
