#include "core/channel/bill_forms.h"

namespace ordeal::channel {
namespace {

constexpr std::string_view kTab = "\t";

constexpr BillColumn amount(std::string_view name, Sum of_payment, Sum of_refund) {
  return {.name = name, .cell = Cell::amount, .of_payment = of_payment, .of_refund = of_refund};
}
constexpr BillColumn text(std::string_view name, std::string_view filler) {
  return {.name = name, .filler = filler};
}
constexpr BillColumn text_with_tab(std::string_view name, std::string_view filler) {
  return {.name = name, .filler = filler, .after = kTab};
}

constexpr std::array kWechatColumns{
    BillColumn{"交易时间", Cell::at},
    text("公众账号ID", "wx8888888888888888"),
    text("商户号", "1900000109"),
    text("特约商户号", "0"),
    text("设备号", ""),
    BillColumn{"微信订单号", Cell::trade_no},
    BillColumn{"商户订单号", Cell::out_trade_no},
    text("用户标识", ""),
    text("交易类型", "NATIVE"),
    BillColumn{"交易状态", Cell::kind},
    text("付款银行", "OTHERS"),
    BillColumn{"货币种类", Cell::currency},
    amount("应结订单金额", Sum::settled, Sum::nothing),
    text("代金券金额", "0.00"),
    BillColumn{"微信退款单号", Cell::refund_no, "0"},
    BillColumn{"商户退款单号", Cell::out_request_no, "0"},
    amount("退款金额", Sum::nothing, Sum::settled_back),
    amount("充值券退款金额", Sum::nothing, Sum::coupons_back),
    text("退款类型", ""),
    BillColumn{"退款状态", Cell::refund_state},
    text("商品名称", ""),
    text("商户数据包", ""),
    BillColumn{"手续费", Cell::fee},
    text("费率", "0.00%"),
    amount("订单金额", Sum::paid, Sum::nothing),
    amount("申请退款金额", Sum::nothing, Sum::back),
    text("费率备注", ""),
};
constexpr std::array kWechatTotals{
    BillTotal{"总交易单数", Sum::lines},        BillTotal{"应结订单总金额", Sum::settled},
    BillTotal{"退款总金额", Sum::settled_back}, BillTotal{"充值券退款总金额", Sum::coupons_back},
    BillTotal{"手续费总金额", Sum::fee},        BillTotal{"订单总金额", Sum::paid},
    BillTotal{"申请退款总金额", Sum::back},
};

// What is read of the older form; it is written nowhere.
constexpr std::array kOlderWechatColumns{
    BillColumn{"交易时间", Cell::at},
    BillColumn{"微信订单号", Cell::trade_no},
    BillColumn{"商户订单号", Cell::out_trade_no},
    BillColumn{"交易状态", Cell::kind},
    BillColumn{"货币种类", Cell::currency},
    amount("总金额", Sum::paid, Sum::nothing),
    BillColumn{"微信退款单号", Cell::refund_no},
    BillColumn{"商户退款单号", Cell::out_request_no},
    amount("退款金额", Sum::nothing, Sum::back),
    BillColumn{.name = "企业红包退款金额",
               .cell = Cell::amount,
               .of_refund = Sum::coupons_back,
               .also = "代金券或立减优惠退款金额"},
    BillColumn{"退款状态", Cell::refund_state},
    BillColumn{"手续费", Cell::fee},
};
constexpr std::array kOlderWechatTotals{
    BillTotal{"总交易单数", Sum::lines},
    BillTotal{"总交易额", Sum::paid},
    BillTotal{"总退款金额", Sum::back},
    BillTotal{"总企业红包退款金额", Sum::coupons_back, "总代金券或立减优惠退款金额"},
    BillTotal{"手续费总金额", Sum::fee},
};

constexpr std::array kWechatForms{BillForm{kWechatColumns, kWechatTotals},
                                  BillForm{kOlderWechatColumns, kOlderWechatTotals}};

constexpr std::array kAlipayColumns{
    BillColumn{.name = "支付宝交易号", .cell = Cell::trade_no, .after = kTab},
    BillColumn{.name = "商户订单号", .cell = Cell::out_trade_no, .after = kTab},
    BillColumn{.name = "业务类型", .cell = Cell::kind, .after = kTab},
    text("商品名称", ""),
    BillColumn{"创建时间", Cell::text, ""},
    BillColumn{"完成时间", Cell::at},
    text_with_tab("门店编号", ""),
    text_with_tab("门店名称", ""),
    text_with_tab("操作员", ""),
    text_with_tab("终端号", ""),
    text_with_tab("对方账户", ""),
    amount("订单金额（元）", Sum::paid, Sum::back),
    amount("商家实收（元）", Sum::settled, Sum::settled_back),
    text("支付宝红包（元）", "0.00"),
    text("集分宝（元）", "0.00"),
    text("支付宝优惠（元）", "0.00"),
    amount("商家优惠（元）", Sum::discount, Sum::discount_back),
    text("券核销金额（元）", "0.00"),
    text("券名称", ""),
    text_with_tab("商家红包消费金额（元）", "0.00"),
    text("卡消费金额（元）", "0.00"),
    BillColumn{.name = "退款批次号/请求号", .cell = Cell::out_request_no, .after = kTab},
    text("服务费（元）", "0.00"),
    text("分润（元）", "0.00"),
    text("备注", ""),
};
constexpr std::array kAlipaySentences{
    BillSentence{{"#交易合计：", "笔，商家实收共", "元，商家优惠共", "元"},
                 {Sum::payments, Sum::settled, Sum::discount}},
    BillSentence{{"#退款合计：", "笔，商家实收退款共", "元，商家优惠退款共", "元"},
                 {Sum::refunds, Sum::settled_back, Sum::discount_back}},
};
constexpr std::array kAlipayForms{BillForm{.columns = kAlipayColumns, .sentences = kAlipaySentences}};

constexpr std::array<std::string_view, 2> kAlipayOpening{"#支付宝业务明细查询",
                                                         "#账号：[20880000000000000156]"};

constexpr std::array kAcquirerColumns{
    text("Merchant Account", "Shop"),
    BillColumn{"Psp Reference", Cell::trade_no},
    BillColumn{"Merchant Reference", Cell::out_trade_no},
    BillColumn{"Creation Date", Cell::at},
    BillColumn{"Type", Cell::kind},
    BillColumn{"Modification Reference", Cell::refund_no},
    BillColumn{"Gross Currency", Cell::currency},
    amount("Gross Debit (GC)", Sum::nothing, Sum::back),
    amount("Gross Credit (GC)", Sum::paid, Sum::nothing),
    BillColumn{"Modification Merchant Reference", Cell::out_request_no},
};
constexpr std::array kAcquirerTotals{
    BillTotal{"Lines", Sum::lines},
    BillTotal{"Total Gross Debit", Sum::back},
    BillTotal{"Total Gross Credit", Sum::paid},
};
constexpr std::array kAcquirerForms{BillForm{kAcquirerColumns, kAcquirerTotals}};

}  // namespace

const BillLayout kWechatLayout{
    .forms = kWechatForms,
    .payment = "SUCCESS",
    .refund = "REFUND",
    .refund_done = "SUCCESS",
    .refund_in_process = "PROCESSING",
    .bom = "\xEF\xBB\xBF",
    .before_value = "`",
};

const BillLayout kAlipayLayout{
    .forms = kAlipayForms,
    .payment = "交易",
    .refund = "退款",
    .currency = "CNY",
    .refunds_negative = true,
    .remark = "#",
    .opening = kAlipayOpening,
    .range = {"#起始日期：[", " 00:00:00]   终止日期：[", " 00:00:00]"},
    .above_columns =
        "#-----------------------------------------业务明细列表----------------------------------------",
    .below_details =
        "#-----------------------------------------业务明细列表结束------------------------------------",
    .made = {"#导出时间：[", "]"},
};

const BillLayout kAcquirerLayout{
    .forms = kAcquirerForms,
    .payment = "Settled",
    .refund = "Refunded",
    .times_have_offset = true,
    .line_end = "\n",
};

}  // namespace ordeal::channel
