// Facts are kept as JSON with ids as bare numbers; the tale names entities by ids as text. Here the numbers become the ids
// that the tale knows: {"order":720978529863807,"sku":1} → {"order":"ord-MFQ7JJKJ3Z","sku":"sku-0000000001"}.
//
// A number that could be anything (a small one) is an id only under the key that its prefix names.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "sim/tale.h"

namespace ordeal::reports {

class FactIds {
 public:
  explicit FactIds(const sim::Tale& tale);
  // What is no JSON comes back as it is.
  std::string in(std::string_view json) const;
  // The same for any text: numbers that can be nothing else.
  std::string in_text(std::string_view text) const;
  // Of a row that was written (sim/disk/written_rows.h): "stock(sku 1): sold 0 → 1" → "stock sku-0000000001: sold 0 → 1".
  // What stands in a column whose name ends in _at is a time of day.
  std::string in_row(std::string_view row) const;

 private:
  std::string in_key(std::string_view key) const;
  std::map<std::uint64_t, std::string> large_;
  std::map<std::pair<std::string, std::uint64_t>, std::string> small_;  // by prefix and number
};

}  // namespace ordeal::reports
