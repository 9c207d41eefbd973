#include "core/cart/scripts.h"

namespace ordeal::cart {
namespace {

constexpr std::size_t kDigits = 16;

env::CacheReply run_put_newer(env::CacheCalls& calls, const env::CacheWords& keys,
                              const env::CacheWords& args) {
  const env::CacheReply held = calls.call({"GET", keys[0]});
  if (held.is_error()) return held;
  if (!held.is_nil() && held.text.substr(0, kDigits) >= args[0].substr(0, kDigits))
    return env::CacheReply::number(0);
  const env::CacheReply put = calls.call({"SET", keys[0], args[0], "PX", args[1]});
  return put.is_error() ? put : env::CacheReply::number(1);
}

}  // namespace

env::CacheScript put_newer() {
  return {"put_newer",
          R"(local held = redis.call('GET', keys[1])
             if held and string.sub(held, 1, 16) >= string.sub(args[1], 1, 16) then return 0 end
             redis.call('SET', keys[1], args[1], 'PX', args[2])
             return 1)",
          run_put_newer};
}

std::vector<env::CacheScript> all_scripts() { return {put_newer()}; }

}  // namespace ordeal::cart
