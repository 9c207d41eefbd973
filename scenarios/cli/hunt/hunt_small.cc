#include "scenarios/cli/hunt/hunt_small.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/run_json.h"
#include "reports/shrink_report.h"
#include "reports/words.h"
#include "scenarios/cli/hunt/summing_up.h"
#include "scenarios/cli/hunt/workers.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/replay/making_small.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

using Json = nlohmann::ordered_json;

// How many failures of one headline are looked into after its first.
constexpr std::size_t kMoreOfEach = 5;
// What may be spent on a failure, in tries and in events of its trial, so that what comes of it depends on nothing but the
// failure. Most are as small as they get after a few hundred tries. Trials get smaller on the way, so a budget goes further
// than it seems.
struct Spend {
  std::uint64_t events;
  std::uint64_t tries;  // however long its trial is
};
constexpr Spend kOnFirst{6'000'000, 1'000};
constexpr Spend kOnOther{4'000'000, 100};
constexpr int kPollMs = 50;
constexpr std::int64_t kPatience = 5'000'000'000;

struct Task {
  std::string invariant;
  std::uint64_t seed = 0;
};

struct Result {
  reports::SmallFailure row;
  std::uint64_t events = 0;  // how long its story is
  std::string repro;         // the whole file
};

// "I-10-no-oversell.small.repro.json", "I-10-no-oversell-2.small.repro.json", …
std::string small_name(const std::string& invariant, std::size_t nth) {
  std::string name = repro_name(invariant);
  name.resize(name.size() - kReproEnding.size());
  if (nth > 1) name += "-" + std::to_string(nth);
  return name + std::string(kSmallEnding);
}

reports::Sizes sizes_from(const Json& json) {
  return {json.at("strikes"), json.at("windows"), json.at("actors")};
}

std::optional<std::pair<std::size_t, Result>> result_from(const std::string& line) {
  try {
    const Json json = Json::parse(line);
    if (!json.contains("small")) return std::nullopt;
    const Json& small = json.at("small");
    Result result;
    result.row.invariant = small.at("invariant");
    result.row.cause = small.at("cause");
    result.row.seed = small.at("seed");
    result.row.before = sizes_from(small.at("before"));
    result.row.after = sizes_from(small.at("after"));
    result.row.tries = small.at("tries");
    result.row.finished = small.at("finished");
    result.row.takes = small.at("takes").get<std::vector<std::string>>();
    result.events = json.at("events");
    result.repro = json.at("repro");
    return std::pair(json.at("task").get<std::size_t>(), std::move(result));
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

class MakingFindingsSmall {
 public:
  MakingFindingsSmall(const Production& production, RunDirectory& directory, const SmallBudget& budget,
                      reports::HuntReport& report)
      : production_(production),
        directory_(directory),
        budget_(budget),
        report_(report),
        until_ns_(wall_now_ns() + budget.wall.ns) {
    for (const auto& [invariant, seeds] : report.failing_seeds) tasks_.push_back({invariant, seeds.front()});
    firsts_ = tasks_.size();
    for (std::size_t nth = 1; nth <= kMoreOfEach; ++nth) {
      for (const auto& [invariant, seeds] : report.failing_seeds) {
        if (nth < seeds.size()) tasks_.push_back({invariant, seeds[nth]});
      }
    }
  }

  void run() {
    if (tasks_.empty()) return;
    play();
    std::map<std::string, std::vector<Result>, std::less<>> found;  // of each headline one for each cause
    for (auto& [task, result] : results_) {
      const bool first = task < firsts_;
      if (!first && !result.row.finished) continue;  // its cause may be more than it takes
      ++report_.looked_into[result.row.invariant];
      add(found[result.row.invariant], std::move(result));
    }
    for (auto& [invariant, causes] : found) {
      std::stable_sort(causes.begin(), causes.end(),
                       [](const Result& a, const Result& b) { return reads_shorter(a, b); });
      for (std::size_t nth = 1; nth <= causes.size(); ++nth) keep(causes[nth - 1], nth);
    }
  }

 private:
  static bool reads_shorter(const Result& a, const Result& b) {
    const auto size = [](const Result& one) {
      return play::Size{one.row.after.strikes, one.row.after.windows, one.row.after.actors, one.events};
    };
    return play::smaller(size(a), size(b));
  }

  static void add(std::vector<Result>& causes, Result result) {
    const auto same = std::find_if(causes.begin(), causes.end(),
                                   [&](const Result& one) { return one.row.cause == result.row.cause; });
    if (same == causes.end()) {
      causes.push_back(std::move(result));
      return;
    }
    const std::uint64_t count = same->row.count + 1;
    if (reads_shorter(result, *same)) *same = std::move(result);
    same->row.count = count;
  }

  void keep(Result& result, std::size_t nth) {
    if (const auto path = directory_.write(small_name(result.row.invariant, nth), result.repro))
      result.row.repro = path->string();
    report_.small.push_back(std::move(result.row));
  }

  void play() {
    const auto step = std::min<std::size_t>(budget_.jobs, tasks_.size());
    Workers workers({0, tasks_.size() - 1}, static_cast<unsigned>(step),
                    [&](std::uint64_t task) { return play_one(task, step); });
    bool drawn = false;
    while (workers.running()) {
      workers.wait(kPollMs, [&](const std::string& line) {
        if (auto result = result_from(line)) results_.insert(*std::move(result));
      });
      const std::int64_t now = wall_now_ns();
      if (Interrupts::count() > 0) workers.stop();
      if (Interrupts::count() > 1 || now - until_ns_ > kPatience) workers.kill();
      if (!budget_.shown) continue;
      drawn = true;
      complain(fmt::format("\r\x1b[Kmaking it small  {} of {} failures  {:.0f} s left", results_.size(),
                           tasks_.size(),
                           static_cast<double>(std::max<std::int64_t>(0, until_ns_ - now)) / 1e9));
    }
    if (drawn) complain("\r\x1b[K");
    if (wall_now_ns() >= until_ns_)
      complain("making failures small ended after " + reports::wall_text(budget_.wall.ns) +
               " (--shrink-budget): with more time there may be more small repros, and smaller ones\n");
    if (workers.crash())
      directory_.remember("a worker " + workers.crash()->how + " while it made a failure small");
  }

  // In a worker, which has every `step`-th task. Time is a far bound; what is left of it goes to its first failures in
  // equal parts, then to the others as they come.
  std::string play_one(std::uint64_t task, std::size_t step) const {
    const std::int64_t now = wall_now_ns();
    if (now >= until_ns_) return "{}";
    play::PlayOptions options = production_.options;
    options.seed = tasks_[task].seed;
    const play::Played first = production_.stage->play(options);
    const std::string& invariant = tasks_[task].invariant;
    if (!play::aim_at(invariant, first.trial).hit_by(first.trial)) return "{}";

    SmallOrder order;
    order.until_ns = until_ns_;
    order.interrupted = worker_should_stop;
    const Spend& spend = task < firsts_ ? kOnFirst : kOnOther;
    order.most_tries = std::max(spend.tries, spend.events / std::max<std::uint64_t>(1, first.trial.events));
    if (task < firsts_) {
      const auto left = static_cast<std::int64_t>((firsts_ - task + step - 1) / step);
      order.until_ns = now + (until_ns_ - now) / left;
      if (directory_.usable()) order.file = directory_.path() / small_name(invariant, 1);
    }
    const MadeSmall made = make_small(production_, options, first, invariant, order);
    const auto repro = repro_of(production_, made.small.options, made.small.played, invariant);
    const Json line{{"task", task},
                    {"small", reports::small_json(made.row)},
                    {"events", made.small.played.trial.events},
                    {"repro", reports::json_text(repro)}};
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  const Production& production_;
  RunDirectory& directory_;
  SmallBudget budget_;
  reports::HuntReport& report_;
  std::int64_t until_ns_;
  std::vector<Task> tasks_;
  std::size_t firsts_ = 0;
  std::map<std::size_t, Result> results_;  // by task
};

}  // namespace

void make_findings_small(const Production& production, RunDirectory& directory, const SmallBudget& budget,
                         reports::HuntReport& report) {
  MakingFindingsSmall(production, directory, budget, report).run();
}

}  // namespace ordeal::cli
