// A trial in the Trace Event Format, which ui.perfetto.dev, chrome://tracing and speedscope open: a thread a lane, messages as
// flows, states of things as spans, figures as counters, the breach as a mark over everything. Times are in microseconds,
// with fractions.
#pragma once

#include <string>

#include "reports/page/page_data.h"

namespace ordeal::reports {

std::string perfetto_json(const PageData& page);

}  // namespace ordeal::reports
