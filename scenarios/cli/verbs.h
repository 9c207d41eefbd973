// The verbs of the command line: one row a verb, one file a verb. `declare` adds the verb's flags to its
// parser and returns what to do once they are parsed (the repertoire outlives that); it returns the exit code, or throws BadInput or
// IoError.
//
// diff gets its row and file when it comes.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "scenarios/cli/command_line.h"
#include "scenarios/cli/repertoire.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

using Action = std::function<play::ExitCode()>;

struct Verb {
  std::string_view name;
  std::string_view summary;
  Action (*declare)(CommandLine&, const Repertoire&);
};

std::span<const Verb> verbs();

Action declare_demo(CommandLine& command_line, const Repertoire& repertoire);
Action declare_run(CommandLine& command_line, const Repertoire& repertoire);
Action declare_hunt(CommandLine& command_line, const Repertoire& repertoire);
Action declare_merge(CommandLine& command_line, const Repertoire& repertoire);
Action declare_compare(CommandLine& command_line, const Repertoire& repertoire);
Action declare_explore(CommandLine& command_line, const Repertoire& repertoire);
Action declare_replay(CommandLine& command_line, const Repertoire& repertoire);
Action declare_shrink(CommandLine& command_line, const Repertoire& repertoire);
Action declare_learn(CommandLine& command_line, const Repertoire& repertoire);
Action declare_report(CommandLine& command_line, const Repertoire& repertoire);
Action declare_list(CommandLine& command_line, const Repertoire& repertoire);
Action declare_show(CommandLine& command_line, const Repertoire& repertoire);
Action declare_coverage(CommandLine& command_line, const Repertoire& repertoire);
Action declare_reconcile(CommandLine& command_line, const Repertoire& repertoire);
Action declare_doctor(CommandLine& command_line, const Repertoire& repertoire);
Action declare_completion(CommandLine& command_line, const Repertoire& repertoire);
Action declare_man(CommandLine& command_line, const Repertoire& repertoire);

}  // namespace ordeal::cli
