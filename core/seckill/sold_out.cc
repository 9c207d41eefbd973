#include "core/seckill/sold_out.h"

#include <algorithm>

namespace ordeal::seckill {
namespace {

class Expiring final : public SoldOut {
 public:
  void start(env::Env& env) override {
    env_ = &env;
    hear_units_are_back(env, [this](Of course, std::int64_t version) { forget(course, version); });
  }
  bool is_set(Of course) override {
    const auto found = flags_.find(course);
    return found != flags_.end() && env_->clock.monotonic_now() < found->second.until;
  }
  void set(Of course, std::int64_t version, Duration asked_at) override {
    const auto back = back_.find(course);
    if (back != back_.end() && version < back->second) return;
    flags_[course] = {version, asked_at + kFlagLife};
  }
  void clear(Of course, std::int64_t version) override {
    forget(course, version);
    tell_units_are_back(*env_, course, version);
  }

 private:
  struct Flag {
    std::int64_t version = 0;
    Duration until{};  // by the monotonic clock
  };
  void forget(Of course, std::int64_t version) {
    std::int64_t& known = back_[course];
    known = std::max(known, version);
    const auto flag = flags_.find(course);
    if (flag != flags_.end() && flag->second.version < version) flags_.erase(flag);
  }

  env::Env* env_ = nullptr;
  std::map<Of, Flag> flags_;
  std::map<Of, std::int64_t> back_;  // the latest return that is known here
};

class None final : public SoldOut {
 public:
  void start(env::Env&) override {}
  bool is_set(Of) override { return false; }
  void set(Of, std::int64_t, Duration) override {}
  void clear(Of, std::int64_t) override {}
};

}  // namespace

std::unique_ptr<SoldOut> make_sold_out(std::string_view name) {
  if (name == "expiring") return std::make_unique<Expiring>();
  if (name == "none") return std::make_unique<None>();
  return nullptr;
}

void tell_units_are_back(env::Env& env, SoldOut::Of course, std::int64_t version) {
  if (env.broker_if_any == nullptr) return;
  env.tasks.spawn("tell-units-back", [&env, course, version] {
    const auto sent =
        env.broker().send({.topic = std::string(kBackTopic),
                           .key = course.second.text(),
                           .order = {},
                           .body = env::Message::of(UnitsAreBack{course.first, course.second, version})});
    if (!sent) env.log.sometimes("news of a unit that came back were lost");
  });
}

void hear_units_are_back(env::Env& env, std::function<void(SoldOut::Of, std::int64_t version)> then) {
  if (env.broker_if_any == nullptr) return;
  env.broker().subscribe(
      {.group = "seckill-nodes", .topic = std::string(kBackTopic), .ordered = false, .broadcast = true},
      [then = std::move(then)](const env::Incoming& message) {
        const auto& news = message.body.as<UnitsAreBack>();
        then({news.activity, news.course}, news.version);
        return env::Consumed::done;
      });
}

}  // namespace ordeal::seckill
