// A good file with one thing in it changed, as hands and programs change them, and what is said of it: one reason a reader
// has to refuse a file, a row.
#include <string>

#include <gtest/gtest.h>
#include <iconv.h>

#include "core/reconciliation/figures.h"
#include "tests/reconciliation/read.h"

namespace ordeal::test {
namespace {

using namespace reconciliation;

struct Change {
  const char* file;
  const char* from;  // UTF-8; the first one in the file
  const char* to;
  const char* why;  // empty: it is taken
};

std::string converted(const std::string& text, const char* to, const char* from) {
  const iconv_t converter = ::iconv_open(to, from);
  std::string out(text.size() * 2 + 16, '\0');
  std::string bytes = text;
  char* in = bytes.data();
  char* end = out.data();
  std::size_t in_left = bytes.size();
  std::size_t out_left = out.size();
  ::iconv(converter, &in, &in_left, &end, &out_left);
  ::iconv_close(converter);
  out.resize(out.size() - out_left);
  return out;
}

class Changed : public testing::TestWithParam<Change> {};

TEST_P(Changed, IsRefusedForJustThat) {
  const Change& change = GetParam();
  const std::string name = change.file;
  const bool is_gbk = name.starts_with("alipay") || name.starts_with("unionpay");
  std::string text = bytes_of(samples() / name);
  if (is_gbk) text = converted(text, "UTF-8", "GBK");
  const std::size_t at = text.find(change.from);
  ASSERT_NE(at, text.npos) << change.from;
  text.replace(at, std::string(change.from).size(), change.to);
  if (is_gbk) text = converted(text, "GBK", "UTF-8");
  Asked asked;
  if (name.starts_with("unionpay")) asked.day = day_of(*parse_date("2026-01-02"));
  EXPECT_EQ(read_bytes(text, "", asked)->why(), change.why);
}

constexpr const char* kWechat = "wechat_trade_all_27.csv";
constexpr const char* kWechatFund = "wechat_fund_basic.csv";
constexpr const char* kAlipay = "alipay_trade.csv";
constexpr const char* kAlipayFund = "alipay_signcustomer.csv";
constexpr const char* kCamt = "camt053_day.xml";
constexpr const char* kFlat = "unionpay_like_flat.txt";

INSTANTIATE_TEST_SUITE_P(
    Wechat, Changed,
    testing::Values(
        Change{kWechat, "`SUCCESS,`OTHERS", "`USERPAYING,`OTHERS",
               "2:144: the kind of the line: \"USERPAYING\" where SUCCESS, REFUND or REVOKED is expected"},
        // F-40: fen where yuan are meant.
        Change{kWechat, "`100.00,`5.00", "`10000,`5.00",
               "2:166: 应结订单金额: \"10000\" where an amount like 12.34, in yuan, with at most five "
               "decimals is expected"},
        Change{kWechat, "`0.00,`0.00,`,`,`绿茶礼盒", "`1.00,`0.00,`,`,`绿茶礼盒",
               "2:186: 退款金额: \"1.00\" where 0.00, in the line of a payment, is expected"},
        Change{kWechat, "`0,`0,`0.00,`0.00,`,`,`绿茶礼盒", "`50300,`0,`0.00,`0.00,`,`,`绿茶礼盒",
               "2:180: 微信退款单号: \"50300\" where nothing, in the line of a payment, is expected"},
        Change{kWechat, "R20260102000001,`12.00", "0,`12.00",
               "4:209: 商户退款单号: \"0\" where the number of the refund is expected"},
        Change{kWechat, "`ORIGINAL,`SUCCESS", "`ORIGINAL,`DONE",
               "4:249: 退款状态: \"DONE\" where SUCCESS, PROCESSING or FAIL is expected"},
        Change{kWechat, "2026-01-02 10:15:03", "2026-01-02  10:15:03",
               "2:2: 交易时间: \"2026-01-02  10:15:03\" where a time like 2026-01-02 23:59:59 is expected"},
        Change{kWechat, "`4200000000202601020000000001,", "`,",
               "2:60: 微信订单号: \"\" where the channel's number is expected"},
        Change{kWechat, "`CNY", "`yuan", "2:161: 货币种类: \"yuan\" where a currency like CNY is expected"},
        Change{kWechat, "`12.00,`0.34", "`12.003,`0.34",
               "3:167: 应结订单金额: \"12.003\" where an amount in whole fen is expected"},
        // A comma in a free text shifts nothing.
        Change{kWechat, "茶杯,`shop-7,`0.07", "茶杯,大,`shop-7,`0.07", ""},
        Change{kWechat, "总交易单数,", "交易单数,", "8:1: the total 总交易单数 is not there"},
        Change{kWechat, "商户数据包", "商品名称", "1:1: the column 商品名称 is there twice"},
        Change{kWechatFund, "`收入,`12.00", "`转入,`12.00",
               "2:91: 收支类型: \"转入\" where 收入 or 支出 is expected"},
        Change{kWechatFund, "`12.00,`512.00", "`-12.00,`512.00",
               "2:95: 收支金额(元): \"-12.00\" where an amount like 12.34, in yuan is expected"},
        Change{kWechatFund, "`9000000000000000000000000001,", "`,",
               "2:53: 资金流水单号: \"\" where the number of the line is expected"},
        Change{kWechatFund, "收支金额(元)", "收支金额（元）", ""}));

INSTANTIATE_TEST_SUITE_P(
    Alipay, Changed,
    testing::Values(
        Change{kAlipay, "交易\t,绿茶", "充值\t,绿茶",
               "6:48: the kind of the line: \"充值\" where 交易, 退款 is expected"},
        Change{kAlipay, "终止日期：[2026年01月03日", "终止日期：[2026年01月02日",
               "3:1: #起始日期：[2026年01月02日 00:00:00]   终止日期：[2026年01月03日 00:00:00] is expected, "
               "or other days"},
        Change{kAlipay, "2026-01-02 08:00:05", "2026-01-01 23:59:59",
               "6: a line of 2026-01-01 in the file of 2026-01-02"},
        Change{kAlipay, "#起始日期", "#日期", "5: names of columns before a line that begins with #起始日期"},
        Change{kAlipay, "#-----------------------------------------业务明细列表结束", "#业务明细结束",
               "12:1: a remark amid the details that is no end mark (#---…明细列表结束---)"},
        Change{kAlipay, "#退款合计", "#合计", "15: the file ends here, before its totals: it was cut off"},
        Change{kAlipay, "元，商家优惠共0.34元", "元",
               "13:1: #交易合计：N笔，商家实收共A元，商家优惠共A元 is expected"},
        Change{kAlipay, "服务费（元）", "服务费", "5:1: the column 服务费（元） is not there"},
        Change{kAlipay, "订单金额（元）", "订单金额(元)", ""},
        // Spreadsheets that save a remark again put commas behind it.
        Change{kAlipay, "商家优惠共0.34元", "商家优惠共0.34元,,,,", ""},
        Change{kAlipayFund, "20.00,,1131.33", "20.00,-1.00,1131.33",
               "12:111: 收入金额（+元）: \"20.00\" where money in one of 收入 and 支出, not in both or "
               "neither, is expected"},
        Change{kAlipayFund, "0.00,-8.80,601.16", "0.00,8.80,601.16",
               "6:114: 支出金额（-元）: \"8.80\" where an amount with a minus, in yuan, is expected"},
        Change{kAlipayFund, "0.00,-8.80,601.16", "0.00,-8.80,601.17",
               "7: 账户余额（元）: the balance does not follow from the line beside it"},
        Change{kAlipayFund, "账务流水号", "流水号", "5:1: the column 账务流水号 is not there"}));

INSTANTIATE_TEST_SUITE_P(
    Banks, Changed,
    testing::Values(Change{kCamt, "<Amt Ccy=\"EUR\">30.00</Amt>", "<Amt Ccy=\"EUR\">31.00</Amt>",
                           "53:7: the details add up to 91.00, the entry says 90.00"},
                    Change{kCamt, "<Amt Ccy=\"EUR\">30.00</Amt>", "<Amt Ccy=\"USD\">30.00</Amt>",
                           "71:13: Amt: an amount in USD where EUR is expected"},
                    Change{kCamt, "<Amt Ccy=\"EUR\">250.00</Amt>", "<Amt Ccy=\"EUR\">250.001</Amt>",
                           "37:9: Amt: \"250.001\" where an amount with a point, with no more decimals than "
                           "its currency has, is expected"},
                    Change{kCamt, "<Cd>BOOK</Cd>", "<Cd>DONE</Cd>",
                           "39:14: Sts/Cd: \"DONE\" where BOOK, PDNG, INFO or FUTR is expected"},
                    Change{kCamt, "<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>", ""},
                    Change{kCamt, "<CdtDbtInd>DBIT</CdtDbtInd>\n        <Sts>",
                           "<CdtDbtInd>OUT</CdtDbtInd>\n        <Sts>",
                           "84:9: CdtDbtInd: \"OUT\" where CRDT or DBIT is expected"},
                    Change{kCamt, "<Sum>447.50</Sum>", "<Sum>447.51</Sum>",
                           "31:46: Sum: \"447.51\" where 447.50 is expected"},
                    Change{kCamt, "<NbOfNtries>5</NbOfNtries>", "<NbOfNtries>6</NbOfNtries>",
                           "31:20: NbOfNtries: \"6\" where 5 is expected"},
                    Change{kCamt, "encoding=\"UTF-8\"", "encoding=\"GBK\"",
                           "1:1: declared as GBK: UTF-8 is expected"},
                    Change{kCamt, "<BkToCstmrStmt>", "<BkToCstmrStmt><Stmt/>",
                           "8:5: a second <Stmt>: one statement a file is read"},
                    Change{kCamt, "<Cd>OPBD</Cd>", "<Cd>PRCD</Cd>", ""},
                    Change{kFlat, "S22", "S99",
                           "1:1: 交易代码: \"S99\" where S22 (a purchase) or S30 (a refund) is expected"},
                    Change{kFlat, "0102100100", "1302100100",
                           "1:36: 交易传输时间: \"1302100100\" where MMDDhhmmss is expected"},
                    Change{kFlat, "000000010000", "0000000100.0",
                           "1:67: 交易金额: \"0000000100.0\" where an amount in fen, with zeros before it to "
                           "12 digits, is expected"},
                    Change{kFlat, "D000000000060", "E000000000060",
                           "1:167: 商户手续费: \"E000000000060\" where C or D and 12 digits is expected"},
                    Change{kFlat, "UP20260102000001", "                ",
                           "1:113: 商户订单号: \"\" where the merchant's number is expected"}));

}  // namespace
}  // namespace ordeal::test
