// The statement of a day: how each channel writes it, and that no part of one passes for one.
#include "core/channel/statement.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/channel/client.h"
#include "core/wire/names.h"
#include "tests/support/fake_channel.h"

namespace ordeal::channel {
namespace {

using namespace literals;

constexpr Zone kChina{8_h};
const Day kDay = *Day::parse("2026-01-01");

Statement with_totals(Day day, std::vector<StatementLine> lines) {
  StatementTotals totals = totals_of(lines);
  return {day, std::move(lines), totals};
}

Statement small() {
  const Instant noon = begin_of(kDay, kChina) + 12_h;
  return with_totals(kDay, {{LineKind::payment, "pay-1", "", "T1", {6800, {}}, noon},
                            {LineKind::refund, "pay-1", "rfd-1", "T1", {5, {}}, noon + 1_s}});
}

TEST(Statement, IsWrittenAsEachChannelDoes) {
  Statement taken_on = small();
  taken_on.lines[1].in_process = true;
  EXPECT_EQ(
      render(taken_on, kWechat),
      "\xEF\xBB\xBF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,"
      "交易状态,"
      "付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,"
      "退款状态,"
      "商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n"
      "`2026-01-01 12:00:00,`wx8888888888888888,`1900000109,`0,`,`T1,`pay-1,`,`NATIVE,`SUCCESS,`OTHERS,`CNY,"
      "`68.00,`0.00,`0,`0,`0.00,`0.00,`,`,`,`,`0.00000,`0.00%,`68.00,`0.00,`\r\n"
      "`2026-01-01 12:00:01,`wx8888888888888888,`1900000109,`0,`,`T1,`pay-1,`,`NATIVE,`REFUND,`OTHERS,`CNY,"
      "`0.00,`0.00,`Rrfd-1,`rfd-1,`0.05,`0.00,`,`PROCESSING,`,`,`0.00000,`0.00%,`0.00,`0.05,`\r\n"
      "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n"
      "`2,`68.00,`0.05,`0.00,`0.00000,`68.00,`0.05\r\n");
  const std::string columns =
      "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
      "订单金额（元）,"
      "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,"
      "商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\r\n";
  const std::string above =
      "#支付宝业务明细查询\r\n"
      "#账号：[20880000000000000156]\r\n"
      "#起始日期：[2026年01月01日 00:00:00]   终止日期：[2026年01月02日 00:00:00]\r\n"
      "#-----------------------------------------业务明细列表----------------------------------------\r\n";
  const std::string below =
      "#-----------------------------------------业务明细列表结束------------------------------------\r\n";
  EXPECT_EQ(render(small(), kAlipay),
            above + columns +
                "T1\t,pay-1\t,交易\t,,,2026-01-01 "
                "12:00:00,\t,\t,\t,\t,\t,68.00,68.00,0.00,0.00,0.00,0.00,0.00,,0.00\t,"
                "0.00,\t,0.00,0.00,\r\n"
                "T1\t,pay-1\t,退款\t,,,2026-01-01 "
                "12:00:01,\t,\t,\t,\t,\t,-0.05,-0.05,0.00,0.00,0.00,0.00,0.00,,0.00\t,"
                "0.00,rfd-1\t,0.00,0.00,\r\n" +
                below +
                "#交易合计：1笔，商家实收共68.00元，商家优惠共0.00元\r\n"
                "#退款合计：1笔，商家实收退款共-0.05元，商家优惠退款共0.00元\r\n"
                "#导出时间：[2026年01月02日 10:00:00]\r\n");
  EXPECT_EQ(render(with_totals(kDay, {}), kAlipay),
            above + columns + below +
                "#交易合计：0笔，商家实收共0.00元，商家优惠共0.00元\r\n"
                "#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元\r\n"
                "#导出时间：[2026年01月02日 10:00:00]\r\n");
}

rc::Gen<StatementLine> any_line(const Profile& profile) {
  return rc::gen::exec([&profile] {
    const auto number = [](const char* prefix) {
      return prefix + std::to_string(*rc::gen::inRange<int>(0, 1'000'000));
    };
    StatementLine line;
    line.kind = *rc::gen::element(LineKind::payment, LineKind::refund);
    line.out_trade_no = number("pay-");
    if (line.kind == LineKind::refund) line.out_request_no = number("rfd-");
    line.trade_no = "T-" + line.out_trade_no;
    line.amount.minor = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    line.at = begin_of(kDay, profile.statement.zone) + 1_s * *rc::gen::inRange<std::int64_t>(0, 86'400);
    return line;
  });
}

Statement any_statement(const Profile& profile, int most = 100) {
  const auto name = [](const StatementLine& line) { return line.out_trade_no + " " + line.out_request_no; };
  return with_totals(
      kDay, *rc::gen::resize(most, rc::gen::uniqueBy<std::vector<StatementLine>>(any_line(profile), name)));
}

const Profile& any_profile() { return **rc::gen::element(&kAlipay, &kWechat, &kAcquirer); }

RC_GTEST_PROP(StatementLaws, WhatIsWrittenIsRead, ()) {
  const Profile& profile = any_profile();
  const Statement statement = any_statement(profile);
  const auto back = parse_statement(render(statement, profile), profile, kDay);
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == statement);
}

// Nothing is read of what stands below the totals, so a cut there loses nothing.
RC_GTEST_PROP(StatementLaws, NoCutOfOneIsOne, ()) {
  const Profile& profile = any_profile();
  const Statement statement = any_statement(profile, 5);
  const std::string text = render(statement, profile);
  const std::size_t below = std::min(text.find("#导出时间"), text.size());
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto cut = parse_statement(std::string_view(text).substr(0, size), profile, kDay);
    RC_ASSERT(cut.ok() == (size >= below));
    if (cut.ok()) RC_ASSERT(*cut == statement);
    if (!cut.ok()) RC_ASSERT(cut.error() == StatementError::truncated);
  }
}

RC_GTEST_PROP(StatementLaws, NoLineCanBeThereTwice, ()) {
  const Profile& profile = any_profile();
  Statement statement = any_statement(profile);
  RC_PRE(!statement.lines.empty());
  const StatementTotals once = statement.totals;
  statement.lines.push_back(*rc::gen::elementOf(statement.lines));
  RC_ASSERT(parse_statement(render(statement, profile), profile, kDay).error() ==
            StatementError::totals_differ);
  statement.totals = totals_of(statement.lines);
  RC_ASSERT(statement.totals != once);
  RC_ASSERT(parse_statement(render(statement, profile), profile, kDay).error() ==
            StatementError::line_repeated);
}

// A remark may be there twice: then it tells the same.
RC_GTEST_PROP(StatementLaws, NoLineOfTheTextCanBeThereTwice, ()) {
  const Profile& profile = any_profile();
  const Statement statement = any_statement(profile);
  const std::string text = render(statement, profile);
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size(); from = text.find('\n', from) + 1)
    lines.push_back(text.substr(from, text.find('\n', from) + 1 - from));
  const auto which = *rc::gen::inRange<std::size_t>(0, lines.size());
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(which), lines[which]);
  std::string twice;
  for (const std::string& line : lines) twice += line;
  const auto read = parse_statement(twice, profile, kDay);
  RC_ASSERT(lines[which].starts_with('#') || !read.ok());
  if (read.ok()) RC_ASSERT(*read == statement);
}

TEST(Statement, RefusesWhatIsNone) {
  const std::string good = render(small(), kWechat);
  EXPECT_EQ(parse_statement("", kWechat, kDay).error(), StatementError::truncated);
  EXPECT_EQ(parse_statement("<html>busy</html>\n", kWechat, kDay).error(), StatementError::malformed);
  EXPECT_EQ(parse_statement("<html>busy</html>\n", kAlipay, kDay).error(), StatementError::malformed);
  EXPECT_EQ(parse_statement(good + "\n", kWechat, kDay).error(), StatementError::malformed);
  EXPECT_EQ(parse_statement(good, kAlipay, kDay).error(), StatementError::malformed);
  EXPECT_EQ(parse_statement(good, kWechat, kDay.next()).error(), StatementError::other_day);
  EXPECT_EQ(parse_statement(render(with_totals(kDay, {}), kAlipay), kAlipay, kDay.next()).error(),
            StatementError::other_day);
}

TEST(Statement, ComesThroughTheClientAsItWasSent) {
  using Kind = StatementAnswer::Kind;
  support::FakeWorld world;
  support::FakeChannel wechat(world, "wechat", kWechat);
  const Account account = wechat.account();
  Client client(world.env("payment").http, account, {1'000'000'000});
  EXPECT_EQ(client.statement(kDay).kind, Kind::not_ready);
  wechat.publish_nothing(kDay);
  EXPECT_EQ(client.statement(kDay).kind, Kind::none);
  wechat.publish(small());
  const StatementAnswer answer = client.statement(kDay);
  EXPECT_EQ(answer.kind, Kind::text);
  EXPECT_EQ(*parse_statement(answer.text, kWechat, kDay), small());
  // An answer to another question says nothing.
  wechat.statements[kDay].day = kDay.next();
  EXPECT_EQ(client.statement(kDay).kind, Kind::unknown);
  wechat.statements[kDay] = {.code = Code::invalid_parameter, .day = kDay};
  EXPECT_EQ(client.statement(kDay).kind, Kind::unknown);
  world.http_fault = [](std::string_view) { return support::Fault::lose_answer; };
  EXPECT_EQ(client.statement(kDay).kind, Kind::unknown);
}

}  // namespace
}  // namespace ordeal::channel
