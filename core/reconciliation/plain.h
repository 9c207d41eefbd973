// Plain: Ordeal's own simple table, for a book of one's own that is no channel's file.
//
//   number,kind,amount,fee,state,time
//   T20260102000001,payment,10000,60,success,2026-01-02 10:15:03
//   R20260102000001,refund,1200,,processing,2026-01-02 12:00:31
//   #total,2,11200
//
// number  the merchant's number of the order, of a refund its own                       needed
// kind    payment, refund, cancel, or, of an account, credit, debit, fee, fee_back      needed
// amount  in minor units (fen, cent), without a sign: the kind says which way           needed
// time    2026-01-02 10:15:03, by the clock of the other file; a day alone will do      needed
// fee     in minor units, up to three decimals below; negative: given back; empty: not known
// state   success, processing, failed or closed; without the column all are success
// currency, settled (minor units that go through the account), channel_number           as they are known
//
// UTF-8; columns in any order, others beside them; no quotes, so no comma within a value. The last line, if there, says how
// many lines there are and the sum of their amounts: with it a cut is seen.
#pragma once

#include <string>

#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

Refused read_plain(Source& source, Taking& taking);

// As read_plain takes them: the names, an entry, the last line.
std::string plain_header();
std::string plain_line(const Entry& entry);
std::string plain_total(std::int64_t lines, std::int64_t amount);

}  // namespace ordeal::reconciliation
