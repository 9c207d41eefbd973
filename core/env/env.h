// Env: all doors of a service to the outside. There are no others: no globals, no system calls.
// A deployment need not have a cache or a broker; whoever asks for one that is not there has a wrong design.
#pragma once

#include "core/base/check.h"
#include "core/env/broker.h"
#include "core/env/cache.h"
#include "core/env/clock.h"
#include "core/env/database.h"
#include "core/env/http.h"
#include "core/env/log.h"
#include "core/env/points.h"
#include "core/env/random.h"
#include "core/env/rpc.h"
#include "core/env/tasks.h"

namespace ordeal::env {

struct Env {
  Clock& clock;
  Tasks& tasks;
  Random& random;
  Rpc& rpc;
  Http& http;
  Log& log;
  Points& points;
  Cache* cache_if_any = nullptr;
  Broker* broker_if_any = nullptr;

  Cache& cache() const {
    ORDEAL_CHECK(cache_if_any != nullptr, "there is no cache in this deployment");
    return *cache_if_any;
  }
  Broker& broker() const {
    ORDEAL_CHECK(broker_if_any != nullptr, "there is no broker in this deployment");
    return *broker_if_any;
  }
};

}  // namespace ordeal::env
