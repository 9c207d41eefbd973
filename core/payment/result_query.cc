#include "core/payment/result_query.h"

namespace ordeal::payment {
namespace {

class Asks : public ResultQuery {
 public:
  Standing look(Desk& desk, const AttemptRow& attempt) override { return desk.inquire(attempt); }
};

}  // namespace

std::unique_ptr<ResultQuery> make_result_query(std::string_view name) {
  return name == "asks" ? std::make_unique<Asks>() : nullptr;
}

}  // namespace ordeal::payment
