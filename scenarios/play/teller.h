// Teller: puts the facts of one flow into words and names what they are about, on the simulation's Tale (sim/tale.h). It is
// made for trials that are told and sees every fact in its order; what it says changes no trial.
#pragma once

#include "sim/simulation.h"

namespace ordeal::play {

class Teller {
 public:
  virtual ~Teller() = default;
  virtual void on_fact(const sim::Fact& fact) = 0;
};

}  // namespace ordeal::play
