// What comes back for units of a line that was paid, from the parts that the order stored and never from today's rules:
// that 满300减50 would no longer hold without them changes nothing for what was paid (F-44, I-37).
//
// A paid line counts its units from the first. Unit k is worth floor(goods·(k+1)/units) − floor(goods·k/units): each
// within one minor unit of its share, and over all units exactly what was paid, in whatever pieces they come back.
#pragma once

#include <cstdint>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/pricing/quote.h"

namespace ordeal::pricing {

// What an order keeps of a line.
struct PaidLine {
  SkuId sku{};
  std::int64_t units = 0;
  Money goods{};  // QuotedLine::pay
  Money freight{};
  std::int64_t points = 0;
  std::int64_t returned = 0;  // units that came back already

  bool operator==(const PaidLine&) const = default;
};

PaidLine paid(const QuotedLine& line);

// Whether freight comes back with goods is the shop's policy: it does when the goods were wrong, it does not when the
// buyer changed their mind.
enum class FreightBack { kept, returned };

struct Refund {
  Money goods{};
  Money freight{};
  std::int64_t points = 0;  // that come back as points

  bool operator==(const Refund&) const = default;
  Money money() const { return goods + freight; }
};

// Of the next `units` of a line; the caller adds them to `returned` in the transaction that opens the refund. units is
// 0 … line.units - line.returned, anything else is a programmer error.
Refund refundable(const PaidLine& line, std::int64_t units, FreightBack freight);

// ---- 保价 (A40): the price falls within a window after the order, and the difference comes back.

struct Protection {
  Duration window{};  // from the order on, its last instant included
};

enum class NotOwed {
  expired,    // the window is over, or `now` is before the order
  kept_none,  // every unit came back already
  no_fall,    // the units that are kept cost what was paid for them, or more
};

struct PriceFall {
  Money owed{};
  PaidLine rest{};  // what the order keeps of the line from now on: the kept units, for what they cost now
};

// Compares what was paid for the units that are kept, after every discount and without freight, with today's price of a
// unit; so a coupon of then is part of the price of then. Points stay spent. `rest` makes a second fall count from the
// first, and a refund afterwards give back what is left: refunds before, owed and refunds after are what was paid.
Result<PriceFall, NotOwed> price_fall(const PaidLine& line, Instant ordered_at, Instant now, Money unit_now,
                                      const Protection& terms);

}  // namespace ordeal::pricing
