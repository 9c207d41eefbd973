// Which engine this is; it stands in every report and repro. The version is the project's, in CMakeLists.txt; what follows
// the plus is made from the sources that a trace can depend on (cmake/engine_identity.cmake): "ordeal 0.3.0+1a2b3c4d5e6f".
// So builds of one engine give one trace hash for one scenario and seed, without anybody having to remember a number.
#pragma once

#include <string_view>

namespace ordeal::cli {

inline constexpr std::string_view kVersion = ORDEAL_VERSION;
extern const std::string_view kEngine;

}  // namespace ordeal::cli
