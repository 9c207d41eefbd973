// One trial with its check on determinism: a share of all trials, and every one that failed, is played twice,
// and the two trace hashes must agree (design section 4.7). If they do not, the verdict is nondeterminism and
// the finding shows the first event in which two full traces differ.
#pragma once

#include <functional>

#include "core/base/ratio.h"
#include "scenarios/play/play.h"

namespace ordeal::cli {

// FoundationDB's default: one trial in twenty.
inline constexpr Ratio kRerunShare{5, 100};
inline constexpr std::string_view kDeterminism = "determinism";

struct Judged {
  play::Played played;
  bool twice = false;
  bool same = true;  // the second play gave the same trace
};

// Which trials are played twice depends on the seed alone.
Judged play_and_judge(play::Stage& stage, const play::PlayOptions& options, Ratio rerun_share);

// Plays a trial twice with full traces and words the first difference: what happened, and what it stems from, in each.
sim::Finding first_difference(const std::function<sim::TrialResult(sim::Trace::Mode)>& play);

}  // namespace ordeal::cli
