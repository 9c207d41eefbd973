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

constexpr Duration kChina = 8_h;
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

TEST(Day, IsCutInTheChannelsZone) {
  const Instant midnight = begin_of(kDay, kChina);
  EXPECT_EQ(midnight.ns, 1'767'196'800'000'000'000);  // 2025-12-31T16:00:00Z
  EXPECT_EQ(day_at(midnight, kChina), kDay);
  EXPECT_EQ(day_at(midnight - 1_ns, kChina).text(), "2025-12-31");
  EXPECT_EQ(day_at(midnight, 0_h).text(), "2025-12-31");
  EXPECT_EQ(day_at(Instant{-1}, 0_h).text(), "1969-12-31");
  EXPECT_EQ(kDay.next().text(), "2026-01-02");
}

TEST(Day, ReadsOnlyWhatItWrites) {
  EXPECT_EQ(Day::parse("2024-02-29")->text(), "2024-02-29");
  for (const char* text :
       {"", "2026-1-01", "2026-02-29", "2026-13-01", "2026-00-10", "2026/01/01", "2026-01-01 "})
    EXPECT_EQ(Day::parse(text), std::nullopt) << text;
  const Instant at = begin_of(kDay, kChina) + 23_h + 59_min + 59_s;
  EXPECT_EQ(time_text(at + 999_ms, kChina), "2026-01-01 23:59:59");
  EXPECT_EQ(parse_time("2026-01-01 23:59:59", kChina), at);
  for (const char* text : {"2026-01-01", "2026-01-01 24:00:00", "2026-01-01T23:59:59", "2026-01-01 23:60:00"})
    EXPECT_EQ(parse_time(text, kChina), std::nullopt) << text;
}

TEST(Statement, IsWrittenAsEachChannelDoes) {
  EXPECT_EQ(render(small(), kWechat),
            "交易时间,微信订单号,商户订单号,商户退款单号,交易状态,货币种类,应结订单金额\n"
            "`2026-01-01 12:00:00,`T1,`pay-1,`,`SUCCESS,`CNY,`68.00\n"
            "`2026-01-01 12:00:01,`T1,`pay-1,`rfd-1,`REFUND,`CNY,`0.05\n"
            "总交易单数,应结订单总金额,退款总金额\n"
            "`2,`68.00,`0.05\n");
  EXPECT_EQ(render(with_totals(kDay, {}), kAlipay),
            "#起始日期：2026-01-01\n"
            "完成时间,支付宝交易号,商户订单号,退款批次号/请求号,业务类型,币种,商家实收（元）\n"
            "#业务明细列表结束：笔数,交易合计（元）,退款合计（元）\n"
            "0\t,0.00\t,0.00\t\n");
}

rc::Gen<StatementLine> any_line() {
  return rc::gen::exec([] {
    const auto number = [](const char* prefix) {
      return prefix + std::to_string(*rc::gen::inRange<int>(0, 1'000'000));
    };
    StatementLine line;
    line.kind = *rc::gen::element(LineKind::payment, LineKind::refund);
    line.out_trade_no = number("pay-");
    if (line.kind == LineKind::refund) line.out_request_no = number("rfd-");
    line.trade_no = number("T");
    line.amount.minor = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    line.at = begin_of(kDay, kChina) + 1_s * *rc::gen::inRange<std::int64_t>(0, 86'400);
    return line;
  });
}

Statement any_statement() {
  const auto name = [](const StatementLine& line) { return line.out_trade_no + " " + line.out_request_no; };
  return with_totals(kDay, *rc::gen::uniqueBy<std::vector<StatementLine>>(any_line(), name));
}

const Profile& any_profile() { return **rc::gen::element(&kAlipay, &kWechat); }

RC_GTEST_PROP(StatementLaws, WhatIsWrittenIsRead, ()) {
  const Profile& profile = any_profile();
  const Statement statement = any_statement();
  const auto back = parse_statement(render(statement, profile), profile, kDay);
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == statement);
}

RC_GTEST_PROP(StatementLaws, NoCutOfOneIsOne, ()) {
  const Profile& profile = any_profile();
  const std::string text = render(any_statement(), profile);
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto cut = parse_statement(std::string_view(text).substr(0, size), profile, kDay);
    RC_ASSERT(!cut.ok());
    RC_ASSERT(cut.error() == StatementError::truncated);
  }
}

RC_GTEST_PROP(StatementLaws, NoLineCanBeThereTwice, ()) {
  const Profile& profile = any_profile();
  Statement statement = any_statement();
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

RC_GTEST_PROP(StatementLaws, NoLineOfTheTextCanBeThereTwice, ()) {
  const Profile& profile = any_profile();
  const std::string text = render(any_statement(), profile);
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size(); from = text.find('\n', from) + 1)
    lines.push_back(text.substr(from, text.find('\n', from) + 1 - from));
  const auto which = *rc::gen::inRange<std::size_t>(0, lines.size());
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(which), lines[which]);
  std::string twice;
  for (const std::string& line : lines) twice += line;
  RC_ASSERT(!parse_statement(twice, profile, kDay).ok());
}

TEST(Statement, RefusesWhatIsNone) {
  const std::string good = render(small(), kWechat);
  const auto with = [&](const std::string& what, const std::string& instead) {
    std::string text = good;
    return text.replace(text.find(what), what.size(), instead);
  };
  struct Case {
    std::string text;
    StatementError expected;
  };
  const Case cases[] = {
      {"", StatementError::truncated},
      {"<html>busy</html>\n", StatementError::malformed},
      {good + "\n", StatementError::malformed},
      {with("`68.00", "68.00"), StatementError::malformed},
      {with("`68.00", "`6800"), StatementError::malformed},  // F-40: fen where yuan are meant
      {with("`68.00", "`-68.00"), StatementError::malformed},
      {with("`68.00", "`0.00"), StatementError::malformed},
      {with("`CNY", "`USD"), StatementError::malformed},
      {with("`SUCCESS", "`REVOKED"), StatementError::malformed},
      {with("`pay-1,`rfd-1", "`pay-1,`"), StatementError::malformed},
      {with("`68.00", "`68.00,`1"), StatementError::malformed},
      {with("`2,", "`two,"), StatementError::malformed},
      {with("`68.00", "`68.01"), StatementError::totals_differ},
      {with("`2,", "`3,"), StatementError::totals_differ},
      {with("`SUCCESS", "`REFUND,"), StatementError::malformed},
      {with("2026-01-01 12:00:01", "2026-01-02 00:00:00"), StatementError::other_day},
  };
  for (const Case& c : cases) {
    const auto read = parse_statement(c.text, kWechat, kDay);
    ASSERT_FALSE(read.ok()) << c.text;
    EXPECT_EQ(wire::name_of(read.error()), wire::name_of(c.expected)) << c.text;
  }
  EXPECT_EQ(parse_statement(good, kWechat, kDay.next()).error(), StatementError::other_day);
  EXPECT_EQ(parse_statement(render(with_totals(kDay, {}), kAlipay), kAlipay, kDay.next()).error(),
            StatementError::other_day);
  EXPECT_EQ(parse_statement(good, kAlipay, kDay).error(), StatementError::malformed);
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
