// Books: what parties remember, outside the system under test. Never lost, never wrong: audits compare the system with
// them. A flow derives its own; a world makes one of each type when it is first asked for (World::books).
#pragma once

#include "core/base/digest.h"

namespace ordeal::play {

class Books {
 public:
  virtual ~Books() = default;
  // Everything that stands in it, for the hash of a world at rest.
  virtual void add_to(Digest& digest) const = 0;
};

}  // namespace ordeal::play
