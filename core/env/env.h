// Env: all doors of a service to the outside. There are no others: no globals, no system calls.
#pragma once

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
};

}  // namespace ordeal::env
