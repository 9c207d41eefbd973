// F-31: the worker's number is a line of the configuration file, and the file is in the image: each pod that is started from it is worker
// 1. As long as there is one pod, all is well. With two, orders that come in the same millisecond get the same number (I-02).
#include "core/ids/snowflake.h"
#include "scenarios/flows/marketplace/flaws/flaws.h"

namespace ordeal::marketplace::planted {
namespace {

constexpr std::int64_t kWorker = 1;  // snowflake.worker-id=1

class WorkerFromFile final : public ids::OrderIds {
 public:
  std::optional<std::int64_t> next(const ids::Asker& asker, std::int64_t) override {
    const std::int64_t now = ids::ms_of(asker.env.clock.wall_now());
    if (now < last_ms_ || now < 0) return std::nullopt;
    sequence_ = now == last_ms_ ? sequence_ + 1 : 0;
    last_ms_ = now;
    return ids::compose(ids::kPlain, {now, kWorker, sequence_, 0});
  }

 private:
  std::int64_t last_ms_ = -1;
  std::int64_t sequence_ = 0;
};

}  // namespace

std::unique_ptr<ids::OrderIds> make_worker_from_file() { return std::make_unique<WorkerFromFile>(); }

}  // namespace ordeal::marketplace::planted
