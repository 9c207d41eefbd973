// What became of the lines of carts, as facts tell it, and the rows about them. For the laws about carts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/api/cart.h"
#include "scenarios/play/laws/rest.h"
#include "sim/simulation.h"

namespace ordeal::purchase {

struct PutLine {
  api::CartLine line;
  std::string request_key;
  std::optional<api::facts::LineLeft> left{};
};

// One cart's, by version.
using CartPast = std::map<std::int64_t, PutLine>;

// The lines that a cart had at a version.
std::vector<api::CartLine> lines_at(const CartPast& past, std::int64_t version);

struct RestCartLine {
  UserId owner;
  api::CartLine line;
};
struct RestCart {
  UserId owner;
  std::int64_t version = 0;
  UserId heir;  // none: it was not merged
};
struct RestOrderedLine {
  OrderId order;
  UserId user;
  api::CartLine line;
};

struct RestCarts {
  explicit RestCarts(const play::Rest& rest);

  const play::Rest& world;
  std::vector<RestCart> carts;           // by owner
  std::vector<RestCartLine> lines;       // by (owner, version)
  std::vector<RestOrderedLine> ordered;  // by (order, version)
  std::set<std::pair<UserId, std::string>> requests;
};

std::string text_of(const std::vector<api::CartLine>& lines);

}  // namespace ordeal::purchase
