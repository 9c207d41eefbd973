// A library that lends umbrellas: the smallest complete flow. It shows what a flow is made of, and that one lives wholly
// in its folder: CONTRIBUTING.md walks through it.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::lending {

const play::Flow& flow();

}  // namespace ordeal::lending
