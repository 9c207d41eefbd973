#include "scenarios/cli/hunt/remembered.h"

#include <set>
#include <system_error>

#include <fmt/format.h>

#include "scenarios/cli/files.h"
#include "scenarios/cli/hunt/corpus.h"
#include "scenarios/cli/hunt/recall.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/library.h"

namespace ordeal::cli {
namespace {

namespace fs = std::filesystem;

void play_one(const play::Flows& flows, const fs::path& file, const reports::Repro& repro, Remembered& out) {
  const Production production = recall(flows, repro, file.string());
  const play::Played played = production.stage->play(production.options);
  ++out.report.replayed;
  const std::string what = repro.expects.invariant + ": " + file.string();
  if (as_expected(repro, played.trial)) {
    out.report.again.push_back(what);
    if (!out.verdict || *out.verdict != sim::Verdict::safety) out.verdict = played.trial.verdict;
  } else if (played.unmatched.empty()) {
    out.report.mended.push_back(what);
    out.mended.push_back(file);
  } else {
    const std::size_t all = played.plan.strikes.size();
    out.report.unclear.push_back(
        fmt::format("{} ({} of {} strikes matched)", what, all - played.unmatched.size(), all));
  }
}

}  // namespace

Remembered replay_remembered(const play::Flows& flows, const std::string& directory,
                             const std::string& scenario) {
  Remembered out;
  out.directory = directory;
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw IoError("cannot create " + directory + " (--remember): " + error.message());
  check_writable(out.directory / "remembered");
  for (const fs::path& file : corpus_files(directory)) {
    try {
      const reports::Repro repro = read_repro_file(file.string());
      if (reports::scenario_name(repro) == scenario) play_one(flows, file, repro, out);
    } catch (const play::BadInput& wrong) {
      out.report.unclear.push_back(wrong.what());  // of a later Ordeal, or torn by whoever keeps the folder
    }
  }
  return out;
}

std::optional<std::string> remember(const Remembered& remembered, const reports::HuntReport& report) {
  try {
    for (const fs::path& file : remembered.mended) {
      std::error_code error;
      fs::remove(file, error);
    }
    std::set<std::string> small;
    const auto keep = [&](const std::string& repro) {
      if (repro.empty()) return;
      const fs::path file(repro);
      write_whole(remembered.directory /
                      (fs::path(report.setting.scenario).stem().string() + "." + file.filename().string()),
                  play::read_text_file(repro));
    };
    for (const reports::SmallFailure& one : report.small) {
      keep(one.repro);
      if (!one.repro.empty()) small.insert(one.invariant);
    }
    for (const reports::FirstFailure& one : report.first_failures) {
      if (report.headlines.contains(one.invariant) && !small.contains(one.invariant)) keep(one.repro);
    }
    return std::nullopt;
  } catch (const IoError& error) {
    return error.what();
  } catch (const play::BadInput& error) {
    return error.what();
  }
}

}  // namespace ordeal::cli
