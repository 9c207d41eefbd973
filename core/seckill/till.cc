#include "core/seckill/till.h"

namespace ordeal::seckill {
namespace {

constexpr Duration kPatience{15'000'000'000};

}  // namespace

TillWord Till::ask(std::string_view path, const TillRequest& request) {
  if (url_.empty()) return TillWord::unknown;
  const auto answer =
      env_.http.post(url_ + std::string(path), env::Message::of(request).to_json(), kPatience);
  if (!answer || answer->status != 200) return TillWord::unknown;
  if (answer->body == "paid") return TillWord::paid;
  if (answer->body == "closed") return TillWord::closed;
  return answer->body == "declined" ? TillWord::declined : TillWord::unknown;
}

}  // namespace ordeal::seckill
