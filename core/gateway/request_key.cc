#include "core/gateway/request_key.h"

namespace ordeal::gateway {
namespace {

class Clients final : public RequestKey {
 public:
  std::string of(const api::PlaceOrder& request, env::Random&) override { return request.request_key; }
};

}  // namespace

std::unique_ptr<RequestKey> make_request_key(std::string_view name) {
  return name == "clients" ? std::make_unique<Clients>() : nullptr;
}

}  // namespace ordeal::gateway
