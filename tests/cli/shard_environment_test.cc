// `--shard auto`: each scheduler's variables, as its manual has them, and every way in which they can fail to say one thing.
#include "scenarios/cli/hunt/shard_environment.h"

#include <map>

#include <gtest/gtest.h>

#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

using Variables = std::map<std::string, std::string>;

FoundShard found(const Variables& variables) {
  return shard_of([&](const std::string& name) -> std::optional<std::string> {
    const auto at = variables.find(name);
    if (at == variables.end()) return std::nullopt;
    return at->second;
  });
}

void expect_shard(const Variables& variables, const std::string& shard, const std::string& from) {
  const FoundShard it = found(variables);
  EXPECT_EQ(it.shard.text(), shard) << from;
  EXPECT_EQ(it.from, from);
}

void expect_refused(const Variables& variables, const std::string& words) {
  try {
    const FoundShard it = found(variables);
    ADD_FAILURE() << it.shard.text() << " from " << it.from << " instead of: " << words;
  } catch (const play::BadInput& error) {
    EXPECT_EQ(error.code(), play::ExitCode::usage);
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("ORDEAL_SHARD"), std::string::npos) << error.what();
  }
}

TEST(ShardAuto, KnowsEachScheduler) {
  expect_shard({{"ORDEAL_SHARD", "2/4"}}, "2/4", "ORDEAL_SHARD=2/4");
  expect_shard({{"GITLAB_CI", "true"}, {"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "4"}}, "2/4",
               "CI_NODE_INDEX=2 and CI_NODE_TOTAL=4 (GitLab)");
  expect_shard({{"CIRCLE_NODE_INDEX", "0"}, {"CIRCLE_NODE_TOTAL", "4"}}, "1/4",
               "CIRCLE_NODE_INDEX=0 and CIRCLE_NODE_TOTAL=4 (CircleCI)");
  expect_shard({{"BUILDKITE_PARALLEL_JOB", "3"}, {"BUILDKITE_PARALLEL_JOB_COUNT", "4"}}, "4/4",
               "BUILDKITE_PARALLEL_JOB=3 and BUILDKITE_PARALLEL_JOB_COUNT=4 (Buildkite)");
  expect_shard({{"BITBUCKET_PARALLEL_STEP", "1"}, {"BITBUCKET_PARALLEL_STEP_COUNT", "2"}}, "2/2",
               "BITBUCKET_PARALLEL_STEP=1 and BITBUCKET_PARALLEL_STEP_COUNT=2 (Bitbucket)");
  expect_shard({{"SEMAPHORE_JOB_INDEX", "1"}, {"SEMAPHORE_JOB_COUNT", "2"}}, "1/2",
               "SEMAPHORE_JOB_INDEX=1 and SEMAPHORE_JOB_COUNT=2 (Semaphore)");
  expect_shard({{"TEST_SHARD_INDEX", "1"}, {"TEST_TOTAL_SHARDS", "2"}}, "2/2",
               "TEST_SHARD_INDEX=1 and TEST_TOTAL_SHARDS=2 (Bazel)");
  expect_shard({{"JOB_COMPLETION_INDEX", "7"}, {"ORDEAL_SHARD_TOTAL", "8"}}, "8/8",
               "JOB_COMPLETION_INDEX=7 and ORDEAL_SHARD_TOTAL=8 (Kubernetes)");
  expect_shard({{"NOMAD_ALLOC_INDEX", "0"}, {"ORDEAL_SHARD_TOTAL", "8"}}, "1/8",
               "NOMAD_ALLOC_INDEX=0 and ORDEAL_SHARD_TOTAL=8 (Nomad)");
  expect_shard({{"AWS_BATCH_JOB_ARRAY_INDEX", "0"}, {"AWS_BATCH_JOB_ARRAY_SIZE", "9"}}, "1/9",
               "AWS_BATCH_JOB_ARRAY_INDEX=0 and AWS_BATCH_JOB_ARRAY_SIZE=9 (AWS Batch)");
  expect_shard({{"LSB_JOBINDEX", "3"}, {"LSB_JOBINDEX_END", "3"}}, "3/3",
               "LSB_JOBINDEX=3 and LSB_JOBINDEX_END=3 (LSF)");
  expect_shard({{"OMPI_COMM_WORLD_RANK", "0"}, {"OMPI_COMM_WORLD_SIZE", "2"}}, "1/2",
               "OMPI_COMM_WORLD_RANK=0 and OMPI_COMM_WORLD_SIZE=2 (Open MPI)");
}

Variables slurm(const std::string& id, const std::string& min, const std::string& max,
                const std::string& step, const std::string& count) {
  return {{"SLURM_ARRAY_TASK_ID", id},
          {"SLURM_ARRAY_TASK_MIN", min},
          {"SLURM_ARRAY_TASK_MAX", max},
          {"SLURM_ARRAY_TASK_STEP", step},
          {"SLURM_ARRAY_TASK_COUNT", count}};
}

TEST(ShardAuto, CountsArraysFromWhereTheyBegin) {
  expect_shard(slurm("3", "0", "7", "1", "8"), "4/8",
               "SLURM_ARRAY_TASK_ID=3 and SLURM_ARRAY_TASK_COUNT=8 (Slurm)");
  expect_shard(slurm("3", "1", "8", "1", "8"), "3/8",
               "SLURM_ARRAY_TASK_ID=3 and SLURM_ARRAY_TASK_COUNT=8 (Slurm)");
  expect_shard(slurm("30", "10", "40", "10", "4"), "3/4",
               "SLURM_ARRAY_TASK_ID=30 and SLURM_ARRAY_TASK_COUNT=4 (Slurm)");
  expect_refused(slurm("5", "3", "5", "1", "2"), "the array has holes");
  expect_shard(
      {{"SGE_TASK_ID", "4"}, {"SGE_TASK_FIRST", "2"}, {"SGE_TASK_LAST", "8"}, {"SGE_TASK_STEPSIZE", "2"}},
      "2/4", "SGE_TASK_ID=4 and SGE_TASK_LAST=8 (Grid Engine)");
}

TEST(ShardAuto, RefusesAPlaceWithoutATotal) {
  expect_refused({{"JOB_COMPLETION_INDEX", "3"}}, "ORDEAL_SHARD_TOTAL, which has to say how many");
  expect_refused({{"CIRCLE_NODE_INDEX", "3"}}, "but not CIRCLE_NODE_TOTAL");
  expect_refused({{"GITLAB_CI", "true"}, {"CI_NODE_TOTAL", "4"}}, "but not CI_NODE_INDEX");
}

TEST(ShardAuto, TakesAGitLabJobThatIsNotSplitAsTheWhole) {
  expect_shard({{"GITLAB_CI", "true"}, {"CI_NODE_TOTAL", "1"}}, "1/1", "CI_NODE_TOTAL=1 (GitLab)");
}

TEST(ShardAuto, RefusesTheNodeIndexOfNobodyKnowsWhom) {
  expect_refused({{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "4"}}, "but not GITLAB_CI");
}

TEST(ShardAuto, RefusesSchedulersThatDisagreeAndTakesThoseThatAgree) {
  const Variables circle{{"CIRCLE_NODE_INDEX", "0"}, {"CIRCLE_NODE_TOTAL", "4"}};
  Variables both = circle;
  both["JOB_COMPLETION_INDEX"] = "1";
  both["ORDEAL_SHARD_TOTAL"] = "4";
  expect_refused(both,
                 "two schedulers disagree: CIRCLE_NODE_INDEX=0 and CIRCLE_NODE_TOTAL=4 (CircleCI) say 1/4");
  both["JOB_COMPLETION_INDEX"] = "0";
  EXPECT_EQ(found(both).shard.text(), "1/4");
  both["ORDEAL_SHARD"] = "3/3";
  EXPECT_EQ(found(both).from, "ORDEAL_SHARD=3/3") << "who is told does not look further";
}

TEST(ShardAuto, RefusesWhatIsNoPlaceAmongSoMany) {
  expect_refused({{"CIRCLE_NODE_INDEX", "4"}, {"CIRCLE_NODE_TOTAL", "4"}},
                 "is not one of 4 that are counted from 0");
  expect_refused({{"GITLAB_CI", "1"}, {"CI_NODE_INDEX", "0"}, {"CI_NODE_TOTAL", "4"}}, "counted from 1");
  expect_refused({{"CIRCLE_NODE_INDEX", "one"}, {"CIRCLE_NODE_TOTAL", "4"}},
                 "CIRCLE_NODE_INDEX=one is no whole number");
  expect_refused(slurm("4", "1", "9", "0", "8"), "is not one of 8");
}

TEST(ShardAuto, RefusesToGuessWhereThereIsNoScheduler) {
  expect_refused({}, "no job of a scheduler that it knows (GitLab,");
  expect_refused({{"SGE_TASK_ID", "undefined"}, {"LSB_JOBINDEX", "0"}}, "no job of a scheduler");
}

}  // namespace
}  // namespace ordeal::cli
