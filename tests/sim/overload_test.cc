// Too much work: a server refuses what it cannot take, and a trial that runs away ends with a sentence, not with a dead process.
#include <gtest/gtest.h>

#include "sim/process.h"
#include "sim/simulation.h"
#include "sim/trial.h"

namespace ordeal::sim {
namespace {

using namespace ordeal::literals;

struct Outcome {
  int answered = 0, refused = 0, timed_out = 0;
};

Outcome ask_at_once(std::size_t requests, Duration work, Duration patience) {
  FiberPool pool;
  Simulation sim(pool, {});
  Outcome outcome;
  sim.add_host("server").install([&](Process& p) {
    p.env().http.serve("/work", [&p, work](const std::string&) {
      p.env().tasks.sleep(work);
      return env::HttpResponse{200, "done"};
    });
  });
  sim.add_host("client").install([&](Process& p) {
    for (std::size_t i = 0; i < requests; ++i) {
      p.env().tasks.spawn("client", [&] {
        const auto reply = p.env().http.post("https://server/work", "", patience);
        if (reply) {
          ++outcome.answered;
        } else if (reply.error() == env::RpcError::refused) {
          ++outcome.refused;
        } else {
          ++outcome.timed_out;
        }
      });
    }
  });
  sim.find_host("server")->boot();
  sim.find_host("client")->boot();
  sim.scheduler().run_until(INT64_MAX);
  return outcome;
}

TEST(Overload, AFullServerRefuses) {
  const Outcome outcome = ask_at_once(Process::kMaxInFlight + 50, 1_s, 10_s);
  EXPECT_EQ(outcome.answered, static_cast<int>(Process::kMaxInFlight));
  EXPECT_EQ(outcome.refused, 50);
}

// The requests of callers that gave up still count: they are what drowns a server.
TEST(Overload, AbandonedRequestsStillFillTheServer) {
  const Outcome outcome = ask_at_once(Process::kMaxInFlight + 1, 1_min, 1_s);
  EXPECT_EQ(outcome.timed_out, static_cast<int>(Process::kMaxInFlight));
  EXPECT_EQ(outcome.refused, 1);
}

TEST(Overload, ARunawayTrialEndsBrokenAndSaysWhy) {
  FiberPool pool;
  Trial trial;
  trial.build = [](Simulation& sim) {
    for (std::size_t i = 0; i <= FiberPool::kMostContexts; ++i) {
      sim.scheduler().spawn(nullptr, "runaway", {}, [&sim] { sim.scheduler().sleep(1'000'000'000); });
    }
  };
  trial.storm = 10_s;
  const TrialResult result = run_trial(pool, {}, nullptr, trial);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  ASSERT_TRUE(result.broken);
  EXPECT_NE(result.broken->find("more than 16000 tasks run at the same time"), std::string::npos)
      << *result.broken;
}

}  // namespace
}  // namespace ordeal::sim
