#include "core/aftersale/router.h"

namespace ordeal::aftersale {
namespace {

using api::BackFault;
using api::BackRoute;

constexpr Duration kDay{86'400'000'000'000};

class ByDate final : public Router {
 public:
  BackRoute first(const Payment& payment, Instant now) const override {
    return nearly_overdue(payment, now) ? BackRoute::payout : BackRoute::refund;
  }
  bool gives_up_the_api(const std::optional<api::GiveBackAnswer>& heard) const override {
    return closed_for_good(heard);
  }
};

class Asks final : public Router {
 public:
  BackRoute first(const Payment&, Instant) const override { return BackRoute::refund; }
  bool gives_up_the_api(const std::optional<api::GiveBackAnswer>& heard) const override {
    return closed_for_good(heard);
  }
};

}  // namespace

bool closed_for_good(const std::optional<api::GiveBackAnswer>& heard) {
  return heard && heard->state == api::GivenBack::refused &&
         (heard->fault == BackFault::overdue || heard->fault == BackFault::no_api);
}

bool nearly_overdue(const Payment& payment, Instant now) {
  const Duration window = profile_of(payment.paid_by).window;
  return window.ns == 0 || now >= payment.paid_at + window - kDay;
}

std::unique_ptr<Router> make_router(std::string_view name) {
  if (name == "by_date") return std::make_unique<ByDate>();
  if (name == "asks") return std::make_unique<Asks>();
  return nullptr;
}

}  // namespace ordeal::aftersale
