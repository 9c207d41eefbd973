// The till, outside: charges a seat under the grab's number, once however often it is asked, and closes that number for good
// (core/api/seckill.h, TillRequest).
#pragma once

#include <string>
#include <utility>

#include "core/env/env.h"
#include "core/seckill/seats.h"

namespace ordeal::seckill {

enum class TillWord : std::uint8_t { unknown, paid, closed, declined };

class Till {
 public:
  // `url`: "https://HOST"; empty: everything is unknown.
  Till(env::Env& env, std::string url) : env_(env), url_(std::move(url)) {}

  TillWord charge(GrabId grab, Money amount) { return ask("/charge", {grab, amount}); }
  // paid, closed or unknown.
  TillWord close(GrabId grab) { return ask("/close", {grab, {}}); }

 private:
  TillWord ask(std::string_view path, const TillRequest& request);

  env::Env& env_;
  std::string url_;
};

}  // namespace ordeal::seckill
