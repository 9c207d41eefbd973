// A failure made small and kept: each improvement is on the disk, whole, before long, so whatever ends the
// program, the best so far is there. `shrink` does it to one repro, `hunt` to what it found.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "reports/model.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/play/but_for.h"
#include "scenarios/play/shrinking.h"

namespace ordeal::cli {

// Of a repro file: "X.repro.json" → "X.small.repro.json"; a small one stays what it is.
std::filesystem::path small_beside(const std::filesystem::path& repro);

struct SmallOrder {
  std::filesystem::path file;                                              // empty: it is not kept
  std::int64_t until_ns = INT64_MAX;                                       // wall time
  std::function<bool()> interrupted;                                       // may be empty
  std::function<void(const play::Small& best, std::uint64_t tries)> tell;  // before each try; may be empty
  bool times = true;
  std::uint64_t most_tries = UINT64_MAX;
};

struct MadeSmall {
  play::Aim aim;
  play::Small small;
  reports::SmallFailure row;
  std::optional<std::string> trouble;  // with the disk
};

// `first` is the trial of `failing`, in which `invariant` (or, empty, its verdict) is broken.
MadeSmall make_small(const Production& production, const play::PlayOptions& failing,
                     const play::Played& first, const std::string& invariant, const SmallOrder& order);

reports::ButForTable but_for_table(play::Stage& stage, const play::PlayOptions& small, const play::Aim& aim,
                                   std::int64_t until_ns, const std::function<bool()>& interrupted);

}  // namespace ordeal::cli
