// F-88: `catch (e) { return "please try again, nothing was done"; }`. A timeout is told as a failure. But only the answer
// was late: the order is there, the money was taken, and its shopper was told that surely nothing had happened (I-36). Seen in
// medusa, whose capturePayment deletes its own row on any error of the provider.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class TimeoutIsFailure final : public gateway::NoAnswer {
 public:
  bool surely_nothing(env::RpcError) override { return true; }
};

}  // namespace

std::unique_ptr<gateway::NoAnswer> make_timeout_is_failure() { return std::make_unique<TimeoutIsFailure>(); }

}  // namespace ordeal::purchase::planted
