// Findings: where monitors and audits report to. The first breach of an invariant and kind is kept whole; further ones
// are counted in its evidence, and the worst of them is quoted there. The functions beside it put a breach into words;
// they build text, so they are called only once there is a breach, and none of them fails.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/finding.h"

namespace ordeal::play {

class Findings {
 public:
  // `badness` compares breaches of one invariant: units oversold, money missing, time too late. 0: all are alike.
  void add(sim::Finding finding, std::int64_t badness = 0);
  // All findings so far, in the order of their first breach. Empty afterwards.
  std::vector<sim::Finding> take();

 private:
  struct Kept {
    sim::Finding first;
    std::int64_t more = 0;
    std::int64_t badness = 0;
    std::string worst;
  };
  std::vector<Kept> kept_;
};

using Evidence = std::vector<std::pair<std::string, std::string>>;

// True time since the trial began: "+00:15:03.250000".
std::string when(std::int64_t at_ns);
// A stretch of time: "903.250 s".
std::string how_long(std::int64_t ns);

// What kind of breach a finding is: its message without numbers and quoted names: "7 units of "teapot" are sold and
// held, of a stock of 6" and "2 units of "cup" are sold and held, of a stock of 1" are one kind.
std::string kind_of_breach(const sim::Finding& finding);

sim::Finding unsafe(std::string_view invariant, std::int64_t at_ns, std::string message, Evidence evidence);
sim::Finding not_live(std::string_view invariant, std::int64_t at_ns, std::string message, Evidence evidence);

}  // namespace ordeal::play
