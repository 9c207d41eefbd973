// Tables of clearing and settlement. Both work in one database, so that a line is cleared, its voucher written and posted in one transaction;
// they are two ledgers all the same: clearing writes vouchers, settlement writes slips, and neither writes the other's (C19, C36).
#pragma once

#include "core/base/money.h"

namespace ordeal::clearing {

inline constexpr Currency kCurrency{};  // all of it is CNY

// line.due: its hold is over then; null: nothing makes it due yet. voucher_share.slip: on which it stands; a share stands on one slip at most,
// for it is one row. slip.left: what was below zero, and which slip has taken that over. Legs of postings: debits above zero, credits below;
// party 0 is the buyers' money in custody.
inline constexpr const char* kSchema = R"sql(
create table party(
  id integer primary key,
  kind integer not null,
  cycle integer not null,
  hold integer not null,
  rule_version integer not null);
create table rule(
  merchant integer not null,
  version integer not null,
  fee integer not null,
  rebate integer not null,
  commission integer not null,
  primary key(merchant, version)) without rowid;
create table trade(
  id integer primary key,
  merchant integer not null,
  leader integer not null,
  rule_version integer not null,
  fingerprint integer not null,
  trace integer not null);
create table line(
  trade integer not null,
  no integer not null,
  amount integer not null,
  refunded integer not null default 0,
  state integer not null default 0,
  picked_at integer,
  due integer,
  primary key(trade, no)) without rowid;
create index line_due on line(due) where due is not null and state < 2;
create table line_refund(
  trade integer not null,
  no integer not null,
  key text not null,
  amount integer not null,
  primary key(trade, no, key)) without rowid;
create table voucher(
  id integer primary key,
  trade integer not null,
  no integer not null,
  nth integer not null,
  minor integer not null,
  settle_day integer not null,
  working_days integer not null,
  unique(trade, no, nth));
create table voucher_share(
  voucher integer not null,
  party integer not null,
  minor integer not null,
  slip integer,
  primary key(voucher, party)) without rowid;
create index share_open on voucher_share(party) where slip is null;
create index share_of on voucher_share(slip) where slip is not null;
create table slip(
  id integer primary key,
  party integer not null,
  day integer not null,
  state integer not null default 0,
  items integer not null default 0,
  carry integer not null default 0,
  pays integer not null default 0,
  left integer not null default 0,
  carried_into integer,
  next_look integer,
  looks integer not null default 0,
  trace integer not null,
  unique(party, day));
create index slip_draft on slip(day) where state = 0;
create index slip_due on slip(next_look) where state = 1;
create table fund_order(
  slip integer not null,
  nth integer not null,
  from_kind integer not null,
  from_party integer not null,
  to_kind integer not null,
  to_party integer not null,
  trade integer not null,
  minor integer not null,
  done integer not null default 0,
  primary key(slip, nth)) without rowid;
create table settlement_entry(
  id integer primary key,
  kind integer not null,
  at integer not null);
create table settlement_leg(
  entry integer not null,
  party integer not null,
  minor integer not null,
  primary key(entry, party)) without rowid;
)sql";

}  // namespace ordeal::clearing
