// A hunt as its page shows it: which seeds broke which laws and when each was first found, what faults came to, and the
// marks. Made from what a run directory keeps: hunt.json, and results.jsonl, a line a trial.
//
// A hunt that was cut off has no hunt.json; then the lines say what they can, and `cut_off` says so. A line that cannot be
// read, as the last of a killed run may be, is counted and left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "reports/model.h"

namespace ordeal::reports {

struct LawBroken {
  std::string law;
  std::vector<std::uint64_t> seeds;  // that broke it, ascending
  std::uint64_t trials_until = 0;    // trials of lower seeds, and the first that found it
  std::string message;               // of the first
};

struct FoundCause {
  std::string law;
  std::string cause;
  std::uint64_t seed = 0;
  std::uint64_t count = 0;
  std::string replay;
  std::vector<std::string> takes;
};

struct HuntView {
  std::string engine;
  std::string scenario;
  std::vector<std::string> flaws;
  std::uint64_t first_seed = 0;
  std::uint64_t last_seed = 0;
  std::uint64_t trials = 0;
  std::uint64_t passed = 0;
  int exit_code = 0;
  std::string stopped_because;
  std::vector<LawBroken> laws;  // the first found first
  std::vector<FoundCause> causes;
  FaultReport faults;
  Named<std::uint64_t> marks;
  std::vector<std::string> not_reached;
  bool cut_off = false;
  std::uint64_t unreadable = 0;  // lines of results.jsonl
};

// `hunt`: the text of hunt.json; nothing: it is not there. `lines`: the text of results.jsonl. Fails with what is wrong
// in hunt.json.
struct HuntFiles {
  std::optional<std::string> hunt;
  std::string lines;
};
Result<HuntView, std::string> hunt_view(const HuntFiles& files, const std::string& program);

}  // namespace ordeal::reports
