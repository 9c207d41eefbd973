// What a page tells, in another language: its story and its events, what went wrong, the promise, what the code did, states,
// figures, beliefs and holders, what it takes, and the lines that are compared, each by its text as the page has it. What the
// translation leaves as it is, is not in it: names, and what programs say of themselves (logs, marks, evidence).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "reports/page/page_data.h"
#include "reports/translation.h"

namespace ordeal::reports {

// Words that stand alone are looked up behind this.
inline constexpr std::string_view kWord = "word: ";

std::map<std::string, std::string> translations_of(const PageData& page, const Translation& translation);

}  // namespace ordeal::reports
