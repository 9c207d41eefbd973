#include "scenarios/play/omission.h"

#include <array>

namespace ordeal::scenarios {

std::span<const std::string_view> visit_part_names() {
  static constexpr std::array<std::string_view, 6> kNames{"second_click", "further_lines", "further_units",
                                                          "lateness",     "payment",       "asking_again"};
  return kNames;
}

}  // namespace ordeal::scenarios
