// WeChat Pay's files of a day: the trade bill in both forms (27 and 24 columns), the fund flow bill of the basic account,
// and the answers that stand in their place. Sources: pay.weixin.qq.com, format-trade, format-fundflow; domain 2.2.
//
// UTF-8, a back-tick before each value and total, none before names. Lines are in no order. A free text may hold a comma,
// so values are split where a comma is followed by a back-tick.
#pragma once

#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

Refused read_wechat_trade(Source& source, Taking& taking);
// Its balances have to chain, upwards or downwards, and its last totals to fit.
Refused read_wechat_fund(Source& source, Taking& taking);
// "No bill": an empty day, by the code alone (NO_STATEMENT_EXIST, 20002, NO_BILL_EXIST) and not by status or words;
// STATEMENT_CREATING and BILL_CREATING are no empty day but a bill that is to be asked for again. JSON or, of the older
// interface, XML.
Refused read_wechat_answer(Source& source, Taking& taking);

}  // namespace ordeal::reconciliation
