#include "tests/tidy/rules.h"

namespace ordeal::tidy {
namespace {

// Everything that runs inside a trial.
const std::vector<std::string_view> kInsideTrials = {"core/", "sim/", "faults/", "scenarios/"};
// The command line lives outside of trials: it reads the wall clock, the environment, and starts processes.
const std::vector<std::string_view> kCommandLine = {"scenarios/cli/"};
// Everything but the value types and the ports, which stand on the standard library alone.
const std::vector<std::string_view> kAboveThePorts = {"core/",   "!core/base/", "!core/env/", "sim/",
                                                      "faults/", "scenarios/",  "reports/",   "tests/"};
// What plays trials knows no trade word.
const std::vector<std::string_view> kPlay = {"scenarios/play/"};
const std::vector<std::string_view> kCoreModules = {"core/", "!core/base/", "!core/env/"};

std::vector<std::string_view> also(std::vector<std::string_view> list,
                                   const std::vector<std::string_view>& more) {
  list.insert(list.end(), more.begin(), more.end());
  return list;
}

}  // namespace

const std::vector<Arrow>& arrows() {
  static const std::vector<Arrow> table = {
      {"core/base", {}},
      {"core/env", {"core/base"}},
      // Modules of the core; each but a pure one may also include core/base, core/env and core/wire (checks.cc adds them).
      {"core/wire", {}},
      {"core/worker", {}},
      {"core/cache", {}},
      {"core/api", {}},
      {"core/channel", {}},
      {"core/pricing", {"core/base"}, true},
      {"core/catalog", {"core/api"}},
      {"core/outbox", {"core/api", "core/worker"}},
      {"core/inventory", {"core/api", "core/cache", "core/outbox", "core/worker"}},
      {"core/ledger", {"core/api", "core/outbox", "core/worker"}},
      {"core/notification", {"core/api", "core/outbox", "core/worker"}},
      {"core/refund", {"core/api", "core/channel", "core/outbox", "core/worker"}},
      {"core/payment", {"core/api", "core/channel", "core/refund", "core/outbox", "core/worker"}},
      {"core/promotion", {"core/api"}},
      {"core/cart", {"core/api"}},
      {"core/order", {"core/api", "core/catalog", "core/pricing", "core/outbox", "core/worker"}},
      {"core/gateway", {"core/api", "core/channel"}},
      {"core/ids", {}},
      {"core/sharding", {"core/api", "core/worker"}},
      {"core/marketplace", {"core/api", "core/ids", "core/sharding", "core/worker"}},
      {"core/limits", {}},
      {"core/seckill", {"core/api", "core/limits", "core/outbox", "core/worker"}},
      {"core/classroom", {"core/api", "core/outbox"}},
      {"core/lock", {"core/cache"}},
      {"core/booking", {"core/api", "core/lock", "core/worker"}},
      {"core/reconciliation", {"core/channel"}},
      {"core/payout", {"core/api", "core/worker"}},
      {"core/aftersale", {"core/api", "core/worker"}},
      {"core/placing", {"core/api", "core/outbox", "core/worker"}},
      {"core/jobs", {"core/api"}},
      {"core/netting", {"core/api", "core/jobs", "core/worker"}},
      {"core/clearing", {"core/api", "core/worker"}},
      {"core/settlement", {"core/api", "core/clearing", "core/worker"}},
      {"sim", {"core/base", "core/env"}},
      {"sim/disk", {"sim", "core/base", "core/env"}},
      {"sim/cache", {"sim", "core/base", "core/env"}},
      {"sim/broker", {"sim", "core/base", "core/env"}},
      {"faults", {"sim", "core/base", "core/env"}},
      // What plays a trial knows no trade word, so it may not see a module of the core.
      {"scenarios/play", {"core/base", "core/env", "sim", "sim/disk", "faults"}},
      {"scenarios/duties", {"scenarios/play", "core/base", "core/env", "sim", "sim/disk", "faults"}},
      // A flow does not see another; what laws ask of every flow is spanning's.
      {"scenarios/flows/spanning", {"scenarios/play", "core/*", "sim", "sim/disk", "faults"}},
      {"scenarios/flows/*",
       {"scenarios/flows/spanning", "scenarios/play", "core/*", "sim", "sim/disk", "faults"}},
      // The reference model is written from the requirements: of the core it knows what is said at its doors.
      {"scenarios/flows/purchase/model", {"core/api", "core/base"}},
      {"scenarios/flows/payout/model", {"core/api", "core/base"}},
      {"scenarios/flows/aftersale/model", {"core/api", "core/base"}},
      {"scenarios/flows/placing/model", {"core/api", "core/base"}},
      {"scenarios/flows/netting/model", {"core/api", "core/base"}},
      {"scenarios/flows/settlement/model", {"core/api", "core/base"}},
      {"scenarios/flows", {"scenarios/flows/*", "scenarios/play"}},
      {"scenarios/cli", {"*"}},
      {"reports", {"sim", "faults", "core/base"}},
      {"tests", {"*"}},
  };
  return table;
}

const std::vector<Library>& libraries() {
  static const std::vector<Library> table = {
      {"boost/context/", {"sim/fiber", "tests/bench/"}, "libboost-context-dev"},
      {"boost/", kAboveThePorts, "libboost-dev"},
      {"sqlite3.h", {"sim/disk/", "tests/"}, "libsqlite3-dev"},
      {"CLI/", {"scenarios/cli/"}, "libcli11-dev"},
      {"nlohmann/", also(kCoreModules, {"faults/plan/plan_json", "scenarios/", "reports/", "tests/"}),
       "nlohmann-json3-dev"},
      {"fmt/", kAboveThePorts, "libfmt-dev"},
      {"tsl/", kAboveThePorts, "robin-map-dev"},
      {"date/", also(kCoreModules, {"scenarios/", "reports/", "tests/"}), "libhowardhinnant-date-dev"},
      {"openssl/", also(kCoreModules, {"scenarios/", "tests/"}), "libssl-dev"},
      {"pugixml.hpp", {"core/reconciliation/", "tests/"}, "libpugixml-dev"},
      {"zip.h", {"core/reconciliation/", "tests/"}, "libzip-dev"},
      {"iconv.h", {"core/reconciliation/", "tests/"}},
      {"Random123/", {"sim/", "tests/"}, "librandom123-dev"},
      {"xxhash.h", {"sim/", "tests/"}, "libxxhash-dev"},
      {"sanitizer/", {"sim/fiber", "tests/"}},
      {"cxxabi.h", {"sim/fiber", "tests/"}},
      {"gtest/", {"tests/"}, "libgtest-dev"},
      {"rapidcheck", {"tests/"}, "librapidcheck-dev"},
      {"benchmark/", {"tests/bench/"}, "libbenchmark-dev"},
      {"simgrid/", {"tests/bench/"}, "libsimgrid-dev"},
      // Doors to the operating system.
      {"sys/mman.h", {"sim/fiber", "scenarios/cli/learn/cage", "tests/"}},
      {"unistd.h", {"sim/fiber", "scenarios/cli/", "tests/"}},
      {"dlfcn.h", {"scenarios/cli/learn/plug_in", "tests/"}},
      {"seccomp.h", {"scenarios/cli/learn/cage"}, "libseccomp-dev"},
      {"pthread.h", {"tests/"}},
      {"fcntl.h", {"scenarios/cli/", "tests/"}},
      {"signal.h", {"scenarios/cli/", "tests/"}},
      {"poll.h", {"scenarios/cli/", "tests/"}},
      {"sched.h", {"scenarios/cli/", "tests/"}},
      {"spawn.h", {"scenarios/cli/", "tests/"}},
      {"sys/", {"scenarios/cli/", "tests/"}},
      {"time.h", {"tests/"}},
      {"thread", {"tests/", "reports/"}},
      {"future", {"tests/", "reports/"}},
      {"random", {"tests/"}},
  };
  return table;
}

const std::vector<BannedName>& banned_names() {
  static const std::vector<BannedName> table = {
      {"shopper*", "a row of a flow", kPlay, {}},
      {"merchant*", "a row of a flow", kPlay, {}},
      {"channel*", "a row of a flow", kPlay, {}},
      {"catalogue*", "a row of a flow", kPlay, {}},
      {"payment*", "a row of a flow", kPlay, {}},
      {"refund*", "a row of a flow", kPlay, {}},
      {"stock*", "a row of a flow", kPlay, {}},
      {"system_clock", "env::Clock::wall", kInsideTrials, kCommandLine},
      {"steady_clock", "env::Clock::monotonic", kInsideTrials, kCommandLine},
      {"high_resolution_clock", "env::Clock::monotonic", kInsideTrials, kCommandLine},
      {"utc_clock", "env::Clock::wall", kInsideTrials, kCommandLine},
      {"clock_gettime", "env::Clock", kInsideTrials, kCommandLine},
      {"gettimeofday", "env::Clock::wall", kInsideTrials, kCommandLine},
      {"std::time", "env::Clock::wall", kInsideTrials, kCommandLine},
      {"time(nullptr", "env::Clock::wall", kInsideTrials, kCommandLine},
      {"time(NULL", "env::Clock::wall", kInsideTrials, kCommandLine},
      {"time(0", "env::Clock::wall", kInsideTrials, kCommandLine},
      {"localtime*", "the calendar with a named zone", kInsideTrials, kCommandLine},
      {"mktime", "the calendar with a named zone", kInsideTrials, kCommandLine},
      {"current_zone", "the calendar with a named zone", kInsideTrials, kCommandLine},
      {"random_device", "sim::Choices, or env::Random", kInsideTrials, {}},
      {"std::*_distribution", "sim::Choices: its integers are equal on every platform", kInsideTrials, {}},
      {"mt19937*", "sim::Choices: keyed, not streamed", kInsideTrials, {}},
      {"std::shuffle", "sim::Choices: its permutations are equal on every platform", kInsideTrials, {}},
      {"rand(", "sim::Choices", kInsideTrials, {}},
      {"srand", "sim::Choices", kInsideTrials, {}},
      {"random(", "sim::Choices", kInsideTrials, {}},
      {"arc4random*", "sim::Choices", kInsideTrials, {}},
      {"getrandom", "sim::Choices, or env::Random", kInsideTrials, {}},
      {"getentropy", "sim::Choices, or env::Random", kInsideTrials, {}},
      {"RAND_bytes*", "env::Random", kInsideTrials, {}},
      {"RAND_priv_bytes*", "env::Random", kInsideTrials, {}},
      {"std::thread", "env::Tasks; for more cores, processes", kInsideTrials, {}},
      {"std::jthread", "env::Tasks; for more cores, processes", kInsideTrials, {}},
      {"std::async", "env::Tasks; for more cores, processes", kInsideTrials, {}},
      {"std::mutex", "sim/fiber_sync.h", kInsideTrials, {}},
      {"std::condition_variable*", "sim/fiber_sync.h", kInsideTrials, {}},
      {"pthread_*", "env::Tasks", kInsideTrials, {}},
      {"this_thread", "env::Tasks::sleep", kInsideTrials, kCommandLine},
      // A catch block is one that somebody thought of, or had not: three of four bugs.
      {"catch",
       "Tx::wake: let it rise, and say in the transaction who has to look if it happened",
       {"core/"},
       {"core/worker/"}},
      {"getenv", "an argument: nothing inside a trial may depend on the environment", kInsideTrials,
       kCommandLine},
      {"unordered_map",
       "std::map, a sorted vector or tsl::robin_map that is never walked",
       kInsideTrials,
       {},
       "never walked:"},
      {"unordered_set",
       "std::set, a sorted vector or tsl::robin_set that is never walked",
       kInsideTrials,
       {},
       "never walked:"},
      {"unordered_multimap", "std::multimap", kInsideTrials, {}, "never walked:"},
      {"unordered_multiset", "std::multiset", kInsideTrials, {}, "never walked:"},
  };
  return table;
}

const Brought* brought_by(std::string_view what) {
  static const std::vector<Brought> table = {
      {"fmt", "libfmt-dev"},
      {"SQLite3", "libsqlite3-dev"},
      {"libsqlite3.a", "libsqlite3-dev"},
      {"OpenSSL", "libssl-dev"},
      {"nlohmann_json", "nlohmann-json3-dev"},
      {"CLI11", "libcli11-dev"},
      {"boost_context", "libboost-context-dev"},
      {"xxhash", "libxxhash-dev"},
      {"seccomp", "libseccomp-dev"},
      {"mimalloc", "libmimalloc-dev"},
      {"zip", "libzip-dev"},
      {"pugixml", "libpugixml-dev"},
      {"libpugixml.a", "libpugixml-dev"},
      {"GTest", "libgtest-dev"},
      {"rapidcheck", "librapidcheck-dev"},
      {"benchmark", "libbenchmark-dev"},
      {"simgrid", "libsimgrid-dev"},
      {"Threads", "g++"},
      {"g++", "g++"},
      {"clang++", "clang"},
      {"clang-format", "clang-format"},
      {"cmake", "cmake"},
      {"ctest", "cmake"},
      {"Ninja", "ninja-build"},
      {"ninja", "ninja-build"},
      {"ccache", "ccache"},
      {"fish", "fish"},
      {"git", "git"},
      {"mandoc", "mandoc"},
      {"python3", "python3"},
      {"Python3", "python3"},
      {"python3:jsonschema", "python3-jsonschema"},
      {"python3:argparse", "python3"},
      {"python3:base64", "python3"},
      {"python3:collections", "python3"},
      {"python3:copy", "python3"},
      {"python3:dataclasses", "python3"},
      {"python3:hashlib", "python3"},
      {"python3:json", "python3"},
      {"python3:junitparser", "python3-junitparser"},
      {"python3:os", "python3"},
      {"python3:pathlib", "python3"},
      {"python3:re", "python3"},
      {"python3:resource", "python3"},
      {"python3:shutil", "python3"},
      {"python3:signal", "python3"},
      {"python3:statistics", "python3"},
      {"python3:subprocess", "python3"},
      {"python3:sys", "python3"},
      {"python3:tempfile", "python3"},
      {"python3:threading", "python3"},
      {"python3:time", "python3"},
      {"python3:types", "python3"},
      {"python3:unittest", "python3"},
      {"python3:xml", "python3"},
      {"python3:yaml", "python3-yaml"},
      {"zsh", "zsh"},
      {"python3:selenium", "python3-selenium"},
      {"esbuild", "esbuild"},
      // Files of tests/page.
      {"python3:browser", ""},
      {"python3:page_case", ""},
      // Files of tests/mutants.
      {"python3:catalogue", ""},
      {"python3:hunting", ""},
      {"python3:table", ""},
      {"python3:workshop", ""},
      // Asked after before it is used.
      {"npm", ""},
      {"sudo", ""},
      {"valgrind", ""},
      {"callgrind_annotate", ""},
      // What every Debian has: coreutils, findutils, grep, sed, mawk, util-linux, dpkg, apt, bash.
      {"apt-get", ""},
      {"awk", ""},
      {"bash", ""},
      {"cat", ""},
      {"chmod", ""},
      {"cp", ""},
      {"cut", ""},
      {"dirname", ""},
      {"dpkg-query", ""},
      {"env", ""},
      {"find", ""},
      {"ls", ""},
      {"flock", ""},
      {"grep", ""},
      {"head", ""},
      {"ln", ""},
      {"mkdir", ""},
      {"mktemp", ""},
      {"mv", ""},
      {"nice", ""},
      {"pwd", ""},
      {"readlink", ""},
      {"rm", ""},
      {"rmdir", ""},
      {"sed", ""},
      {"setpriv", ""},
      {"sleep", ""},
      {"sort", ""},
      {"tail", ""},
      {"timeout", ""},
      {"touch", ""},
      {"tr", ""},
      {"xargs", ""},
  };
  for (const Brought& row : table) {
    if (row.what == what) return &row;
  }
  return nullptr;
}

const std::vector<std::string_view>& shell_builtins() {
  static const std::vector<std::string_view> words = {
      "[",     ":",        "cd",     "command", "do",    "done",     "else",    "exit", "export",
      "false", "fi",       "for",    "if",      "kill",  "local",    "mapfile", "in",   "printf",
      "read",  "complete", "source", "return",  "set",   "shift",    "shopt",   "trap", "true",
      "test",  "unset",    "wait",   "echo",    "break", "continue", "}",       "exec", "declare"};
  return words;
}

// The next table and the last one hold what they forbid; checks.cc lets this file pass.

const std::vector<std::string_view>& unfinished_words() {
  // Three bare crosses are also the ISO code for no currency, so they count only as a remark.
  static const std::vector<std::string_view> words = {"TODO", "FIXME", "HACK", "// XXX", "XXX:"};
  return words;
}

const std::vector<std::string_view>& empty_file_words() {
  static const std::vector<std::string_view> words = {"util",   "utils",   "utility", "utilities", "common",
                                                      "helper", "helpers", "manager", "misc",      "stuff"};
  return words;
}

const std::vector<std::string_view>& machine_paths() {
  static const std::vector<std::string_view> paths = {"/home/", "/root/", "/work/", "/Users/"};
  return paths;
}

}  // namespace ordeal::tidy
