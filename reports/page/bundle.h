// The page's script and style as they are kept in the tree (reports/page/bundle, made by web/build.sh), built into the
// program in pieces (cmake/page_bundle.cmake).
#pragma once

#include <span>
#include <string_view>

namespace ordeal::reports {

extern const std::span<const std::string_view> kPageScript;
extern const std::span<const std::string_view> kPageStyle;

}  // namespace ordeal::reports
