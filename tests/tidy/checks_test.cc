// The checks are checked: each rule must reject its snippet for its own reason, and leave the good neighbour
// alone.
#include "tests/tidy/checks.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/tidy/rules.h"

namespace ordeal::tidy {
namespace {

std::set<std::string> rules_broken(std::string_view path, std::string_view text) {
  std::set<std::string> rules;
  for (const Finding& f : check_file(path, text)) rules.insert(f.rule);
  return rules;
}

const std::set<std::string> kNone = {};

struct Case {
  std::string_view path;
  std::string_view text;
  std::set<std::string> broken;
};

void expect_all(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(rules_broken(c.path, c.text), c.broken) << c.path << ": " << c.text;
  }
}

TEST(Arrows, AllowedOnesPass) {
  expect_all({
      {"core/base/money.cc", "#include \"core/base/money.h\"\n#include <string>\n", kNone},
      {"core/env/clock.cc", "#include \"core/base/time.h\"\n", kNone},
      {"core/order/service.cc", "#include \"core/api/order.h\"\n#include \"core/wire/names.h\"\n", kNone},
      {"core/payment/service.cc", "#include \"core/refund/refund.h\"\n", kNone},
      {"core/pricing/price.cc", "#include \"core/base/money.h\"\n", kNone},
      {"sim/disk/vfs.cc", "#include \"sim/fiber.h\"\n#include <sqlite3.h>\n", kNone},
      {"faults/plan/plan.cc", "#include \"sim/hooks.h\"\n", kNone},
      {"scenarios/flows/a/world.cc", "#include \"core/order/service.h\"\n#include \"sim/disk/disk.h\"\n",
       kNone},
      {"scenarios/flows/a/laws/x.cc", "#include \"scenarios/flows/spanning/asks.h\"\n", kNone},
      {"scenarios/flows/flows.cc", "#include \"scenarios/flows/a/flow.h\"\n", kNone},
      {"scenarios/cli/main.cc", "#include \"reports/json.h\"\n#include \"scenarios/play/world.h\"\n", kNone},
      {"reports/text.cc", "#include \"faults/plan/plan.h\"\n#include \"core/base/time.h\"\n", kNone},
      {"tests/sim/fiber_test.cc", "#include \"sim/fiber.h\"\n", kNone},
  });
}

TEST(Arrows, ForbiddenOnesAreRejected) {
  expect_all({
      {"core/base/money.cc", "#include \"core/env/clock.h\"\n", {"arrow"}},
      {"core/env/clock.cc", "#include \"sim/host.h\"\n", {"arrow"}},
      {"core/order/service.cc", "#include \"sim/scheduler.h\"\n", {"arrow"}},
      {"core/order/service.cc", "#include \"core/payment/service.h\"\n", {"arrow"}},
      {"core/wire/names.cc", "#include \"core/api/order.h\"\n", {"arrow"}},
      {"core/pricing/price.cc", "#include \"core/env/clock.h\"\n", {"arrow"}},
      {"core/pricing/price.cc", "#include \"core/wire/names.h\"\n", {"arrow"}},
      {"core/outbox/outbox.cc", "#include \"core/order/service.h\"\n", {"arrow"}},
      {"sim/host.cc", "#include \"core/order/service.h\"\n", {"arrow"}},
      {"sim/host.cc", "#include \"sim/disk/disk.h\"\n", {"arrow"}},
      {"sim/host.cc", "#  include \"faults/plan/plan.h\"\n", {"arrow"}},
      {"faults/plan/plan.cc", "#include \"core/order/service.h\"\n", {"arrow"}},
      {"scenarios/play/world.cc", "#include \"reports/json.h\"\n", {"arrow"}},
      {"scenarios/play/world.cc", "#include \"scenarios/cli/options.h\"\n", {"arrow"}},
      {"scenarios/play/world.cc", "#include \"core/order/service.h\"\n", {"arrow"}},
      {"scenarios/play/world.cc", "#include \"core/wire/codec.h\"\n", {"arrow"}},
      {"scenarios/play/laws/x.cc", "#include \"scenarios/flows/a/flow.h\"\n", {"arrow"}},
      {"scenarios/flows/a/x.cc", "#include \"scenarios/flows/b/x.h\"\n", {"arrow"}},
      {"scenarios/flows/spanning/x.cc", "#include \"scenarios/flows/a/x.h\"\n", {"arrow"}},
      {"reports/text.cc", "#include \"scenarios/play/world.h\"\n", {"arrow"}},
      {"reports/text.cc", "#include \"core/env/clock.h\"\n", {"arrow"}},
      {"sim/host.cc", "#include \"tests/support/interpose.h\"\n", {"arrow"}},
  });
}

TEST(Arrows, EveryPartAndPathMustBeKnown) {
  expect_all({
      {"core/astrology/stars.cc", "int x;\n", {"unknown-part"}},
      {"core/loose.cc", "int x;\n", {"unknown-part"}},
      {"sim/host.cc", "#include \"host.h\"\n", {"include-path"}},
      {"sim/host.cc", "#include \"../core/base/time.h\"\n", {"include-path"}},
  });
}

TEST(Libraries, EachHasItsPlace) {
  expect_all({
      {"sim/fiber.cc", "#include <boost/context/fiber.hpp>\n", kNone},
      {"sim/scheduler.cc", "#include <boost/context/fiber.hpp>\n", {"library"}},
      {"sim/scheduler.cc", "#include <boost/intrusive/list.hpp>\n", kNone},
      {"sim/host.cc", "#include <sqlite3.h>\n", {"library"}},
      {"core/order/service.cc", "#include <sqlite3.h>\n", {"library"}},
      {"scenarios/play/world.cc", "#include <CLI/CLI.hpp>\n", {"library"}},
      {"scenarios/cli/main.cc", "#include <CLI/CLI.hpp>\n", kNone},
      {"core/base/money.cc", "#include <nlohmann/json.hpp>\n", {"library"}},
      {"core/env/message.cc", "#include <nlohmann/json.hpp>\n", {"library"}},
      {"core/api/order.cc", "#include <nlohmann/json.hpp>\n", kNone},
      {"sim/trace.cc", "#include <nlohmann/json.hpp>\n", {"library"}},
      {"faults/plan/plan.cc", "#include <nlohmann/json.hpp>\n", {"library"}},
      {"faults/plan/plan_json.cc", "#include <nlohmann/json.hpp>\n", kNone},
      {"core/base/money.cc", "#include <fmt/format.h>\n", {"library"}},
      {"core/order/service.cc", "#include <thread>\n", {"library"}},
      {"sim/choice.cc", "#include <random>\n", {"library"}},
      {"core/order/service.cc", "#include <unistd.h>\n", {"library"}},
      {"sim/host.cc", "#include <gtest/gtest.h>\n", {"library"}},
      {"sim/host.cc", "#include <curl/curl.h>\n", {"unknown-library"}},
      {"sim/host.cc", "#include <stdlib.h>\n", {"unknown-library"}},
      {"sim/host.cc", "#include <string_view>\n", kNone},
  });
}

TEST(BannedNames, AreRejectedInsideTrials) {
  for (const std::string_view line : {
           "auto t = std::chrono::system_clock::now();\n",
           "using C = std::chrono::steady_clock;\n",
           "auto t = std::chrono::high_resolution_clock::now();\n",
           "clock_gettime(CLOCK_REALTIME, &ts);\n",
           "auto t = std::time(&x);\n",
           "auto t = time(nullptr);\n",
           "auto t = localtime_r(&a, &b);\n",
           "std::random_device d;\n",
           "std::uniform_int_distribution<int> d(1, 6);\n",
           "std::poisson_distribution<> d;\n",
           "std::mt19937_64 g;\n",
           "int x = rand();\n",
           "int x = std::rand();\n",
           "RAND_bytes(p, 8);\n",
           "std::thread t;\n",
           "std::mutex m;\n",
           "auto v = std::getenv(\"A\");\n",
           "std::unordered_map<int, int> m;\n",
           "std::unordered_set<int> m;\n",
       }) {
    for (const std::string_view path :
         {"core/order/x.cc", "sim/x.cc", "faults/x.cc", "scenarios/play/x.cc"}) {
      EXPECT_EQ(rules_broken(path, line), std::set<std::string>{"banned-name"}) << path << ": " << line;
    }
    EXPECT_EQ(rules_broken("tests/sim/x.cc", line), kNone) << line;
    EXPECT_EQ(rules_broken("reports/x.cc", line), kNone) << line;
  }
}

TEST(BannedNames, LookAlikesPass) {
  for (const std::string_view line : {
           "int operand(int);\n",
           "int x = operand(3);\n",
           "delay_distribution d;\n",
           "DelayDistribution uniform_int_distribution_like;\n",
           "// std::thread is not for us\n",
           "/* rand() and\n std::thread */ int x;\n",
           "auto s = \"std::thread rand() \\\" getenv\"; char c = '\"';\n",
           "auto s = R\"x(std::thread \" )\" rand())x\";\n",
           "auto n = 1'000'000; Instant time(int);\n",
           "Instant virtual_time(nullptr_t);\n",
           "int my_system_clock_offset;\n",
       }) {
    EXPECT_EQ(rules_broken("sim/x.cc", line), kNone) << line;
  }
}

TEST(BannedNames, CodeAfterALiteralIsStillRead) {
  EXPECT_EQ(rules_broken("sim/x.cc", "f(\"a\", rand());\n"), std::set<std::string>{"banned-name"});
  EXPECT_EQ(rules_broken("sim/x.cc", "f('\\'', rand());\n"), std::set<std::string>{"banned-name"});
  EXPECT_EQ(rules_broken("sim/x.cc", "f(1'000, rand());\n"), std::set<std::string>{"banned-name"});
  EXPECT_EQ(rules_broken("sim/x.cc", "f(R\"(x)\", rand());\n"), std::set<std::string>{"banned-name"});
  EXPECT_EQ(rules_broken("sim/x.cc", "/* x */ rand();\n"), std::set<std::string>{"banned-name"});
}

TEST(BannedNames, TheCommandLineMayLookOutside) {
  expect_all({
      {"scenarios/cli/x.cc", "auto t = std::chrono::steady_clock::now(); getenv(\"NO_COLOR\");\n", kNone},
      {"scenarios/cli/x.cc", "std::thread t;\n", {"banned-name"}},
      {"scenarios/cli/x.cc", "std::random_device d;\n", {"banned-name"}},
  });
}

TEST(BannedNames, OnlyWorkersOfTheCoreHandleADatabaseError) {
  const std::string_view error =
      "  } catch (const env::DatabaseError&) {\n    worker.wake(due);\n    throw;\n  }\n";
  const std::string_view anything = "  } catch (...) {\n  }\n";
  for (const std::string_view text : {error, anything}) {
    expect_all({
        {"core/order/drafts.cc", text, {"banned-name"}},
        {"core/worker/due_worker.cc", text, kNone},
        {"sim/disk/database.cc", text, kNone},
        {"scenarios/flows/purchase/flaws/x.cc", text, kNone},
    });
  }
  expect_all({{"core/order/drafts.cc", "// nobody has to catch (const env::DatabaseError&)\n", kNone}});
}

TEST(BannedNames, AMarkerNeedsAReasonAndIsForContainersOnly) {
  expect_all({
      {"sim/x.cc", "std::unordered_map<int, int> m;  // tidy: never walked: lookups by id only\n", kNone},
      {"sim/x.cc", "std::unordered_map<int, int> m;  // tidy: never walked:\n", {"banned-name"}},
      {"sim/x.cc", "std::unordered_map<int, int> m;  // trust me\n", {"banned-name"}},
      {"sim/x.cc", "std::thread t;  // tidy: never walked: really\n", {"banned-name"}},
  });
}

TEST(Headers, StartWithAComment) {
  expect_all({
      {"sim/x.h", "// X: what it is.\n#pragma once\n", kNone},
      {"sim/x.h", "#pragma once\n// X: what it is.\n", {"header-comment"}},
      {"sim/x.h", "// X: what it is.\n", {"pragma-once"}},
      {"sim/x.h", "", {"header-comment", "pragma-once"}},
      {"sim/x.cc", "int x;\n", kNone},
  });
}

TEST(Looks, TabsSpacesAndLength) {
  std::string lines;
  for (int i = 0; i < kLinesMax; ++i) lines += "int x;\n";
  const std::string unfinished = "// " + std::string(unfinished_words().front()) + ": later\n";
  expect_all({
      {"sim/x.cc", "\tint x;\n", {"tab"}},
      {"sim/x.cc", "int x; \n", {"trailing-space"}},
      {"sim/x.cc", "int x;\r\n", {"trailing-space"}},
      {"sim/x.cc", "int x;", {"last-newline"}},
      {"sim/x.cc", lines, kNone},
      {"sim/x.cc", lines + "int y;\n", {"size"}},
      {"tests/golden/story.txt", "a \n\tb", kNone},
      {"tests/scenarios/bad/cut_off.json", "{\"a\"", kNone},
      {"tests/CMakeLists.txt", "add_test( \n", {"trailing-space"}},
      {"sim/x.cc", unfinished, {"unfinished"}},
      {"README.md", unfinished, {"unfinished"}},
      {"sim/x.cc", "int x;  " + std::string(unfinished_words()[3]) + " why?\n", {"unfinished"}},
      {"sim/x.cc", "auto none = Currency(\"XXX\");\n", kNone},
      {"tests/x.sh", "mktemp /tmp/a.XXXXXX\n", kNone},
      {"sim/string_util.cc", "int x;\n", {"file-name"}},
      {"sim/helpers.cc", "int x;\n", {"file-name"}},
      {"sim/futile.cc", "int x;\n", kNone},
      {"README.md", "see " + std::string(machine_paths().front()) + "me/notes\n", {"machine-path"}},
      {"README.md", "see docs" + std::string(machine_paths().front()) + "page\n", kNone},
  });
}

TEST(Findings, NameTheLine) {
  const std::vector<Finding> found = check_file("sim/x.cc", "int a;\nint b = rand();\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].line, 2);
  EXPECT_EQ(to_string(found[0]), "sim/x.cc:2: [banned-name] rand( is banned here; use sim::Choices");
}

TEST(Rules, EveryArrowEndsAtAKnownPart) {
  std::set<std::string_view> parts;
  for (const Arrow& a : arrows()) EXPECT_TRUE(parts.insert(a.from).second) << a.from << " stands twice";
  for (const Arrow& a : arrows()) {
    for (const std::string_view to : a.to) {
      EXPECT_TRUE(to.back() == '*' || parts.count(to) == 1) << a.from << " → " << to;
    }
  }
}

TEST(Rules, TheCoreHasNoCycle) {
  // Walks every way along the arrows between modules; a way longer than the table has come back to itself.
  const auto depth = [](const auto& self, std::string_view from, std::size_t steps) -> std::size_t {
    if (steps > arrows().size()) return steps;
    std::size_t deepest = steps;
    for (const Arrow& a : arrows()) {
      if (a.from != from || from.substr(0, 5) != "core/") continue;
      for (const std::string_view to : a.to) deepest = std::max(deepest, self(self, to, steps + 1));
    }
    return deepest;
  };
  for (const Arrow& a : arrows()) EXPECT_LE(depth(depth, a.from, 0), arrows().size()) << a.from;
}

}  // namespace
}  // namespace ordeal::tidy
