#include "sim/disk/written_rows.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace ordeal::sim {
namespace {

constexpr std::size_t kLongText = 120;

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text.substr(0, kLongText)) {
    out += c == '\n' || c == '\r' ? ' ' : c;
    if (c == '\'') out += c;
  }
  return out + (text.size() > kLongText ? "…'" : "'");
}

bool reads_only(std::string_view sql) {
  constexpr std::string_view kSelect = "select";
  sql.remove_prefix(std::min(sql.find_first_not_of(" \n\t"), sql.size()));
  for (std::size_t i = 0; i < kSelect.size(); ++i) {
    if (i >= sql.size() || std::tolower(static_cast<unsigned char>(sql[i])) != kSelect[i]) return false;
  }
  return true;
}

}  // namespace

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
    stepped_ = true;
    return inner_.step();
  }
  bool is_null(int column) const override { return inner_.is_null(column); }
  std::int64_t integer(int column) const override { return inner_.integer(column); }
  std::string_view text(int column) const override { return inner_.text(column); }
  void finish() override {
    if (std::exchange(stepped_, false) && rows_.changes_() > 0)
      rows_.lines_ += "\n" + with_values(sql_, values_);
    inner_.finish();
  }

 private:
  void keep(int index, std::string value) {
    const auto at = static_cast<std::size_t>(index);
    if (values_.size() <= at) values_.resize(at + 1);
    values_[at] = std::move(value);
  }

  WrittenRows& rows_;
  std::string_view sql_;
  env::Statement& inner_;
  std::vector<std::string> values_;
  bool stepped_ = false;
};

WrittenRows::WrittenRows(std::function<std::int64_t()> changes) : changes_(std::move(changes)) {}
WrittenRows::~WrittenRows() = default;

env::Statement& WrittenRows::beside(const env::Sql& sql, env::Statement& statement) {
  if (reads_only(sql.text)) return statement;
  return recorded_.emplace_back(*this, sql.text, statement);
}

}  // namespace ordeal::sim
