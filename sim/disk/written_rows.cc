#include "sim/disk/written_rows.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace ordeal::sim {
namespace {

constexpr std::size_t kLongText = 120;
constexpr std::size_t kMostRows = 12;  // of one statement

bool of_word(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::string in_small(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool reads_only(std::string_view sql) {
  sql.remove_prefix(std::min(sql.find_first_not_of(" \n\t"), sql.size()));
  return in_small(sql.substr(0, 6)) == "select";
}

// The words of a statement that stand outside of brackets and texts, with the signs between them.
std::vector<std::string> outer_words(std::string_view sql) {
  std::vector<std::string> words;
  int depth = 0;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    std::size_t end = i + 1;
    if (c == '\'') {
      end = std::min(sql.find('\'', i + 1), sql.size() - 1) + 1;
    } else if (of_word(c)) {
      while (end < sql.size() && of_word(sql[end])) ++end;
    }
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    const bool counts = depth == 0 && c != ')' && std::isspace(static_cast<unsigned char>(c)) == 0;
    if (counts) words.push_back(of_word(c) ? in_small(sql.substr(i, end - i)) : std::string(1, c));
    i = end;
  }
  return words;
}

bool is_among(const std::string& name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text.substr(0, kLongText)) {
    out += c == '\n' || c == '\r' ? ' ' : c;
    if (c == '\'') out += c;
  }
  return out + (text.size() > kLongText ? "…'" : "'");
}

std::vector<std::string> set_by(std::string_view sql) {
  std::vector<std::string> columns;
  const std::vector<std::string> words = outer_words(sql);
  auto at = std::find(words.begin(), words.end(), "set");
  if (at == words.end()) return columns;
  for (bool begins = true; ++at != words.end() && *at != "where" && *at != "returning";) {
    if (begins) columns.push_back(*at);
    begins = *at == ",";
  }
  return columns;
}

std::string in_words(const ChangedRow& row, const TableColumns& columns,
                     const std::vector<std::string>& set) {
  if (row.before.size() != columns.names.size()) return "";
  std::string key, cells;
  for (const std::size_t i : columns.key)
    key += (key.empty() ? "" : ", ") + columns.names[i] + " " + row.before[i];
  for (std::size_t i = 0; i < row.after.size(); ++i) {
    const bool is_same = row.before[i] == row.after[i];
    if (is_same && (row.after[i] == "null" || !is_among(columns.names[i], set))) continue;
    cells += (cells.empty() ? "" : ", ") + columns.names[i] + " " + row.before[i] + " → " + row.after[i];
  }
  return std::string(row.table) + "(" + key + "): " + (row.after.empty() ? "gone" : cells);
}

std::string with_values(std::string_view sql, const std::vector<std::string>& values) {
  std::string out;
  std::size_t next = 1;
  bool in_text = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (c == '\'') in_text = !in_text;
    if (c == '?' && !in_text) {
      std::size_t index = 0;
      while (i + 1 < sql.size() && std::isdigit(static_cast<unsigned char>(sql[i + 1])) != 0)
        index = index * 10 + static_cast<std::size_t>(sql[++i] - '0');
      if (index == 0) index = next;
      next = index + 1;
      out += index < values.size() && !values[index].empty() ? values[index] : "null";
    } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

class WrittenRows::Recorded final : public env::Statement {
 public:
  Recorded(WrittenRows& rows, std::string_view sql, env::Statement& inner)
      : rows_(rows), sql_(sql), inner_(inner) {}

  void bind(int index, std::int64_t value) override {
    keep(index, std::to_string(value));
    inner_.bind(index, value);
  }
  void bind(int index, std::string_view value) override {
    keep(index, quoted(value));
    inner_.bind(index, value);
  }
  void bind_null(int index) override {
    keep(index, "null");
    inner_.bind_null(index);
  }
  bool step() override {
    const Stepping stepping{rows_, std::exchange(rows_.stepped_, this)};
    const bool row = inner_.step();
    stepped_ = true;
    return row;
  }
  bool is_null(int column) const override { return inner_.is_null(column); }
  std::int64_t integer(int column) const override { return inner_.integer(column); }
  std::string_view text(int column) const override { return inner_.text(column); }
  void finish() override {
    const bool wrote = std::exchange(stepped_, false) && rows_.changes_() > 0;
    if (wrote) rows_.lines_ += "\n" + with_values(sql_, values_);
    inner_.finish();
    if (wrote) tell_rows();
    changed_.clear();
    number_ = 0;
  }
  void changed(const ChangedRow& row) {
    if (row.before.empty() || ++number_ > kMostRows) return;
    changed_.push_back({std::string(row.table), row.before, row.after});
  }

 private:
  // However the step ends.
  struct Stepping {
    WrittenRows& rows;
    Recorded* around;
    ~Stepping() { rows.stepped_ = around; }
  };
  struct Kept {
    std::string table;
    std::vector<std::string> before;
    std::vector<std::string> after;
  };
  void tell_rows() {
    const std::vector<std::string> set = set_by(sql_);
    for (Kept& one : changed_) {
      const TableColumns& columns = rows_.columns_(one.table);
      rows_.lines_ +=
          "\n  " + in_words({one.table, std::move(one.before), std::move(one.after)}, columns, set);
    }
    if (number_ > kMostRows) rows_.lines_ += "\n  … " + std::to_string(number_ - kMostRows);
  }

  void keep(int index, std::string value) {
    const auto at = static_cast<std::size_t>(index);
    if (values_.size() <= at) values_.resize(at + 1);
    values_[at] = std::move(value);
  }

  WrittenRows& rows_;
  std::string_view sql_;
  env::Statement& inner_;
  std::vector<std::string> values_;
  std::vector<Kept> changed_;
  std::size_t number_ = 0;  // of the rows, those that are not kept with them
  bool stepped_ = false;
};

WrittenRows::WrittenRows(std::function<std::int64_t()> changes,
                         std::function<const TableColumns&(const std::string&)> columns)
    : changes_(std::move(changes)), columns_(std::move(columns)) {}
WrittenRows::~WrittenRows() = default;

env::Statement& WrittenRows::beside(const env::Sql& sql, env::Statement& statement) {
  if (reads_only(sql.text)) return statement;
  return recorded_.emplace_back(*this, sql.text, statement);
}

void WrittenRows::changed(const ChangedRow& row) {
  if (stepped_ != nullptr) stepped_->changed(row);
}

}  // namespace ordeal::sim
