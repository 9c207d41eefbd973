// `ordeal doctor`: is this machine fit, and does one seed give one world here? Prints a block to paste into a
// bug report. Exit 0 when all is well, 74 when runs cannot be kept, 70 when a trial is not deterministic or
// breaks.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "reports/run_json.h"
#include "reports/words.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run/judging.h"
#include "scenarios/cli/verbs.h"
#include "sim/disk/sqlite_facts.h"

namespace ordeal::cli {
namespace {

using play::ExitCode;

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  std::string scenarios_dir;
  OutputFlags output;
};

struct Check {
  std::string name;
  std::string says;
  ExitCode code = ExitCode::ok;
};

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#elif defined(__GNUC__)
  return "g++ " __VERSION__;
#else
  return "unknown";
#endif
}

Check sqlite() {
  const sim::SqliteFacts facts = sim::sqlite_facts();
  Check check{"SQLite",
              facts.version + ", " + (facts.threadsafe ? "with" : "without") + " mutexes compiled in",
              ExitCode::ok};
  for (const std::string& option : facts.compile_options) {
    if (option.starts_with("DEFAULT_") || option.starts_with("OMIT_")) check.says += ", " + option;
  }
  return check;
}

Check run_directory(const std::string& out) {
  try {
    std::error_code error;
    std::filesystem::create_directories(out, error);
    if (error) throw IoError("cannot create " + out + ": " + error.message());
    const auto probe = std::filesystem::path(out) / ("doctor-" + std::to_string(::getpid()));
    write_whole(probe, "well\n");
    std::filesystem::remove(probe, error);
    return {"runs", "are kept in " + out, ExitCode::ok};
  } catch (const IoError& error) {
    return {"runs", error.what(), ExitCode::io};
  }
}

Check terminal(const OutputFlags& flags) {
  return {"terminal",
          fmt::format("standard output {}, standard error {}, colours {}",
                      ::isatty(STDOUT_FILENO) != 0 ? "terminal" : "no terminal",
                      ::isatty(STDERR_FILENO) != 0 ? "terminal" : "no terminal",
                      stdout_color(flags) ? "on" : "off"),
          ExitCode::ok};
}

// A trial, twice: of the first scenario there is.
Check determinism(const Flags& flags) {
  CastFlags cast;
  cast.scenario = flags.repertoire.library(flags.scenarios_dir).list().front().name;
  cast.scenarios_dir = flags.scenarios_dir;
  const Production production = produce(flags.repertoire, cast);
  play::PlayOptions options = production.options;
  options.seed = 7;
  const Judged judged = play_and_judge(*production.stage, options, Ratio::one());
  const sim::TrialResult& trial = judged.played.trial;
  if (trial.broken)
    return {"determinism", cast.scenario + " seed 7 broke: " + *trial.broken, ExitCode::software};
  if (!judged.same) return {"determinism", trial.findings.back().message, ExitCode::software};
  return {"determinism",
          fmt::format("{} seed 7 gives trace {} twice, in {}", cast.scenario, trial.trace_hash.text(),
                      reports::wall_text(judged.played.wall_ns)),
          ExitCode::ok};
}

ExitCode doctor(const Flags& flags) {
  check(flags.output);
  std::vector<Check> checks;
  checks.push_back({"engine", std::string(kEngine), ExitCode::ok});
  checks.push_back({"compiler", compiler(), ExitCode::ok});
  checks.push_back(sqlite());
  checks.push_back({"cores", std::to_string(usable_cores()), ExitCode::ok});
  checks.push_back(terminal(flags.output));
  checks.push_back(run_directory(flags.output.out));
  checks.push_back(determinism(flags));

  ExitCode code = ExitCode::ok;
  nlohmann::ordered_json json{
      {"schema", "ordeal/doctor/1"}, {"exit_code", 0}, {"checks", nlohmann::ordered_json::array()}};
  std::string text;
  for (const Check& one : checks) {
    const bool well = one.code == ExitCode::ok;
    if (!well && code != ExitCode::software) code = one.code;
    json["checks"].push_back({{"name", one.name}, {"ok", well}, {"says", one.says}});
    text += fmt::format("{} {:<12} {}\n",
                        painted(stdout_color(flags.output), well ? reports::Paint::good : reports::Paint::bad,
                                well ? "✓" : "✗"),
                        one.name, one.says);
  }
  json["exit_code"] = static_cast<int>(code);
  print(flags.output.json ? reports::json_text(json) : text);
  return code;
}

}  // namespace

Action declare_doctor(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  add_scenarios_flag(command_line, flags->scenarios_dir);
  add_output_flags(command_line, flags->output);
  return [flags] { return doctor(*flags); };
}

}  // namespace ordeal::cli
