#include "scenarios/flows/purchase/laws/cart_lines.h"

namespace ordeal::purchase {
namespace {

constexpr env::Sql kCarts{"select owner, version, coalesce(merged_into, 0) from cart order by owner"};
constexpr env::Sql kLines{"select owner, sku, qty, version from cart_line order by owner, version"};
constexpr env::Sql kRequests{"select owner, request_key from cart_request order by owner, request_key"};
constexpr env::Sql kOrdered{
    "select order_id, user_id, sku, qty, version from order_cart_line order by order_id, version"};

api::CartLine line_of(const env::Rows& rows, int from) {
  return {rows.get<SkuId>(from), rows.get<std::int64_t>(from + 1), rows.get<std::int64_t>(from + 2)};
}

void read_carts(env::Connection& from, RestCarts& rest) {
  for (auto rows = from.query(kCarts); rows.next();)
    rest.carts.push_back({rows.get<UserId>(0), rows.get<std::int64_t>(1), rows.get<UserId>(2)});
  for (auto rows = from.query(kLines); rows.next();)
    rest.lines.push_back({rows.get<UserId>(0), line_of(rows, 1)});
  for (auto rows = from.query(kRequests); rows.next();)
    rest.requests.emplace(rows.get<UserId>(0), rows.get<std::string>(1));
}

}  // namespace

std::vector<api::CartLine> lines_at(const CartPast& past, std::int64_t version) {
  std::vector<api::CartLine> lines;
  for (const auto& [since, put] : past) {
    if (since <= version && !(put.left && put.left->at_version <= version)) lines.push_back(put.line);
  }
  return lines;
}

RestCarts::RestCarts(const play::Rest& rest) : world(rest) {
  if (!rest.scenario().has_service("cart")) return;
  rest.read("cart", [this](env::Connection& from) { read_carts(from, *this); });
  rest.read("order", [this](env::Connection& from) {
    for (auto rows = from.query(kOrdered); rows.next();)
      ordered.push_back({rows.get<OrderId>(0), rows.get<UserId>(1), line_of(rows, 2)});
  });
}

std::string text_of(const std::vector<api::CartLine>& lines) {
  std::string text;
  for (const api::CartLine& line : lines)
    text += (text.empty() ? "" : ", ") + std::to_string(line.qty) + " of " + line.sku.text() + " since " +
            std::to_string(line.version);
  return text.empty() ? "nothing" : text;
}

}  // namespace ordeal::purchase
