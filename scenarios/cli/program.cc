#include "scenarios/cli/program.h"

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "faults/suggest.h"
#include "reports/layout.h"
#include "scenarios/cli/command_line.h"
#include "scenarios/cli/describe/description.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/harmless.h"

namespace ordeal::cli {

using play::BadInput;
using play::ExitCode;

namespace {

constexpr std::string_view kOverview = R"(finds the bad days of a trade system before its customers do.

  ordeal demo                           an oversell: found, made small, told, mended
  ordeal learn                          lessons: break a design, then write the one that holds
  ordeal run first_sale --seed 7 -v     one trial, with its story
  ordeal hunt flash_sale                a thousand trials, on all cores
  ordeal hunt first_sale --flaw F-01    watch a planted bug being found
  ordeal list scenarios                 what can be played

Something odd? ordeal doctor          All commands: ordeal help
)";

const Verb* find_verb(std::string_view name) {
  const auto all = verbs();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Verb& verb) { return verb.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const Verb& verb_named(const std::string& name) {
  if (const Verb* verb = find_verb(name)) return *verb;
  if (name == "test" || name == "bench")
    misused(name + " is what the script ./ordeal does, which builds first", "./ordeal " + name,
            "ordeal help");
  std::vector<std::string_view> names{"help"};
  for (const Verb& verb : verbs()) names.push_back(verb.name);
  if (name.starts_with('-')) {
    constexpr std::array<std::string_view, 2> kFlags{"--version", "--help"};
    if (name == "-V" || name == "-v")
      misused("no flag " + name + " before a verb", "--version", "ordeal help");
    misused("no flag " + name + " before a verb", faults::nearest(name, kFlags).value_or(""), "ordeal help");
  }
  // What was cut short is meant more surely than what was mistyped.
  const auto longer =
      std::find_if(names.begin(), names.end(), [&](auto known) { return known.starts_with(name); });
  const auto meant =
      longer != names.end() ? std::optional<std::string>(*longer) : faults::nearest(name, names);
  misused("no verb \"" + name + "\"", meant.value_or(""), "ordeal help");
}

ExitCode run_verb(const Repertoire& repertoire, const Verb& verb, std::vector<std::string> arguments) {
  CommandLine command_line("ordeal " + std::string(verb.name), std::string(verb.summary));
  const Action action = verb.declare(command_line, repertoire);
  if (command_line.parse(std::move(arguments))) return action();
  print(command_line.help());
  return ExitCode::ok;
}

std::string help_text() {
  std::string out = std::string(kEngine) + "\n\n  ordeal VERB …\n\n";
  for (const Verb& verb : verbs()) {
    std::string name(verb.name);
    name.resize(12, ' ');
    out += "  " + name + std::string(verb.summary) + "\n";
  }
  out += "\n  ordeal help VERB     its flags\n  ordeal --version\n\n";
  std::string codes = "exit codes:";
  for (const ExitMeaning& one : exit_meanings())
    codes +=
        (codes.ends_with(':') ? " " : " · ") + std::string(one.codes) + " " + std::string(one.short_name);
  constexpr std::size_t kWidth = 98;
  bool first = true;
  for (const std::string& line : reports::wrapped(codes, kWidth)) {
    out += (first ? "" : "  ") + line + "\n";
    first = false;
  }
  return out;
}

ExitCode dispatch(const Repertoire& repertoire, const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    print(std::string(kEngine) + " " + std::string(kOverview));
    return ExitCode::ok;
  }
  const std::string& first = arguments.front();
  if (first == "--version") {
    print(std::string(kEngine) + "\n");
    return ExitCode::ok;
  }
  if (first == "help" || first == "--help" || first == "-h") {
    if (arguments.size() > 1) return run_verb(repertoire, verb_named(arguments[1]), {"--help"});
    print(help_text());
    return ExitCode::ok;
  }
  return run_verb(repertoire, verb_named(first), {arguments.begin() + 1, arguments.end()});
}

// With --json standard output gets its one object for errors, too.
int failed(const std::vector<std::string>& arguments, ExitCode code, const std::string& message) {
  print_error(message);
  if (std::find(arguments.begin(), arguments.end(), "--json") != arguments.end()) {
    const nlohmann::ordered_json json{{"schema", "ordeal/error/1"},
                                      {"engine", kEngine},
                                      {"exit_code", static_cast<int>(code)},
                                      {"error", play::harmless(message)}};
    try {
      print(json.dump(2) + "\n");
    } catch (const IoError&) {  // perhaps the very error that is told
    }
  }
  return static_cast<int>(code);
}

std::string our_bug(std::string_view what) {
  return "this is a bug in " + std::string(kEngine) + ", not in what you tested: " + std::string(what);
}

}  // namespace

int run_program(const Repertoire& repertoire, const std::vector<std::string>& arguments) {
  try {
    keep_standard_streams();
    return static_cast<int>(dispatch(repertoire, arguments));
  } catch (const BadInput& error) {
    return failed(arguments, error.code(), error.what());
  } catch (const IoError& error) {
    return failed(arguments, ExitCode::io, error.what());
  } catch (const std::exception& error) {
    return failed(arguments, ExitCode::software, our_bug(error.what()));
  } catch (...) {
    return failed(arguments, ExitCode::software, our_bug("something was thrown that is no exception"));
  }
}

}  // namespace ordeal::cli
