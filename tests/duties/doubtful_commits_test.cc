// A doubtful commit is one thing (F-20): for every transaction of every scenario, each sync of its commit fails in turn, in
// each journal mode. Whatever became of it, every law holds, the world comes to rest, and nothing waits for ever.
//
// The transactions come out of a trial without faults, so a new one is covered by itself.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "faults/text.h"
#include "tests/support/shipped.h"
#include "tests/support/story.h"

namespace ordeal::play {
namespace {

using faults::SiteAsked;
using Commits = std::map<std::string, std::vector<faults::Strike>>;  // the syncs to fail, by transaction

// Of each transaction so many commits, spread over the trial: what comes after it differs.
constexpr std::size_t kOfEach = 3;

// What stands behind `verb` at the end of a site: "… › before commit order.place" → "order.place".
std::string behind(const std::string& site, std::string_view verb) {
  const std::string mark = "› " + std::string(verb) + " ";
  const auto at = site.rfind(mark);
  return at == std::string::npos ? "" : site.substr(at + mark.size());
}

// The syncs between "before commit" and "after commit": a host commits one transaction of one cause at a time.
std::map<std::string, std::vector<std::vector<faults::Strike>>> commits_of(
    const std::vector<SiteAsked>& asked) {
  std::map<std::string, std::vector<std::vector<faults::Strike>>> commits;
  std::map<sim::HostId, std::vector<faults::Strike>> open;
  for (const SiteAsked& site : asked) {
    if (!behind(site.site, "before commit").empty()) open[site.host].clear();
    if (site.question == faults::Question::disk && !behind(site.site, "sync").empty())
      open[site.host].push_back({site.site, site.occurrence, faults::act::DiskFail{}});
    const std::string name = behind(site.site, "after commit");
    if (!name.empty() && !open[site.host].empty()) commits[name].push_back(std::move(open[site.host]));
    if (!name.empty()) open[site.host].clear();
  }
  return commits;
}

Commits chosen(const std::vector<SiteAsked>& asked) {
  Commits strikes;
  for (const auto& [name, of_name] : commits_of(asked)) {
    std::set<std::size_t> taken;
    for (std::size_t i = 0; i < kOfEach; ++i) taken.insert(i * (of_name.size() - 1) / (kOfEach - 1));
    for (const std::size_t at : taken) {
      for (const faults::Strike& strike : of_name[at]) strikes[name].push_back(strike);
    }
  }
  return strikes;
}

// helped: whoever got no answer asks again, and the channel calls back: that alone repairs much.
// alone: nobody asks twice, many leave without paying, no callback ever comes. What happened is only known here.
// late: payment cannot be asked while the orders' time runs out, then everybody pays: all of it goes back.
enum class World { helped, alone, late };
constexpr const char* kWorlds[] = {"", "_alone", "_late"};

// Whether people shop there; another flow has no worlds but its own.
bool is_a_shop(const Scenario& scenario) {
  return scenario.workloads.front().get_if<purchase::ShoppingSpec>() != nullptr;
}

Scenario scenario_of(const std::string& name, World world) {
  const Scenario scenario = test::library().load(name);
  if (!is_a_shop(scenario)) return scenario;
  return test::edited(scenario, [&](Json& json) {
    for (std::size_t i = 0; i < scenario.workloads.size(); ++i) {
      Json& workload = json["workloads"][i];
      const auto& shopping = scenario.workloads[i].as<purchase::ShoppingSpec>();
      workload["shoppers"] = std::min<std::uint32_t>(shopping.shoppers, 10);
      if (world == World::helped) continue;
      Json& habits = workload["habits"];
      if (world == World::alone) habits["never_pays"] = "1/3";
      if (world == World::late) {
        workload["arrive"]["until"] = faults::text(shopping.arrive.from + test::minutes(2));
        habits["never_pays"] = "0";
        habits["pays_late"] = "1";
        habits["late"] = {{"min", "20m"}, {"max", "24m"}};
      }
    }
  });
}

std::string host_of(const Scenario& scenario, std::string_view service) {
  for (const auto& host : scenario.hosts) {
    if (std::find(host.services.begin(), host.services.end(), service) != host.services.end())
      return host.name;
  }
  return "";
}

PlayOptions options_of(const Scenario& scenario, World world, const char* mode) {
  PlayOptions options;
  options.faults = FaultMode::plan;
  options.plan.knobs = {{"database.journal_mode", mode}};
  if (world == World::late) {
    const Duration from = scenario.workloads.front().as<purchase::ShoppingSpec>().arrive.from;
    options.plan.windows = {{"silent",
                             faults::Partition{{host_of(scenario, "payment")}, faults::Partition::Cut::both},
                             {},
                             from + test::minutes(14),
                             from + test::minutes(40)}};
  }
  if (world != World::alone) return options;
  options.plan.windows = {{"no-callbacks", faults::ForkTaken{"callback start", "never", Ratio::one()}, {}}};
  for (const Actor& actor : all_actors(scenario)) {
    const auto& parts = static_cast<const WorkloadRow*>(scenario.workloads[actor.workload].row)->omissions;
    for (std::uint32_t part = 0; part < parts.size(); ++part) {
      if (parts[part].name == "asking_again") options.omitted.push_back({actor, part});
    }
  }
  return options;
}

class DoubtfulCommits : public testing::TestWithParam<std::tuple<std::string, World>> {};

TEST_P(DoubtfulCommits, AreForgottenByNobody) {
  const auto& [scenario, world] = GetParam();
  Stage stage(all_flows(), scenario_of(scenario, world), {});
  std::map<std::string, std::size_t> played;
  for (const char* mode : {"wal", "delete", "truncate", "persist"}) {
    PlayOptions options = options_of(stage.scenario(), world, mode);
    options.list_sites = true;
    const Played calm = stage.play(options);
    ASSERT_TRUE(test::clean(calm));
    options.list_sites = false;
    for (const auto& [name, strikes] : chosen(calm.sites)) {
      for (const faults::Strike& strike : strikes) {
        options.plan.strikes = {strike};
        const Played day = stage.play(options);
        EXPECT_TRUE(test::clean(day)) << mode << ", " << readable(strike);
        EXPECT_TRUE(day.unmatched.empty()) << mode << ", " << readable(strike);
        ++played[name];
      }
    }
  }
  std::size_t trials = 0;
  for (const auto& [name, count] : played) trials += count;
  std::printf("[ doubtful ] %s: %zu transactions, %zu trials\n", scenario.c_str(), played.size(), trials);
  EXPECT_GT(played.size(), is_a_shop(stage.scenario()) ? 10U : 1U);
}

std::vector<std::tuple<std::string, World>> all_worlds() {
  std::vector<std::tuple<std::string, World>> all;
  const play::Library library = test::library();
  for (const ShelfMark& mark : library.list()) {
    all.emplace_back(mark.name, World::helped);
    if (!is_a_shop(library.load(mark.name))) continue;
    all.emplace_back(mark.name, World::alone);
    all.emplace_back(mark.name, World::late);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, DoubtfulCommits, testing::ValuesIn(all_worlds()), [](const auto& of) {
  return std::get<0>(of.param) + kWorlds[static_cast<int>(std::get<1>(of.param))];
});

}  // namespace
}  // namespace ordeal::play
