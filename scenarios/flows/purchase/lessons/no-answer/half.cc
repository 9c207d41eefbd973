// A timeout may have happened; an error is an answer, and says that it did not.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ErrorIsFailure final : public gateway::NoAnswer {
 public:
  bool surely_nothing(env::RpcError error) override {
    // An error is an answer: it did not work.
    return error != env::RpcError::timeout;
  }
};

}  // namespace

std::unique_ptr<gateway::NoAnswer> make_timeout_is_failure() { return std::make_unique<ErrorIsFailure>(); }

}  // namespace ordeal::purchase::planted
