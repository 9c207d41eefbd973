// Which question of sim/hooks.h is answered, one for each virtual of sim::Hooks, and sets of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace ordeal::faults {

enum class Question : std::uint8_t {
  sending,
  stepping,
  disk,
  unsynced_sector,
  unsynced_name,
  fork,
  cache,
  broker
};
inline constexpr std::size_t kQuestions = 8;
std::string_view name_of(Question question);

// A set of small enumerators: questions, or operations of a device.
class Marks {
 public:
  constexpr Marks() = default;
  template <class Enum>
  constexpr Marks(std::initializer_list<Enum> members) {
    for (const Enum member : members) bits_ |= bit(member);
  }
  template <class Enum>
  constexpr bool has(Enum member) const {
    return (bits_ & bit(member)) != 0;
  }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  template <class Enum>
  static constexpr std::uint32_t bit(Enum member) {
    return std::uint32_t{1} << static_cast<unsigned>(member);
  }
  std::uint32_t bits_ = 0;
};

}  // namespace ordeal::faults
