#include "faults/search/site_list.h"

#include <gtest/gtest.h>

#include "tests/faults/world.h"

namespace ordeal::faults {
namespace {

// A world of two hosts with a site list between it and a plan.
std::vector<SiteAsked> sites_of(const Plan& plan, bool* call_failed = nullptr,
                                std::size_t* unmatched = nullptr) {
  sim::FiberPool pool;
  PlanHooks hooks(plan);
  SiteList list(&hooks);
  sim::Simulation sim(pool, {}, &list);
  bool failed = false;
  sim.add_host("server").install([](sim::Process& p) {
    p.env().http.serve("/echo", [](const std::string& body) { return env::HttpResponse{200, body}; });
  });
  sim.add_host("client").install([&](sim::Process& p) {
    env::Env& env = p.env();
    env.tasks.spawn("calls", [&] {
      const env::TraceScope scope(env.tasks, env.tasks.root("call"));
      const std::vector<std::string_view> ways{"once", "twice"};
      p.simulation().fork(p.host(), "client.habit", ways);
      failed = !env.http.post("https://server/echo", "x", 1_s).ok();
    });
  });
  sim.host(0).boot();
  sim.host(1).boot();
  hooks.attach(sim);
  list.attach(sim);
  sim.scheduler().run_until((1_min).ns);
  if (call_failed != nullptr) *call_failed = failed;
  if (unmatched != nullptr) *unmatched = hooks.unmatched().size();
  return list.asked();
}

TEST(SiteList, ListsEverySiteWithWhatCouldStrikeThere) {
  std::vector<std::string> names;
  for (const SiteAsked& site : sites_of({})) names.push_back(site.site);
  EXPECT_EQ(names, (std::vector<std::string>{"call › client.habit", "call › before send POST /echo",
                                             "call › send POST /echo", "call › after send POST /echo",
                                             "call › POST /echo › before handling POST /echo",
                                             "call › reply POST /echo"}));
  const auto sites = sites_of({});
  EXPECT_EQ(sites[0].applicable, std::vector<Action>{act::Take{"twice"}});
  EXPECT_EQ(sites[2].applicable.size(), 4u);
}

TEST(SiteList, EveryListedStrikeMatches) {
  std::size_t tried = 0;
  for (const SiteAsked& site : sites_of({})) {
    for (const Action& action : site.applicable) {
      Plan plan;
      plan.strikes.push_back({site.site, site.occurrence, action});
      bool failed = false;
      std::size_t unmatched = 0;
      sites_of(plan, &failed, &unmatched);
      ++tried;
      EXPECT_EQ(unmatched, 0u) << readable(plan);
      EXPECT_TRUE(failed || !std::holds_alternative<act::Drop>(action)) << readable(plan);
    }
  }
  EXPECT_EQ(tried, 15u);
}

TEST(SiteList, DiskQuestionsListWhatFitsTheOperation) {
  sim::FiberPool pool;
  SiteList list;
  sim::Simulation sim(pool, {}, &list);
  sim.add_host("a");
  list.attach(sim);
  const auto count = [&](sim::DiskOp::Kind kind) {
    list.disk(sim.moment(sim::TraceContext{}, "disk", 0), {kind, "db", 0, 1});
    return list.asked().back().applicable.size();
  };
  EXPECT_EQ(count(sim::DiskOp::Kind::read), 8u);
  EXPECT_EQ(count(sim::DiskOp::Kind::write), 10u);
  EXPECT_EQ(count(sim::DiskOp::Kind::sync), 5u);
  EXPECT_EQ(count(sim::DiskOp::Kind::remove), 3u);
  list.unsynced_sector(sim.moment(sim::TraceContext{}, "crash", 0), {"db", 1, 2});
  EXPECT_EQ(list.asked().back().applicable[0], Action(act::SectorKept{"db", 1, 2}));
}

}  // namespace
}  // namespace ordeal::faults
