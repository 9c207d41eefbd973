// JUnit XML as CI systems read it: one suite a hunt, a test case for each law, seed and command as properties of the case
// and in its text. What went wrong besides laws is the case "the hunt itself". Well-formed whatever texts hold: what XML
// cannot say becomes U+FFFD.
#pragma once

#include <string>

#include "reports/ci_report.h"

namespace ordeal::reports {

std::string junit_xml(const CiReport& report);

}  // namespace ordeal::reports
