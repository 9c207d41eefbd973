// F-71: six tries in seven and a half minutes, as jeepay has them, and then nothing. A merchant who is down for longer never learns that
// an order was paid: the goods stay where they are (I-87).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ShortTelling final : public notification::Telling {
 public:
  std::optional<Duration> again_in(std::int64_t tries) const override {
    constexpr std::int64_t kTries = 6;
    return tries + 1 < kTries ? std::optional(notification::kGaps[static_cast<std::size_t>(tries)])
                              : std::nullopt;
  }
};

}  // namespace

std::unique_ptr<notification::Telling> make_short_telling() { return std::make_unique<ShortTelling>(); }

}  // namespace ordeal::purchase::planted
