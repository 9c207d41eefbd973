#include "core/seckill/counts.h"

#include "core/seckill/scripts.h"

namespace ordeal::seckill {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

std::string token_key(GrabId grab) { return "seckill-token:" + grab.text(); }

}  // namespace

std::string count_key(const Activity& activity, CourseId course) {
  return "seckill:" + activity.id.text() + ":" + std::to_string(activity.epoch) + ":" + course.text();
}

std::string mark_key(GrabId grab) { return "seckill-taken:" + grab.text(); }

Counts::Word Counts::take(const Activity& activity, const Grab& grab) {
  if (in_peace()) return Word::silent;
  const auto reply = env_.cache().script("win_unit", {count_key(activity, grab.course), mark_key(grab.grab)},
                                         {std::to_string(kMarkLife.ns / kMillisecond)});
  if (!heard(reply)) return Word::silent;
  if (reply->integer == kNoneLeft) return Word::none_left;
  return reply->integer == kNoCount ? Word::no_count : Word::yes;
}

void Counts::give_back(const Activity& activity, const Seat& seat) {
  if (!in_peace())
    heard(env_.cache().script("return_unit", {count_key(activity, seat.course), mark_key(seat.grab)}, {}));
}

void Counts::throw_away(const Activity& activity, CourseId course) {
  if (!in_peace()) heard(env_.cache().remove(count_key(activity, course)));
}

bool Counts::load(const Activity& activity, const std::vector<Course>& courses) {
  for (const Course& course : courses) {
    if (in_peace()) return false;
    const auto set = env_.cache().set(count_key(activity, course.id), std::to_string(course.available),
                                      {.when = env::SetIf::absent});
    if (!heard(set)) return false;
  }
  return true;
}

std::string Counts::token(GrabId grab) {
  if (in_peace()) return {};
  const std::string fresh = base32(env_.random.bits("submit token") >> 14);
  const env::SetOptions unless_there{.when = env::SetIf::absent, .expire_after = kTokenLife};
  if (!heard(env_.cache().set(token_key(grab), fresh, unless_there))) return {};
  const auto held = env_.cache().get(token_key(grab));
  return heard(held) ? held->value_or("") : std::string();
}

std::optional<bool> Counts::claim(GrabId grab, const std::string& token) {
  if (in_peace()) return std::nullopt;
  const auto reply = env_.cache().script("claim_token", {token_key(grab)}, {token, grab.text()});
  if (!heard(reply)) return std::nullopt;
  return reply->integer == 1;
}

template <class T>
bool Counts::heard(const Result<T, env::CacheError>& answer) {
  if (answer) return true;
  env_.log.sometimes("the sale's cache was silent");
  in_peace_until_ = env_.clock.monotonic_now() + kPeace;
  return false;
}

}  // namespace ordeal::seckill
