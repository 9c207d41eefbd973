// `ordeal report WHAT --html FILE`: a failure, or a whole hunt, as one file for a browser; `--perfetto FILE` and
// `--mermaid FILE` for other readers of traces. Every file is whole or not there.
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <spawn.h>
#include <unistd.h>

#include "reports/page/mermaid.h"
#include "reports/page/page_html.h"
#include "reports/page/perfetto.h"
#include "reports/text.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/language.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/report/trial_page.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/play/library.h"

extern char** environ;

namespace ordeal::cli {

using play::BadInput;
using play::ExitCode;

namespace {

namespace fs = std::filesystem;

struct Flags {
  explicit Flags(const Repertoire& which) : repertoire(which) {}

  const Repertoire& repertoire;
  std::string what = "last-failed";
  std::string html;
  std::string perfetto;
  std::string mermaid;
  std::string lang;
  bool open = false;
  std::string out = ".ordeal/runs";
};

std::optional<reports::HuntView> hunt_of(const fs::path& directory) {
  std::error_code error;
  reports::HuntFiles files;
  const fs::path summary = directory / "hunt.json";
  const fs::path lines = directory / "results.jsonl";
  if (fs::exists(summary, error)) files.hunt = play::read_text_file(summary);
  if (!files.hunt && !fs::exists(lines, error)) return std::nullopt;
  if (fs::exists(lines, error)) files.lines = play::read_text_file(lines);
  auto view = reports::hunt_view(files, program_name());
  if (!view)
    throw BadInput(ExitCode::data, summary.string() + ": expected the summary of a hunt: " + view.error());
  return std::move(view).value();
}

// Of a run the first failure that was made small, else the first; nothing: it has none.
std::optional<fs::path> repro_of(const fs::path& run) {
  std::error_code error;
  if (!fs::is_directory(run, error)) return run;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(run, error)) {
    if (entry.path().string().ends_with(kReproEnding)) found.push_back(entry.path());
  }
  if (found.empty()) return std::nullopt;
  std::sort(found.begin(), found.end());
  const auto small = std::find_if(found.begin(), found.end(), is_small);
  return small == found.end() ? found.front() : *small;
}

struct Made {
  reports::WholePage page;
  bool as_it_says = true;
};

Made make(const Flags& flags) {
  const fs::path run = find_run(flags.what, flags.out);
  Made made;
  made.page.lang = code_of(language_of(flags.lang, "ordeal report --help"));
  std::error_code error;
  if (fs::is_directory(run, error)) {
    made.page.hunt = hunt_of(run);
    if (made.page.hunt && made.page.hunt->cut_off)
      made.page.warnings.push_back(
          "This hunt was cut off: it left no summary. What stands here is made from the " +
          std::to_string(made.page.hunt->trials) + " trials that it had kept.");
  }
  const auto repro = repro_of(run);
  if (!repro && !made.page.hunt)
    throw BadInput(ExitCode::not_found, "nothing to report in " + run.string() + ": no repro and no hunt");
  if (!repro) return made;
  TrialPage trial = trial_page(flags.repertoire, repro->string());
  made.page.trial = std::move(trial.page);
  made.as_it_says = trial.as_it_says;
  made.page.warnings.insert(made.page.warnings.end(), trial.warnings.begin(), trial.warnings.end());
  return made;
}

// What desktops have for it. It goes on by itself; that it cannot be started is told.
void open_in_browser(const std::string& file) {
  std::string program = "xdg-open", path = fs::absolute(file).string();
  std::array<char*, 3> arguments{program.data(), path.data(), nullptr};
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ);
  if (failed != 0) complain("cannot open it here (no xdg-open): open " + path + " in a browser\n");
}

// What is to be written, by file.
std::vector<std::pair<std::string, std::string>> texts_of(const Flags& flags, const Made& made) {
  std::vector<std::pair<std::string, std::string>> texts;
  if (!flags.html.empty()) texts.emplace_back(flags.html, reports::page_html(made.page));
  const bool of_a_trial = !flags.perfetto.empty() || !flags.mermaid.empty();
  if (of_a_trial && !made.page.trial) {
    throw BadInput(ExitCode::not_found, "no failure in " + flags.what +
                                            ": --perfetto and --mermaid write a trial, and it has none");
  }
  if (!flags.perfetto.empty()) texts.emplace_back(flags.perfetto, reports::perfetto_json(*made.page.trial));
  if (!flags.mermaid.empty()) texts.emplace_back(flags.mermaid, reports::mermaid_text(*made.page.trial));
  return texts;
}

void check(const Flags& flags) {
  if (flags.html.empty() && flags.perfetto.empty() && flags.mermaid.empty()) {
    throw BadInput(ExitCode::usage, "report: into which file?\n  for example  " + program_name() +
                                        " report " + flags.what + " --html report.html");
  }
  if (flags.open && flags.html.empty())
    throw BadInput(ExitCode::usage, "--open opens a page: it wants --html FILE");
}

ExitCode report(const Flags& flags) {
  check(flags);
  const Made made = make(flags);
  for (const auto& [file, text] : texts_of(flags, made)) {
    write_whole(file, text);
    print("written  " + file + "\n");
  }
  for (const std::string& warning : made.page.warnings) complain("note: " + warning + "\n");
  if (flags.open) open_in_browser(flags.html);
  return made.as_it_says ? ExitCode::ok : ExitCode::nondeterminism;
}

}  // namespace

Action declare_report(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<Flags>(repertoire);
  command_line.word("what", flags->what, "WHAT",
                    "a repro file, a run directory, latest or last-failed (the default)");
  command_line.option("--html", flags->html, "FILE", "one page that opens without a network");
  command_line.option("--perfetto", flags->perfetto, "FILE", "the trace for ui.perfetto.dev and its like");
  command_line.option("--mermaid", flags->mermaid, "FILE", "what led to the breach, as a sequence diagram");
  command_line.flag("--open", flags->open, "and open it in a browser");
  command_line.option("--lang", flags->lang, "LANG", "en or zh (as the locale says)");
  command_line.option("--out", flags->out, "DIR", "where runs are kept (.ordeal/runs)");
  return [flags] { return report(*flags); };
}

}  // namespace ordeal::cli
