// What guests asked for and were told, in the order of asking. It is never lost and never wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/api/booking.h"
#include "scenarios/play/books.h"

namespace ordeal::booking {

struct Asked {
  api::BookVenue request;
  std::int64_t asked_ns = 0;
  std::optional<std::int64_t> answered_ns{};  // none: no answer came
  api::BookReply reply{};
  std::int64_t ended_ns = 0;  // of the call, answered or not; 0: it has not ended
  bool gave_up = false;       // after this asking, without an answer that ends it
};

struct Offered {
  api::PayBooking request;
  std::int64_t asked_ns = 0;
  std::optional<std::int64_t> answered_ns{};
  api::PayBookingReply reply{};
};

class Book final : public play::Books {
 public:
  std::vector<Asked> asked;
  std::vector<Offered> offered;

  void add_to(Digest& digest) const override;
};

}  // namespace ordeal::booking
