// Carts: the tables of the cart service and the steps that its handlers are made of.
//
// `version` of a cart grows by one with each change; a line has the version of the change that put it in, and is that line for good
// (core/api/cart_line.h). A guest's cart that was merged is empty and says whose it is now: what comes late for it is put there.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/api/cart.h"
#include "core/env/database.h"

namespace ordeal::cart {

inline constexpr const char* kSchema = R"sql(
create table cart(
  owner integer primary key,
  version integer not null,
  merged_into integer);
create table cart_line(
  owner integer not null,
  version integer not null,
  sku integer not null,
  qty integer not null check(qty > 0),
  primary key(owner, version)) without rowid;
create table cart_request(
  owner integer not null,
  request_key text not null,
  fingerprint integer not null,
  primary key(owner, request_key)) without rowid;
)sql";

struct View {
  std::int64_t version = 0;
  std::vector<api::CartLine> lines;  // by version

  bool operator==(const View&) const = default;
};

View view_of(env::Connection& connection, UserId owner);
// The person that a guest turned out to be, else the owner himself.
UserId heir_of(env::Connection& connection, UserId owner);

enum class Seen { no, yes, as_another };
// Whether a request's key was there before, for the same or for another one.
Seen seen_before(env::Connection& connection, UserId owner, std::string_view key, std::uint64_t fingerprint);
void note_request(env::Tx& tx, UserId owner, std::string_view key, std::uint64_t fingerprint);

// Each of these is one change of the cart, or none, and emits its facts.
void put(env::Tx& tx, UserId owner, SkuId sku, std::int64_t qty, const std::string& key);
// All lines of the sku, or only those before a version.
void take_out(env::Tx& tx, UserId owner, SkuId sku, std::int64_t before, const std::string& key);
void merge(env::Tx& tx, UserId guest, UserId user, const std::string& key);
// The cart's next version.
std::int64_t next_version(env::Tx& tx, UserId owner);

// Just this line, if it is there.
bool remove_line(env::Tx& tx, UserId owner, const api::CartLine& line);

}  // namespace ordeal::cart
