// The kinds of fault that damage what lies on a disk, or hand out less than was asked for: where each can
// strike, what exactly it does there (drawn by key, stored in its strike), and the verdict that the disk gets.
// What the disk then does stands in sim/disk/damage.h.
#pragma once

#include <vector>

#include "faults/plan/actions.h"
#include "sim/choice.h"
#include "sim/hooks.h"

namespace ordeal::faults {

// What a window draws from, at one moment.
struct DamageDraw {
  const sim::Choices& choices;
  sim::Key key;
  sim::Lane lane;
};

// What a window of a kind that damages (KindInfo) does to this operation.
Action damage(const Fault& fault, const sim::DiskOp& op, const DamageDraw& draw);
sim::DiskVerdict damage_verdict(const Action& action);
// For lists of sites: adds one action of each kind that can strike `op`.
void list_damage(const sim::DiskOp& op, std::vector<Action>& applicable);

}  // namespace ordeal::faults
