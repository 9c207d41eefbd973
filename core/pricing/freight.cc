#include "core/pricing/freight.h"

#include "core/base/check.h"

namespace ordeal::pricing {

std::int64_t measured(const Line& line, Measure measure) {
  switch (measure) {
    case Measure::grams:
      return line.grams * line.units;
    case Measure::pieces:
      return line.units;
    case Measure::cm3:
      return line.cm3 * line.units;
  }
  check_failed(__FILE__, __LINE__, "a known measure");
}

const FreightRow* row_for(const FreightTemplate& form, std::string_view destination) {
  const FreightRow* found = nullptr;
  std::size_t longest = 0;
  for (const FreightRow& row : form.rows) {
    for (const std::string& region : row.regions) {
      if (!destination.starts_with(region) || (found != nullptr && region.size() <= longest)) continue;
      found = &row;
      longest = region.size();
    }
  }
  return found;
}

std::optional<std::int64_t> fee_of(const FreightRow& row, std::int64_t measure, std::int64_t goods_minor) {
  if (row.free_from && goods_minor >= row.free_from->minor) return 0;
  if (measure <= row.first || row.next_fee.minor == 0) return row.first_fee.minor;
  const std::int64_t beyond = measure - row.first;
  const std::int64_t steps = beyond / row.next + (beyond % row.next != 0 ? 1 : 0);
  if (steps > (Money::kMaxMinor - row.first_fee.minor) / row.next_fee.minor) return std::nullopt;
  return row.first_fee.minor + steps * row.next_fee.minor;
}

}  // namespace ordeal::pricing
