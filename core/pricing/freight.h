// Freight (A39): each shop sends one parcel and has one template, with a row for each part of the country. A row says
// what is measured and what the first so many and each further so many of it cost; begun steps count as whole ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"
#include "core/pricing/basket.h"

namespace ordeal::pricing {

enum class Measure { grams, pieces, cm3 };

struct FreightRow {
  // Beginnings of destinations; the longest of all rows that fits decides. "" fits everywhere.
  std::vector<std::string> regions{};
  Measure measure = Measure::pieces;
  std::int64_t first = 1;  // covered by first_fee
  Money first_fee{};
  std::int64_t next = 1;  // a further step
  Money next_fee{};
  // 满X包邮: nothing is taken where what is to pay for the shop's goods, at the place of `freight` in the stacking, comes
  // to this.
  std::optional<Money> free_from{};
};

struct FreightTemplate {
  RuleId id{};
  MerchantId shop{};
  std::vector<FreightRow> rows{};
};

std::int64_t measured(const Line& line, Measure measure);

// The row for a destination; null where the shop does not deliver.
const FreightRow* row_for(const FreightTemplate& form, std::string_view destination);

// What a parcel of this measure costs whose goods cost so much. None above Money::kMaxMinor.
std::optional<std::int64_t> fee_of(const FreightRow& row, std::int64_t measure, std::int64_t goods_minor);

}  // namespace ordeal::pricing
