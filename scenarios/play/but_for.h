// The but-for test of the law: but for this, would it have happened? Each strike, window and actor of a
// small failing trial is taken away on its own, each message lost on its own, and the trial played again.
//
// Deterministic but for the budget: what it did not reach is counted, not guessed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/play/shrinking.h"

namespace ordeal::play {

struct ButFor {
  enum class Kind : std::uint8_t { strike, window, actor, message };
  Kind kind{};
  std::string what;
  bool still_breaks = false;
};

struct ButForResult {
  std::vector<ButFor> rows;   // strikes, windows, actors, then messages in the order of sending
  std::uint64_t untried = 0;  // the budget ended before
};

// `small` with FaultMode::plan. Messages sent after the first finding are left out: they explain nothing.
ButForResult but_for(Stage& stage, const PlayOptions& small, const Aim& aim, faults::Budget& budget);

}  // namespace ordeal::play
