#include "reports/translation.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace ordeal::reports {
namespace {

// What each '*' stood for, as short as can be but for the last; nothing when the sentence does not fit.
std::optional<std::vector<std::string_view>> gaps_of(std::string_view sentence, std::string_view text) {
  std::vector<std::string_view> gaps;
  std::size_t star = sentence.find('*');
  if (star == std::string_view::npos) return sentence == text ? std::optional(gaps) : std::nullopt;
  if (!text.starts_with(sentence.substr(0, star))) return std::nullopt;
  text.remove_prefix(star);
  sentence.remove_prefix(star + 1);
  for (;;) {
    star = sentence.find('*');
    const std::string_view piece = sentence.substr(0, star);
    const bool last = star == std::string_view::npos;
    const std::size_t at = last && piece.empty() ? text.size() : last ? text.rfind(piece) : text.find(piece);
    if (at == std::string_view::npos || at == 0) return std::nullopt;  // a gap is never empty
    if (last && at + piece.size() != text.size()) return std::nullopt;
    gaps.push_back(text.substr(0, at));
    if (last) return gaps;
    text.remove_prefix(at + piece.size());
    sentence.remove_prefix(star + 1);
  }
}

std::size_t written_out(std::string_view sentence) {
  return sentence.size() - static_cast<std::size_t>(std::count(sentence.begin(), sentence.end(), '*'));
}

// Whether `row` is to be taken where both fit.
bool before(const TranslationRow& row, const TranslationRow& other) {
  if (row.around != other.around) return row.around;
  return written_out(row.sentence) > written_out(other.sentence);
}

// Of the characters that are written without blanks between them, with their brackets.
bool is_wide(unsigned char lead) { return (lead >= 0xE3 && lead <= 0xE9) || lead == 0xEF; }

// Sentences that were put together have blanks where the gaps were.
std::string without_blanks_between_wide(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between = text[i] == ' ' && i >= 3 && i + 1 < text.size() &&
                         is_wide(static_cast<unsigned char>(text[i - 3])) &&
                         is_wide(static_cast<unsigned char>(text[i + 1]));
    if (!between) out += text[i];
  }
  return out;
}

}  // namespace

std::string Translation::operator()(std::string_view text) const {
  const TranslationRow* best = nullptr;
  std::vector<std::string_view> gaps;
  for (const TranslationRow& row : rows_) {
    if (best != nullptr && !before(row, *best)) continue;
    auto fits = gaps_of(row.sentence, text);
    if (!fits) continue;
    best = &row;
    gaps = std::move(*fits);
  }
  if (best == nullptr) return std::string(text);
  const std::string_view translated = best->translated;
  std::string out;
  for (std::size_t i = 0; i < translated.size(); ++i) {
    const bool gap = translated[i] == '{' && i + 2 < translated.size() && translated[i + 2] == '}';
    const std::size_t number = gap ? static_cast<std::size_t>(translated[i + 1] - '1') : gaps.size();
    if (number < gaps.size()) {
      out += (*this)(gaps[number]);
      i += 2;
    } else {
      out += translated[i];
    }
  }
  return without_blanks_between_wide(out);
}

}  // namespace ordeal::reports
