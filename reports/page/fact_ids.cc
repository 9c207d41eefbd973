#include "reports/page/fact_ids.h"

#include <charconv>

#include <nlohmann/json.hpp>

#include "core/base/ids.h"
#include "reports/past.h"

namespace ordeal::reports {
namespace {

using Json = nlohmann::ordered_json;

// No count, amount or version of ours is as large by chance: ids are drawn from fifty bits.
constexpr std::uint64_t kLarge = std::uint64_t{1} << 36;

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
    std::uint64_t number = 0;
    const char* end = part.text.data() + part.text.size();
    const auto [stop, error] = std::from_chars(part.text.data(), end, number);
    const auto known = part.word && error == std::errc() && stop == end ? large_.find(number) : large_.end();
    out += known == large_.end() ? part.text : known->second;
  }
  return out;
}

}  // namespace ordeal::reports
