// The callback is a convenience; the question is what one can rely on. It is put whenever a look is due (after 20 s, 1 min,
// 3 min, 10 min, and then every 30 min) and an answer that is missing, or says that the buyer has not paid yet, only means
// that it is put again.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class AskingQuery final : public payment::ResultQuery {
 public:
  payment::Standing look(payment::Desk& desk, const payment::AttemptRow& attempt) override {
    return desk.inquire(attempt);
  }
};

}  // namespace

std::unique_ptr<payment::ResultQuery> make_waiting_query() { return std::make_unique<AskingQuery>(); }

}  // namespace ordeal::purchase::planted
