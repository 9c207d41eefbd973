#include "core/aftersale/wishes.h"

namespace ordeal::aftersale {
namespace {

class ByKey final : public Recognition {
 public:
  std::optional<Back> known(env::Connection& from, const Back& wanted) const override {
    return find_request(from, wanted.payment, wanted.request_key);
  }
};

class OfTheRefund final : public Numbering {
 public:
  std::string number(const Back& back) const override { return back.id.text(); }
};

}  // namespace

std::string number_of(const Numbering& numbering, const Back& back) {
  return numbering.number(back) + (back.route == api::BackRoute::payout ? "-p" : "");
}

std::optional<RefundId> refund_of(std::string_view number) {
  const std::size_t first = number.find('-');
  if (first == std::string_view::npos) return std::nullopt;
  return RefundId::parse(number.substr(0, number.find('-', first + 1)));
}

std::unique_ptr<Recognition> make_recognition(std::string_view name) {
  if (name == "key") return std::make_unique<ByKey>();
  return nullptr;
}

std::unique_ptr<Numbering> make_numbering(std::string_view name) {
  if (name == "of_the_refund") return std::make_unique<OfTheRefund>();
  return nullptr;
}

}  // namespace ordeal::aftersale
