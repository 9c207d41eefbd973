// The flat file of a bank gateway: UnionPay's merchant file of general transactions ("ZM"), fields of fixed widths in bytes
// of GBK, each followed by one blank. Names and widths as in its interface description; what is behind field 41 is kept for
// later there and is not the same in all files.
//
// Amounts are in fen; those with a sign begin with C (credit) or D (debit). No totals: only each line can be checked, net =
// amount less fee, and that all are equally long. Times have no year: the day has to be told (Asked::day).
#pragma once

#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

Refused read_flat(Source& source, Taking& taking);

}  // namespace ordeal::reconciliation
