// The table of budgets: every figure with its yardstick, measured in the same run, on this machine, now. Ratios
// are what counts. Run it with `./ordeal bench`; it is never a test, since machines are shared and noisy.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

#include <boost/context/fiber.hpp>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef ORDEAL_WITH_SIMGRID
#include <simgrid/s4u.hpp>
#endif

#include "scenarios/play/play.h"
#include "sim/disk/audit_connection.h"
#include "sim/disk/database_image.h"
#include "sim/disk/disk.h"
#include "sim/disk/vfs.h"
#include "sim/process.h"
#include "tests/bench/table/reconcile_growth.h"
#include "tests/support/shipped.h"
#include "tests/support/shop.h"

namespace ordeal::bench {
namespace {

using play::FaultMode;
using play::PlayOptions;
using play::Stage;

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The best of three: what the machine can do when nobody disturbs.
double best(const std::function<double()>& measure) { return std::min({measure(), measure(), measure()}); }

// Runs `measure` in a child process, for things that may be done once per process only.
double in_child(const std::function<double()>& measure) {
  std::fflush(stdout);  // or the child would print our lines again
  int ends[2];
  if (pipe(ends) != 0) return 0;
  const pid_t child = fork();
  if (child == 0) {
    const double value = measure();
    const bool written = write(ends[1], &value, sizeof value) == sizeof value;
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  double value = 0;
  const bool got = read(ends[0], &value, sizeof value) == sizeof value;
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return got ? value : 0;
}

constexpr int kFibers = 1'000;
constexpr int kSleeps = 500;
std::int64_t nap(int fiber, int round) { return 1'000 + (fiber * 37 + round * 11) % 5'000; }

double bare_context_ns() {
  struct Event {
    std::int64_t at;
    std::uint64_t order;
    int fiber;
    bool operator<(const Event& other) const { return at != other.at ? at > other.at : order > other.order; }
  };
  namespace ctx = boost::context;
  std::priority_queue<Event> queue;
  std::vector<ctx::fiber> fibers;
  ctx::fiber scheduler;
  std::uint64_t order = 0;
  std::int64_t now = 0;
  for (int i = 0; i < kFibers; ++i) {
    fibers.emplace_back(std::allocator_arg, ctx::fixedsize_stack(64 * 1024), [&, i](ctx::fiber&& caller) {
      scheduler = std::move(caller);
      for (int k = 0; k < kSleeps; ++k) {
        queue.push({now + nap(i, k), order++, i});
        scheduler = std::move(scheduler).resume();
      }
      return std::move(scheduler);
    });
    queue.push({0, order++, i});
  }
  std::uint64_t events = 0;
  const double took = seconds([&] {
    while (!queue.empty()) {
      const Event event = queue.top();
      queue.pop();
      now = event.at;
      auto& fiber = fibers[static_cast<std::size_t>(event.fiber)];
      fiber = std::move(fiber).resume();
      ++events;
    }
  });
  return took * 1e9 / static_cast<double>(events);
}

double engine_ns() {
  sim::FiberPool pool;
  sim::Simulation sim(pool, {});
  for (int i = 0; i < kFibers; ++i) {
    sim.scheduler().spawn(nullptr, "sleeper", {}, [&sim, i] {
      for (int k = 0; k < kSleeps; ++k) sim.scheduler().sleep(nap(i, k));
    });
  }
  const double took = seconds([&] { sim.scheduler().run_until(INT64_MAX); });
  return took * 1e9 / static_cast<double>(sim.scheduler().events_run());
}

constexpr int kMessages = 100'000;

double message_ns() {
  sim::FiberPool pool;
  sim::Simulation sim(pool, {});
  sim::Host& server = sim.add_host("server");
  sim::Host& client = sim.add_host("client");
  server.install([](sim::Process& p) {
    p.env().http.serve("/echo", [](const std::string& body) { return env::HttpResponse{200, body}; });
  });
  client.install([](sim::Process& p) {
    p.env().tasks.spawn("client", [&p] {
      for (int i = 0; i < kMessages / 2; ++i)
        (void)p.env().http.post("https://server/echo", "x", Duration{5'000'000'000});
    });
  });
  server.boot();
  client.boot();
  return seconds([&] { sim.scheduler().run_until(INT64_MAX); }) * 1e9 / kMessages;
}

#ifdef ORDEAL_WITH_SIMGRID
namespace s4u = simgrid::s4u;

s4u::Engine& simgrid_engine() {
  static int count = 1;
  static char name[] = "bench";
  static char quiet[] = "--log=root.thres:critical";
  static char* words[] = {name, quiet, nullptr};
  count = 2;
  static s4u::Engine engine(&count, words);
  return engine;
}

double simgrid_sleep_ns() {
  s4u::Engine& engine = simgrid_engine();
  auto* zone = s4u::create_full_zone("zone");
  auto* host = zone->create_host("host", 1e9);
  zone->seal();
  for (int i = 0; i < kFibers; ++i) {
    s4u::Actor::create("sleeper", host, [i] {
      for (int k = 0; k < kSleeps / 5; ++k) s4u::this_actor::sleep_for(static_cast<double>(nap(i, k)) * 1e-3);
    });
  }
  return seconds([&] { engine.run(); }) * 1e9 / (kFibers * (kSleeps / 5));
}

double simgrid_message_ns() {
  s4u::Engine& engine = simgrid_engine();
  auto* zone = s4u::create_full_zone("zone");
  auto* a = zone->create_host("a", 1e9);
  auto* b = zone->create_host("b", 1e9);
  auto* link = zone->create_link("link", 1e9)->set_latency(1e-4);
  zone->add_route(a->get_netpoint(), b->get_netpoint(), nullptr, nullptr, {s4u::LinkInRoute(link)});
  zone->seal();
  static int payload = 0;
  s4u::Actor::create("client", a, [] {
    for (int i = 0; i < kMessages / 10; ++i) s4u::Mailbox::by_name("box")->put(&payload, 100);
  });
  s4u::Actor::create("server", b, [] {
    for (int i = 0; i < kMessages / 10; ++i) (void)s4u::Mailbox::by_name("box")->get<int>();
  });
  return seconds([&] { engine.run(); }) * 1e9 / (kMessages / 10);
}
#endif

// The same services and statements with direct calls and SQLite in memory: no simulation, no disk, no faults.
double bare_order_us() {
  support::Shop shop;
  shop.world.log.listening = false;
  constexpr int kOrders = 90;  // sku 2 has 100 units
  const double took = seconds([&] {
    for (int i = 0; i < kOrders; ++i) {
      const auto placed = shop.place("key-" + std::to_string(i), {{SkuId{2}, 1}}, 250);
      (void)shop.pay(placed.order, api::PayMode::direct_debit);
      shop.run();
    }
  });
  return took * 1e6 / kOrders;
}

play::Scenario scenario(const char* name) { return test::library().load(name); }

// Every kind of fault armed on every host, each so rare that nearly everybody still gets what they came for: the price of a
// life in this world, not of the work that a storm makes (that is in the row of the trial).
faults::Plan every_kind_armed(Stage& stage, std::uint64_t seed) {
  PlayOptions options;
  options.seed = seed;
  options.faults = FaultMode::slight;
  faults::Plan plan = stage.play(options).plan;
  for (faults::Window& window : plan.windows) {
    std::visit(
        [](auto& fault) {
          if constexpr (requires { fault.rate; }) fault.rate = Ratio{1, 3'000};
        },
        window.fault);
  }
  return plan;
}

// One order's share of a world in which everybody buys and pays.
double simulated_order_us(bool with_faults) {
  const auto shop = test::edited(scenario("first_sale"), [](play::Json& json) {
    play::Json& shopping = json["workloads"][0];
    shopping["shoppers"] = 200;
    shopping["arrive"]["until"] = "1h";  // no rush: there a fault meets hundreds at once
    for (play::Json& sku : json["catalogue"]) sku["stock"] = 1'000;
    shopping["habits"]["never_pays"] = shopping["habits"]["pays_late"] = "0";
  });
  Stage stage(all_flows(), shop, {});
  std::int64_t orders = 0;
  std::vector<PlayOptions> worlds;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    PlayOptions options;
    options.seed = seed;
    options.faults = with_faults ? FaultMode::plan : FaultMode::none;
    if (with_faults) options.plan = every_kind_armed(stage, seed);
    worlds.push_back(std::move(options));
  }
  const double took = seconds([&] {
    for (const PlayOptions& options : worlds) {
      orders += stage.play(options).counts.at("orders_placed");
    }
  });
  return took * 1e6 / static_cast<double>(std::max<std::int64_t>(orders, 1));
}

double trial_ms(Stage& stage, std::uint64_t from, std::uint64_t trials,
                sim::Trace::Mode mode = sim::Trace::Mode::hash_only, FaultMode faults = FaultMode::swarm) {
  const double took = seconds([&] {
    for (std::uint64_t seed = from; seed < from + trials; ++seed) {
      PlayOptions options;
      options.seed = seed;
      options.trace = mode;
      options.faults = faults;
      (void)stage.play(options);
    }
  });
  return took * 1e3 / static_cast<double>(trials);
}

double open_eight_ms() {
  const auto image = sim::DatabaseImage::make(
      "create table a(id integer primary key, x integer); create table b(id integer primary key, y text);"
      "create index b_y on b(y);",
      [](env::Tx&) {});
  constexpr int kRounds = 50;
  constexpr env::Sql kCount{"select count(*) from a"};
  const double took = seconds([&] {
    for (int i = 0; i < kRounds * 8; ++i) {
      const auto disk = sim::Disk::at_rest();
      image.clone_onto(*disk, "a.db");
      sim::AuditConnection connection(*disk, "a.db", sim::JournalMode::wal);
      auto rows = connection.query(kCount);
      rows.next();
    }
  });
  return took * 1e3 / kRounds;
}

double resident_mib() {
  std::ifstream status("/proc/self/statm");
  long total = 0, resident = 0;
  status >> total >> resident;
  return static_cast<double>(resident * sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

double resident_after(std::uint64_t trials) {
  Stage stage(all_flows(), scenario("first_sale"), {});
  trial_ms(stage, 1, trials);
  return resident_mib();
}

double two_cores_gain(Stage& stage) {
  std::fflush(stdout);
  constexpr std::uint64_t kTrials = 400;
  const double one = seconds([&] { trial_ms(stage, 1, kTrials); });
  const double two = seconds([&] {
    std::vector<pid_t> children;
    for (int i = 0; i < 2; ++i) {
      const pid_t child = fork();
      if (child == 0) {
        trial_ms(stage, 1, kTrials);
        _exit(0);
      }
      children.push_back(child);
    }
    for (const pid_t child : children) waitpid(child, nullptr, 0);
  });
  return 2 * one / two;
}

void row(const char* what, const std::string& ours, const std::string& yardstick, double ratio,
         const char* target) {
  fmt::print("{:<44} {:>12} {:>34} {:>8.2f}   {}\n", what, ours, yardstick, ratio, target);
}

// Takes first_sale apart by leaving parts out: the world without a visitor, then the orders, then the faults.
void print_what_dominates(double trial, double calm) {
  auto nobody = scenario("first_sale");
  nobody.workloads.clear();
  Stage stage(all_flows(), std::move(nobody), {});
  const double empty =
      best([&] { return trial_ms(stage, 1, 300, sim::Trace::Mode::hash_only, FaultMode::none); });
  fmt::print(
      "\nof a trial's {:.2f} ms: the world of a day, opened, polled and audited, without a visitor {:.0f} %; "
      "the orders {:.0f} %; the faults {:.0f} %\n",
      trial, 100 * empty / trial, 100 * (calm - empty) / trial, 100 * (trial - calm) / trial);
}

void print_table() {
  sim::prepare_sqlite();
  // First, while this process is small: children begin with what it holds.
  const double young = in_child([] { return resident_after(500); });
  const double old = in_child([] { return resident_after(5'000); });
  fmt::print("{:<44} {:>12} {:>34} {:>8}   {}\n", "what", "ours", "yardstick in this run", "ratio", "target");
  const double engine = best(engine_ns);
  const double bare = best(bare_context_ns);
  row("fiber sleep event, 1,000 fibers", fmt::format("{:.0f} ns", engine),
      fmt::format("Boost.Context + heap {:.0f} ns", bare), engine / bare, "<= 1.6");
  const double message = best(message_ns);
#ifdef ORDEAL_WITH_SIMGRID
  const double grid = in_child(simgrid_sleep_ns);
  row("  against SimGrid", fmt::format("{:.0f} ns", engine), fmt::format("SimGrid sleep {:.0f} ns", grid),
      grid / engine, ">= 8");
  const double mailbox = in_child(simgrid_message_ns);
  row("message, fiber to fiber over the network", fmt::format("{:.0f} ns", message),
      fmt::format("SimGrid mailbox {:.0f} ns", mailbox), mailbox / message, ">= 8");
#else
  fmt::print("{:<44} {:>12.0f} ns   (SimGrid is not installed)\n", "message, fiber to fiber", message);
#endif
  const double calm_life = best([] { return simulated_order_us(false); });
  const double life = best([] { return simulated_order_us(true); });
  const double plain = best(bare_order_us);
  row("one order's whole life", fmt::format("{:.0f} us", calm_life),
      fmt::format("same core and SQL, unsimulated {:.0f} us", plain), calm_life / plain, "<= 3.0");
  row("  with every kind of fault armed", fmt::format("{:.0f} us", life), "", life / plain, "<= 3.8");
  Stage stage(all_flows(), scenario("first_sale"), {});
  trial_ms(stage, 1, 50);
  const double trial = best([&] { return trial_ms(stage, 1, 300); });
  const double open = best(open_eight_ms);
  row("a complete trial of first_sale", fmt::format("{:.2f} ms", trial),
      fmt::format("opening 8 databases {:.2f} ms", open), trial / open, "<= 2 ms");
  const double calm =
      best([&] { return trial_ms(stage, 1, 300, sim::Trace::Mode::hash_only, FaultMode::none); });
  row("  the same without faults", fmt::format("{:.2f} ms", calm), "", trial / calm, "");
  const double full = best([&] { return trial_ms(stage, 1, 300, sim::Trace::Mode::full); });
  row("full trace against hash only", fmt::format("{:.2f} ms", full),
      fmt::format("hash only {:.2f} ms", trial), full / trial, "<= 3");
  row("two cores against one", "", "", two_cores_gain(stage), ">= 1.9");
  row("memory, resident, after 5,000 trials", fmt::format("{:.1f} MiB", old),
      fmt::format("after 500 trials {:.1f} MiB", young), old / young, "<= 32 MiB, no growth");
  print_what_dominates(trial, calm);
}

}  // namespace
}  // namespace ordeal::bench

// `reconcile`: only how that grows.
int main(int argc, char** argv) {
  const bool all = argc < 2 || std::string_view(argv[1]) != "reconcile";
  if (all) ordeal::bench::print_table();
  ordeal::bench::print_reconcile_growth();
}
