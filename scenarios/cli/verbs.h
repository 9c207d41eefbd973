// The verbs of the command line: one row a verb, one file a verb. `declare` adds the verb's flags to its
// parser and returns what to do once they are parsed; that returns the exit code, or throws BadInput or
// IoError.
//
// report, learn, diff, merge and completion get their rows and files when they come.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>

#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

using Action = std::function<scenarios::ExitCode()>;

struct Verb {
  std::string_view name;
  std::string_view summary;
  Action (*declare)(CLI::App&);
};

std::span<const Verb> verbs();

Action declare_run(CLI::App& app);
Action declare_hunt(CLI::App& app);
Action declare_explore(CLI::App& app);
Action declare_replay(CLI::App& app);
Action declare_shrink(CLI::App& app);
Action declare_list(CLI::App& app);
Action declare_show(CLI::App& app);
Action declare_doctor(CLI::App& app);

}  // namespace ordeal::cli
