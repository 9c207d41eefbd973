#include "scenarios/cli/hunt/shard_environment.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

using std::string_view;

constexpr string_view kOwn = "ORDEAL_SHARD";
constexpr string_view kOwnTotal = "ORDEAL_SHARD_TOTAL";

struct Scheduler {
  string_view name;
  string_view index;
  string_view total;      // empty: it tells none, ORDEAL_SHARD_TOTAL has to
  std::uint64_t base;     // what it calls the first
  string_view marker;     // empty, or what has to be set for the variables to mean this
  string_view base_from;  // empty, or the variable with what it calls the first here
  string_view last;       // empty, or the variable with what it calls the last here
  string_view step;       // empty, or the variable with the distance from one to the next
  string_view no_job;     // what the index is outside of such jobs
};

constexpr std::array kSchedulers{
    Scheduler{"GitLab", "CI_NODE_INDEX", "CI_NODE_TOTAL", 1, "GITLAB_CI", "", "", "", ""},
    Scheduler{"CircleCI", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0, "", "", "", "", ""},
    Scheduler{"Buildkite", "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0, "", "", "", "", ""},
    Scheduler{"Bitbucket", "BITBUCKET_PARALLEL_STEP", "BITBUCKET_PARALLEL_STEP_COUNT", 0, "", "", "", "", ""},
    Scheduler{"Semaphore", "SEMAPHORE_JOB_INDEX", "SEMAPHORE_JOB_COUNT", 1, "", "", "", "", ""},
    Scheduler{"Bazel", "TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", 0, "", "", "", "", ""},
    Scheduler{"Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", 0, "", "SLURM_ARRAY_TASK_MIN",
              "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_STEP", ""},
    Scheduler{"Kubernetes", "JOB_COMPLETION_INDEX", "", 0, "", "", "", "", ""},
    Scheduler{"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0, "", "", "", "", ""},
    Scheduler{"Nomad", "NOMAD_ALLOC_INDEX", "", 0, "", "", "", "", ""},
    Scheduler{"Grid Engine", "SGE_TASK_ID", "", 0, "", "SGE_TASK_FIRST", "SGE_TASK_LAST", "SGE_TASK_STEPSIZE",
              "undefined"},
    Scheduler{"LSF", "LSB_JOBINDEX", "LSB_JOBINDEX_END", 1, "", "", "", "", "0"},
    Scheduler{"Open MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", 0, "", "", "", "", ""},
};

[[noreturn]] void refuse(const std::string& why) {
  throw play::BadInput(play::ExitCode::usage, "--shard auto: " + why + "\n  set " + std::string(kOwn) +
                                                  "=k/n, such as ORDEAL_SHARD=3/8, or say --shard k/n");
}

class Reading {
 public:
  Reading(const Scheduler& scheduler, const Environment& environment)
      : scheduler_(scheduler), environment_(environment) {}

  // Nothing when this is not one of its jobs.
  std::optional<FoundShard> shard() const {
    const auto index = environment_(std::string(scheduler_.index));
    if (!index) return alone();
    if (*index == scheduler_.no_job) return std::nullopt;
    if (!scheduler_.marker.empty() && !environment_(std::string(scheduler_.marker))) {
      refuse(shown(scheduler_.index) + " is set, but not " + std::string(scheduler_.marker) +
             ": elsewhere than on " + std::string(scheduler_.name) + " it may count from 0 or from 1");
    }
    const std::uint64_t base = scheduler_.base_from.empty() ? scheduler_.base : number(scheduler_.base_from);
    const std::uint64_t step = scheduler_.step.empty() ? 1 : number(scheduler_.step);
    const std::uint64_t n = total(base, step);
    const std::uint64_t at = number(scheduler_.index);
    if (step == 0 || at < base || (at - base) % step != 0 || (at - base) / step >= n) {
      refuse(shown(scheduler_.index) + " is not one of " + std::to_string(n) + " that are counted from " +
             std::to_string(base) + (step > 1 ? " in steps of " + std::to_string(step) : ""));
    }
    return FoundShard{{(at - base) / step + 1, n}, from()};
  }

 private:
  // A total of 1 without a place: the job is not split at all.
  std::optional<FoundShard> alone() const {
    if (scheduler_.total.empty() || scheduler_.marker.empty()) return std::nullopt;
    if (!environment_(std::string(scheduler_.total)) || !environment_(std::string(scheduler_.marker)))
      return std::nullopt;
    if (number(scheduler_.total) == 1) return FoundShard{{1, 1}, from()};
    refuse(shown(scheduler_.total) + " is set, but not " + std::string(scheduler_.index) + " (" +
           std::string(scheduler_.name) + ")");
  }

  std::uint64_t total(std::uint64_t base, std::uint64_t step) const {
    if (!scheduler_.total.empty()) {
      const std::uint64_t n = number(scheduler_.total);
      if (!scheduler_.last.empty() && step != 0 && (number(scheduler_.last) - base) / step + 1 != n) {
        refuse("the array has holes: " + shown(scheduler_.total) + ", but " + shown(scheduler_.base_from) +
               " and " + shown(scheduler_.last));
      }
      return n;
    }
    if (!scheduler_.last.empty())
      return step == 0 || number(scheduler_.last) < base ? 0 : (number(scheduler_.last) - base) / step + 1;
    return number(kOwnTotal);
  }

  std::uint64_t number(string_view variable) const {
    const auto text = environment_(std::string(variable));
    if (!text) {
      refuse(shown(scheduler_.index) + " (" + std::string(scheduler_.name) + ") is set, but not " +
             std::string(variable) + (variable == kOwnTotal ? ", which has to say how many there are" : ""));
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size())
      refuse(shown(variable) + " is no whole number");
    return value;
  }

  std::string shown(string_view variable) const {
    return std::string(variable) + "=" + environment_(std::string(variable)).value_or("");
  }

  std::string from() const {
    const string_view last = !scheduler_.total.empty()  ? scheduler_.total
                             : !scheduler_.last.empty() ? scheduler_.last
                                                        : kOwnTotal;
    return (environment_(std::string(scheduler_.index)) ? shown(scheduler_.index) + " and " : "") +
           shown(last) + " (" + std::string(scheduler_.name) + ")";
  }

  const Scheduler& scheduler_;
  const Environment& environment_;
};

}  // namespace

Environment environment_of_process() {
  return [](const std::string& variable) -> std::optional<std::string> {
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
  };
}

FoundShard shard_of(const Environment& environment) {
  if (const auto own = environment(std::string(kOwn)))
    return {parse_shard(kOwn, *own), std::string(kOwn) + "=" + *own};
  std::optional<FoundShard> found;
  for (const Scheduler& scheduler : kSchedulers) {
    const auto shard = Reading(scheduler, environment).shard();
    if (!shard) continue;
    if (found && found->shard != shard->shard)
      refuse("two schedulers disagree: " + found->from + " say " + found->shard.text() + ", " + shard->from +
             " say " + shard->shard.text());
    if (!found) found = shard;
  }
  if (found) return *found;
  std::string known;
  for (const Scheduler& scheduler : kSchedulers)
    known += (known.empty() ? "" : ", ") + std::string(scheduler.name);
  refuse("this is no job of a scheduler that it knows (" + known + ")");
}

}  // namespace ordeal::cli
