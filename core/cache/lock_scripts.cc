#include "core/cache/lock_scripts.h"

namespace ordeal::cache {
namespace {

using env::CacheCalls;
using env::CacheReply;
using env::CacheWords;

CacheReply run_acquire(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  const CacheReply mine = calls.call({"HEXISTS", keys[0], args[0]});
  if (mine.is_error()) return mine;
  if (mine.integer == 0 && calls.call({"EXISTS", keys[0]}).integer == 1) {
    const CacheReply left = calls.call({"PTTL", keys[0]});
    return CacheReply::number(left.integer < 1 ? -1 : -left.integer);
  }
  const CacheReply token = calls.call({"INCRBY", keys[1], mine.integer == 1 ? "0" : args[2]});
  if (token.is_error()) return token;
  const CacheReply times = calls.call({"HINCRBY", keys[0], args[0], "1"});
  if (times.is_error()) return times;
  const CacheReply expires = calls.call({"PEXPIRE", keys[0], args[1]});
  return expires.is_error() ? expires : token;
}

CacheReply run_renew(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  const CacheReply mine = calls.call({"HEXISTS", keys[0], args[0]});
  if (mine.is_error() || mine.integer == 0) return mine;
  return calls.call({"PEXPIRE", keys[0], args[1]});
}

CacheReply run_release(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  const CacheReply mine = calls.call({"HEXISTS", keys[0], args[0]});
  if (mine.is_error()) return mine;
  if (mine.integer == 0) return CacheReply::number(kNotHeld);
  const CacheReply times = calls.call({"HINCRBY", keys[0], args[0], "-1"});
  if (times.is_error() || times.integer > 0) return times;
  calls.call({"DEL", keys[0]});
  return CacheReply::number(0);
}

}  // namespace

env::CacheScript acquire_lock() {
  return {"acquire_lock",
          R"(local mine = redis.call('HEXISTS', keys[1], args[1])
             if mine == 0 and redis.call('EXISTS', keys[1]) == 1 then
               local left = redis.call('PTTL', keys[1])
               if left < 1 then return -1 end
               return -left
             end
             local token = redis.call('INCRBY', keys[2], mine == 1 and '0' or args[3])
             redis.call('HINCRBY', keys[1], args[1], '1')
             redis.call('PEXPIRE', keys[1], args[2])
             return token)",
          run_acquire};
}

env::CacheScript renew_lock() {
  return {"renew_lock",
          R"(if redis.call('HEXISTS', keys[1], args[1]) == 0 then return 0 end
             return redis.call('PEXPIRE', keys[1], args[2]))",
          run_renew};
}

env::CacheScript release_lock() {
  return {"release_lock",
          R"(if redis.call('HEXISTS', keys[1], args[1]) == 0 then return -1 end
             local times = redis.call('HINCRBY', keys[1], args[1], '-1')
             if times > 0 then return times end
             redis.call('DEL', keys[1])
             return 0)",
          run_release};
}

std::vector<env::CacheScript> lock_scripts() { return {acquire_lock(), renew_lock(), release_lock()}; }

}  // namespace ordeal::cache
