// What is told of jobs: work that is due once for each business date and partition, whoever fires it.
#pragma once

#include <cstdint>
#include <string>

#include "core/wire/fields.h"

namespace ordeal::api::facts {

// Somebody has begun a run, or taken one over: `token` is higher than that of everybody before.
struct JobBegun {
  std::string job{};
  std::int64_t day = 0;  // the business date
  std::int64_t partition = 0;
  std::int64_t token = 0;
  ORDEAL_MESSAGE(JobBegun, "jobs.JobBegun", job, day, partition, token);
};

// One of its steps is done: what the same transaction wrote.
struct JobDid {
  std::string job{};
  std::int64_t day = 0;
  std::int64_t partition = 0;
  std::string step{};
  std::int64_t token = 0;
  ORDEAL_MESSAGE(JobDid, "jobs.JobDid", job, day, partition, step, token);
};

struct JobEnded {
  std::string job{};
  std::int64_t day = 0;
  std::int64_t partition = 0;
  std::int64_t token = 0;
  ORDEAL_MESSAGE(JobEnded, "jobs.JobEnded", job, day, partition, token);
};

}  // namespace ordeal::api::facts
