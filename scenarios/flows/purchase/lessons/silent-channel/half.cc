// Asks when no callback came. If the channel does not say that it was paid, or that it waits, the attempt has failed.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

using payment::Standing;

class AskingForTheLastWord final : public payment::ResultQuery {
 public:
  Standing look(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    const Standing standing = desk.inquire(attempt);
    if (standing == Standing::captured || standing == Standing::open) return standing;
    return desk.end(attempt, payment::AttemptState::failed);
  }
};

}  // namespace

std::unique_ptr<payment::ResultQuery> make_waiting_query() {
  return std::make_unique<AskingForTheLastWord>();
}

}  // namespace ordeal::purchase::planted
