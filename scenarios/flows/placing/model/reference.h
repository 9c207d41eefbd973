// The reference model of placing (I-92): what must have come of what people ordered and were told, by the requirements alone. Written without a
// look at the core: of the core it knows the words that are spoken at its doors; tests/tidy holds it to that.
//
//   told       who was told "placed" has what he ordered, who was told "no" has nothing                      A8, C34
//   wished     and nobody has what he did not order                                                          I-01
//   gone       what is gone of stock and points is what was placed, to the last unit                         A5, A11
//   frozen     when all is at rest nothing is frozen any more                                                A10
//   calm       on a day on which nothing went wrong, who ordered what there was for all is not sent away
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/api/placing.h"

namespace ordeal::placing::model {

struct Wish {
  api::Place request{};
  bool told_placed = false;
  bool told_no = false;
};

// A thing's stock, or a user's points.
using What = std::pair<SkuId, UserId>;  // one of the two is none

struct Outside {
  std::map<What, std::int64_t> before{};
  std::vector<Wish> wishes{};  // by user and key
  bool calm = false;
};

struct Placed {
  UserId user{};
  std::string request_key{};
  SkuId sku{};
  std::int64_t qty = 0;
  std::int64_t points = 0;
  bool placed = false;
};
struct Pool {
  std::int64_t free = 0;
  std::int64_t frozen = 0;
  std::int64_t used = 0;
};
struct Inside {
  std::vector<Placed> orders{};
  std::map<What, Pool> pools{};
};

struct Difference {
  std::string sentence{};
  What what{};
  UserId user{};
  std::int64_t expected = 0;
  std::int64_t found = 0;
};

std::vector<Difference> differences(const Outside& outside, const Inside& inside);

}  // namespace ordeal::placing::model
