// Wakeable: who works off rows of a table, and looks at it again when told. Wakes: who is to be told when one transaction
// has ended; Database keeps one for each, what it promises is said at Tx::wake.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/time.h"

namespace ordeal::env {

class Wakeable {
 public:
  // There may be something to do: at once, or at `due` by the wall clock. Never waits, never throws. To be told in vain
  // costs a look.
  virtual void wake(Instant due) = 0;

 protected:
  ~Wakeable() = default;
};

class Wakes {
 public:
  void add(Wakeable& whom, Instant due) {
    for (auto& [known, at] : wakes_) {
      if (known == &whom) return void(at = std::min(at, due));
    }
    wakes_.emplace_back(&whom, due);
  }
  // Tells each once, in the order in which they were added.
  void deliver() {
    for (const auto& [whom, due] : std::exchange(wakes_, {})) whom->wake(due);
  }
  void clear() { wakes_.clear(); }

 private:
  std::vector<std::pair<Wakeable*, Instant>> wakes_;
};

}  // namespace ordeal::env
