#include "faults/suggest.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <vector>

namespace ordeal::faults {

// Damerau-Levenshtein in its "optimal string alignment" form: three rows are enough.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

namespace {

constexpr std::size_t kFar = SIZE_MAX;

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::size_t distance_to_a_part(std::string_view word, std::string_view name) {
  constexpr std::size_t kShortest = 3;  // two letters are like every other two
  if (word.size() < kShortest) return kFar;
  std::size_t best = kFar;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find_first_of(" =", at), name.size());
    best = std::min(best, edit_distance(word, name.substr(at, end - at)));
    at = end + 1;
  }
  return best <= word.size() / 4 ? best : kFar;
}

std::size_t distance(std::string_view word, std::string_view name) {
  constexpr std::size_t kCutShort = 3;
  std::size_t best = edit_distance(word, name);
  if (word.size() >= kCutShort && name.starts_with(word)) best = std::min<std::size_t>(best, 1);
  return std::min(best, distance_to_a_part(word, name));
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t kLongestWord = 200;  // what is longer is no typing mistake, and would cost time
  if (word.size() > kLongestWord) return std::nullopt;
  const std::string typed = small_letters(word);
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    if (candidate == word) continue;  // it is something else that is wrong
    const std::size_t far = distance(typed, small_letters(candidate));
    if (far >= best_distance) continue;
    best_distance = far;
    best = std::string(candidate);
  }
  return best;
}

}  // namespace ordeal::faults
