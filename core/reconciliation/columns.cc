#include "core/reconciliation/columns.h"

#include <algorithm>

namespace ordeal::reconciliation {
namespace {

std::string narrow(std::string_view name) {
  static constexpr std::string_view kOpen = "（";
  static constexpr std::string_view kClose = "）";
  std::string out(name);
  for (std::size_t at = out.find(kOpen); at != out.npos; at = out.find(kOpen))
    out.replace(at, kOpen.size(), "(");
  for (std::size_t at = out.find(kClose); at != out.npos; at = out.find(kClose))
    out.replace(at, kClose.size(), ")");
  return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t");
  if (from == text.npos) return text.substr(0, 0);
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

bool split(std::string_view line, std::string_view mark, std::vector<std::string_view>& values) {
  values.clear();
  if (!line.starts_with(mark)) return false;
  line.remove_prefix(mark.size());
  if (mark.empty()) {
    for (std::size_t end = line.find(','); end != line.npos; end = line.find(',')) {
      values.push_back(line.substr(0, end));
      line.remove_prefix(end + 1);
    }
    values.push_back(line);
    return true;
  }
  const std::string between = "," + std::string(mark);
  for (std::size_t end = line.find(between); end != line.npos; end = line.find(between)) {
    values.push_back(line.substr(0, end));
    line.remove_prefix(end + between.size());
  }
  values.push_back(line);
  return true;
}

Columns::Columns(std::string_view names) {
  std::vector<std::string_view> values;
  split(names, "", values);
  for (const std::string_view value : values) names_.push_back(narrow(trimmed(value)));
}

std::optional<std::size_t> Columns::find(std::string_view name, std::string_view also) const {
  for (const std::string_view wanted : {name, also}) {
    if (wanted.empty()) continue;
    const auto found = std::find(names_.begin(), names_.end(), narrow(wanted));
    if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
  }
  return std::nullopt;
}

std::optional<std::string> Columns::twice() const {
  for (auto name = names_.begin(); name != names_.end(); ++name) {
    if (!name->empty() && std::find(name + 1, names_.end(), *name) != names_.end()) return *name;
  }
  return std::nullopt;
}

}  // namespace ordeal::reconciliation
