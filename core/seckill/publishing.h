// Seam seckill::Publishing: how an activity is published, which is two things, a row and counts in the cache (E3).
//
// Contract: published and not warm does not last, whatever dies in between (I-26); the same epoch twice is once; counts are written
// only where none are, so nothing raises what is partly sold. F-38 warms the cache after the commit, and nobody comes back to it.
#pragma once

#include <memory>
#include <string_view>

#include "core/env/env.h"
#include "core/seckill/counts.h"

namespace ordeal::seckill {

class Publishing {
 public:
  virtual ~Publishing() = default;
  virtual void start(env::Env& env, env::Database& db, Counts& counts) = 0;
  virtual PublishStatus publish(const Publish& request) = 0;
  // Somebody found no count in the cache, which may have forgotten it.
  virtual void count_is_missing() = 0;
};

// "worker": the row says what is to be done, a worker does it until it is done. Null for an unknown name.
std::unique_ptr<Publishing> make_publishing(std::string_view name);

// What the transaction of a publish answers when it changed nothing.
PublishStatus judge_publish(env::Connection& from, const Publish& request);
// Writes the counts of the activity that are not there, as the database has them. False: the cache does not answer.
bool load_counts(env::Database& db, Counts& counts, const Activity& activity);

}  // namespace ordeal::seckill
