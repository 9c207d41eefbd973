// What a transaction wrote, as a trace with causes has it.
#include "sim/disk/written_rows.h"

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
    return false;
  }
  bool is_null(int) const override { return false; }
  std::int64_t integer(int) const override { return 42; }
  std::string_view text(int) const override { return "text"; }
  void finish() override { log += "finish "; }

  std::string log;
};

constexpr env::Sql kUpdate{"update t set a = ?1 where b = ?2"};
constexpr env::Sql kSelect{" SELECT a from t where b = ?1"};

TEST(WrittenRows, AStatementThatChangedRowsIsOneLine) {
  std::int64_t changes = 1;
  WrittenRows rows([&] { return changes; });
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
  WrittenRows rows([&] { return changes; });
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
  WrittenRows rows([] { return std::int64_t{1}; });
  Noted inner;
  env::Statement& statement = rows.beside(kUpdate, inner);
  statement.bind(1, std::string_view(std::string(5000, 'x')));
  statement.step();
  statement.finish();
  EXPECT_LT(rows.lines().size(), 200U);
  EXPECT_NE(rows.lines().find("…'"), std::string::npos);
}

}  // namespace
}  // namespace ordeal::sim
