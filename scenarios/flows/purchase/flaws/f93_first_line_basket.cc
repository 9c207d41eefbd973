// F-93: a basket becomes a map, `lines.stream().collect(toMap(sku, line, (first, again) -> first))`: of two lines of one sku only
// the first counts. The total was summed over all of them, so two are paid for and one is taken (I-21, I-36). Seen in mall, whose
// stock is locked by `case id when 1 then lock - 2 when 1 then lock - 3 end`: the first branch wins.
#include <algorithm>

#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class FirstLineBasket final : public order::BasketLines {
 public:
  std::vector<api::Line> taken(std::span<const api::Line> lines) const override {
    std::vector<api::Line> first(lines.begin(), lines.end());
    std::stable_sort(first.begin(), first.end(),
                     [](const api::Line& a, const api::Line& b) { return a.sku < b.sku; });
    const auto same = [](const api::Line& a, const api::Line& b) { return a.sku == b.sku; };
    first.erase(std::unique(first.begin(), first.end(), same), first.end());
    return first;
  }
};

}  // namespace

std::unique_ptr<order::BasketLines> make_first_line_basket() { return std::make_unique<FirstLineBasket>(); }

}  // namespace ordeal::purchase::planted
