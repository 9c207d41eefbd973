// Alipay's detail files of a day, trades and funds (domain 2.1). GBK; remarks that begin with # around the table: the days
// that the file tells of, an end mark, totals in sentences. A tab may stand behind a value, against spreadsheets. Both come
// in a zip with a summary beside them (archive.h).
#pragma once

#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

// Refunds are negative, and so is their total. The sign of 服务费 is not the same in all files, so it is not gone by.
Refused read_alipay_trade(Source& source, Taking& taking);
// The newest line comes first. What leaves is negative, in its total too; a blank amount is nothing.
Refused read_alipay_fund(Source& source, Taking& taking);

}  // namespace ordeal::reconciliation
