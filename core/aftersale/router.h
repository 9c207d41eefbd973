// Seam aftersale::Router: by which route money goes back, the channel's refund API or a payout (C18).
//
// Contract: a refund is on one route at a time, stored before anybody is asked. A payout takes the place of the API only when the channel has
// said of its number that nothing was and nothing will be done under it: its window is over, or it has no API. No answer, an error and "not
// found" are nothing of the kind (F-48): the refund may be on its way.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/aftersale/backs.h"

namespace ordeal::aftersale {

class Router {
 public:
  virtual ~Router() = default;
  virtual api::BackRoute first(const Payment& payment, Instant now) const = 0;
  // What was heard of the number at the refund API; nothing: no answer, or none that could be read.
  virtual bool gives_up_the_api(const std::optional<api::GiveBackAnswer>& heard) const = 0;
};

// What all right designs make of it.
bool closed_for_good(const std::optional<api::GiveBackAnswer>& heard);
// Is its window over at `now`, or within a day of it, which retries and wrong clocks may take?
bool nearly_overdue(const Payment& payment, Instant now);

// "by_date": a payout from the day on before the window is over. "asks": the API first, always. Null for an unknown name.
std::unique_ptr<Router> make_router(std::string_view name);

}  // namespace ordeal::aftersale
