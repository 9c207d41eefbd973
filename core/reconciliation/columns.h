// Columns of a table by their names: files gain columns over the years and in no fixed place (domain 2.2), so a reader asks
// for the ones that it knows. A line that has another number of values than there are names is for the reader to refuse: a
// comma in a free text would shift all that follows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ordeal::reconciliation {

// Blanks and tabs on both sides gone.
std::string_view trimmed(std::string_view text);

// Splits at commas; with a mark, at commas that are followed by it, and false: the line does not begin with one.
bool split(std::string_view line, std::string_view mark, std::vector<std::string_view>& values);

class Columns {
 public:
  explicit Columns(std::string_view names);

  // Full-width brackets in names are the same as narrow ones: files have both.
  std::optional<std::size_t> find(std::string_view name, std::string_view also = {}) const;
  std::size_t size() const { return names_.size(); }
  // A name that is there twice, which says nothing of where its values stand.
  std::optional<std::string> twice() const;

 private:
  std::vector<std::string> names_;
};

}  // namespace ordeal::reconciliation
