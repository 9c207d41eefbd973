// Permits and tokens: how many at a time, and how many in a while.
#include "core/limits/limits.h"

#include <gtest/gtest.h>

#include "tests/course_sale/sale_cache.h"

namespace ordeal::test {
namespace {

using namespace ordeal::literals;
using limits::Admission;

const limits::PermitTerms kTwo{"door", 2, 10_s};

class Limits : public ::testing::Test {
 protected:
  Admission ask(const std::string& holder) {
    const auto admitted = permits_->acquire(cache_, kTwo, holder);
    if (admitted.admission == Admission::granted) last_ = admitted.permit;
    return admitted.admission;
  }

  SaleCache cache_;
  std::unique_ptr<limits::Permits> permits_ = limits::make_permits("leases");
  limits::Permit last_;
};

TEST_F(Limits, AtMostSoManyAreInside) {
  EXPECT_EQ(ask("ann"), Admission::granted);
  EXPECT_EQ(ask("ben"), Admission::granted);
  EXPECT_EQ(ask("cem"), Admission::none);
  permits_->release(cache_, kTwo, last_);
  EXPECT_EQ(ask("cem"), Admission::granted);
  EXPECT_EQ(ask("dee"), Admission::none);
}

TEST_F(Limits, APermitOfWhoDiedComesBackAndIsNotTakenFromItsNextHolder) {
  EXPECT_EQ(ask("ann"), Admission::granted);
  const limits::Permit of_ann = last_;
  EXPECT_EQ(ask("ben"), Admission::granted);
  cache_.now = cache_.now + 10_s + 1_ms;
  EXPECT_EQ(ask("cem"), Admission::granted);
  EXPECT_EQ(ask("dee"), Admission::granted);
  permits_->release(cache_, kTwo, of_ann);  // late: it is somebody else's
  EXPECT_EQ(ask("eve"), Admission::none);
}

TEST_F(Limits, WithoutACacheEverybodyPasses) {
  cache_.fails = env::CacheError::unreachable;
  EXPECT_EQ(ask("ann"), Admission::silent);
  EXPECT_TRUE(limits::take_token(cache_, {"door", 1, 1_s}));
}

TEST_F(Limits, TokensOfAnInterval) {
  const limits::RateTerms two{"door", 2, 1_s};
  EXPECT_TRUE(limits::take_token(cache_, two));
  EXPECT_TRUE(limits::take_token(cache_, two));
  EXPECT_FALSE(limits::take_token(cache_, two));
  cache_.now = cache_.now + 1_s;
  EXPECT_FALSE(limits::take_token(cache_, two));
  cache_.now = cache_.now + 1_ms;
  EXPECT_TRUE(limits::take_token(cache_, two));
  EXPECT_TRUE(limits::take_token(cache_, {"other", 0, 1_s})) << "no rate, no limit";
}

// E4: who is quick takes as many permits in a second as he likes; the rate stops him.
TEST_F(Limits, PermitsAreNoRate) {
  int inside = 0;
  int with_a_token = 0;
  for (int i = 0; i < 50; ++i) {
    if (ask("quick-" + std::to_string(i)) == Admission::granted) ++inside;
    permits_->release(cache_, kTwo, last_);
    with_a_token += limits::take_token(cache_, {"door", 5, 1_s}) ? 1 : 0;
  }
  EXPECT_EQ(inside, 50);
  EXPECT_EQ(with_a_token, 5);
}

}  // namespace
}  // namespace ordeal::test
