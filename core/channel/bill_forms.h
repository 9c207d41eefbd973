// The forms of bills in use, with the names that stand in them.
//
// Sources: WeChat Pay's description of its trade bill, type ALL (27 columns, 7 totals; domain 2.2), and of the one that
// merchants without coupons of their own still get ("少部分商户目前的账单格式停留在历史早期版本", the same page): 24
// columns, 5 totals, the red packets under two names. Alipay's detail file of the trade bill (domain 2.1) has 25 columns,
// remarks that begin with #, a tab behind numbers that spreadsheets would round, and says refunds with a minus. The acquirer's
// has columns of Adyen's settlement details report, times with their offset, and totals of ours.
#pragma once

#include "core/channel/bill_form.h"

namespace ordeal::channel {

extern const BillLayout kWechatLayout;
extern const BillLayout kAlipayLayout;
extern const BillLayout kAcquirerLayout;

}  // namespace ordeal::channel
