// `ordeal reconcile` as a user runs it: what it says of two files in each shape, its exit codes, and words for whoever gives
// it what is no bill.
#include <cstdlib>

#include "tests/program/program.h"
#include "tests/support/golden.h"

namespace ordeal::test {
namespace {

class Reconcile : public Program {
 protected:
  Reconcile() { ::setenv("COLUMNS", "80", 1); }

  static std::string sample(const std::string& name) {
    return test::source_dir() + "/tests/reconciliation/samples/" + name;
  }
  std::string write(const std::string& name, const std::string& text) const {
    const std::string path = (root_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // A book of one's own beside the WeChat bill: a payment that it does not know, one with another amount, a refund that it
  // takes as done, and one of just before midnight.
  static std::string book() { return sample("own_book.csv"); }
};

std::string without_paths(std::string text, const std::string& folder) {
  for (std::size_t at = text.find(folder); at != text.npos; at = text.find(folder))
    text.erase(at, folder.size());
  return text;
}

TEST_F(Reconcile, TellsWhatDiffersInWords) {
  const Ran ran = run({"reconcile", "--ours", book(), "--theirs", sample("wechat_trade_all_27.csv")});
  EXPECT_EQ(ran.code, 6) << ran.err;
  EXPECT_EQ(ran.err, "");
  const std::string told = without_paths(ran.out, sample(""));
  expect_golden("reconcile.txt", told);
  EXPECT_NE(slurp(test::source_dir() + "/docs/reconcile.md").find(told), std::string::npos)
      << "docs/reconcile.md shows another text";
}

TEST_F(Reconcile, TellsItInOneJsonObject) {
  const Ran ran =
      run({"reconcile", "--ours", book(), "--theirs", sample("wechat_trade_all_27.csv"), "--json"});
  EXPECT_EQ(ran.code, 6);
  const auto json = ran.json();
  EXPECT_EQ(json.at("schema"), "ordeal/reconcile/1");
  EXPECT_EQ(json.at("exit_code"), 6);
  EXPECT_EQ(json.at("differences"), 4);
  EXPECT_EQ(json.at("findings").size(), 4u);
  EXPECT_EQ(json.at("classes").at("matched").at("events"), 3);
  EXPECT_EQ(json.at("classes").at("amount").at("gap"), 34);
  EXPECT_EQ(json.at("theirs").at("format"), "wechat-trade");
  EXPECT_EQ(json.at("theirs").at("sums").at("payment").at("amount"), 12122);
  EXPECT_EQ(json.at("theirs").at("fees"), "42");
  const auto all =
      run({"reconcile", "--ours", book(), "--theirs", sample("wechat_trade_all_27.csv"), "--json", "--all"});
  EXPECT_EQ(all.json().at("findings").size(), 7u);
}

TEST_F(Reconcile, TellsItAsCsv) {
  const Ran ran =
      run({"reconcile", "--ours", book(), "--theirs", sample("wechat_trade_all_27.csv"), "--csv"});
  EXPECT_EQ(ran.code, 6);
  expect_golden("reconcile.csv", ran.out);
}

TEST_F(Reconcile, EndsWithZeroWhereAllAgrees) {
  const std::string trades = sample("wechat_trade_all_27.csv");
  const std::string copy = write("copy.csv", slurp(trades));
  const Ran ran = run({"reconcile", "--ours", copy, "--theirs", trades});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("all 6 agree"), std::string::npos) << ran.out;
  EXPECT_EQ(run({"reconcile", "--ours", trades, "--theirs", sample("wechat_fund_basic.csv")}).code, 0);
  const auto json = run({"reconcile", "--ours", copy, "--theirs", trades, "--json"}).json();
  EXPECT_EQ(json.at("findings").size(), 0u);
  EXPECT_EQ(json.at("exit_code"), 0);
}

TEST_F(Reconcile, ReadsWhatEachFlagSays) {
  const std::string zip = sample("alipay_20260102.zip");
  const std::string trade = sample("alipay_trade.csv");
  EXPECT_EQ(run({"reconcile", "--ours", trade, "--theirs", zip}).code, 65) << "two tables in it";
  EXPECT_EQ(run({"reconcile", "--ours", trade, "--theirs", zip, "--format", "alipay-trade"}).code, 0);
  EXPECT_EQ(run({"reconcile", "--ours", trade, "--theirs", zip, "--format", "alipay-fund"}).code, 6)
      << "a withdrawal";
  EXPECT_EQ(
      run({"reconcile", "--ours", trade, "--theirs", zip, "--format", "alipay-trade", "--day", "2026-01-03"})
          .code,
      65);
  const std::string next = sample("camt053_next_day.xml");
  const std::string none = write("none.csv", "number,kind,amount,time\n");
  EXPECT_EQ(run({"reconcile", "--ours", none, "--theirs", next, "--before", sample("camt053_day.xml")}).code,
            6);
  const Ran gap =
      run({"reconcile", "--ours", none, "--theirs", sample("broken/camt053_next_day.gap_in_balance.xml"),
           "--before", sample("camt053_day.xml")});
  EXPECT_EQ(gap.code, 65);
  EXPECT_NE(gap.err.find("it opens with 1232.40, the one before closed with 1232.50"), std::string::npos)
      << gap.err;
  // A refund that the bill calls PROCESSING.
  const Ran done = run({"reconcile", "--ours", book(), "--theirs", sample("wechat_trade_all_27.csv"),
                        "--processing", "done", "--json"});
  EXPECT_EQ(done.json().at("differences"), 3);
  const Ran narrow = run({"reconcile", "--ours", book(), "--theirs", sample("wechat_trade_all_27.csv"),
                          "--window", "2s", "--json"});
  EXPECT_EQ(narrow.json().at("classes").at("day_cut").at("events"), 0);
}

TEST_F(Reconcile, TakesABillThatDoesNotExistAsAnEmptyDay) {
  const std::string none = write("none.json", R"({"code": "NO_STATEMENT_EXIST", "message": "no"})");
  const Ran ran = run({"reconcile", "--ours", book(), "--theirs", none, "--day", "2026-01-02"});
  EXPECT_EQ(ran.code, 6) << ran.err;
  EXPECT_NE(ran.out.find("the channel says that there is no bill"), std::string::npos) << ran.out;
  const std::string soon = write("soon.json", R"({"code": "STATEMENT_CREATING"})");
  EXPECT_EQ(run({"reconcile", "--ours", book(), "--theirs", soon}).code, 75);
}

TEST_F(Reconcile, RefusesWhatIsNoBillWithItsPlace) {
  const std::string good = sample("wechat_trade_all_27.csv");
  struct Case {
    std::vector<std::string> arguments;
    int code;
    std::string says;
  };
  const std::string zeros = write("zeros.bin", std::string(1 << 20, '\0'));
  const std::string long_line = write("long.csv", "number,kind,amount,time\n" + std::string(200'000, '1'));
  const std::vector<Case> cases{
      {{"--theirs", good}, 64, "--ours FILE is needed"},
      {{"--ours", good, "--theirs", good}, 64, "are the same file"},
      {{"--ours", book(), "--theirs", root_.string()}, 65, "is a directory; a file is expected"},
      {{"--ours", book(), "--theirs", root_.string() + "/zeroes.bin"}, 66, "did you mean"},
      {{"--ours", book(), "--theirs", zeros}, 65, "zeros.bin:1:1: a zero byte: this is a binary file"},
      {{"--ours", book(), "--theirs", good, "--format", "wechat-trades"}, 64, "wechat-trade"},
      {{"--ours", book(), "--theirs", good, "--format", "camt053"}, 65, "no XML from here on"},
      {{"--ours", book(), "--theirs", good, "--format", "alipay-trade"}, 65, ":1:"},
      {{"--ours", book(), "--theirs", long_line}, 65, "long.csv:2: a line of more than 65536 bytes"},
      {{"--ours", book(), "--theirs", good, "--day", "2026-02-30"}, 64, "--day needs a day"},
      {{"--ours", book(), "--theirs", good, "--window", "soon"}, 64, "--window needs a duration"},
      {{"--ours", book(), "--theirs", good, "--processing", "dne"}, 64, "done"},
      {{"--ours", book(), "--theirs", good, "--json", "--csv"}, 64, "--json and --csv"},
      {{"--ours", book(), "--theirs", sample("unionpay_like_flat.txt")}, 65, "--day"},
      {{"--ours", sample("wechat_fund_basic.csv"), "--theirs", good}, 65, "give the trades as --ours"},
      {{"--ours", book(), "--theirs", sample("broken/wechat_trade_all_27.duplicated_line_totals_fit.csv")},
       65,
       "totals_fit.csv:4: it is line 3 again"},
      {{"--ours", write("twice.csv", slurp(book()) + "#total,6,16822\n"), "--theirs", good},
       65,
       "twice.csv:9: a line below the total"},
  };
  for (const Case& one : cases) {
    std::vector<std::string> arguments{"reconcile"};
    arguments.insert(arguments.end(), one.arguments.begin(), one.arguments.end());
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, one.code) << one.says << "\n" << ran.err;
    EXPECT_NE(ran.err.find(one.says), std::string::npos) << one.says << " is not in\n" << ran.err;
    EXPECT_TRUE(ran.out.empty() || ran.out.find("ordeal/error/1") != std::string::npos) << ran.out;
  }
}

// Numbers of a file cannot drive a terminal, nor a spreadsheet.
TEST_F(Reconcile, PrintsNothingThatDrivesATerminal) {
  const std::string names = "number,kind,amount,time\n";
  const std::string ours = write("a.csv", names + "\x1b[31mred,payment,1,2026-01-02\n");
  const std::string theirs = write("b.csv", names + "=HYPERLINK(1),payment,1,2026-01-02\n");
  const Ran text = run({"reconcile", "--ours", ours, "--theirs", theirs});
  EXPECT_EQ(text.out.find('\x1b'), std::string::npos);
  const Ran csv = run({"reconcile", "--ours", ours, "--theirs", theirs, "--csv"});
  EXPECT_NE(csv.out.find(",'=HYPERLINK(1),"), std::string::npos) << csv.out;
  EXPECT_EQ(csv.out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace ordeal::test
