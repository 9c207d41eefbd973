// A page as JSON, schema "ordeal/page/1": what the page's script reads. Events stand in columns of integers beside one
// list of strings, so that two thousand of them take a few dozen kilobytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/page/hunt_view.h"
#include "reports/page/page_data.h"

namespace ordeal::reports {

struct WholePage {
  std::string lang = "en";        // "en" or "zh": how it opens
  std::optional<PageData> trial;  // nothing: the hunt found nothing, or nothing could be played
  std::optional<HuntView> hunt;
  std::vector<std::string> warnings;  // what a reader has to know first
};

// One line; bytes that are not UTF-8 become U+FFFD.
std::string page_json(const WholePage& page);

}  // namespace ordeal::reports
