// What a transaction wrote, in words for readers of a trace with causes: its statements that changed rows, each in one line with
// its values in it. Kept beside SQLite, so that nothing that SQLite does is otherwise.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/database.h"

namespace ordeal::sim {

// "update t set a = ?1 where id = ?2" with its values: "update t set a = 'x' where id = 7". Long texts are cut.
std::string with_values(std::string_view sql, const std::vector<std::string>& values);

class WrittenRows {
 public:
  // `changes`: rows changed by the last statement.
  explicit WrittenRows(std::function<std::int64_t()> changes);
  ~WrittenRows();

  // The statement to use in its place; it lives as long as this.
  env::Statement& beside(const env::Sql& sql, env::Statement& statement);
  // Each begins with a line feed.
  const std::string& lines() const { return lines_; }

 private:
  class Recorded;

  std::function<std::int64_t()> changes_;
  std::deque<Recorded> recorded_;
  std::string lines_;
};

}  // namespace ordeal::sim
