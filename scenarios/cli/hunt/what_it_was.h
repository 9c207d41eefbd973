// What a first hunt was, for somebody who has never seen one.
#pragma once

#include <cstddef>
#include <string>

#include "reports/model.h"

namespace ordeal::cli {

// What a trial is, what was tried, what it means, and what to try next. For a hunt that found nothing.
std::string what_it_was(const reports::HuntReport& report, std::size_t width);

}  // namespace ordeal::cli
