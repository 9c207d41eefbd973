// SmallWorld: a trade system's history written by hand, for tests of monitors and audits. Facts are fed to
// the monitors as they are said; rows go into databases with the real schemas; the parties' books are plain
// values. good_day() is a history that breaks no promise: four orders, each with another end. Tests start
// from it and change one thing.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/facts.h"
#include "scenarios/flows/purchase/laws/monitor.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"
#include "scenarios/flows/purchase/parties/facts.h"
#include "tests/support/plain_database.h"

namespace ordeal::scenarios {

inline constexpr std::int64_t kSecond = 1'000'000'000;

// The orders of the good day, with their users, attempts and refund.
inline constexpr OrderId kPaid{101};
inline constexpr OrderId kAbandoned{102};  // never paid, CLOSED
inline constexpr OrderId kLate{103};       // CLOSED, then paid, then refunded
inline constexpr OrderId kRejected{104};   // no stock was left
inline constexpr OrderId kStranger{199};   // not an order of the day
inline constexpr UserId kAnn{11};
inline constexpr UserId kBob{12};
inline constexpr UserId kCem{13};
inline constexpr UserId kDee{14};
inline constexpr AttemptId kPaidAttempt{901};
inline constexpr AttemptId kLateAttempt{903};
inline constexpr AttemptId kOtherAttempt{909};  // not of the day
inline constexpr RefundId kLateRefund{803};
inline constexpr SkuId kMug{1};  // 3 in stock, 10.00 CNY
inline constexpr SkuId kPen{2};  // 1 in stock, 2.50 CNY
inline constexpr Money kTen{1000, {}};
inline constexpr channel::Day kDay{20454};  // 2026-01-01

class SmallWorld {
 public:
  // No name means all invariants.
  explicit SmallWorld(std::vector<std::string> invariants = {});

  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    const auto body = env::Message::of(std::move(fact));
    const sim::Fact seen{body, second * kSecond, 0, {}};
    for (auto& monitor : watch_.monitors) monitor->on_fact(seen, findings_);
  }

  void good_day() {
    good_facts();
    good_rows();
  }
  void good_facts();
  void good_rows();

  // A statement that changes rows.
  void change(Store store, const char* sql);

  // Audits what there is and hands out all findings.
  std::vector<sim::Finding> verdict();

  Scenario scenario;
  Books books;
  std::int64_t now_s = 27 * 3600;
  std::int64_t healed_s = 600;
  bool settled = true;
  bool channel_gone = false;
  const char* broken = nullptr;  // the name of a service whose database is gone

 private:
  support::PlainDatabase& database(Store store);

  support::PlainDatabase order_;
  support::PlainDatabase inventory_;
  support::PlainDatabase payment_;
  support::PlainDatabase ledger_;
  support::PlainDatabase notification_;
  std::deque<env::Sql> changes_;  // statements are cached by address
  Watch watch_;
  Findings findings_;
};

// One way to break one promise.
struct Breach {
  std::string_view name;       // for the test's name: letters only
  std::string_view invariant;  // "I-10 no-oversell"
  sim::FindingKind kind;
  std::string mentions;  // in the evidence
  void (*happens)(SmallWorld& world);
};

std::vector<Breach> breaches_of_orders();
std::vector<Breach> breaches_of_money();
std::vector<Breach> breaches_at_rest();
std::vector<Breach> breaches_of_events();
std::vector<Breach> breaches_of_statements();
std::vector<Breach> all_breaches();

}  // namespace ordeal::scenarios
