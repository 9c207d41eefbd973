// An order among fibers that never send, write or mark is an order that the trace knows.
#include <string>

#include <gtest/gtest.h>

#include "sim/host.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

// Two fibers that do nothing but sleep, or not even that, started in this order.
TraceHash hash_of(const char* first, const char* second, std::int64_t nap_ns) {
  FiberPool pool;
  Simulation sim(pool, {});
  Host& host = sim.add_host("server");
  for (const char* name : {first, second}) {
    sim.scheduler().spawn(&host, name, sim.causes().root(name), [&] {
      if (nap_ns > 0) sim.scheduler().sleep(nap_ns);
    });
  }
  sim.scheduler().run_until(INT64_MAX);
  return sim.trace().hash();
}

TEST(UnseenOrder, OfStartsAndSleepsChangesTheTrace) {
  EXPECT_EQ(hash_of("a", "b", 5), hash_of("a", "b", 5));
  EXPECT_NE(hash_of("a", "b", 5), hash_of("b", "a", 5));
  EXPECT_NE(hash_of("a", "b", 5), hash_of("a", "b", 6));
}

TEST(UnseenOrder, OfStartsAloneChangesTheTrace) { EXPECT_NE(hash_of("a", "b", 0), hash_of("b", "a", 0)); }

}  // namespace
}  // namespace ordeal::sim
