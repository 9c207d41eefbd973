// What a transaction wrote, as a trace with causes has it.
#include "sim/disk/written_rows.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

namespace ordeal::sim {
namespace {

TEST(WithValues, StandInThePlaceOfParameters) {
  EXPECT_EQ(with_values("update t set a = ?2 where id = ?1", {"", "7", "'x'"}),
            "update t set a = 'x' where id = 7");
  EXPECT_EQ(with_values("insert into t(a, b, c) values(?, ?, ?)", {"", "1", "2", "3"}),
            "insert into t(a, b, c) values(1, 2, 3)");
  EXPECT_EQ(with_values("update t set a = '?' where b = ?12", {"", "1"}),
            "update t set a = '?' where b = null");
  EXPECT_EQ(with_values("\n  update t\n     set a = 1  ", {}), "update t set a = 1");
}

// Notes what it is given, and steps once.
class Noted final : public env::Statement {
 public:
  void bind(int index, std::int64_t value) override {
    log += std::to_string(index) + "=" + std::to_string(value) + " ";
  }
  void bind(int index, std::string_view value) override {
    log += std::to_string(index) + "=" + std::string(value) + " ";
  }
  void bind_null(int index) override { log += std::to_string(index) + "=null "; }
  bool step() override {
    log += "step ";
    if (while_stepped) while_stepped();
    return false;
  }
  bool is_null(int) const override { return false; }
  std::int64_t integer(int) const override { return 42; }
  std::string_view text(int) const override { return "text"; }
  void finish() override { log += "finish "; }

  std::string log;
  std::function<void()> while_stepped;
};

TEST(SetBy, ThoseThatStandLeftOfAnEqualsSign) {
  const std::vector<std::string> two{"a", "b"};
  EXPECT_EQ(set_by("update t set a = a - ?2, b = coalesce(?3, c = 1) where d = ?1 and e = 2"), two);
  EXPECT_EQ(set_by("UPDATE t\n  SET A='x, set y = 1',b=2 RETURNING a"), two);
  EXPECT_EQ(set_by("insert into t(a, c) values(1, 2) on conflict(a) do update set a = 1, b = excluded.c"),
            two);
  EXPECT_TRUE(set_by("delete from t where a = 1").empty());
  EXPECT_TRUE(set_by("insert into t(a) values('set b = 1')").empty());
}

const TableColumns kColumns{{"id", "a", "b"}, {0}};

TEST(InWords, OfARowStandsWhatChangedAndWhatWasSet) {
  EXPECT_EQ(in_words({"t", {"7", "3", "5"}, {"7", "2", "5"}}, kColumns, {}), "t(id 7): a 3 → 2");
  EXPECT_EQ(in_words({"t", {"7", "3", "5"}, {"7", "2", "5"}}, kColumns, {"a", "b"}),
            "t(id 7): a 3 → 2, b 5 → 5");
  EXPECT_EQ(in_words({"t", {"7", "3", "null"}, {"7", "2", "null"}}, kColumns, {"b"}), "t(id 7): a 3 → 2");
  EXPECT_EQ(in_words({"t", {"7", "3", "null"}, {}}, kColumns, {}), "t(id 7): gone");
  EXPECT_EQ(in_words({"p", {"1", "2", "3"}, {"1", "2", "'x'"}}, {{"id", "a", "b"}, {0, 1}}, {}),
            "p(id 1, a 2): b 3 → 'x'");
}

constexpr env::Sql kUpdate{"update t set a = ?1 where b = ?2"};
const TableColumns& columns_of_any(const std::string&) { return kColumns; }

constexpr env::Sql kSelect{" SELECT a from t where b = ?1"};

TEST(WrittenRows, AStatementThatChangedRowsIsOneLine) {
  std::int64_t changes = 1;
  WrittenRows rows([&] { return changes; }, columns_of_any);
  Noted inner;
  env::Statement& statement = rows.beside(kUpdate, inner);
  statement.bind(1, std::string_view("it's\nhers"));
  statement.bind(2, std::int64_t{9});
  EXPECT_FALSE(statement.step());
  EXPECT_EQ(statement.integer(0), 42);
  statement.finish();
  EXPECT_EQ(rows.lines(), "\nupdate t set a = 'it''s hers' where b = 9");
  EXPECT_EQ(inner.log, "1=it's\nhers 2=9 step finish ");
}

TEST(WrittenRows, WhatChangedNothingOrOnlyReadsIsNone) {
  std::int64_t changes = 0;
  WrittenRows rows([&] { return changes; }, columns_of_any);
  Noted inner;
  env::Statement& update = rows.beside(kUpdate, inner);
  update.bind_null(1);
  update.step();
  update.finish();
  changes = 1;
  update.finish();  // it was never stepped again
  EXPECT_EQ(&rows.beside(kSelect, inner), &inner);
  EXPECT_EQ(rows.lines(), "");
}

TEST(WrittenRows, LongTextsAreCut) {
  WrittenRows rows([] { return std::int64_t{1}; }, columns_of_any);
  Noted inner;
  env::Statement& statement = rows.beside(kUpdate, inner);
  statement.bind(1, std::string_view(std::string(5000, 'x')));
  statement.step();
  statement.finish();
  EXPECT_LT(rows.lines().size(), 200U);
  EXPECT_NE(rows.lines().find("…'"), std::string::npos);
}

TEST(WrittenRows, TheRowsOfAStatementStandUnderIt) {
  WrittenRows rows([] { return std::int64_t{2}; }, columns_of_any);
  Noted inner;
  inner.while_stepped = [&] {
    rows.changed({"t", {"7", "3", "5"}, {"7", "2", "5"}});
    rows.changed({"t", {}, {"8", "1", "1"}});  // a row that is new
  };
  env::Statement& statement = rows.beside(kUpdate, inner);
  statement.bind(1, std::int64_t{2});
  statement.bind(2, std::int64_t{5});
  statement.step();
  statement.finish();
  EXPECT_EQ(rows.lines(), "\nupdate t set a = 2 where b = 5\n  t(id 7): a 3 → 2");
  rows.changed({"t", {"7", "2", "5"}, {"7", "1", "5"}});  // no statement of ours is at it
  EXPECT_EQ(rows.lines(), "\nupdate t set a = 2 where b = 5\n  t(id 7): a 3 → 2");
}

TEST(WrittenRows, OfManyRowsStandsAnEnd) {
  WrittenRows rows([] { return std::int64_t{100}; }, columns_of_any);
  Noted inner;
  inner.while_stepped = [&] {
    for (int i = 0; i < 100; ++i) rows.changed({"t", {"7", "3", "5"}, {"7", "2", "5"}});
  };
  env::Statement& statement = rows.beside(kUpdate, inner);
  statement.bind(1, std::int64_t{2});
  statement.bind(2, std::int64_t{5});
  statement.step();
  statement.finish();
  EXPECT_EQ(std::count(rows.lines().begin(), rows.lines().end(), '\n'), 1 + 12 + 1);
  EXPECT_TRUE(rows.lines().ends_with("\n  … 88"));
}

}  // namespace
}  // namespace ordeal::sim
