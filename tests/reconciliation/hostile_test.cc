// Files that were damaged at random: every one is refused or taken, none ends the program or shows what was not read. Seeds
// make each of them again. Run with sanitizers in CI; `ORDEAL_FUZZ_ROUNDS` asks for more rounds.
//
// Also what is wrong with a plain file, each with its place.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/reconciliation/figures.h"
#include "tests/reconciliation/ledger.h"
#include "tests/reconciliation/read.h"

namespace ordeal::test {
namespace {

namespace fs = std::filesystem;
using namespace reconciliation;

// xorshift64*: the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}
  std::uint64_t below(std::uint64_t limit) {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return (state_ * 0x2545F4914F6CDD1DU >> 16U) % limit;
  }

 private:
  std::uint64_t state_;
};

std::string damaged(std::string text, const std::string& other, Dice& dice) {
  static const std::string kTokens[] = {",",
                                        "`",
                                        "\n",
                                        "\r\n",
                                        "\"",
                                        "0",
                                        "-",
                                        ".",
                                        "99999999999999999",
                                        "#",
                                        "\t",
                                        "<",
                                        "</",
                                        ">",
                                        "&#",
                                        "'",
                                        "{",
                                        std::string(1, '\0'),
                                        "\xFF",
                                        "\xEF\xBB\xBF",
                                        "2026-13-45 99:99:99",
                                        std::string(300, '9')};
  for (std::uint64_t n = dice.below(4) + 1; n > 0 && !text.empty(); --n) {
    const std::size_t at = dice.below(text.size());
    switch (dice.below(6)) {
      case 0:
        text[at] = static_cast<char>(dice.below(256));
        break;
      case 1:
        text.erase(at, dice.below(40) + 1);
        break;
      case 2:
        text.insert(at, kTokens[dice.below(std::size(kTokens))]);
        break;
      case 3:
        text.resize(at);
        break;
      case 4:
        text.insert(at, text.substr(dice.below(text.size()), dice.below(400)));
        break;
      default:
        text.insert(at, other.substr(dice.below(other.size() + 1), dice.below(200)));
    }
  }
  return text;
}

std::uint64_t rounds() {
  const char* asked = std::getenv("ORDEAL_FUZZ_ROUNDS");
  return asked == nullptr ? 60 : std::strtoull(asked, nullptr, 10);
}

TEST(Damaged, FilesAreRefusedOrTakenButNeverEndTheProgram) {
  std::vector<std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(samples())) {
    if (entry.is_regular_file()) texts.push_back(bytes_of(entry.path()));
  }
  std::sort(texts.begin(), texts.end());
  std::uint64_t taken = 0;
  std::uint64_t refused = 0;
  for (std::size_t file = 0; file < texts.size(); ++file) {
    for (std::uint64_t seed = 0; seed < rounds(); ++seed) {
      Dice dice(seed * 1'000 + file);
      const std::string text = damaged(texts[file], texts[dice.below(texts.size())], dice);
      // Some as what they are taken for, some as another format.
      const auto known = formats();
      const std::string_view format =
          dice.below(3) == 0 ? known[dice.below(known.size())].name : std::string_view();
      Asked asked;
      if (dice.below(2) == 0) asked.day = day_of(*parse_date("2026-01-02"));
      const auto read = read_bytes(text, format, asked);
      ++(read->refused ? refused : taken);
      if (!read->refused) {
        EXPECT_EQ(read->statement.sums.lines, static_cast<std::int64_t>(read->entries.list().size()));
      } else {
        EXPECT_FALSE(read->refused->what.empty());
      }
    }
  }
  EXPECT_GT(refused, taken);
}

// Every cut of every good bill but within its last line: what is not whole is not taken.
TEST(Cut, BillsAreNeverTaken) {
  for (const char* name :
       {"wechat_trade_all_27.csv", "wechat_trade_24.csv", "wechat_fund_basic.csv", "alipay_trade.csv",
        "alipay_signcustomer.csv", "camt053_day.xml", "alipay_trade_20260102.zip"}) {
    const std::string whole = bytes_of(samples() / name);
    // Behind the totals stands only when the file was made; the last total is the same without its last zeros.
    std::size_t most = whole.find_last_not_of("\r\n>0") + 1;
    if (std::string_view(name).starts_with("alipay") && whole[0] == '#')
      most = whole.rfind('#', whole.rfind('#') - 1);
    for (std::size_t size = 0; size < most; ++size) {
      const auto read = read_bytes(std::string_view(whole).substr(0, size));
      ASSERT_TRUE(read->refused) << name << " cut at " << size;
    }
  }
}

struct Wrong {
  const char* text;
  const char* why;
};

class WrongPlain : public testing::TestWithParam<Wrong> {};

TEST_P(WrongPlain, IsRefusedWithItsPlace) {
  EXPECT_EQ(read_bytes(GetParam().text, "plain")->why(), GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    , WrongPlain,
    testing::Values(
        Wrong{"number,kind,amount\n", "1:1: no column \"time\"; number, kind, amount and time are needed"},
        Wrong{"number,kind,amount,time,kind\n", "1:1: the column kind is there twice"},
        Wrong{"number,kind,amount,time\nT1,payment,100\n", "2:15: 3 values under 4 names"},
        Wrong{"number,kind,amount,time\nT1,payment,1,00,2026-01-02\n", "2:27: 5 values under 4 names"},
        Wrong{"number,kind,amount,time\n,payment,100,2026-01-02\n",
              "2:1: number: \"\" where the number of an order or refund is expected"},
        Wrong{"number,kind,amount,time\nT1,sale,100,2026-01-02\n",
              "2:4: kind: \"sale\" where one of payment, refund, cancel, credit, debit, fee, fee_back is "
              "expected"},
        Wrong{
            "number,kind,amount,time\nT1,payment,1.00,2026-01-02\n",
            "2:12: amount: \"1.00\" where a whole number of minor units, without sign or point is expected"},
        Wrong{
            "number,kind,amount,time\nT1,payment,-100,2026-01-02\n",
            "2:12: amount: \"-100\" where a whole number of minor units, without sign or point is expected"},
        Wrong{"number,kind,amount,time\nT1,payment,1e5,2026-01-02\n",
              "2:12: amount: \"1e5\" where a whole number of minor units, without sign or point is expected"},
        Wrong{"number,kind,amount,time\nT1,payment,100,2026-02-30\n",
              "2:16: time: \"2026-02-30\" where a time like 2026-01-02 23:59:59 is expected"},
        Wrong{"number,kind,amount,time,fee\nT1,payment,100,2026-01-02,0.0001\n",
              "2:27: fee: \"0.0001\" where minor units with up to three decimals is expected"},
        Wrong{"number,kind,amount,time,state\nT1,payment,100,2026-01-02,paid\n",
              "2:27: state: \"paid\" where one of success, processing, failed, closed is expected"},
        Wrong{"number,kind,amount,time\n\"T1\",payment,100,2026-01-02\n",
              "2:1: a quote: values stand as they are, without commas"},
        Wrong{"number,kind,amount,time\nT1,payment,100,2026-01-02\nT2,credit,100,2026-01-02\n",
              "3:4: kind: \"credit\" where a kind of trade, as above: one file tells of trades or of an "
              "account is expected"},
        Wrong{"number,kind,amount,time,currency\nT1,payment,100,2026-01-02,CNY\nT2,payment,100,2026-01-02,"
              "EUR\n",
              "3: EUR in a file of CNY: there is no sum over two currencies"},
        Wrong{"number,kind,amount,time\nT1,payment,100,2026-01-02\n#total,2,100\n",
              "3:8: the total says 2 lines, there are 1"},
        Wrong{"number,kind,amount,time\nT1,payment,100,2026-01-02\n#total,1,101\n",
              "3:10: the total says 101, the amounts add up to 100"},
        Wrong{"number,kind,amount,time\n#total,0,0\nT1,payment,100,2026-01-02\n",
              "3: a line below the total, which is the last one"},
        Wrong{"", "0 bytes: a day without business has a file, or an answer that says so"}));

TEST(Plain, TakesColumnsInAnyOrderAndOthersBesideThem) {
  const auto read =
      read_bytes("\xEF\xBB\xBFtime,note,amount,kind,number\r\n2026-01-02 10:00:00,x,100,payment,T1\r\n");
  ASSERT_EQ(read->why(), "");
  EXPECT_EQ(read->statement.format, "plain");
  EXPECT_EQ(read->entries.list().at(0).amount, 100);
  EXPECT_EQ(read->entries.list().at(0).number, "T1");
  EXPECT_FALSE(read->entries.list().at(0).has_fee);
}

TEST(Recognised, IsNothingThatIsNoBill) {
  EXPECT_EQ(read_bytes(std::string("\x7f") + "ELF\x02" + std::string(60, '\0'))->why(),
            "1:6: a zero byte: this is a binary file, not a bill");
  EXPECT_EQ(
      read_bytes("hello, world\n")->why(),
      "1:1: no known format begins like this; known are plain, wechat-trade, wechat-fund, wechat-answer, "
      "alipay-trade, alipay-fund, camt053, unionpay-flat");
  EXPECT_EQ(read_bytes(std::string(200'000, 'x'), "plain")->why(),
            "1: a line of more than 65536 bytes: no bill has one");
  EXPECT_EQ(read_bytes("PK\x03\x04 no more")->why(), "no whole zip: Not a zip archive");
}

}  // namespace
}  // namespace ordeal::test
