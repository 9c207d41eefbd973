#include "core/payment/refusal.h"

namespace ordeal::payment {
namespace {

class ClosesThere final : public Refusal {
 public:
  Standing end(Desk& desk, const AttemptRow& declined) override {
    const Standing standing = desk.close(declined, AttemptState::failed);
    return standing == Standing::absent ? desk.end(declined, AttemptState::failed) : standing;
  }
};

}  // namespace

std::unique_ptr<Refusal> make_refusal(std::string_view name) {
  return name == "closes_there" ? std::make_unique<ClosesThere>() : nullptr;
}

}  // namespace ordeal::payment
