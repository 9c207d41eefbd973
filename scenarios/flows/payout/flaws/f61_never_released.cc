// F-61: the founding document ends here: a code occupies, a payment marks as used. A payee who never scans his code is not thought of. What
// he was to get stays occupied, and the account has that much less for everybody else (D6).
#include "scenarios/flows/payout/flaws/flaws.h"

namespace ordeal::payout::planted {
namespace {

class NeverReleased final : public Codes {
 public:
  void start(env::Env&, env::Database&, std::int64_t) override {}
  void expect(env::Tx&, const Payout&) override {}
};

}  // namespace

std::unique_ptr<Codes> make_never_released() { return std::make_unique<NeverReleased>(); }

}  // namespace ordeal::payout::planted
