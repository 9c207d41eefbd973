// SmallWorld: a trade system's history written by hand, for tests of laws. Facts are fed to the monitors as they are
// said; rows go into databases with the real schemas, one for each service of the flows; the parties' books are plain
// values. good_day() is a history that breaks no promise: four orders, each with another end. Tests start from it and
// change one thing.
//
// Around it are two channels, "alipay", where all of the good day happens, and "wechat", and two merchants, "merchant",
// who sells mugs, and "other", who sells pens; at_wechat() adds a fifth order, of these. Beside it guests book a court:
// court_day() is their history.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/facts.h"
#include "scenarios/flows/booking/flow.h"
#include "scenarios/flows/booking/parties/books.h"
#include "scenarios/flows/flows.h"
#include "scenarios/flows/purchase/flow.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"
#include "scenarios/flows/purchase/parties/facts.h"
#include "scenarios/flows/spanning/laws.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/laws/watch.h"
#include "tests/support/plain_database.h"

namespace ordeal::test {

inline constexpr std::int64_t kSecond = 1'000'000'000;

// The orders of the good day, with their users, attempts and refund.
inline constexpr OrderId kPaid{101};
inline constexpr OrderId kAbandoned{102};  // never paid, CLOSED
inline constexpr OrderId kLate{103};       // CLOSED, then paid, then refunded
inline constexpr OrderId kRejected{104};   // no stock was left
inline constexpr OrderId kAtWechat{105};   // paid through the other channel, sold by the other merchant
inline constexpr OrderId kStranger{199};   // not an order of the day
inline constexpr UserId kAnn{11};
inline constexpr UserId kBob{12};
inline constexpr UserId kCem{13};
inline constexpr UserId kDee{14};
inline constexpr UserId kEve{15};
inline constexpr UserId kGina{1};
inline constexpr UserId kHugo{2};
inline constexpr BookingId kGinas{501};
inline constexpr BookingId kHugos{502};
inline constexpr AttemptId kPaidAttempt{901};
inline constexpr AttemptId kLateAttempt{903};
inline constexpr AttemptId kWechatAttempt{907};
inline constexpr AttemptId kOtherAttempt{909};  // not of the day
inline constexpr RefundId kLateRefund{803};
inline constexpr SkuId kMug{1};  // 3 in stock, 10.00 CNY
inline constexpr SkuId kPen{2};  // 1 in stock, 2.50 CNY
inline constexpr Money kTen{1000, {}};
inline constexpr Money kPenPrice{250, {}};
inline constexpr channel::Day kDay{20454};  // 2026-01-01

// A purchase, a booking and what spans flows. Another flow's laws have hand-written histories of their own.
inline const play::Flows& shop_flows() {
  static const play::Flows flows({&purchase::flow(), &booking::flow(), &spanning::flow()});
  return flows;
}

class SmallWorld {
 public:
  // No name means all invariants. The flows outlive this; their services are all deployed, but those `without`. With
  // promotions, fifteen shoppers are there, each with two coupons of 1.00 and 300 points, and one pen at 2.00.
  explicit SmallWorld(std::vector<std::string> invariants = {}, const play::Flows& flows = shop_flows(),
                      const std::vector<std::string_view>& without = {}, bool promotions = false);

  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    const auto body = env::Message::of(std::move(fact));
    const sim::Fact seen{body, second * kSecond, 0, {}};
    watch_.on_fact(seen, findings_);
  }

  // Pens cost nothing by the list of the scenario.
  void give_away_pens();

  void good_day() {
    good_facts();
    good_rows();
  }
  void good_facts();
  void good_rows();
  // Besides the good day.
  void at_wechat() {
    at_wechat_facts();
    at_wechat_rows();
  }
  void at_wechat_facts();
  void at_wechat_rows();

  // Gina has the court from 18 to 20 and pays, Hugo has 20 to 21 and does not: CANCELLED, the hour is free.
  void court_day();

  // What a buyer of the day wrote down.
  purchase::model::Visit& visit(const std::string& buyer) { return books.diary.visits[buyer]; }

  // A statement that changes rows of a service. A service that is not deployed has none.
  void change(std::string_view service, const char* sql);

  // Audits what there is and hands out all findings.
  std::vector<sim::Finding> verdict();

  play::Scenario scenario;
  purchase::Books books;
  booking::Book guests;
  std::int64_t now_s = 27 * 3600;
  std::int64_t healed_s = 600;
  bool settled = true;
  bool calm = true;  // no fault has struck but at these forks
  std::vector<std::string> forks;
  std::vector<std::string> gone;  // hosts that never return
  std::string broken;             // the name of a service whose database is gone

 private:
  using Databases = std::map<std::string, std::unique_ptr<support::PlainDatabase>, std::less<>>;

  void good_diary();
  // Turns seconds of the day, as rows are written down here, into instants.
  void by_the_wall_clock(std::string_view service, std::string_view table,
                         const std::vector<std::string>& columns);
  // Reads lie inside one another, for a connection is good only inside its own.
  void open_from(Databases::const_iterator at, play::Rest& rest);

  const play::Flows& flows_;
  Databases databases_;           // by service
  std::deque<env::Sql> changes_;  // statements are cached by address
  std::deque<std::string> texts_;
  play::Watch watch_;
  play::Findings findings_;
};

// Bob's order is closed; an attempt of it, of which the channel had said at 650 s that it is closed, is over at `over`.
void told_to_be_closed(SmallWorld& world, std::int64_t over);
// The channel took the money at 1903 s, and the attempt is called over at `over`.
void called_over(SmallWorld& world, std::int64_t over);
// Wechat says that nothing happened on a day on which Bob had begun to pay; that ends at `over`.
void believed_empty(SmallWorld& world, std::int64_t over);
// An order that is a draft for so long.
void draft_for(SmallWorld& world, std::int64_t seconds);

// One way to break one promise.
struct Breach {
  std::string_view name;       // for the test's name: letters only
  std::string_view invariant;  // "I-10 no-oversell"
  sim::FindingKind kind;
  std::string mentions;  // in the evidence
  void (*happens)(SmallWorld& world);
  bool promotions = false;  // it needs them
};

// Ann puts in a mug and a pen, orders the mug, and has the pen left.
void cart_day(SmallWorld& world);

// Ann orders a mug with a coupon and 200 points, and is told "yours" for 7.00. In a world with promotions.
void order_with_discounts(SmallWorld& world);

std::vector<Breach> breaches_of_orders();
std::vector<Breach> breaches_of_money();
std::vector<Breach> breaches_at_rest();
std::vector<Breach> breaches_of_events();
std::vector<Breach> breaches_of_statements();
std::vector<Breach> breaches_of_channels();
std::vector<Breach> breaches_of_service();
std::vector<Breach> breaches_of_news();
std::vector<Breach> breaches_of_answers();
std::vector<Breach> breaches_of_books();
std::vector<Breach> breaches_of_bookings();
std::vector<Breach> breaches_of_discounts();
std::vector<Breach> breaches_of_deduction();
std::vector<Breach> breaches_of_carts();
std::vector<Breach> all_breaches();

// The late payment's attempt is called over at this second; its channel never heard of it. It expires at second 2,501.
void never_at_the_channel(SmallWorld& world, std::int64_t over);

}  // namespace ordeal::test
