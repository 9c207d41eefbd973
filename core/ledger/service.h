// The ledger: a double-entry journal. Every entry has both legs in one transaction (F-79), adds up to zero
// (I-70), is posted once per (kind, reference) and never changed (I-74). What is posted when is a table in
// ledger/rules.h.
#pragma once

#include <string_view>
#include <vector>

#include "core/api/ack.h"
#include "core/api/facts.h"
#include "core/ledger/journal.h"
#include "core/ledger/rules.h"

namespace ordeal::ledger {

// minor > 0 is a debit, minor < 0 a credit.
inline constexpr const char* kSchema = R"sql(
create table entry(
  id integer primary key,
  kind integer not null,
  reference integer not null,
  order_id integer not null,
  rule_version integer not null,
  at integer not null,
  unique(kind, reference));
create table posting(
  entry integer not null,
  account integer not null,
  minor integer not null,
  currency text not null,
  primary key(entry, account)) without rowid;
)sql";

struct Designs {
  Journal& journal;
};

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs);

  void start();

  api::Ack on_order_paid(const api::OrderPaid& event);
  api::Ack on_refund_succeeded(const api::RefundSucceeded& event);

 private:
  void post(std::string_view transaction, std::vector<Entry> entries);

  env::Env& env_;
  env::Database& db_;
  Journal& journal_;
};

}  // namespace ordeal::ledger
