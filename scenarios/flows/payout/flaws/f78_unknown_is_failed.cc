// F-78: takes "no answer" and "not found" for "failed". The quota is given back, the next account pays under a new number, or the payee is
// told that it failed; and the first transfer was on its way all the time.
#include "scenarios/flows/payout/flaws/flaws.h"

namespace ordeal::payout::planted {
namespace {

class UnknownIsFailed final : public Doubt {
 public:
  Verdict verdict(const Heard& heard) const override {
    const bool known = heard.answer && heard.answer->state != api::TransferState::not_found;
    if (!known) return {Verdict::What::failed, api::TransferFault::of_account};
    return as_the_channel_says(heard);
  }
  bool reads_statements() const override { return false; }
};

}  // namespace

std::unique_ptr<Doubt> make_unknown_is_failed() { return std::make_unique<UnknownIsFailed>(); }

}  // namespace ordeal::payout::planted
