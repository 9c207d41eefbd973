// Hosts, clocks, network and calls together, told as small stories with a hook that strikes where the story
// wants it.
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "sim/process.h"
#include "sim/simulation.h"
#include "sim/trial.h"

namespace ordeal::sim {
namespace {

using namespace ordeal::literals;

class Script : public Hooks {
 public:
  std::function<SendVerdict(const Moment&, const Sending&)> on_send;
  std::function<StepVerdict(const Moment&, const Stepping&)> on_step;
  std::vector<std::string> steps;

  SendVerdict sending(const Moment& m, const Sending& s) override {
    return on_send ? on_send(m, s) : SendVerdict{};
  }
  StepVerdict stepping(const Moment& m, const Stepping& s) override {
    steps.emplace_back(m.what);
    return on_step ? on_step(m, s) : StepVerdict{};
  }
};

// A client that calls "https://server/echo" and a server that counts and echoes.
class TwoHosts {
 public:
  explicit TwoHosts(std::uint64_t seed = 1, Options options = {}) {
    options.seed = seed;
    sim.emplace(pool, options, &script);
    Host& server = sim->add_host("server");
    Host& client = sim->add_host("client");
    server.install([this](Process& p) {
      ++boots;
      p.env().http.serve("/echo", [this](const std::string& body) {
        ++served;
        return env::HttpResponse{200, body};
      });
    });
    client.install([this](Process& p) { p.env().tasks.spawn("client", [this, &p] { act(p); }); });
  }
  void run(std::function<void(Process&)> story, std::int64_t until = INT64_MAX) {
    act = std::move(story);
    sim->find_host("server")->boot();
    sim->find_host("client")->boot();
    sim->scheduler().run_until(until);
  }
  static Result<env::HttpResponse, env::RpcError> echo(Process& p, Duration deadline = 1_s) {
    return p.env().http.post("https://server/echo", "hello", deadline);
  }

  FiberPool pool;
  Script script;
  std::optional<Simulation> sim;
  std::function<void(Process&)> act;
  int served = 0;
  int boots = 0;
};

TEST(Calls, AnswerComesBack) {
  TwoHosts world;
  world.run([](Process& p) {
    const auto answer = TwoHosts::echo(p);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->body, "hello");
  });
  EXPECT_EQ(world.served, 1);
}

TEST(Calls, LostRequestTimesOutAndWasNotServed) {
  TwoHosts world;
  world.script.on_send = [](const Moment&, const Sending& s) {
    return SendVerdict{s.is_reply ? SendVerdict::Act::pass : SendVerdict::Act::drop, {}, {}};
  };
  world.run([](Process& p) { EXPECT_EQ(TwoHosts::echo(p).error(), env::RpcError::timeout); });
  EXPECT_EQ(world.served, 0);
}

TEST(Calls, LostResponseIsNotALostRequest) {
  TwoHosts world;
  world.script.on_send = [](const Moment&, const Sending& s) {
    return SendVerdict{s.is_reply ? SendVerdict::Act::drop : SendVerdict::Act::pass, {}, {}};
  };
  world.run([](Process& p) { EXPECT_EQ(TwoHosts::echo(p).error(), env::RpcError::timeout); });
  EXPECT_EQ(world.served, 1);
}

TEST(Calls, DuplicatedRequestIsServedTwiceAndAnsweredOnce) {
  TwoHosts world;
  world.script.on_send = [](const Moment&, const Sending& s) {
    return SendVerdict{s.is_reply ? SendVerdict::Act::pass : SendVerdict::Act::duplicate, {}, 5_ms};
  };
  world.run([](Process& p) { EXPECT_TRUE(TwoHosts::echo(p).ok()); });
  EXPECT_EQ(world.served, 2);
}

TEST(Calls, LateAnswerIsNobodys) {
  TwoHosts world;
  world.script.on_send = [](const Moment&, const Sending& s) {
    return SendVerdict{SendVerdict::Act::pass, s.is_reply ? 3_s : 0_s, {}};
  };
  world.run([&](Process& p) {
    EXPECT_EQ(TwoHosts::echo(p, 1_s).error(), env::RpcError::timeout);
    world.script.on_send = nullptr;
    EXPECT_TRUE(TwoHosts::echo(p, 10_s).ok());  // not disturbed by the first answer
  });
}

TEST(Calls, NothingListensAtADeadHostOrAnUnknownPath) {
  TwoHosts world;
  world.run([&](Process& p) {
    EXPECT_EQ(p.env().http.post("https://server/other", "", 1_s).error(), env::RpcError::refused);
    EXPECT_EQ(p.env().http.post("https://nowhere/x", "", 1_s).error(), env::RpcError::unreachable);
    EXPECT_EQ(p.env().http.post("server/echo", "", 1_s).error(), env::RpcError::unreachable);
    world.sim->find_host("server")->crash({}, Duration::max());
    EXPECT_EQ(TwoHosts::echo(p).error(), env::RpcError::unreachable);
    EXPECT_FALSE(env::may_have_happened(env::RpcError::unreachable));
    EXPECT_TRUE(env::may_have_happened(env::RpcError::timeout));
  });
}

TEST(Hosts, CrashWhileHandlingMeansNoAnswerAndARestart) {
  TwoHosts world;
  bool struck = false;
  world.script.on_step = [&](const Moment& m, const Stepping&) {
    if (struck || m.what != "before handling POST /echo") return StepVerdict{};
    struck = true;
    return StepVerdict{StepVerdict::Act::crash, 2_s};
  };
  world.run([](Process& p) {
    EXPECT_EQ(TwoHosts::echo(p, 1_s).error(), env::RpcError::timeout);
    p.env().tasks.sleep(3_s);
    EXPECT_TRUE(TwoHosts::echo(p, 1_s).ok());
  });
  EXPECT_EQ(world.boots, 2);
  EXPECT_EQ(world.served, 1);
}

TEST(Hosts, CallerThatCrashesAfterSendingNeverLearnsTheAnswer) {
  TwoHosts world;
  bool after = false;
  world.script.on_step = [&](const Moment& m, const Stepping&) {
    const bool here = m.what == "after send POST /echo";
    return here ? StepVerdict{StepVerdict::Act::crash, Duration::max()} : StepVerdict{};
  };
  world.run([&](Process& p) {
    (void)TwoHosts::echo(p);
    after = true;
  });
  EXPECT_FALSE(after);
  EXPECT_EQ(world.served, 1);
  EXPECT_FALSE(world.sim->find_host("client")->is_up());
  EXPECT_EQ(world.sim->find_host("client")->process(), nullptr);
}

TEST(Hosts, MemoryDiesWithTheProcessLastKeptFirstGone) {
  FiberPool pool;
  std::vector<std::string> log;
  struct Noisy {
    std::vector<std::string>& log;
    std::string name;
    ~Noisy() { log.push_back(name); }
  };
  Simulation sim(pool, {});
  Host& host = sim.add_host("h");
  host.install([&](Process& p) {
    p.own(std::unique_ptr<Noisy>(new Noisy{log, "first"}));
    p.own(std::unique_ptr<Noisy>(new Noisy{log, "second"}));
  });
  host.boot();
  sim.scheduler().run_until(1'000);
  host.crash({}, Duration::max());
  sim.scheduler().run_until(2'000);
  EXPECT_EQ(log, (std::vector<std::string>{"second", "first"}));
}

TEST(Hosts, FreezeStopsEverythingAndThawLetsItGoOn) {
  TwoHosts world;
  world.run([&](Process& p) {
    world.sim->find_host("server")->freeze({}, 5_s);
    const Instant before = world.sim->true_now();
    EXPECT_TRUE(TwoHosts::echo(p, 20_s).ok());
    EXPECT_GE((world.sim->true_now() - before).ns, (5_s).ns);
  });
}

TEST(Clocks, OffsetAndStepMoveTheWallClockOnly) {
  FiberPool pool;
  Simulation sim(pool, {});
  Host& host = sim.add_host("h");
  sim.scheduler().advance_to((10_s).ns);
  const Duration mono = host.monotonic_now();
  host.set_clock({-(1_h), 0, false});
  EXPECT_EQ(host.wall_now(), sim.true_now() - 1_h);
  EXPECT_EQ(host.monotonic_now(), mono);
  sim.scheduler().advance_to((20_s).ns);
  EXPECT_EQ(host.wall_now(), sim.true_now() - 1_h);
  EXPECT_EQ(host.monotonic_now() - mono, 10_s);
}

TEST(Clocks, DriftMovesBothAndSleepsByTheLocalClock) {
  FiberPool pool;
  Simulation sim(pool, {});
  Host& host = sim.add_host("h");
  host.set_clock({{}, 100'000'000, false});  // ten per cent fast
  sim.scheduler().advance_to((10_s).ns);
  EXPECT_EQ(host.monotonic_now(), 11_s);
  EXPECT_EQ(host.wall_now() - sim.true_now(), 1_s);
  EXPECT_EQ(host.true_ns(11_s), (10_s).ns);
}

TEST(Clocks, FrozenWallClockStandsStill) {
  FiberPool pool;
  Simulation sim(pool, {});
  Host& host = sim.add_host("h");
  host.set_clock({{}, 0, true});
  const Instant before = host.wall_now();
  sim.scheduler().advance_to((10_s).ns);
  EXPECT_EQ(host.wall_now(), before);
  EXPECT_EQ(host.monotonic_now(), 10_s);
}

TEST(Determinism, SameSeedSameHashOtherSeedOtherHash) {
  const auto hash = [](std::uint64_t seed) {
    TwoHosts world(seed);
    world.run([](Process& p) {
      for (int i = 0; i < 20; ++i) (void)TwoHosts::echo(p);
    });
    return world.sim->trace().hash().text();
  };
  EXPECT_EQ(hash(7), hash(7));
  EXPECT_NE(hash(7), hash(8));
}

TEST(Determinism, FullTraceHasTheSameHash) {
  const auto hash = [](Trace::Mode mode) {
    Options options;
    options.trace = mode;
    TwoHosts world(7, options);
    world.run([](Process& p) { (void)TwoHosts::echo(p); });
    EXPECT_EQ(world.sim->trace().records().empty(), mode == Trace::Mode::hash_only);
    return world.sim->trace().hash().text();
  };
  EXPECT_EQ(hash(Trace::Mode::hash_only), hash(Trace::Mode::full));
}

TEST(Determinism, TwoSimulationsInOneProcessDoNotDisturbEachOther) {
  TwoHosts alone(7);
  alone.run([](Process& p) { (void)TwoHosts::echo(p); });
  TwoHosts one(7), other(8);
  const auto story = [](Process& p) { (void)TwoHosts::echo(p); };
  one.run(story, 500'000);
  other.run(story, 500'000);
  one.sim->scheduler().run_until(INT64_MAX);
  other.sim->scheduler().run_until(INT64_MAX);
  EXPECT_EQ(one.sim->trace().hash(), alone.sim->trace().hash());
}

TEST(Trials, DeadlockIsAFindingWithItsWaiters) {
  FiberPool pool;
  Trial trial;
  trial.build = [](Simulation& sim) {
    sim.scheduler().spawn(nullptr, "lonely", {}, [&sim] { sim.scheduler().wait("a friend"); });
  };
  trial.storm = 1_s;
  trial.settle_bound = 1_s;
  const TrialResult result = run_trial(pool, {}, nullptr, trial);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].invariant, "deadlock");
  EXPECT_EQ(result.verdict, Verdict::liveness);
  EXPECT_NE(result.findings[0].evidence.at(0).second.find("a friend"), std::string::npos);
}

TEST(Trials, ABrokenPromiseInTimeSaysWhoWaitsForWhat) {
  FiberPool pool;
  Trial trial;
  trial.build = [](Simulation& sim) {
    sim.add_host("cellar");
    for (int i = 0; i < 20; ++i)
      sim.scheduler().spawn(nullptr, "guest", sim.causes().root("party"),
                            [&sim] { sim.scheduler().sleep(INT64_MAX); });
  };
  trial.storm = 1_s;
  trial.settle_bound = 1_s;
  trial.audit = [](Simulation& sim, bool settled) {
    EXPECT_FALSE(settled);
    sim.report({"too late", FindingKind::liveness, sim.now_ns(), "nobody came", {{"order", "ord-1"}}});
  };
  const TrialResult result = run_trial(pool, {}, nullptr, trial);
  ASSERT_EQ(result.findings.size(), 1u);
  const auto& evidence = result.findings[0].evidence;
  ASSERT_EQ(evidence.size(), 1u + 1 + 12 + 1) << "its own, the host that is down, twelve guests, the rest";
  EXPECT_EQ(evidence[0].first, "order");
  EXPECT_EQ(evidence[1].first, "cellar");
  EXPECT_EQ(evidence[2].second, "waits for time to pass since +00:00:00.000, for party");
  EXPECT_EQ(evidence.back().second, "8 more wait");
}

TEST(Trials, ABrokenBenchIsNeverAPass) {
  FiberPool pool;
  Trial trial;
  trial.build = [](Simulation& sim) {
    sim.scheduler().spawn(nullptr, "broken", {}, [] { ORDEAL_CHECK(1 == 2, "on purpose"); });
  };
  const TrialResult result = run_trial(pool, {}, nullptr, trial);
  ASSERT_TRUE(result.broken.has_value());
  EXPECT_NE(result.broken->find("on purpose"), std::string::npos);
  EXPECT_NE(result.verdict, Verdict::pass);
}

TEST(Trials, WorstVerdictWins) {
  const auto finding = [](FindingKind kind) { return Finding{"x", kind, 0, "", {}}; };
  EXPECT_EQ(verdict_of({}), Verdict::pass);
  EXPECT_EQ(verdict_of({finding(FindingKind::inconclusive)}), Verdict::inconclusive);
  EXPECT_EQ(verdict_of({finding(FindingKind::liveness), finding(FindingKind::safety)}), Verdict::safety);
  EXPECT_EQ(verdict_of({finding(FindingKind::safety), finding(FindingKind::nondeterminism)}),
            Verdict::nondeterminism);
}

}  // namespace
}  // namespace ordeal::sim
