// What a transaction wrote, in words for readers of a trace with causes: its statements that changed rows, each in one line with
// its values in it, and under it the rows that were there before, each with what it was and what it is. Kept beside SQLite, so
// that nothing that SQLite does is otherwise.
//
//   update stock set available = available - 1, reserved = 2 where sku = 1
//     stock(sku 1): available 2 → 1, reserved 2 → 2
//
// A column stands there if it changed, or if the statement sets it: a value that is written back as it was tells of a writer
// who had read it before somebody else changed it. Rows that are new stand in their statement; of one that is deleted stands
// "gone".
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/database.h"
#include "sim/disk/row_watch.h"

namespace ordeal::sim {

// "update t set a = ?1 where id = ?2" with its values: "update t set a = 'x' where id = 7". Long texts are cut.
std::string with_values(std::string_view sql, const std::vector<std::string>& values);
// 'it''s hers': a text as SQL writes it, in one line. Long texts are cut.
std::string quoted(std::string_view text);
// The columns that an update sets, or an insert where it meets a row that is there.
std::vector<std::string> set_by(std::string_view sql);
// "stock(sku 1): available 2 → 1"; empty for a row that is new.
std::string in_words(const ChangedRow& row, const TableColumns& columns, const std::vector<std::string>& set);

class WrittenRows {
 public:
  // `changes`: rows changed by the last statement. `columns`: of a table, asked for between statements.
  WrittenRows(std::function<std::int64_t()> changes,
              std::function<const TableColumns&(const std::string&)> columns);
  ~WrittenRows();

  // The statement to use in its place; it lives as long as this.
  env::Statement& beside(const env::Sql& sql, env::Statement& statement);
  // By the statement that is being stepped.
  void changed(const ChangedRow& row);
  // Each begins with a line feed; those of rows go on with two blanks.
  const std::string& lines() const { return lines_; }

 private:
  class Recorded;

  std::function<std::int64_t()> changes_;
  std::function<const TableColumns&(const std::string&)> columns_;
  std::deque<Recorded> recorded_;
  Recorded* stepped_ = nullptr;
  std::string lines_;
};

}  // namespace ordeal::sim
