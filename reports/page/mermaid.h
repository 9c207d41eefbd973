// What a breach stems from as a sequence diagram for Mermaid, which GitHub and GitLab draw in Markdown. Of a trial without a
// breach, all of it. Where it is longer than a reader takes, the beginning is left out and a note says so.
#pragma once

#include <string>

#include "reports/page/page_data.h"

namespace ordeal::reports {

std::string mermaid_text(const PageData& page);

}  // namespace ordeal::reports
