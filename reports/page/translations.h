// What a page tells, in another language: the lines of its story, what went wrong, the promise, the faults and persons that
// it takes, and the lines that are compared, each by its English text. What the translation leaves as it is, is not in it.
#pragma once

#include <map>
#include <string>

#include "reports/page/page_data.h"
#include "reports/translation.h"

namespace ordeal::reports {

std::map<std::string, std::string> translations_of(const PageData& page, const Translation& translation);

}  // namespace ordeal::reports
