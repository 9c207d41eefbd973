// The seller index: what is kept of orders by their seller, beside the shards. Two tables, of which a deployment uses one:
//
//   relation   seller and number of each order, written before the order (商家+订单号, A30). A relation whose order never came to be
//              does no harm: its shard knows no such order.
//   copy       the whole order, written from the change feeds of the shards (A32). It is late by the feed's lag, and says of itself
//              only what it knows.
//
// Seam marketplace::CopyWriter: how a change that arrives is written.
// Contract: changes come more than once, late and out of order; when the feed is done each order stands in its newest version, and
// no version that was there is ever replaced by an older one (I-61).
#pragma once

#include <memory>
#include <string_view>

#include "core/api/ack.h"
#include "core/api/marketplace.h"
#include "core/env/env.h"

namespace ordeal::marketplace {

inline constexpr std::string_view kIndexTables = R"sql(
create table relation(
  seller integer not null,
  sale integer not null,
  bucket integer not null,
  primary key(seller, sale)) without rowid;
create table copy(
  id integer primary key,
  buyer integer not null,
  seller integer not null,
  amount integer not null,
  state integer not null,
  version integer not null);
create index copy_seller on copy(seller);
)sql";

class CopyWriter {
 public:
  virtual ~CopyWriter() = default;
  virtual void write(env::Tx& tx, const api::Sale& sale) = 0;
};

// "if_newer"  in one statement. Null for an unknown name.
std::unique_ptr<CopyWriter> make_copy_writer(std::string_view name);

// The row as it is written, and its fact; for writers that have looked.
void put_copy(env::Tx& tx, const api::Sale& sale);

class Index {
 public:
  Index(env::Env& env, env::Database& db, CopyWriter& writer) : env_(env), db_(db), writer_(writer) {}

  void start();

  api::Ack relate(const api::Relation& relation);
  api::Relations relations_of(const api::RelationsOf& request);
  api::Ack on_changes(const api::Changes& changes);
  api::Sales search(const api::LookForSales& request);

 private:
  env::Env& env_;
  env::Database& db_;
  CopyWriter& writer_;
};

}  // namespace ordeal::marketplace
