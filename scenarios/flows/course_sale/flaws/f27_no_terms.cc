// F-27: a deadline is registered with the formal order, as document E has it, and none with the win. Who wins and never confirms holds
// the unit for ever (I-15).
#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

class NoTerms final : public seckill::WinnerTerms {
 public:
  std::optional<Instant> confirm_by(Instant, Duration, Instant) override { return std::nullopt; }
};

}  // namespace

std::unique_ptr<seckill::WinnerTerms> make_no_terms() { return std::make_unique<NoTerms>(); }

}  // namespace ordeal::course_sale::planted
