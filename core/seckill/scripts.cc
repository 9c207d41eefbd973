#include "core/seckill/scripts.h"

namespace ordeal::seckill {
namespace {

using env::CacheCalls;
using env::CacheReply;
using env::CacheWords;

CacheReply run_win(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  if (calls.call({"EXISTS", keys[1]}).integer == 1) return CacheReply::number(0);
  if (calls.call({"EXISTS", keys[0]}).integer == 0) return CacheReply::number(kNoCount);
  const CacheReply after = calls.call({"DECR", keys[0]});
  if (after.is_error()) return after;
  if (after.integer < 0) {
    const CacheReply restored = calls.call({"INCR", keys[0]});
    return restored.is_error() ? restored : CacheReply::number(kNoneLeft);
  }
  const CacheReply marked = calls.call({"SET", keys[1], "1", "PX", args[0]});
  return marked.is_error() ? marked : CacheReply::number(1);
}

CacheReply run_return(CacheCalls& calls, const CacheWords& keys, const CacheWords&) {
  if (calls.call({"DEL", keys[1]}).integer == 0) return CacheReply::number(0);
  if (calls.call({"EXISTS", keys[0]}).integer == 0) return CacheReply::number(0);
  const CacheReply after = calls.call({"INCR", keys[0]});
  return after.is_error() ? after : CacheReply::number(1);
}

CacheReply run_claim(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  const CacheReply held = calls.call({"GET", keys[0]});
  if (held.is_error()) return held;
  if (held.is_nil()) return CacheReply::number(0);
  if (held.text == args[1]) return CacheReply::number(1);
  if (held.text != args[0]) return CacheReply::number(0);
  const CacheReply claimed = calls.call({"SET", keys[0], args[1], "KEEPTTL"});
  return claimed.is_error() ? claimed : CacheReply::number(1);
}

}  // namespace

env::CacheScript win_unit() {
  return {"win_unit",
          R"(if redis.call('EXISTS', keys[2]) == 1 then return 0 end
             if redis.call('EXISTS', keys[1]) == 0 then return -2 end
             if redis.call('DECR', keys[1]) < 0 then
               redis.call('INCR', keys[1])
               return -1
             end
             redis.call('SET', keys[2], '1', 'PX', args[1])
             return 1)",
          run_win};
}

env::CacheScript return_unit() {
  return {"return_unit",
          R"(if redis.call('DEL', keys[2]) == 0 then return 0 end
             if redis.call('EXISTS', keys[1]) == 0 then return 0 end
             redis.call('INCR', keys[1])
             return 1)",
          run_return};
}

env::CacheScript claim_token() {
  return {"claim_token",
          R"(local held = redis.call('GET', keys[1])
             if not held then return 0 end
             if held == args[2] then return 1 end
             if held ~= args[1] then return 0 end
             redis.call('SET', keys[1], args[2], 'KEEPTTL')
             return 1)",
          run_claim};
}

std::vector<env::CacheScript> all_scripts() { return {win_unit(), return_unit(), claim_token()}; }

}  // namespace ordeal::seckill
