// Ack: the answer of every event consumer. `done` means: the effect is durable, or the event needs none;
// never send it again. Not done means: not yet, send it again later (the row it speaks of is not there,
// F-94). Delivery is at least once, in any order, so a consumer recognises repeats by its own business key
// (I-31).
#pragma once

#include "core/env/message.h"
#include "core/wire/fields.h"

namespace ordeal::api {

struct Ack {
  bool done = false;
  ORDEAL_MESSAGE(Ack, "ack", done);
};

}  // namespace ordeal::api
