#include "core/notification/telling.h"

namespace ordeal::notification {
namespace {

class LongTail final : public Telling {
 public:
  std::optional<Duration> again_in(std::int64_t tries) const override {
    const auto nth = static_cast<std::size_t>(tries);
    return nth < kGaps.size() ? std::optional(kGaps[nth]) : std::nullopt;
  }
};

}  // namespace

std::unique_ptr<Telling> make_telling(std::string_view name) {
  if (name == "long_tail") return std::make_unique<LongTail>();
  return nullptr;
}

}  // namespace ordeal::notification
