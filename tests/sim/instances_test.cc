// Several hosts run one service: whom a caller asks, when it asks another one, and when it must not.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/env/database.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

using namespace ordeal::literals;

// Tells each call where it goes to.
class Watch final : public Hooks {
 public:
  std::vector<HostId> asked;
  std::function<SendVerdict(const Sending&)> on_send;
  SendVerdict sending(const Moment&, const Sending& s) override {
    if (!s.is_reply) asked.push_back(s.to);
    return on_send ? on_send(s) : SendVerdict{};
  }
};

// A service "shop" on the hosts a, b and c (1, 2, 3), and a client (0) that calls it.
struct Shops {
  explicit Shops(Routing route, std::uint64_t seed = 1, std::size_t instances = 3) {
    Options options;
    options.route = route;
    options.seed = seed;
    sim.emplace(pool, options, &watch);
    sim->add_host("client").install([this](Process& p) { p.env().tasks.spawn("client", [&] { story(p); }); });
    for (const char* name : {"a", "b", "c"}) {
      Host& host = sim->add_host(name);
      if (host.id() > instances) break;
      sim->publish_service("shop", host.id());
      host.install([this](Process& p) {
        p.env_of("shop").http.serve("/work", [this, &p](const std::string&) {
          served.push_back(p.host().id());
          if (work.ns > 0) p.env().tasks.sleep(work);
          if (fails) throw env::DatabaseError(env::DatabaseErrorCode::io, "on purpose");
          return env::HttpResponse{200, ""};
        });
      });
    }
  }
  void run(std::function<void(Process&)> what, std::int64_t until = INT64_MAX) {
    story = std::move(what);
    for (HostId id = 0; id < sim->host_count(); ++id) sim->host(id).boot();
    sim->scheduler().run_until(until);
  }
  static Result<env::HttpResponse, env::RpcError> ask(Process& p, Duration deadline = 1_s) {
    return p.env().http.post("https://shop/work", "", deadline);
  }
  static void under(Process& p, const std::string& root, const std::function<void()>& work) {
    const env::TraceScope scope(p.env().tasks, p.env().tasks.root(root));
    work();
  }
  std::uint64_t tried_another() const {
    const auto found = sim->marks().find("another instance was tried");
    return found == sim->marks().end() ? 0 : found->second;
  }

  FiberPool pool;
  Watch watch;
  std::optional<Simulation> sim;
  std::function<void(Process&)> story;
  std::vector<HostId> served;
  Duration work{};
  bool fails = false;
};

TEST(Instances, KeyedReachesAllAndTheSameCallsTheSame) {
  const auto asked = [](std::uint64_t seed) {
    Shops shops(Routing::keyed, seed);
    shops.run([](Process& p) {
      for (int i = 0; i < 30; ++i) EXPECT_TRUE(Shops::ask(p).ok());
    });
    return shops.served;
  };
  const auto once = asked(1);
  EXPECT_EQ(std::set<HostId>(once.begin(), once.end()), (std::set<HostId>{1, 2, 3}));
  EXPECT_EQ(once, asked(1));
  EXPECT_NE(once, asked(2));
}

TEST(Instances, KeyedDoesNotDependOnOtherOperations) {
  const auto asked_by_b = [](bool with_a) {
    Shops shops(Routing::keyed);
    shops.run([&](Process& p) {
      if (with_a) Shops::under(p, "a", [&] { (void)Shops::ask(p); });
      shops.served.clear();
      for (int i = 0; i < 10; ++i) Shops::under(p, "b" + std::to_string(i), [&] { (void)Shops::ask(p); });
    });
    return shops.served;
  };
  EXPECT_EQ(asked_by_b(true), asked_by_b(false));
}

TEST(Instances, RoundRobinGoesInTurnFromADrawnStartAndForgetsItWithTheProcess) {
  std::set<HostId> first, again;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Shops shops(Routing::round_robin, seed);
    int lives = 0;
    shops.run([&](Process& p) {
      for (int i = 0; i < 4; ++i) EXPECT_TRUE(Shops::ask(p).ok());
      if (++lives == 1) shops.sim->host(0).crash(shops.sim->moment("a crash", 0), 1_s);
    });
    ASSERT_EQ(shops.served.size(), 8u);
    for (std::size_t i = 0; i < 8; ++i) {
      if (i % 4 != 0) {
        EXPECT_EQ(shops.served[i] % 3, (shops.served[i - 1] + 1) % 3);
      }
    }
    first.insert(shops.served[0]);
    again.insert((shops.served[4] + 3 - shops.served[3]) % 3);
  }
  EXPECT_EQ(first.size(), 3u) << "every start is drawn by some seed";
  EXPECT_GT(again.size(), 1u) << "a new process does not go on where the old one stood";
}

TEST(Instances, StickyAsksTheSameOneAllThroughAnOperation) {
  Shops shops(Routing::sticky);
  std::set<HostId> chosen;
  shops.run([&](Process& p) {
    for (int operation = 0; operation < 20; ++operation) {
      shops.served.clear();
      Shops::under(p, "operation-" + std::to_string(operation), [&] {
        EXPECT_TRUE(Shops::ask(p).ok());
        const env::TraceScope deeper(p.env().tasks, p.env().tasks.current(), "deeper");
        EXPECT_TRUE(Shops::ask(p).ok());
      });
      EXPECT_EQ(shops.served[0], shops.served[1]);
      chosen.insert(shops.served[0]);
    }
  });
  EXPECT_EQ(chosen.size(), 3u);
}

TEST(Instances, AnotherOneIsTriedWhenNothingListens) {
  for (const Routing route : {Routing::keyed, Routing::round_robin, Routing::sticky}) {
    Shops shops(route);
    shops.run([&](Process& p) {
      shops.sim->host(1).crash({}, Duration::max());
      shops.sim->host(3).crash({}, Duration::max());
      p.env().tasks.sleep(1_s);
      for (int i = 0; i < 10; ++i) {
        Shops::under(p, "operation-" + std::to_string(i), [&] { EXPECT_TRUE(Shops::ask(p).ok()); });
      }
    });
    EXPECT_EQ(shops.served, std::vector<HostId>(10, 2));
    EXPECT_GT(shops.tried_another(), 0u);
  }
}

TEST(Instances, EachIsAskedOnceAtMost) {
  Shops shops(Routing::keyed);
  shops.run([&](Process& p) {
    for (HostId id = 1; id <= 3; ++id) shops.sim->host(id).crash({}, Duration::max());
    p.env().tasks.sleep(1_s);
    EXPECT_EQ(Shops::ask(p).error(), env::RpcError::unreachable);
  });
  EXPECT_EQ(std::set<HostId>(shops.watch.asked.begin(), shops.watch.asked.end()).size(), 3u);
  EXPECT_EQ(shops.watch.asked.size(), 3u);
}

TEST(Instances, AnotherOneIsTriedWhenOneIsFull) {
  Shops shops(Routing::keyed, 1, 2);
  shops.work = 1_s;
  std::size_t answered = 0;
  shops.run([&](Process& p) {
    for (std::size_t i = 0; i < 2 * Process::kMaxInFlight; ++i) {
      p.env().tasks.spawn("client", [&] { answered += Shops::ask(p, 10_s).ok() ? 1 : 0; });
    }
  });
  EXPECT_EQ(answered, 2 * Process::kMaxInFlight);
}

TEST(Instances, NoneIsTriedAfterATimeout) {
  Shops shops(Routing::keyed);
  shops.watch.on_send = [](const Sending& s) {
    return SendVerdict{s.is_reply ? SendVerdict::Act::drop : SendVerdict::Act::pass, {}, {}};
  };
  shops.run([](Process& p) { EXPECT_EQ(Shops::ask(p).error(), env::RpcError::timeout); });
  EXPECT_EQ(shops.served.size(), 1u);
  EXPECT_EQ(shops.watch.asked.size(), 1u);
}

TEST(Instances, NoneIsTriedAfterAFailure) {
  Shops shops(Routing::keyed);
  shops.fails = true;
  shops.run([](Process& p) { EXPECT_EQ(Shops::ask(p).error(), env::RpcError::failed); });
  EXPECT_EQ(shops.served.size(), 1u);
}

// One copy is carried out, the other finds nobody or no room: that must not be told as "did not happen".
TEST(Instances, NoneIsTriedWhenACopyOfTheRequestFoundNobody) {
  Shops shops(Routing::keyed, 1, 2);
  shops.watch.on_send = [&](const Sending& s) {
    const bool early = shops.sim->now_ns() < (250_ms).ns;
    if (s.is_reply) return SendVerdict{early ? SendVerdict::Act::drop : SendVerdict::Act::pass, {}, {}};
    return SendVerdict{SendVerdict::Act::duplicate, {}, 300_ms};
  };
  shops.run([&](Process& p) {
    p.env().tasks.spawn("crash", [&] {
      p.env().tasks.sleep(200_ms);
      for (HostId id = 1; id <= 2; ++id) shops.sim->host(id).crash({}, Duration::max());
    });
    EXPECT_EQ(Shops::ask(p, 2_s).error(), env::RpcError::timeout);
  });
  EXPECT_EQ(shops.served.size(), 1u);
  EXPECT_EQ(shops.tried_another(), 0u);
}

TEST(Instances, NoneIsTriedWhenACopyOfTheRequestWasRefused) {
  Shops shops(Routing::sticky, 1, 2);
  shops.work = 1_s;
  shops.watch.on_send = [](const Sending& s) {
    if (s.is_reply) return SendVerdict{};
    return SendVerdict{SendVerdict::Act::duplicate, {}, 100_ms};
  };
  std::size_t answered = 0;
  shops.run([&](Process& p) {
    for (std::size_t i = 0; i < Process::kMaxInFlight; ++i) {
      p.env().tasks.spawn("client", [&] { answered += Shops::ask(p, 10_s).ok() ? 1 : 0; });
    }
  });
  EXPECT_EQ(answered, Process::kMaxInFlight);
  EXPECT_EQ(shops.tried_another(), 0u);
}

TEST(Instances, TheDeadlineIsTheCallersForAllOfThem) {
  Shops shops(Routing::keyed);
  // The news that nobody listens takes longer than the caller waits for the second one's answer.
  shops.watch.on_send = [](const Sending&) { return SendVerdict{SendVerdict::Act::reset, 400_ms, {}}; };
  shops.run([&](Process& p) {
    const Duration before = p.env().clock.monotonic_now();
    EXPECT_FALSE(Shops::ask(p, 500_ms).ok());
    EXPECT_EQ(p.env().clock.monotonic_now() - before, 500_ms);
  });
  EXPECT_EQ(shops.watch.asked.size(), 2u);
}

TEST(Instances, AServiceHidesAHostOfItsName) {
  FiberPool pool;
  Simulation sim(pool, {});
  const HostId a = sim.add_host("a").id();
  const HostId shop = sim.add_host("shop").id();
  EXPECT_EQ(*sim.find_service("shop"), shop);
  sim.publish_service("shop", a);
  sim.publish_service("shop", a);
  ASSERT_EQ(sim.instances_of("shop").size(), 1u);
  EXPECT_EQ(*sim.find_service("shop"), a);
  sim.publish_service("shop", shop);
  EXPECT_EQ(sim.instances_of("shop").size(), 2u);
  EXPECT_TRUE(sim.instances_of("nobody").empty());
  EXPECT_EQ(sim.find_service("nobody"), nullptr);
}

}  // namespace
}  // namespace ordeal::sim
