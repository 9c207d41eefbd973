#include <gtest/gtest.h>

#include "core/api/facts.h"
#include "core/notification/service.h"
#include "tests/support/fake_env.h"

namespace ordeal::notification {
namespace {

using namespace literals;
using support::Fault;

struct Fixture {
  Fixture() {
    world.serve_http("merchant", "/orders", [this](const std::string& body) -> env::HttpResponse {
      bodies.push_back(body);
      return {200, answer};
    });
  }
  void paid(int order) {
    service.on_order_paid({OrderId{order}, AttemptId{1}, {1000, {}}, 3, MerchantId{1}});
  }

  support::FakeWorld world;
  support::PlainDatabase& db = world.database(kSchema);
  std::unique_ptr<Telling> telling = make_telling("long_tail");
  Service service{world.env("notification"), db, {*telling}};
  std::vector<std::string> bodies;
  std::string answer = "SUCCESS";
};

TEST(Notification, TellsTheMerchantOnce) {
  Fixture f;
  for (int i = 0; i < 3; ++i) f.paid(1);
  EXPECT_EQ(f.service.run_due(), std::nullopt);
  f.paid(1);
  f.service.run_due();
  ASSERT_EQ(f.bodies.size(), 1U);
  const auto notice = env::Message::from_json(api::MerchantNotice::type(), f.bodies[0]);
  ASSERT_TRUE(notice.ok());
  EXPECT_EQ(notice->as<api::MerchantNotice>().state, api::OrderState::paid);
  EXPECT_EQ(notice->as<api::MerchantNotice>().version, 3);
  EXPECT_EQ(f.db.count<api::facts::MerchantNotified>(), 1);
}

TEST(Notification, GoesOnUntilTheAnswerIsExactlySuccess) {
  for (const char* answer : {"success", "SUCCESS ", "", "<html>SUCCESS</html>"}) {
    Fixture f;
    f.answer = answer;
    f.paid(1);
    EXPECT_TRUE(f.service.run_due().has_value()) << answer;
    EXPECT_EQ(f.db.count<api::facts::MerchantNotified>(), 0);
  }
}

TEST(Notification, FollowsItsScheduleToTheEndAndStaysVisible) {
  Fixture f;
  f.answer = "later";
  f.paid(1);
  std::vector<Duration> gaps;
  for (auto next = f.service.run_due(); next; next = f.service.run_due()) {
    gaps.push_back(*next - f.world.clock.wall);
    f.world.clock.wall = *next;
  }
  EXPECT_EQ(gaps, std::vector<Duration>(kGaps.begin(), kGaps.end()));
  EXPECT_EQ(f.bodies.size(), kGaps.size() + 1);
  EXPECT_EQ(f.db.number("select count(*) from notification where sent_at is null and next_at is null"), 1);
}

TEST(Notification, LeavesADeadMerchantAlone) {
  Fixture f;
  f.world.http_fault = [](std::string_view) { return Fault::lose_request; };
  for (int i = 1; i <= 10; ++i) f.paid(i);
  const auto next = f.service.run_due();
  EXPECT_EQ(f.world.calls["https://merchant/orders"], 3);
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(*next - f.world.clock.wall, 30_s);
}

}  // namespace
}  // namespace ordeal::notification
