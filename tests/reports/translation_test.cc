// Stories in another language.
#include "reports/translation.h"

#include <algorithm>
#include <cctype>

#include <gtest/gtest.h>

#include "faults/kinds/fault.h"
#include "reports/plain_faults.h"

namespace ordeal::reports {
namespace {

Translation some() {
  return Translation(std::vector<TranslationRow>{
      {"* moves * from * to *, though it is *", "{1} 把 {2} 从 {3} 改为 {4}，其实它已是 {5}"},
      {"* moves * from * to *", "{1} 把 {2} 从 {3} 改为 {4}"},
      {"*'s order", "{1} 的订单"},
      {"nothing", "没什么"},
      {"twice {1}", "两次"}});
}

TEST(Translation, FillsGapsInTheOrderOfTheOtherLanguage) {
  const Translation swap(std::vector<TranslationRow>{{"* sets * aside for *", "{1} 为 {3} 预占 {2}"}});
  EXPECT_EQ(swap("inventory-1 sets 2 tea aside for ann"), "inventory-1 为 ann 预占 2 tea");
}

TEST(Translation, TranslatesWhatStandsInAGap) {
  EXPECT_EQ(some()("order-1 moves ann's order from DRAFT to UNPAID"),
            "order-1 把 ann 的订单从 DRAFT 改为 UNPAID");
}

TEST(Translation, TakesTheRowThatHasMostOfItWrittenOut) {
  const Translation any_order(
      std::vector<TranslationRow>{{"*, *", "{1}，{2}"}, {"* waits, and *", "{1} 等着，{2}"}});
  EXPECT_EQ(any_order("ann waits, and ben goes"), "ann 等着，ben goes");
  EXPECT_EQ(any_order("ann, ben"), "ann，ben");
}

TEST(Translation, OfLongerAndShorterTakesTheLonger) {
  EXPECT_EQ(some()("a moves b from c to d, though it is e"), "a 把 b 从 c 改为 d，其实它已是 e");
}

TEST(Translation, LeavesAloneWhatNoRowFits) {
  EXPECT_EQ(some()("alipay takes 10.00 CNY"), "alipay takes 10.00 CNY");
  EXPECT_EQ(some()(""), "");
  EXPECT_EQ(some()("nothing more"), "nothing more") << "a row is the whole sentence";
  EXPECT_EQ(some()("'s order"), "'s order") << "a gap is never empty";
}

TEST(Translation, KnowsMachinesAndMessages) {
  std::vector<TranslationRow> rows = chinese_faults();
  rows.push_back({"* knew it only after *", "{1} 过了 {2} 才知道"});
  for (const TranslationRow& row : chinese_times()) rows.push_back(row);
  const Translation chinese(rows);
  EXPECT_EQ(chinese("payment knew it only after 899.9 s"), "payment 过了 899.9 秒才知道")
      << "a sentence that ends in a time is not a time";
  EXPECT_EQ(chinese("inventory-1 crashes just after it committed and is up again after 10 s"),
            "inventory-1 刚提交完就宕机，10 秒后恢复");
  EXPECT_EQ(chinese("order-1 freezes for 23.6 s just after it asked (while placing)"),
            "order-1 刚发出请求就卡住 23.6 秒（正在placing）")
      << "what stands around is not the end of what it stands around";
  EXPECT_EQ(chinese("order-1's answer is lost (while placing, for ann)"),
            "order-1 的应答丢了（正在为 ann placing）");
}

Translation of_windows() {
  std::vector<TranslationRow> rows = chinese_windows();
  for (const TranslationRow& row : chinese_times()) rows.push_back(row);
  return Translation(rows);
}

TEST(Translation, KnowsEveryKindOfFault) {
  const Translation chinese = of_windows();
  for (const faults::KindInfo& kind : faults::kinds()) {
    const std::string said = chinese(kind.words);
    EXPECT_TRUE(std::none_of(said.begin(), said.end(), [](unsigned char c) { return std::isalpha(c) != 0; }))
        << kind.name << ": " << said;
  }
}

TEST(Translation, KnowsWindows) {
  const Translation chinese = of_windows();
  const auto window = [&](faults::Fault fault, std::vector<std::string> hosts) {
    return chinese(plain_window({"w", fault, {std::move(hosts), {}, {}, {}}, {}, faults::kSecond * 56}, {}));
  };
  EXPECT_EQ(window(faults::ClockFreeze{}, {"m-1"}), "m-1：时钟停住，持续 56 秒");
  EXPECT_EQ(window(faults::ClockFreeze{}, {"m-1", "m-2", "m-3", "m-4"}),
            "m-1、m-2 等，另有 2 台：时钟停住，持续 56 秒");
  EXPECT_EQ(window(faults::HostOutage{}, {"m-1", "m-2"}), "m-1 和 m-2 停机，持续 56 秒");
  EXPECT_EQ(window(faults::HostKill{}, {"m-1", "m-2", "m-3"}), "3 台主机同时宕机：m-1、m-2 和 m-3");
}

}  // namespace
}  // namespace ordeal::reports
