// The events of a page, from a trace with causes: messages paired with what became of them, facts with what the tale says
// of them, and which of them the breach stems from.
//
// An event is of the breach's past if it happened before on the way to it (in one piece of work, over a message, over a
// database that both wrote), and was done for somebody of the story. A fault is of it as past.h has it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/page/page_data.h"

namespace ordeal::reports {

struct PageEvents {
  std::vector<PageEvent> events;
  std::vector<Lane> lanes;
  Named<std::uint64_t> not_drawn;
  std::uint32_t breach = kNoEvent;
};
// `finding` may be null.
PageEvents page_events(const StoryOf& of, const sim::Finding* finding);

}  // namespace ordeal::reports
