#include "core/cart/clearing.h"

#include "core/cart/carts.h"

namespace ordeal::cart {
namespace {

class ByVersion final : public Clearing {
 public:
  std::vector<api::CartLine> clear(env::Tx& tx, const api::CartOrdered& ordered) override {
    std::vector<api::CartLine> left;
    for (const api::CartLine& line : ordered.lines) {
      if (remove_line(tx, ordered.owner, line)) left.push_back(line);
    }
    return left;
  }
};

}  // namespace

std::unique_ptr<Clearing> make_clearing(std::string_view name) {
  return name == "by_version" ? std::make_unique<ByVersion>() : nullptr;
}

}  // namespace ordeal::cart
