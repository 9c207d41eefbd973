#include "core/cache/scripts.h"

namespace ordeal::cache {
namespace {

using env::CacheCalls;
using env::CacheReply;
using env::CacheWords;

CacheReply run_deduct(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  const CacheReply left = calls.call({"GET", keys[0]});
  if (left.is_error()) return left;
  if (left.is_nil()) return CacheReply::number(kNotThere);
  const CacheReply after = calls.call({"DECRBY", keys[0], args[0]});
  if (after.is_error() || after.integer >= 0) return after;
  const CacheReply restored = calls.call({"INCRBY", keys[0], args[0]});
  return restored.is_error() ? restored : CacheReply::number(kNotEnough);
}

CacheReply run_take(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  if (calls.call({"EXISTS", keys[0]}).integer == 1) return CacheReply::number(0);
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (calls.call({"EXISTS", keys[i]}).integer == 0) return CacheReply::number(kNotThere);
  }
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const CacheReply after = calls.call({"DECRBY", keys[i], args[i]});
    if (!after.is_error() && after.integer >= 0) continue;
    for (std::size_t j = after.is_error() ? i - 1 : i; j > 0; --j) calls.call({"INCRBY", keys[j], args[j]});
    return after.is_error() ? after : CacheReply::number(kNotEnough);
  }
  const CacheReply marked = calls.call({"SET", keys[0], "1", "PX", args[0]});
  return marked.is_error() ? marked : CacheReply::number(1);
}

CacheReply run_restore(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  if (calls.call({"EXISTS", keys[0]}).integer == 0) return CacheReply::number(kNotThere);
  return calls.call({"INCRBY", keys[0], args[0]});
}

CacheReply run_compare_and_delete(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  const CacheReply held = calls.call({"GET", keys[0]});
  if (held.is_error()) return held;
  if (held.is_nil() || held.text != args[0]) return CacheReply::number(0);
  return calls.call({"DEL", keys[0]});
}

CacheReply run_compare_and_expire(CacheCalls& calls, const CacheWords& keys, const CacheWords& args) {
  const CacheReply held = calls.call({"GET", keys[0]});
  if (held.is_error()) return held;
  if (held.is_nil() || held.text != args[0]) return CacheReply::number(0);
  return calls.call({"PEXPIRE", keys[0], args[1]});
}

}  // namespace

env::CacheScript deduct_stock() {
  return {"deduct_stock",
          R"(local left = redis.call('GET', keys[1])
             if not left then return -2 end
             local after = redis.call('DECRBY', keys[1], args[1])
             if after >= 0 then return after end
             redis.call('INCRBY', keys[1], args[1])
             return -1)",
          run_deduct};
}

env::CacheScript take_stock() {
  return {"take_stock",
          R"(if redis.call('EXISTS', keys[1]) == 1 then return 0 end
             for i = 2, #keys do
               if redis.call('EXISTS', keys[i]) == 0 then return -2 end
             end
             for i = 2, #keys do
               local after = redis.pcall('DECRBY', keys[i], args[i])
               local failed = type(after) == 'table'
               if failed or after < 0 then
                 for j = failed and i - 1 or i, 2, -1 do redis.call('INCRBY', keys[j], args[j]) end
                 if failed then return after end
                 return -1
               end
             end
             redis.call('SET', keys[1], '1', 'PX', args[1])
             return 1)",
          run_take};
}

env::CacheScript restore_stock() {
  return {"restore_stock",
          R"(if redis.call('EXISTS', keys[1]) == 0 then return -2 end
             return redis.call('INCRBY', keys[1], args[1]))",
          run_restore};
}

env::CacheScript compare_and_delete() {
  return {"compare_and_delete",
          R"(if redis.call('GET', keys[1]) ~= args[1] then return 0 end
             return redis.call('DEL', keys[1]))",
          run_compare_and_delete};
}

env::CacheScript compare_and_expire() {
  return {"compare_and_expire",
          R"(if redis.call('GET', keys[1]) ~= args[1] then return 0 end
             return redis.call('PEXPIRE', keys[1], args[2]))",
          run_compare_and_expire};
}

std::vector<env::CacheScript> all_scripts() {
  return {deduct_stock(), take_stock(), restore_stock(), compare_and_delete(), compare_and_expire()};
}

}  // namespace ordeal::cache
