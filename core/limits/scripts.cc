#include "core/limits/scripts.h"

#include <string>

namespace ordeal::limits {
namespace {

using env::CacheCalls;
using env::CacheReply;
using env::CacheWords;

CacheReply run_take_token(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  calls.call({"SET", keys[0], args[0], "PX", args[1], "NX"});
  const CacheReply left = calls.call({"DECR", keys[0]});
  if (left.is_error()) return left;
  return CacheReply::number(left.integer >= 0 ? 1 : 0);
}

CacheReply run_acquire(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const CacheReply set = calls.call({"SET", keys[i], args[0], "PX", args[1], "NX"});
    if (set.is_error()) return set;
    if (!set.is_nil()) return CacheReply::number(static_cast<std::int64_t>(i) + 1);
  }
  return CacheReply::number(0);
}

CacheReply run_release(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  const CacheReply held = calls.call({"GET", keys[0]});
  if (held.is_error()) return held;
  if (held.is_nil() || held.text != args[0]) return CacheReply::number(0);
  return calls.call({"DEL", keys[0]});
}

}  // namespace

env::CacheScript take_token() {
  return {"take_token",
          R"(redis.call('SET', keys[1], args[1], 'PX', args[2], 'NX')
             if redis.call('DECR', keys[1]) >= 0 then return 1 end
             return 0)",
          run_take_token};
}

env::CacheScript acquire_permit() {
  return {"acquire_permit",
          R"(for i = 1, #keys do
               if redis.call('SET', keys[i], args[1], 'PX', args[2], 'NX') then return i end
             end
             return 0)",
          run_acquire};
}

env::CacheScript release_permit() {
  return {"release_permit",
          R"(if redis.call('GET', keys[1]) ~= args[1] then return 0 end
             return redis.call('DEL', keys[1]))",
          run_release};
}

std::vector<env::CacheScript> all_scripts() { return {take_token(), acquire_permit(), release_permit()}; }

}  // namespace ordeal::limits
