// Picturing: how a flow looks when it is drawn. A flow has one among its answers (Flow::answer); a flow without one is
// drawn by its messages and told by its tale alone.
//
// The painter sees the facts that it asked for again when the trial is over, in their order, read back from a full trace.
// It says where a thing went; `picture_of` knows from the flow's machines whether it might go there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/env/message.h"
#include "scenarios/play/flows.h"
#include "scenarios/play/scenario.h"
#include "sim/picture.h"
#include "sim/trial.h"

namespace ordeal::play {

struct DrawnFact {
  const env::Message& body;
  std::int64_t at_ns;
  const std::string& host;
};

class Painter {
 public:
  virtual ~Painter() = default;
  virtual void on_fact(const DrawnFact& fact, sim::Picture& picture) = 0;
};

struct Picturing {
  std::vector<const env::MessageType*> facts;
  std::unique_ptr<Painter> (*painter)(const Scenario&) = nullptr;
};

// `trial` with a full trace. A fact that cannot be read back is left out: it was written by another engine.
sim::Picture picture_of(const Flows& flows, const Scenario& scenario, const sim::TrialResult& trial);

}  // namespace ordeal::play
