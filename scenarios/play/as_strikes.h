// A host that a window takes down by the clock may as well crash at a step of its own work: then the story says at what it
// was when it died, and the repro outlives a change that moves the times. Outages, crash loops and kills are such windows.
#pragma once

#include <cstddef>
#include <vector>

#include "scenarios/play/play.h"

namespace ordeal::play {

// Plans with a strike instead of that window, the likeliest first: a crash at one of the first steps that the host does
// while the window is open, or at the last before it. Nothing for a window of another kind, or of several hosts. Plays
// one trial, that of `options` without the window, and lists its sites.
std::vector<faults::Plan> as_strikes(Stage& stage, const PlayOptions& options, std::size_t window);

}  // namespace ordeal::play
