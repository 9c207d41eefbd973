// Seam order::SubmitGuard: keeps one click from making two orders.
//
// Contract: for one (user, request_key) at most one order is ever written, and every repeat is told of it;
// the same key with another payload is a conflict (I-01, F-89). The look and the record are made in the transaction
// of the order, and the record is never purged. F-04 breaks it: it looks in an earlier step. F-90: its
// record ends. F-89: it never looks what was asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "core/api/order.h"
#include "core/env/env.h"

namespace ordeal::order {

struct Submission {
  bool conflict = false;  // the key stands for another payload
  OrderId order;
};

// What an earlier request of the same user and key came to. `fingerprint` is a digest of the whole request.
std::optional<Submission> find_submission(env::Connection& connection, const api::PlaceOrder& request,
                                          std::uint64_t fingerprint);

class SubmitGuard {
 public:
  // Answers the request by what an earlier one came to; without one it writes an order, and calls record() before.
  using Place = std::function<void(env::Tx& tx, const std::optional<Submission>& earlier)>;

  virtual ~SubmitGuard() = default;
  // Once, before anything is asked of it.
  virtual void start(env::Env&) {}
  // Runs `place` once, in one transaction.
  virtual void submit(env::Database& db, const api::PlaceOrder& request, std::uint64_t fingerprint,
                      const Place& place) = 0;
  virtual void record(env::Tx& tx, const api::PlaceOrder& request, std::uint64_t fingerprint,
                      OrderId order) = 0;
};

// "request_key"; null for an unknown name.
std::unique_ptr<SubmitGuard> make_submit_guard(std::string_view name);

}  // namespace ordeal::order
