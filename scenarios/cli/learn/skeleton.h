// `ordeal learn --from REPRO --as NAME`: the folder of a new lesson about a planted bug, with everything that can be made from
// one of its failures. What is left to write are the texts, the fix, the half-fix and the mistakes in the fix; `--check`
// says what is missing.
#pragma once

#include <string>

#include "scenarios/cli/repertoire.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

// BadInput for a repro without exactly one flaw, for a name that is none, and for a folder that is there already.
play::ExitCode make_skeleton(const Repertoire& repertoire, const std::string& repro, const std::string& name);

}  // namespace ordeal::cli
