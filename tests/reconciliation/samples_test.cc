// Files in the layouts of channels and banks: what must come out of each, and those that must be refused whole.
// tests/reconciliation/samples: ids, names and amounts in them are invented, their layouts are not (domain 2.1, 2.2).
#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/reconciliation/book.h"
#include "core/reconciliation/camt053.h"
#include "core/reconciliation/figures.h"
#include "tests/reconciliation/read.h"
#include "tests/support/golden.h"

namespace ordeal::test {
namespace {

namespace fs = std::filesystem;
using namespace reconciliation;

const std::int64_t kDay = day_of(*parse_date("2026-01-02"));

Asked asked_of(const std::string& name) {
  Asked asked;
  if (name.find("unionpay") != name.npos) asked.day = kDay;
  return asked;
}

// Amounts in fen or cent; fees in a thousandth of one.
struct Good {
  const char* file;
  const char* format;
  std::int64_t lines, paid, settled, back, settled_back, fee;
};

class GoodTrades : public testing::TestWithParam<Good> {};

TEST_P(GoodTrades, HasTheseSums) {
  const Good& good = GetParam();
  const auto read = read_sample(good.file, good.format, asked_of(good.file));
  ASSERT_EQ(read->why(), "");
  const Sums& sums = read->statement.sums;
  EXPECT_EQ(sums.lines, good.lines);
  EXPECT_EQ(sums.of(Kind::payment).amount, good.paid);
  EXPECT_EQ(sums.of(Kind::payment).settled, good.settled);
  EXPECT_EQ(sums.of(Kind::refund).amount + sums.of(Kind::cancel).amount, good.back);
  EXPECT_EQ(sums.of(Kind::refund).settled + sums.of(Kind::cancel).settled, good.settled_back);
  EXPECT_EQ(sums.fee, good.fee);
  EXPECT_EQ(read->statement.first_day, kDay);
  EXPECT_EQ(read->statement.last_day, kDay);
  EXPECT_EQ(static_cast<std::int64_t>(read->entries.list().size()), good.lines);
}

INSTANTIATE_TEST_SUITE_P(
    , GoodTrades,
    testing::Values(Good{"wechat_trade_all_27.csv", "", 6, 12122, 12088, 5122, 5088, 42'000},
                    Good{"wechat_trade_24.csv", "", 3, 2100, 2100, 50, 50, 12'000},
                    Good{"alipay_trade.csv", "", 6, 14114, 14080, 3880, 3880, 84'000},
                    Good{"alipay_trade_20260102.zip", "", 6, 14114, 14080, 3880, 3880, 84'000},
                    Good{"alipay_20260102.zip", "alipay-trade", 6, 14114, 14080, 3880, 3880, 84'000},
                    Good{"unionpay_like_flat.txt", "", 3, 11234, 11234, 3000, 3000, 49'000},
                    Good{"broken/wechat_trade_all_27.column_added_at_end.may_accept.csv", "", 6, 12122, 12088,
                         5122, 5088, 42'000},
                    Good{"broken/alipay_trade.column_added_at_end.may_accept.csv", "", 6, 14114, 14080, 3880,
                         3880, 84'000}));

struct Account {
  const char* file;
  const char* format;
  std::int64_t lines, credit, debit, fee, fee_back, opening, closing;
};

class GoodFunds : public testing::TestWithParam<Account> {};

TEST_P(GoodFunds, HaveTheseSumsAndBalances) {
  const Account& good = GetParam();
  const auto read = read_sample(good.file, good.format);
  ASSERT_EQ(read->why(), "");
  const Sums& sums = read->statement.sums;
  EXPECT_EQ(sums.lines, good.lines);
  EXPECT_EQ(sums.of(Kind::credit).amount, good.credit);
  EXPECT_EQ(sums.of(Kind::debit).amount, good.debit);
  EXPECT_EQ(sums.of(Kind::fee).amount, good.fee);
  EXPECT_EQ(sums.of(Kind::fee_back).amount, good.fee_back);
  EXPECT_EQ(read->statement.opening, good.opening);
  EXPECT_EQ(read->statement.closing, good.closing);
  EXPECT_EQ(good.opening + sums.net_funds(), good.closing);
}

INSTANTIATE_TEST_SUITE_P(
    , GoodFunds,
    testing::Values(Account{"wechat_fund_basic.csv", "", 12, 12088, 5088, 72, 30, 50'000, 56'958},
                    Account{"alipay_signcustomer.csv", "", 11, 14080, 53'880, 84, 0, 100'000, 60'116},
                    Account{"alipay_20260102.zip", "alipay-fund", 11, 14080, 53'880, 84, 0, 100'000, 60'116},
                    Account{"camt053_day.xml", "", 7, 34'000, 9'500, 1'250, 0, 100'000, 123'250},
                    Account{"camt053_next_day.xml", "", 2, 6'000, 150'000, 0, 0, 123'250, -20'750}));

TEST(WechatTrade, TellsPaymentsRefundsAndCancelsApart) {
  const auto read = read_sample("wechat_trade_all_27.csv");
  const Sums& sums = read->statement.sums;
  EXPECT_EQ(sums.of(Kind::payment).lines, 3);
  EXPECT_EQ(sums.of(Kind::refund).lines, 2);
  EXPECT_EQ(sums.of(Kind::cancel).lines, 1);
  EXPECT_EQ(sums.of(Kind::cancel).amount, 888);
  EXPECT_EQ(sums.processing, 3000);
  const Entry& last = read->entries.list().back();
  EXPECT_EQ(last.number, "R20260102000002");
  EXPECT_EQ(last.channel_number, "50300000002026010200000000002");
  EXPECT_EQ(last.state, State::processing);
  EXPECT_EQ(at_text(last.at), "2026-01-02 23:59:59");
  EXPECT_EQ(last.line, 7u);
}

// China's documents and those for abroad do not agree on what PROCESSING means in a bill.
TEST(WechatTrade, TakesProcessingAsDoneWhenAsked) {
  const auto read = read_sample("wechat_trade_all_27.csv", "", {.day = {}, .processing_is_done = true});
  EXPECT_EQ(read->statement.sums.processing, 0);
  EXPECT_EQ(read->entries.list().back().state, State::success);
}

TEST(Camt, KeepsDetailsOfABatchAndNamesWhatHasNoEndToEndId) {
  const auto read = read_sample("camt053_day.xml");
  std::vector<std::string> numbers;
  for (const Entry& entry : read->entries.list()) numbers.emplace_back(entry.number);
  EXPECT_EQ(numbers, (std::vector<std::string>{"ORD-EU-0001", "ORD-EU-0002", "ORD-EU-0003", "ORD-EU-0004",
                                               "SVCR2026010500003", "PAYOUT-0007", "ORD-EU-0000"}));
  const Entry& reversal = read->entries.list().back();
  EXPECT_EQ(reversal.kind, Kind::debit);
  EXPECT_EQ(reversal.amount, 2000);
  EXPECT_EQ(read->entries.list()[4].kind, Kind::fee);
}

TEST(Camt, GoesOnWhereTheDayBeforeEnded) {
  const auto day = read_sample("camt053_day.xml");
  const auto next = read_sample("camt053_next_day.xml");
  const auto gap = read_sample("broken/camt053_next_day.gap_in_balance.xml");
  ASSERT_EQ(gap->why(), "") << "it is right in itself";
  EXPECT_FALSE(continues(day->statement, next->statement));
  const auto refused = continues(day->statement, gap->statement);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->what, "it opens with 1232.40, the one before closed with 1232.50");
  EXPECT_TRUE(continues(next->statement, day->statement));
}

TEST(NoBill, IsAnEmptyDayByItsCodeAlone) {
  const auto answers = nlohmann::json::parse(bytes_of(samples() / "wechat_no_bill.json"));
  for (const auto& [name, answer] : answers.items()) {
    const auto& body = answer.at("body");
    const auto read = read_bytes(body.is_string() ? body.get<std::string>() : body.dump(2));
    if (name == "v3_not_ready") {
      ASSERT_TRUE(read->refused);
      EXPECT_EQ(read->refused->why, Why::not_ready);
      continue;
    }
    EXPECT_EQ(read->why(), "") << name;
    EXPECT_TRUE(read->statement.no_bill) << name;
    EXPECT_EQ(read->statement.sums.lines, 0);
  }
}

// Each with its place and what was expected: the text is read by people.
TEST(Broken, IsRefusedWholeWithItsPlace) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(samples() / "broken")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  ASSERT_EQ(files.size(), 61u);
  std::string text;
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    if (name.find("may_accept") != name.npos || name.find("gap_in_balance") != name.npos) continue;
    const auto read = read_bytes(bytes_of(file), "", asked_of(name));
    std::string why = read->why();
    if (why.empty()) {  // what only the whole tells: a line that is there twice
      Book book([]() -> std::unique_ptr<Scratch> { return nullptr; });
      for (const Entry& entry : read->entries.list()) ASSERT_FALSE(book.take(entry));
      book.sort();
      read->refused = book.check(read->statement.is_bill);
      why = read->why();
    }
    EXPECT_NE(why, "") << name;
    text += name + "\n  " + why + "\n";
  }
  expect_golden("broken_bills.txt", text);
}

}  // namespace
}  // namespace ordeal::test
