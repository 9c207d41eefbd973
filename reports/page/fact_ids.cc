#include "reports/page/fact_ids.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/ids.h"
#include "reports/past.h"

namespace ordeal::reports {
namespace {

using Json = nlohmann::ordered_json;

// No count, amount or version of ours is as large by chance: ids are drawn from fifty bits.
constexpr std::uint64_t kLarge = std::uint64_t{1} << 36;

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && stop == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// "2026-01-01 00:15:00.247673"
std::string date_and_time(std::int64_t ns) {
  using namespace std::chrono;
  const sys_time<microseconds> at{microseconds(ns / 1000)};
  const sys_days day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

// "due_at null → 1767226500247673229, tries 0 → 1": the numbers after a name that ends in _at.
std::string with_times(std::string_view cells) {
  std::string out;
  bool is_time = false;
  for (const Part& part : parts_of(cells)) {
    const auto number = part.word ? number_of(part.text) : std::nullopt;
    out += number && is_time && *number > 0 ? date_and_time(*number) : part.text;
    if (part.word && !number && part.text != "null") is_time = part.text.ends_with("_at");
  }
  return out;
}

}  // namespace

FactIds::FactIds(const sim::Tale& tale) {
  for (const auto& [id, entity] : tale.entities()) {
    const std::size_t dash = id.find('-');
    if (dash == std::string::npos) continue;
    const auto number = from_base32(std::string_view(id).substr(dash + 1));
    if (!number) continue;
    if (*number >= kLarge) {
      large_.emplace(*number, id);
    } else {
      small_.emplace(std::pair(id.substr(0, dash), *number), id);
    }
  }
}

std::string FactIds::in(std::string_view text) const {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::string(text);
  const auto replace = [this](const auto& self, const std::string& key, Json& value) -> void {
    if (value.is_structured()) {
      for (auto& [inner, one] : value.items()) self(self, value.is_array() ? key : inner, one);
      return;
    }
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0) return;
    const auto number = value.get<std::uint64_t>();
    if (const auto large = large_.find(number); large != large_.end()) {
      value = large->second;
    } else if (const auto small = small_.find({key, number}); small != small_.end()) {
      value = small->second;
    }
  };
  replace(replace, "", json);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string FactIds::in_text(std::string_view text) const {
  std::string out;
  for (const Part& part : parts_of(text)) {
    const auto number = part.word ? number_of(part.text) : std::nullopt;
    const auto known = number ? large_.find(static_cast<std::uint64_t>(*number)) : large_.end();
    out += known == large_.end() ? part.text : known->second;
  }
  return out;
}

// "order_id 720978529863807, sku 1": an id says by itself what it is of, everything else has its column's name before it.
std::string FactIds::in_key(std::string_view key) const {
  std::string out;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find(", "), key.size());
    const std::string_view part = key.substr(0, end);
    key.remove_prefix(std::min(end + 2, key.size()));
    const std::size_t space = part.find(' ');
    const auto number = space == std::string_view::npos ? std::nullopt : number_of(part.substr(space + 1));
    std::string id;
    if (number) {
      const auto value = static_cast<std::uint64_t>(*number);
      const auto small = small_.find({std::string(part.substr(0, space)), value});
      const auto large = large_.find(value);
      id = small != small_.end() ? small->second : large != large_.end() ? large->second : "";
    }
    out += (out.empty() ? "" : ", ") + (id.empty() ? std::string(part) : id);
  }
  return out;
}

std::string FactIds::in_row(std::string_view row) const {
  const std::size_t open = row.find('(');
  const std::size_t close = row.find("): ");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return std::string(row);
  return std::string(row.substr(0, open)) + " " + in_key(row.substr(open + 1, close - open - 1)) + ": " +
         with_times(in_text(row.substr(close + 3)));
}

}  // namespace ordeal::reports
