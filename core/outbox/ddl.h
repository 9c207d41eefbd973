// Joined: several DDL texts as one `const char*`, put together by the compiler, so that a service's schema is
// one constant.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace ordeal::outbox {

template <const std::string_view&... Parts>
struct Joined {
  static constexpr auto kBytes = [] {
    std::array<char, (Parts.size() + ... + 1)> bytes{};
    auto at = bytes.begin();
    ((at = std::copy(Parts.begin(), Parts.end(), at)), ...);
    return bytes;
  }();
  static constexpr const char* kText = kBytes.data();
};

}  // namespace ordeal::outbox
