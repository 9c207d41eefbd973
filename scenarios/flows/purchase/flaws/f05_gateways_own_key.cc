// F-05: the key that is to make repeats of a request one is made unique where the request comes in, `key = clientKey + "/" +
// nonce()`, as one does with log lines. A second click, or a retry after no answer, is a request that comes in, too: it gets
// a key of its own, and all that is careful behind the gateway makes a second order (I-01).
#include <string>

#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class GatewaysOwnKey final : public gateway::RequestKey {
 public:
  std::string of(const api::PlaceOrder& request, env::Random& random) override {
    return request.request_key + "/" + std::to_string(random.bits("request nonce") >> 40);
  }
};

}  // namespace

std::unique_ptr<gateway::RequestKey> make_gateways_own_key() { return std::make_unique<GatewaysOwnKey>(); }

}  // namespace ordeal::purchase::planted
