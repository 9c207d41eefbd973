// Names of enumerators on the wire and in stories. An enum that travels counts from zero and provides, beside
// itself,
//
//   constexpr auto names_of(OrderState) { return std::to_array<std::string_view>({"DRAFT", "UNPAID", ...}); }
//
// A value outside its table is a programmer error.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

#include "core/base/check.h"

namespace ordeal::wire {

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E e) {
  names_of(e);
};

template <NamedEnum E>
constexpr std::string_view name_of(E value) {
  constexpr auto names = names_of(E{});
  const auto index = static_cast<std::size_t>(value);
  ORDEAL_CHECK(index < names.size());
  return names[index];
}

template <NamedEnum E>
constexpr std::optional<E> from_name(std::string_view name) {
  constexpr auto names = names_of(E{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace ordeal::wire
