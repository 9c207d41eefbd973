// Each class of the matcher in the smallest pair of files that has it, beside a pair that has not.
#include <gtest/gtest.h>

#include "tests/reconciliation/ledger.h"
#include "tests/reconciliation/read.h"

namespace ordeal::test {
namespace {

using namespace reconciliation;

constexpr const char* kNames = "number,kind,amount,fee,state,time\n";
std::string file(const std::string& lines) { return kNames + lines; }

// What differs, a line each.
std::string differences(const std::string& ours, const std::string& theirs) {
  return reconcile(file(ours), file(theirs)).found.text;
}

TEST(Matcher, FindsNothingWhereBothSayTheSame) {
  const std::string lines =
      "T1,payment,100,1,success,2026-01-02 10:00:00\nR1,refund,50,0,success,2026-01-02 11:00:00\n";
  const Reconciled same = reconcile(file(lines), file(lines));
  EXPECT_EQ(same.found.text, "");
  EXPECT_EQ(same.outcome.of(Class::matched).events, 2);
  EXPECT_EQ(same.outcome.differences(), 0);
}

TEST(Matcher, FindsWhatOneSideAloneHas) {
  const std::string both = "T1,payment,100,,success,2026-01-02 10:00:00\n";
  const std::string more = both + "T2,payment,70,,success,2026-01-02 12:00:00\n";
  EXPECT_EQ(differences(both, more), "missing_here T2 ours 0 theirs 3\n");
  EXPECT_EQ(differences(more, both), "missing_there T2 ours 3 theirs 0\n");
  EXPECT_EQ(reconcile(file(both), file(more)).outcome.of(Class::missing_here).gap, 70);
}

// A number alone is no name: an order and its cancel have one number.
TEST(Matcher, TellsKindsOfOneNumberApart) {
  EXPECT_EQ(differences("T1,payment,100,,success,2026-01-02 10:00:00\n",
                        "T1,cancel,100,,success,2026-01-02 10:00:00\n"),
            "missing_there T1 ours 2 theirs 0\nmissing_here T1 ours 0 theirs 2\n");
}

TEST(Matcher, FindsAnotherAmountToTheLastMinorUnit) {
  EXPECT_EQ(differences("T1,payment,100,,success,2026-01-02 10:00:00\n",
                        "T1,payment,101,,success,2026-01-02 10:00:00\n"),
            "amount T1 ours 2 theirs 2\n");
}

TEST(Matcher, FindsAnotherState) {
  const std::string paid = "T1,payment,100,,success,2026-01-02 10:00:00\n";
  EXPECT_EQ(differences("T1,payment,100,,processing,2026-01-02 10:00:00\n", paid),
            "status T1 ours 2 theirs 2\n");
  EXPECT_EQ(differences("T1,payment,100,,closed,2026-01-02 10:00:00\n", paid), "status T1 ours 2 theirs 2\n");
  // Neither moved anything, whatever they call it.
  EXPECT_EQ(differences("T1,payment,100,,closed,2026-01-02 10:00:00\n",
                        "T1,payment,100,,failed,2026-01-02 10:00:00\n"),
            "");
}

TEST(Matcher, PassesOverWhatMovedNothingAndOnlyOneKnows) {
  const Reconciled one = reconcile(file("T1,payment,100,,closed,2026-01-02 10:00:00\n"),
                                   file("T2,payment,5,,failed,2026-01-02 10:00:00\n"));
  EXPECT_EQ(one.found.text, "");
  EXPECT_EQ(one.outcome.moved_nothing, 2);
}

TEST(Matcher, FindsAnotherFeeWhereBothKnowIt) {
  EXPECT_EQ(differences("T1,payment,100,0.6,success,2026-01-02 10:00:00\n",
                        "T1,payment,100,0.601,success,2026-01-02 10:00:00\n"),
            "fee T1 ours 2 theirs 2\n");
  EXPECT_EQ(differences("T1,payment,100,,success,2026-01-02 10:00:00\n",
                        "T1,payment,100,0.601,success,2026-01-02 10:00:00\n"),
            "");
}

TEST(Matcher, FindsAFurtherLineOfOneEvent) {
  const std::string once = "T1,payment,100,,success,2026-01-02 10:00:00\n";
  EXPECT_EQ(differences(once, once + once), "duplicate T1 ours 0 theirs 3\n");
  EXPECT_EQ(differences(once + once, once), "duplicate T1 ours 3 theirs 0\n");
  EXPECT_EQ(differences(once + once, once + once), "");
  // The line with the same amount is the partner, wherever it stands; a file with both lines and nobody else's has one
  // that is missing and one that is too much.
  EXPECT_EQ(differences(once, "T1,payment,70,,success,2026-01-02 10:00:00\n" + once),
            "duplicate T1 ours 0 theirs 2\n");
  EXPECT_EQ(differences("T0,payment,1,,success,2026-01-02 10:00:00\n",
                        "T0,payment,1,,success,2026-01-02 10:00:00\n" + once + once),
            "missing_here T1 ours 0 theirs 3\nduplicate T1 ours 0 theirs 4\n");
}

// C27, C28: theirs has more or less than ours; of what leaves it is the other way round.
TEST(Matcher, CallsAnAccountsDifferencesSurplusAndShortage) {
  const std::string both = "A,credit,100,,success,2026-01-02 10:00:00\n";
  const std::string in = both + "B,credit,70,,success,2026-01-02 10:00:00\n";
  const std::string out = both + "B,debit,70,,success,2026-01-02 10:00:00\n";
  EXPECT_EQ(differences(both, in), "surplus B ours 0 theirs 3\n");
  EXPECT_EQ(differences(in, both), "shortage B ours 3 theirs 0\n");
  EXPECT_EQ(differences(both, out), "shortage B ours 0 theirs 3\n");
  EXPECT_EQ(differences(out, both), "surplus B ours 3 theirs 0\n");
  EXPECT_EQ(differences(in, both + "B,credit,71,,success,2026-01-02 10:00:00\n"),
            "surplus B ours 3 theirs 3\n");
  EXPECT_EQ(differences(out, both + "B,debit,71,,success,2026-01-02 10:00:00\n"),
            "shortage B ours 3 theirs 3\n");
}

TEST(Matcher, CallsAnAccountsFeesFees) {
  const std::string both = "A,credit,100,,success,2026-01-02 10:00:00\n";
  EXPECT_EQ(differences(both, both + "A,fee,1,,success,2026-01-02 10:00:00\n"), "fee A ours 0 theirs 3\n");
  EXPECT_EQ(differences(both + "A,fee,2,,success,2026-01-02 10:00:00\n",
                        both + "A,fee,1,,success,2026-01-02 10:00:00\n"),
            "fee A ours 3 theirs 3\n");
}

// Ten minutes are the window; the other file's days end where it has lines.
TEST(Matcher, CarriesWhatStandsAtTheCutOfTheDay) {
  const std::string noon = "T1,payment,100,,success,2026-01-02 12:00:00\n";
  EXPECT_EQ(differences(noon + "T2,payment,70,,success,2026-01-02 23:50:00\n", noon),
            "day_cut T2 ours 3 theirs 0\n");
  EXPECT_EQ(differences(noon + "T2,payment,70,,success,2026-01-02 23:49:59\n", noon),
            "missing_there T2 ours 3 theirs 0\n");
  EXPECT_EQ(differences(noon + "T2,payment,70,,success,2026-01-03 00:09:00\n", noon),
            "day_cut T2 ours 3 theirs 0\n");
  EXPECT_EQ(differences(noon, noon + "T2,payment,70,,success,2026-01-02 00:00:05\n"),
            "day_cut T2 ours 0 theirs 3\n");
}

TEST(Matcher, ClosesACutWhenBothHaveIt) {
  const std::string noon =
      "T1,payment,100,,success,2026-01-02 12:00:00\nT3,payment,100,,success,2026-01-03 12:00:00\n";
  EXPECT_EQ(differences(noon + "T2,payment,70,,success,2026-01-02 23:59:58\n",
                        noon + "T2,payment,70,,success,2026-01-03 00:00:02\n"),
            "day_cut T2 ours 4 theirs 4\n");
  EXPECT_EQ(differences(noon + "T2,payment,70,,success,2026-01-02 18:00:00\n",
                        noon + "T2,payment,70,,success,2026-01-03 09:00:00\n"),
            "late T2 ours 4 theirs 4\n");
  // Where a bank tells the day alone, the next day is the cut and the one after that is late.
  EXPECT_EQ(differences(noon + "T2,payment,70,,success,2026-01-02 18:00:00\n",
                        noon + "T2,payment,70,,success,2026-01-03\n"),
            "day_cut T2 ours 4 theirs 4\n");
  EXPECT_EQ(differences(noon + "T2,payment,70,,success,2026-01-02 18:00:00\n",
                        noon + "T2,payment,70,,success,2026-01-04\n"),
            "late T2 ours 4 theirs 4\n");
}

// Two files of one channel say the same of one day: the trades, and what they moved on the account.
TEST(Matcher, HoldsTradesAgainstTheAccountTheyMove) {
  const Reconciled wechat = reconcile(bytes_of(samples() / "wechat_trade_all_27.csv"),
                                      bytes_of(samples() / "wechat_fund_basic.csv"));
  EXPECT_EQ(wechat.found.text, "");
  EXPECT_EQ(wechat.outcome.of(Class::matched).events, 12);
  const Reconciled alipay =
      reconcile(bytes_of(samples() / "alipay_trade.csv"), bytes_of(samples() / "alipay_signcustomer.csv"));
  EXPECT_EQ(alipay.found.text, "shortage 2026010200000000000000000042 ours 0 theirs 7\n");
  EXPECT_EQ(alipay.outcome.of(Class::shortage).gap, -50'000);
}

}  // namespace
}  // namespace ordeal::test
