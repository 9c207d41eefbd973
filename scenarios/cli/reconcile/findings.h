// How a reconciliation is told: as text for people, as one JSON object, as CSV for a spreadsheet. Findings come one at a
// time, in the order of their numbers, and are written as they come: there may be millions.
#pragma once

#include <memory>
#include <string>

#include "core/reconciliation/matcher.h"
#include "core/reconciliation/statement.h"

namespace ordeal::cli {

// A file that was read.
struct Told {
  std::string file;
  reconciliation::Statement statement;
};

class FindingWriter : public reconciliation::FindingSink {
 public:
  // After the last finding.
  virtual void end(const reconciliation::Outcome& outcome, int exit_code) = 0;
};

enum class Shape { text, json, csv };
// `every`: text has every difference, not only the first ones of each class; JSON and CSV have what is matched, too.
std::unique_ptr<FindingWriter> new_writer(Shape shape, const Told& ours, const Told& theirs, bool every);

}  // namespace ordeal::cli
