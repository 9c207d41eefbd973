// The name and version of this engine: it stands in every report and repro. Its number comes from the project
// in CMakeLists.txt and is set nowhere else. Two builds with one engine name must give one trace hash for one
// scenario and seed; a change that gives another hash needs another version.
#pragma once

#include <string_view>

namespace ordeal::cli {

inline constexpr std::string_view kVersion = ORDEAL_VERSION;
inline constexpr std::string_view kEngine = "ordeal " ORDEAL_VERSION;

}  // namespace ordeal::cli
