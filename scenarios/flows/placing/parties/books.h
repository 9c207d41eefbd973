// What customers asked for and were told, in the order of asking. It is never lost and never wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/api/placing.h"
#include "scenarios/play/books.h"

namespace ordeal::placing {

struct Asked {
  api::Place request{};
  std::int64_t asked_ns = 0;
  std::optional<std::int64_t> answered_ns{};  // none: no answer came
  api::PlacingReply reply{};
  bool gave_up = false;  // after this asking, without an answer that ends it
};

class Diary final : public play::Books {
 public:
  std::vector<Asked> asked;

  void add_to(Digest& digest) const override;
};

// Does the customer know now what became of it?
inline bool ends(const api::PlacingReply& reply) {
  return reply.status != api::PlacingStatus::unknown &&
         (reply.status != api::PlacingStatus::order || reply.state != api::PlacedState::pending);
}

}  // namespace ordeal::placing
