// What lies in a cart. A line is what was put in at one moment: its version is the cart's at that moment, and neither its sku nor its
// quantity ever changes. So a version names just these units, and what is put in later, of the same sku too, is another line (F-36).
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/ids.h"
#include "core/wire/fields.h"

namespace ordeal::api {

struct CartLine {
  SkuId sku{};
  std::int64_t qty = 0;
  std::int64_t version = 0;

  bool operator==(const CartLine&) const = default;
  ORDEAL_FIELDS(sku, qty, version);
};

// The lines of a cart that an order is made of.
struct FromCart {
  std::vector<CartLine> lines{};

  bool operator==(const FromCart&) const = default;
  ORDEAL_FIELDS(lines);
};

}  // namespace ordeal::api
