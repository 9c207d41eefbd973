// A page as one HTML file: style, script and data in it, and a policy that forbids every request. It opens by double
// click and without a network. Nothing in the data can end its element or run.
#pragma once

#include <string>

#include "reports/page/page_json.h"

namespace ordeal::reports {

std::string page_html(const WholePage& page);

}  // namespace ordeal::reports
