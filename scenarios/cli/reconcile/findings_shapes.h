// The writers that findings.h chooses from.
#pragma once

#include <memory>

#include "scenarios/cli/reconcile/findings.h"

namespace ordeal::cli {

std::unique_ptr<FindingWriter> new_text_writer(const Told& ours, const Told& theirs, bool every);
std::unique_ptr<FindingWriter> new_json_writer(const Told& ours, const Told& theirs, bool every);
std::unique_ptr<FindingWriter> new_csv_writer(bool every);

}  // namespace ordeal::cli
