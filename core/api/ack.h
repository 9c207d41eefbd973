// Ack: the answer of every event consumer. `done` means: the effect is durable, or the event needs none;
// never send it again. Not done means: not yet, send it again later (the row it speaks of is not there,
// F-94). Delivery is at least once, in any order, so a consumer recognises repeats by its own business key
// (I-31).
#pragma once

#include "core/env/message.h"

namespace ordeal::api {

struct Ack {
  bool done = false;

  static void fields(auto& self, auto&& visit) { visit("done", self.done); }
  static const env::MessageType& type();
};

}  // namespace ordeal::api
