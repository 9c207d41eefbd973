// What visitors of a fault's or an action's fields ask of them.
#pragma once

#include <string_view>
#include <type_traits>

#include "core/base/time.h"
#include "faults/kinds/host_faults.h"
#include "faults/kinds/parameter.h"

namespace ordeal::faults {

template <class Field>
inline constexpr bool kIsTime = std::is_same_v<std::remove_cvref_t<Field>, Duration>;

// The time of that key; zero if there is none.
template <class T>
Duration time_named(const T& fault, std::string_view key) {
  Duration out{};
  fault.fields(fault, [&](const Parameter& parameter, const auto& value) {
    if constexpr (kIsTime<decltype(value)>) {
      if (parameter.key == key) out = value;
    }
  });
  return out;
}

// Does an initial value say nothing, so that it must be given?
template <class T>
bool is_blank(const T& value) {
  if constexpr (std::is_enum_v<T> || std::is_same_v<T, CrashPoints>) {
    return false;
  } else {
    return value == T{};
  }
}

}  // namespace ordeal::faults
