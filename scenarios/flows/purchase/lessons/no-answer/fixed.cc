// "Nothing happened" is said only when the request did not get anywhere: nobody listened, or it was turned away at the door.
// Whoever took it in may have carried it out, whether he then fell silent or broke down.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class ByCause final : public gateway::NoAnswer {
 public:
  bool surely_nothing(env::RpcError error) override {
    if (error == env::RpcError::unreachable) return true;  // nobody there
    if (error == env::RpcError::refused) return true;      // turned away
    // A timeout, a breakdown: it was taken in, and nobody knows how far it came.
    return false;
  }
};

}  // namespace

std::unique_ptr<gateway::NoAnswer> make_timeout_is_failure() { return std::make_unique<ByCause>(); }

}  // namespace ordeal::purchase::planted
