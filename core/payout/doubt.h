// Seam payout::Doubt: what is made of what the channel says of a transfer, or does not say.
//
// Contract: a payout is PAID or FAILED when the channel has said just that of its number, and nothing else ends it. No answer, an answer
// that is none and "not found" are no failure: the transfer may be on its way (domain 2.2). Until it is known the occupation stays, and
// whatever is sent is sent under the same number (F-78). It is known in the end, by a query, or by the statement of the day.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/api/payout.h"

namespace ordeal::payout {

// What was heard of a transfer. Nothing: no answer, or none that could be read.
struct Heard {
  std::optional<api::TransferAnswer> answer{};
  Duration since_sent{};  // since it was sent last
};

struct Verdict {
  enum class What : std::uint8_t { ask_again, send_again, paid, failed };
  What what = What::ask_again;
  api::TransferFault fault = api::TransferFault::none;
};

class Doubt {
 public:
  virtual ~Doubt() = default;
  virtual Verdict verdict(const Heard& heard) const = 0;
  virtual bool reads_statements() const = 0;
};

// What all right designs make of it.
Verdict as_the_channel_says(const Heard& heard);

// "query": asks until it is told. "query_and_statement": the same, and reads the statements of the days since it was sent.
// Null for an unknown name.
std::unique_ptr<Doubt> make_doubt(std::string_view name);

}  // namespace ordeal::payout
