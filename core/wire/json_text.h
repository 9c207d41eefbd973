// The parts of the JSON codec that do not depend on the wire type.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/money.h"

namespace ordeal::wire {

void append_quoted(std::string& out, std::string_view text);

inline void append_integer(std::string& out, std::int64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

std::string read_money(const nlohmann::json& json, Money& value);
// ".NAME: unknown field" for the first key of the object that is not in `known`, else empty.
std::string unknown_field(const nlohmann::json& json, const std::vector<std::string_view>& known);

}  // namespace ordeal::wire
