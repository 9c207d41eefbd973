// Seam payment::ResultQuery: how payment learns how an attempt ended when no callback tells it.
//
// Contract: a channel promises no callback (domain 2.1, 2.2). Whoever is PENDING is asked about by the schedule, until the
// channel has said how it ended (I-42). F-13 breaks it: it waits.
#pragma once

#include <memory>
#include <string_view>

#include "core/payment/desk.h"

namespace ordeal::payment {

class ResultQuery {
 public:
  virtual ~ResultQuery() = default;
  // The next look at a PENDING attempt whose order waits for the money is due.
  virtual Standing look(Desk& desk, const AttemptRow& attempt) = 0;
};

// "asks": puts the question to the channel; null for an unknown name.
std::unique_ptr<ResultQuery> make_result_query(std::string_view name);

}  // namespace ordeal::payment
