// The Chinese dictionary: every row can be reached. One that fits whatever another one fits, and has no less of it written out,
// makes the other one dead: its sentence is told by the wrong words, or half in English.
#include <algorithm>
#include <iterator>
#include <map>

#include <gtest/gtest.h>

#include "scenarios/cli/language.h"
#include "scenarios/flows/flows.h"

namespace ordeal::cli {
namespace {

using Rows = std::vector<reports::TranslationRow>;

// A gap stands for any text, so a row that fits the sentence with something in its gaps that stands in no row fits every
// text of the sentence.
std::string with_any_gaps(std::string_view sentence) {
  std::string text(sentence);
  std::replace(text.begin(), text.end(), '*', '\x01');
  return text;
}

// "LATER, taken for EARLIER", one each.
std::vector<std::string> shadowed(const Rows& rows) {
  Rows by_sentence;  // whose translation is the row itself
  std::transform(rows.begin(), rows.end(), std::back_inserter(by_sentence),
                 [](const reports::TranslationRow& row) {
                   return reports::TranslationRow{row.sentence, row.sentence, row.around};
                 });
  const reports::Translation translation(by_sentence);
  std::vector<std::string> found;
  std::map<std::string_view, std::string_view> before;
  for (const reports::TranslationRow& row : rows) {
    const std::string taken = translation(with_any_gaps(row.sentence));
    // Two flows may say the same, in the same words.
    const bool otherwise = before.try_emplace(row.sentence, row.translated).first->second != row.translated;
    if (taken != row.sentence || otherwise)
      found.push_back(std::string(row.sentence) + ", taken for " + taken);
  }
  return found;
}

TEST(Dictionary, HasNoRowThatCannotBeReached) {
  const Rows rows = chinese_dictionary(all_flows());
  EXPECT_GE(rows.size(), 200U);
  EXPECT_EQ(shadowed(rows), std::vector<std::string>{});
}

TEST(Dictionary, ARowThatFitsMoreIsInNobodysWay) {
  const Rows rows{{"* calls back about *", ""}, {"* calls back about a trade of *", ""}};
  EXPECT_TRUE(shadowed(rows).empty());
  EXPECT_TRUE(shadowed({rows[1], rows[0]}).empty());
}

TEST(Dictionary, TellsARowThatIsThereTwice) {
  EXPECT_EQ(shadowed({{"paying", "a"}, {"placing *", "b"}, {"paying", "c"}}),
            (std::vector<std::string>{"paying, taken for paying"}));
}

}  // namespace
}  // namespace ordeal::cli
