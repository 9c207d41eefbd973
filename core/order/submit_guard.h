// Seam order::SubmitGuard: keeps one click from making two orders.
//
// Contract: for one (user, request_key) at most one order is ever written, and every repeat is told of it;
// the same key with another payload is a conflict (I-01, F-89). The record is made in the transaction of the
// order and is never purged (F-90). F-04 and F-05 break it: a check in an earlier step, or a key that changes
// from try to try.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "core/api/order.h"
#include "core/env/database.h"

namespace ordeal::order {

struct Submission {
  bool conflict = false;  // the key stands for another payload
  OrderId order;
};

class SubmitGuard {
 public:
  virtual ~SubmitGuard() = default;
  // `fingerprint` is a digest of the whole request.
  virtual std::optional<Submission> earlier(env::Connection& connection, const api::PlaceOrder& request,
                                            std::uint64_t fingerprint) = 0;
  // In the transaction that writes `order`, in which earlier() found nothing.
  virtual void record(env::Tx& tx, const api::PlaceOrder& request, std::uint64_t fingerprint,
                      OrderId order) = 0;
};

// "request_key"; null for an unknown name.
std::unique_ptr<SubmitGuard> make_submit_guard(std::string_view name);

}  // namespace ordeal::order
