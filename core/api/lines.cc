#include <algorithm>

#include "core/api/order.h"

namespace ordeal::api {

std::vector<Line> merged(std::span<const Line> lines) {
  std::vector<Line> out(lines.begin(), lines.end());
  std::sort(out.begin(), out.end(), [](const Line& a, const Line& b) { return a.sku < b.sku; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (kept != 0 && out[kept - 1].sku == out[i].sku) {
      out[kept - 1].qty += out[i].qty;
    } else {
      out[kept++] = out[i];
    }
  }
  out.resize(kept);
  return out;
}

}  // namespace ordeal::api
