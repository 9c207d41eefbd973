#include "reports/model.h"

namespace ordeal::reports {

FaultCounts& FaultCounts::operator+=(const FaultCounts& other) {
  armed += other.armed;
  reached += other.reached;
  effective += other.effective;
  hits += other.hits;
  return *this;
}

FaultCounts FaultReport::total() const {
  FaultCounts sum;
  for (const auto& [kind, counts] : by_kind) sum += counts;
  return sum;
}

}  // namespace ordeal::reports
