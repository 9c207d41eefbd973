// Bills as channels hand them out, in texts written by hand: what is read of them, and that what does not fit is refused
// whole. The columns are the channels' own (core/channel/bill_forms.h).
#include <gtest/gtest.h>

#include "core/channel/bill_table.h"
#include "core/channel/statement.h"
#include "core/wire/names.h"

namespace ordeal::channel {
namespace {

using namespace literals;

const Day kDay = *Day::parse("2026-01-01");
const Instant kNoon = begin_of(kDay, Zone{8_h}) + 12_h;

const std::string kColumns =
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
    "货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,"
    "商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注\r\n";
const std::string kPaid =
    "`2026-01-01 "
    "12:00:00,`wx1,`19,`0,`,`T1,`pay-1,`someone,`NATIVE,`SUCCESS,`OTHERS,`CNY,`12.00,`0.34,`0,`0,`0,`0.0,`,`,"
    "`tea,`,`0.00000,`0.90%,`12.34,`0.00,`\r\n";
const std::string kReturned =
    "`2026-01-01 "
    "12:00:01,`wx1,`19,`0,`,`T1,`pay-1,`someone,`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`50,`R1,`12.00,`0."
    "00,"
    "`ORIGINAL,`PROCESSING,`tea,`,`0.00000,`0.90%,`0,`12.34,`\r\n";
const std::string kTotals =
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n"
    "`2,`12.00,`12.00,`0.00,`0.00,`12.34,`12.34\r\n";
const std::string kWhole = kColumns + kPaid + kReturned + kTotals;

const std::vector<StatementLine> kLines{
    {LineKind::payment, "pay-1", "", "T1", {1234, {}}, kNoon},
    {LineKind::refund, "pay-1", "R1", "T1", {1234, {}}, kNoon + 1_s, true}};

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  EXPECT_NE(at, text.npos) << what;
  return text.replace(at, what.size(), instead);
}

std::string all_of(std::string text, const std::string& what, const std::string& instead) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + instead.size()))
    text.replace(at, what.size(), instead);
  return text;
}

struct Refusal {
  std::string text;
  StatementError error;
};

void expect_refused(const std::vector<Refusal>& cases, const Profile& profile) {
  for (const Refusal& one : cases) {
    const auto read = parse_statement(one.text, profile, kDay);
    ASSERT_FALSE(read.ok()) << one.text;
    EXPECT_EQ(wire::name_of(read.error()), wire::name_of(one.error)) << one.text;
  }
}

TEST(WechatBill, TellsWhatOrdersCostAndWhatIsStillOnItsWayBack) {
  const auto read = parse_statement(kWhole, kWechat, kDay);
  ASSERT_TRUE(read.ok()) << wire::name_of(read.error());
  EXPECT_EQ(read->lines, kLines);
  EXPECT_EQ(read->totals, (StatementTotals{2, 1, {1234, {}}, {1234, {}}}));
  const auto done = parse_statement(with(kWhole, "PROCESSING", "SUCCESS"), kWechat, kDay);
  EXPECT_FALSE(done->lines[1].in_process);
}

TEST(WechatBill, IsTheSameInWhateverClothesItComes) {
  // A column that moved, and one that nobody knows yet.
  const std::string moved =
      "费率备注,新列," + with(with(kColumns, ",费率备注", ""), "申请退款金额", "申请退款金额") + "`,`1," +
      with(kPaid, ",`\r\n", "\r\n") + "`,`1," + with(kReturned, ",`\r\n", "\r\n") + kTotals;
  const std::string cases[] = {
      "\xEF\xBB\xBF" + kWhole,
      all_of(kWhole, "\r\n", "\n"),
      moved,
      with(with(kWhole, "`2,`12.00", "`12.00,`2"), "总交易单数,应结订单总金额", "应结订单总金额,总交易单数"),
  };
  for (const std::string& text : cases) {
    const auto read = parse_statement(text, kWechat, kDay);
    ASSERT_TRUE(read.ok()) << wire::name_of(read.error()) << "\n" << text;
    EXPECT_EQ(read->lines, kLines) << text;
  }
}

TEST(WechatBill, OfTheOlderFormHasFewerColumnsAndTotals) {
  for (const bool by_other_names : {false, true}) {
    std::string text =
        "交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
        "付款银行,货币种类,总金额,"
        "企业红包金额,微信退款单号,商户退款单号,退款金额,企业红包退款金额,退款类型,退款状态,商品名称,"
        "商户数据包,手续费,费率\n"
        "`2026-01-01 "
        "12:00:00,`wx1,`19,`0,`,`T1,`pay-1,`someone,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`12.34,`0.0,`0,`0,`0,`0,`"
        ",`,"
        "`tea,`,`0.07000,`0.60%\n"
        "`2026-01-01 "
        "12:00:01,`wx1,`19,`0,`,`T1,`pay-1,`someone,`MICROPAY,`REFUND,`OTHERS,`CNY,`0,`0,`50,`R1,`12.34,`0,"
        "`ORIGINAL,`PROCESSING,`tea,`,`-0.07000,`0.60%\n"
        "总交易单数,总交易额,总退款金额,总企业红包退款金额,手续费总金额\n"
        "`2,`12.34,`12.34,`0.0,`0\n";
    if (by_other_names) text = all_of(text, "企业红包", "代金券或立减优惠");
    const auto read = parse_statement(text, kWechat, kDay);
    ASSERT_TRUE(read.ok()) << wire::name_of(read.error());
    EXPECT_EQ(read->lines, kLines);
    expect_refused({{with(text, "`12.34,`12.34,`0.0", "`12.34,`12.33,`0.0"), StatementError::totals_differ},
                    {with(text, "`0.0,`0\n", "`0.0,`0.07\n"), StatementError::totals_differ},
                    {with(text, "总交易额", "应结订单总金额"), StatementError::malformed}},
                   kWechat);
  }
}

TEST(WechatBill, IsRefusedWholeWhenATotalIsOff) {
  std::vector<Refusal> cases;
  const std::vector<std::string> totals{"2", "12.00", "12.00", "0.00", "0.00", "12.34", "12.34"};
  const std::vector<std::string> wrong{"3", "12.01", "11.99", "0.01", "0.01", "12.33", "12.35"};
  for (std::size_t off = 0; off < totals.size(); ++off) {
    std::string line;
    for (std::size_t i = 0; i < totals.size(); ++i)
      line += (i == 0 ? "`" : ",`") + (i == off ? wrong[i] : totals[i]);
    cases.push_back(
        {with(kWhole, "`2,`12.00,`12.00,`0.00,`0.00,`12.34,`12.34", line), StatementError::totals_differ});
  }
  cases.push_back({with(kWhole, "`12.00,`0.34", "`12.01,`0.34"), StatementError::totals_differ});
  cases.push_back({with(kWhole, "`0.00000", "`0.00001"), StatementError::totals_differ});
  expect_refused(cases, kWechat);
}

TEST(WechatBill, IsRefusedWholeWhenALineDoesNotFit) {
  using E = StatementError;
  const std::string twice = with(kTotals, "`2,`12.00,`12.00,`0.00,`0.00,`12.34,`12.34",
                                 "`3,`24.00,`12.00,`0.00,`0.00,`24.68,`12.34");
  expect_refused(
      {
          {kColumns + kPaid + kPaid + kReturned + twice, E::line_repeated},
          {kColumns + kPaid + with(kPaid, "pay-1", "pay-2") + kReturned + twice, E::line_repeated},
          {with(kWhole, "12:00:01", "24:00:00"), E::malformed},
          {with(kWhole, "2026-01-01 12:00:01", "2026-01-02 00:00:00"), E::other_day},
          {with(kWhole, "`tea", "`tea, green"), E::malformed},
          {with(kWhole, "`tea", "`tea,`green"), E::malformed},
          {with(kWhole, "`tea", "tea"), E::malformed},
          {with(kWhole, "`tea,", ""), E::malformed},
          {with(kWhole, "PROCESSING", "CHANGE"), E::malformed},
          {with(kWhole, "`SUCCESS", "`REVOKED"), E::malformed},
          {with(kWhole, "`SUCCESS", "`REFUND"), E::malformed},
          {with(kWhole, "`REFUND", "`SUCCESS"), E::malformed},
          {with(kWhole, "`CNY", "`USD"), E::malformed},
          {with(kWhole, "`T1", "`"), E::malformed},
          {with(kWhole, "`pay-1", "`"), E::malformed},
          {with(kWhole, "`R1", "`0"), E::malformed},
          {with(kWhole, "`12.34,`0.00,", "`12.345,`0.00,"), E::malformed},
          {with(kWhole, "`12.34,`0.00,", "`1e2,`0.00,"), E::malformed},
          {with(kWhole, "`12.34,`0.00,", "`1,234.00,`0.00,"), E::malformed},
          {with(kWhole, "`12.34,`0.00,", "`1234,`0.00,"), E::malformed},  // F-40: fen where yuan are meant
          {with(kWhole, "`12.34,`0.00,", "`-12.34,`0.00,"), E::malformed},
          {with(kWhole, "`12.34,`0.00,", "`12.34,`0.01,"), E::malformed},
          {with(kWhole, "`0,`12.34", "`0.00,`0.00"), E::malformed},
          {with(kWhole, "`0,`12.34", "`12.34,`12.34"), E::malformed},
          {with(kWhole, ",`12.34\r\n", "\r\n"), E::malformed},
          {kWhole + "`\r\n", E::malformed},
          {kWhole + "`", E::malformed},
      },
      kWechat);
}

TEST(WechatBill, IsRefusedWholeWhenAColumnIsMissing) {
  for (const char* column :
       {"交易时间,", "微信订单号,", "商户订单号,", "交易状态,", "货币种类,", "应结订单金额,", "商户退款单号,",
        "退款状态,", "手续费,", "申请退款金额,", "设备号,", "商品名称,"})
    expect_refused({{with(kWhole, column, ""), StatementError::malformed}}, kWechat);
  for (const char* total : {"总交易单数", "退款总金额", "手续费总金额", "订单总金额,申请"})
    expect_refused({{with(kWhole, total, "总"), StatementError::malformed}}, kWechat);
  expect_refused({{with(kWhole, "设备号", "商户订单号"), StatementError::malformed}}, kWechat);
}

const std::string kDetails =
    "#支付宝业务明细查询\r\n"
    "#账号：[20880000000000000156]\r\n"
    "#起始日期：[2026年01月01日 00:00:00]   终止日期：[2026年01月02日 00:00:00]\r\n"
    "#-----------------------------------------业务明细列表----------------------------------------\r\n"
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
    "订单金额（元）,"
    "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,"
    "商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\r\n"
    "T1\t,pay-1\t,交易\t,tea,2026-01-01 11:59:00,2026-01-01 "
    "12:00:00,\t,\t,\t,\t,**(1**@qq.com)\t,12.34,12.00,0.00,0.00,0.00,"
    "0.34,0.00,,0.00\t,0.00,\t,0.00,0.00,\r\n"
    "T1\t,pay-1\t,退款\t,tea,2026-01-01 11:59:00,2026-01-01 "
    "12:00:01,\t,\t,\t,\t,**(1**@qq.com)\t,-12.34,-12.00,0.00,0.00,0.00,"
    "-0.34,0.00,,0.00\t,0.00,R1,0.00,0.00,\r\n"
    "#-----------------------------------------业务明细列表结束------------------------------------\r\n"
    "#交易合计：1笔，商家实收共12.00元，商家优惠共0.34元\r\n"
    "#退款合计：1笔，商家实收退款共-12.00元，商家优惠退款共-0.34元\r\n"
    "#导出时间：[2026年01月02日 05:46:49]\r\n";

TEST(AlipayBill, SaysRefundsWithAMinus) {
  std::vector<StatementLine> lines = kLines;
  lines[1].in_process = false;
  const std::string cases[] = {kDetails, all_of(kDetails, "\r\n", "\n"), kDetails + "#and more",
                               all_of(kDetails, "\t", ""), kDetails.substr(0, kDetails.find("#导出时间"))};
  for (const std::string& text : cases) {
    const auto read = parse_statement(text, kAlipay, kDay);
    ASSERT_TRUE(read.ok()) << wire::name_of(read.error()) << "\n" << text;
    EXPECT_EQ(read->lines, lines);
    EXPECT_EQ(read->totals, (StatementTotals{2, 1, {1234, {}}, {1234, {}}}));
  }
}

TEST(AlipayBill, IsRefusedWholeWhenSomethingDoesNotFit) {
  using E = StatementError;
  expect_refused(
      {
          {with(kDetails, ",-12.34,-12.00", ",12.34,12.00"), E::malformed},
          {with(kDetails, ",12.34,12.00", ",-12.34,-12.00"), E::malformed},
          {with(kDetails, "tea", "tea, green"), E::malformed},
          {with(kDetails, "退款\t", "交易\t"), E::malformed},
          {with(kDetails, "退款\t", "转账\t"), E::malformed},
          {with(kDetails, "实收共12.00元", "实收共12.01元"), E::totals_differ},
          {with(kDetails, "退款共-12.00元", "退款共12.00元"), E::totals_differ},
          {with(kDetails, "优惠共0.34元", "优惠共0.33元"), E::totals_differ},
          {with(kDetails, "优惠退款共-0.34元", "优惠退款共-0.35元"), E::totals_differ},
          {with(kDetails, "#交易合计：1笔", "#交易合计：2笔"), E::totals_differ},
          {with(kDetails, "#退款合计：1笔", "#退款合计：0笔"), E::totals_differ},
          {with(kDetails, "#退款合计：1笔", "#退款合计：one笔"), E::malformed},
          {with(kDetails, "-0.34元\r\n", "-0.34元.\r\n"), E::malformed},
          {with(kDetails, "2026年01月02日 00:00:00", "2026年01月03日 00:00:00"), E::malformed},
          {with(kDetails, "2026年01月01日 00:00:00", "2026年01月01日 00:00:01"), E::malformed},
          {with(kDetails, "#起始日期", "#日期"), E::malformed},
          {with(kDetails, "12:00:01", "24:00:01"), E::malformed},
          {with(kDetails, "2026-01-01 12:00:01", "2026-01-02 00:00:00"), E::other_day},
          {with(with(kDetails, "01月02日 00", "01月03日 00"), "01月01日 00", "01月02日 00"), E::other_day},
          {kDetails + "tea\r\n", E::malformed},
          {kDetails + "tea", E::malformed},
          {with(kDetails, "完成时间,", ""), E::malformed},
          {kDetails.substr(0, kDetails.find("#退款合计")), E::truncated},
      },
      kAlipay);
  EXPECT_EQ(parse_statement(kWhole, kAlipay, kDay).error(), E::malformed);
  EXPECT_EQ(parse_statement(kDetails, kWechat, kDay).error(), E::malformed);
}

// Of the 25 hours of the day on which clocks go back: who pays at half past two pays at the first or at the second one.
TEST(AcquirerBill, TellsApartTheHourThatIsThereTwice) {
  const Day day = *Day::parse("2026-10-25");
  const Instant first = begin_of(day, kAcquirer.statement.zone) + 150_min;
  const std::string text =
      "Merchant Account,Psp Reference,Merchant Reference,Creation Date,Type,Modification Reference,Gross "
      "Currency,"
      "Gross Debit (GC),Gross Credit (GC),Modification Merchant Reference\n"
      "Shop,T1,pay-1,2026-10-25 02:30:00+02:00,Settled,,EUR,0.00,12.34,\n"
      "Shop,T2,pay-2,2026-10-25 02:30:00+01:00,Settled,,EUR,0.00,5.00,\n"
      "Shop,T2,pay-2,2026-10-25 23:59:59+01:00,Refunded,RR1,EUR,5.00,0.00,R1\n"
      "Lines,Total Gross Debit,Total Gross Credit\n"
      "3,5.00,17.34\n";
  const Currency euro = *Currency::parse("EUR");
  const std::vector<StatementLine> lines{{LineKind::payment, "pay-1", "", "T1", {1234, euro}, first},
                                         {LineKind::payment, "pay-2", "", "T2", {500, euro}, first + 1_h},
                                         {LineKind::refund,
                                          "pay-2",
                                          "R1",
                                          "T2",
                                          {500, euro},
                                          begin_of(day.next(), kAcquirer.statement.zone) - 1_s}};
  const auto read = parse_statement(text, kAcquirer, day);
  ASSERT_TRUE(read.ok()) << wire::name_of(read.error());
  EXPECT_EQ(read->lines, lines);
  EXPECT_EQ(render(*read, kAcquirer), text);
  EXPECT_EQ(parse_statement(with(text, "+02:00", "+03:00"), kAcquirer, day).error(),
            StatementError::malformed);
}

TEST(Amount, IsReadJustAsItIsMeant) {
  struct Case {
    const char* text;
    std::int64_t value;
  };
  for (const Case& one : {Case{"0", 0},
                          {"0.0", 0},
                          {"0.00", 0},
                          {"-0.00", 0},
                          {"12.34", 1'234'000},
                          {"12.5", 1'250'000},
                          {"-0.00612", -612},
                          {"0.00001", 1},
                          {"100000000.00", 10'000'000'000'000}})
    EXPECT_EQ(parse_amount(one.text), one.value) << one.text;
  for (const char* text : {"", "-", ".", ".50", "1.", "00.50", "01.00", "1e2", "1,234.00", "+1.00", " 1.00",
                           "1.00 ", "--1.00", "1.000000", "1234567890123.00", "12", "0x1.0", "１.00"})
    EXPECT_EQ(parse_amount(text), std::nullopt) << text;
  EXPECT_EQ(amount_text(1234), "12.34");
  EXPECT_EQ(amount_text(-5), "-0.05");
}

}  // namespace
}  // namespace ordeal::channel
