#include "core/cart/carts.h"

#include <algorithm>
#include <map>

namespace ordeal::cart {
namespace {

using api::CartLine;
using api::facts::LineEnd;
using api::facts::LineLeft;

constexpr env::Sql kVersion{"select version from cart where owner = ?"};
constexpr env::Sql kLines{"select sku, qty, version from cart_line where owner = ? order by version"};
constexpr env::Sql kHeir{"select merged_into from cart where owner = ? and merged_into is not null"};
constexpr env::Sql kRequest{"select fingerprint from cart_request where owner = ? and request_key = ?"};
constexpr env::Sql kNote{"insert into cart_request(owner, request_key, fingerprint) values(?, ?, ?)"};
constexpr env::Sql kNext{
    "insert into cart(owner, version) values(?, 1) on conflict(owner) do update set version = version + 1"};
constexpr env::Sql kPut{"insert into cart_line(owner, version, sku, qty) values(?, ?, ?, ?)"};
constexpr env::Sql kRemove{"delete from cart_line where owner = ? and version = ? and sku = ? and qty = ?"};
constexpr env::Sql kInherit{"update cart set merged_into = ? where owner = ?"};

// `lines` make way in one change of the cart.
void leave(env::Tx& tx, UserId owner, const std::vector<CartLine>& lines, LineEnd end, std::int64_t version,
           const std::string& key) {
  for (const CartLine& line : lines) {
    if (remove_line(tx, owner, line)) tx.fact(env::Message::of(LineLeft{owner, line, end, version, key, {}}));
  }
}

}  // namespace

View view_of(env::Connection& connection, UserId owner) {
  View view;
  if (auto rows = connection.query(kVersion, owner); rows.next()) view.version = rows.get<std::int64_t>(0);
  for (auto rows = connection.query(kLines, owner); rows.next();)
    view.lines.push_back({rows.get<SkuId>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2)});
  return view;
}

UserId heir_of(env::Connection& connection, UserId owner) {
  auto rows = connection.query(kHeir, owner);
  return rows.next() ? rows.get<UserId>(0) : owner;
}

Seen seen_before(env::Connection& connection, UserId owner, std::string_view key, std::uint64_t fingerprint) {
  auto rows = connection.query(kRequest, owner, key);
  if (!rows.next()) return Seen::no;
  return rows.get<std::int64_t>(0) == static_cast<std::int64_t>(fingerprint) ? Seen::yes : Seen::as_another;
}

void note_request(env::Tx& tx, UserId owner, std::string_view key, std::uint64_t fingerprint) {
  tx.exec(kNote, owner, key, static_cast<std::int64_t>(fingerprint));
}

std::int64_t next_version(env::Tx& tx, UserId owner) {
  tx.exec(kNext, owner);
  auto rows = tx.query(kVersion, owner);
  return rows.next() ? rows.get<std::int64_t>(0) : 0;
}

void put(env::Tx& tx, UserId owner, SkuId sku, std::int64_t qty, const std::string& key) {
  const CartLine line{sku, qty, next_version(tx, owner)};
  tx.exec(kPut, owner, line.version, line.sku, line.qty);
  tx.fact(env::Message::of(api::facts::LinePut{owner, line, key}));
}

void take_out(env::Tx& tx, UserId owner, SkuId sku, std::int64_t before, const std::string& key) {
  View view = view_of(tx, owner);
  std::erase_if(view.lines, [&](const CartLine& line) { return line.sku != sku || line.version >= before; });
  if (!view.lines.empty()) leave(tx, owner, view.lines, LineEnd::taken_out, next_version(tx, owner), key);
}

void merge(env::Tx& tx, UserId guest, UserId user, const std::string& key) {
  const View view = view_of(tx, guest);
  std::map<SkuId, std::int64_t> units;
  for (const CartLine& line : view.lines) units[line.sku] += line.qty;
  leave(tx, guest, view.lines, LineEnd::merged, next_version(tx, guest), key);
  tx.exec(kInherit, user, guest);
  for (const auto& [sku, qty] : units) put(tx, user, sku, qty, key);
}

bool remove_line(env::Tx& tx, UserId owner, const CartLine& line) {
  return tx.exec(kRemove, owner, line.version, line.sku, line.qty) == 1;
}

}  // namespace ordeal::cart
