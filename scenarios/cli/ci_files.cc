#include "scenarios/cli/ci_files.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "faults/suggest.h"
#include "reports/annotations.h"
#include "reports/ci_summary.h"
#include "reports/junit.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/output.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

constexpr std::array<std::string_view, 3> kAnnotations{"auto", "github", "none"};

bool annotates(const CiFlags& flags) {
  if (flags.annotations != "auto") return flags.annotations == "github";
  const char* github = std::getenv("GITHUB_ACTIONS");
  return github != nullptr && std::string_view(github) == "true";
}

void check_file(const std::string& file) {
  if (file.empty()) return;
  const std::filesystem::path parent = std::filesystem::path(file).parent_path();
  std::error_code error;
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error) throw IoError("cannot create " + parent.string() + " for " + file + ": " + error.message());
  check_writable(file);
}

}  // namespace

void add_ci_flags(CommandLine& command_line, CiFlags& flags) {
  command_line.option("--junit", flags.junit, "FILE",
                      "write JUnit XML there: a test case for each invariant");
  command_line.option("--summary", flags.summary, "FILE", "write a summary in Markdown there");
  command_line.option("--annotations", flags.annotations, "WHERE",
                      "github, none, or auto: github where GITHUB_ACTIONS is true (auto)");
}

void check(const CiFlags& flags) {
  if (std::find(kAnnotations.begin(), kAnnotations.end(), flags.annotations) == kAnnotations.end()) {
    std::string message = "--annotations needs auto, github or none, found \"" + flags.annotations + "\"";
    if (const auto meant = faults::nearest(flags.annotations, kAnnotations))
      message += "\n  did you mean  " + *meant;
    throw play::BadInput(play::ExitCode::usage, message);
  }
  check_file(flags.junit);
  check_file(flags.summary);
}

std::optional<std::string> tell_ci(const CiFlags& flags, const reports::CiReport& report) {
  std::optional<std::string> trouble;
  const auto write = [&](const std::string& file, const std::string& text) {
    if (file.empty()) return;
    try {
      write_where_asked(file, text);
    } catch (const IoError& error) {
      if (!trouble) trouble = error.what();
    }
  };
  write(flags.junit, reports::junit_xml(report));
  write(flags.summary, reports::ci_summary(report));
  if (annotates(flags)) complain(reports::github_annotations(report));
  return trouble;
}

std::vector<std::string> laws_of(const play::Stage& stage) {
  const play::Scenario& scenario = stage.scenario();
  if (!scenario.invariants.empty()) return scenario.invariants;
  std::vector<std::string> laws;
  for (const play::LawRow* law : stage.flows().laws()) {
    const bool watched = std::all_of(law->services.begin(), law->services.end(),
                                     [&](std::string_view service) { return scenario.has_service(service); });
    if (watched) laws.emplace_back(law->name);
  }
  return laws;
}

}  // namespace ordeal::cli
