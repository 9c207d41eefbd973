// A bug of the kind that no seed can replay, planted: waiting customers are served in the order of their addresses in memory. It must be
// caught, by two plays of one seed, and named, by the first event that differs with the cause of each.
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/cli/run/judging.h"
#include "sim/process.h"
#include "sim/simulation.h"
#include "sim/trial.h"

namespace ordeal::cli {
namespace {

constexpr int kCustomers = 8;

struct Customer {
  int number;
};

struct ByNumber {
  bool operator()(const Customer* a, const Customer* b) const { return a->number < b->number; }
};

// The customers of one play lie elsewhere in memory than those of the play before, in the opposite order, as the heap of a long
// hunt would have it sooner or later.
std::vector<std::unique_ptr<Customer[]>> in_memory(bool backwards) {
  std::vector<std::unique_ptr<Customer[]>> out;
  auto room = std::make_unique<Customer[]>(kCustomers);
  for (int i = 0; i < kCustomers; ++i)
    room[static_cast<std::size_t>(i)].number = backwards ? kCustomers - 1 - i : i;
  out.push_back(std::move(room));
  return out;
}

template <class Order>
class Queue {
 public:
  sim::TrialResult play(sim::Trace::Mode mode) {
    const auto memory = in_memory(played_++ % 2 == 1);
    std::set<Customer*, Order> waiting;
    for (int i = 0; i < kCustomers; ++i) waiting.insert(&memory.front()[static_cast<std::size_t>(i)]);
    sim::Options options;
    options.trace = mode;
    sim::Trial trial;
    trial.settle_bound = Duration{1'000'000'000};
    trial.build = [&](sim::Simulation& sim) {
      sim::Host& host = sim.add_host("counter");
      host.install([&waiting](sim::Process& process) {
        for (const Customer* customer : waiting) {
          const std::string name = "customer-" + std::to_string(customer->number);
          process.env().tasks.spawn(name, [&process, name] {
            process.env().tasks.sleep(Duration{1'000});
            process.env().log.sometimes(name + " is served");
          });
        }
      });
      host.boot();
    };
    trial.heal = [](sim::Simulation&) {};
    trial.audit = [](sim::Simulation&, bool) {};
    return sim::run_trial(pool_, options, nullptr, trial);
  }

 private:
  sim::FiberPool pool_;
  int played_ = 0;
};

TEST(Nondeterminism, OfASetOrderedByAddressesIsCaughtAndNamed) {
  Queue<std::less<Customer*>> queue;
  const auto play = [&](sim::Trace::Mode mode) { return queue.play(mode); };
  EXPECT_NE(play(sim::Trace::Mode::hash_only).trace_hash, play(sim::Trace::Mode::hash_only).trace_hash);
  const sim::Finding finding = first_difference(play);
  EXPECT_EQ(finding.kind, sim::FindingKind::nondeterminism);
  EXPECT_NE(finding.message.find("two plays of one seed differ, first in event"), std::string::npos)
      << finding.message;
  ASSERT_EQ(finding.evidence.size(), 2U);
  EXPECT_NE(finding.evidence[0].second.find("customer-0"), std::string::npos) << finding.evidence[0].second;
  EXPECT_NE(finding.evidence[1].second.find("customer-7"), std::string::npos) << finding.evidence[1].second;
  EXPECT_NE(finding.evidence[0].second.find(", from "), std::string::npos) << finding.evidence[0].second;
}

TEST(Nondeterminism, ASetOrderedByNumbersIsNot) {
  Queue<ByNumber> queue;
  const auto play = [&](sim::Trace::Mode mode) { return queue.play(mode); };
  EXPECT_EQ(play(sim::Trace::Mode::hash_only).trace_hash, play(sim::Trace::Mode::hash_only).trace_hash);
  EXPECT_NE(first_difference(play).message.find("agree event by event"), std::string::npos);
}

}  // namespace
}  // namespace ordeal::cli
