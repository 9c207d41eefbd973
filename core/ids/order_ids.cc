#include "core/ids/order_ids.h"

#include "core/ids/workers.h"

namespace ordeal::ids {
namespace {

// Leaf waits out a clock that is so little behind (domain 2.8).
constexpr std::int64_t kWaitMs = 5;
constexpr std::int64_t kAMillisecond = 1'000'000;
constexpr std::int64_t kSegment = 16;
// Waits of a millisecond or two, for others or for the clock, before a request is sent away.
constexpr int kTries = 400;

// Its value is true as long as it lives; also when what goes on meanwhile throws.
class Meanwhile {
 public:
  explicit Meanwhile(bool& flag) : flag_(flag) { flag_ = true; }
  ~Meanwhile() { flag_ = false; }
  Meanwhile(const Meanwhile&) = delete;
  Meanwhile& operator=(const Meanwhile&) = delete;

 private:
  bool& flag_;
};

class Snowflake final : public OrderIds {
 public:
  explicit Snowflake(Layout layout) : layout_(layout), ticker_(layout) {}

  std::optional<std::int64_t> next(const Asker& asker, std::int64_t gene) override {
    for (int i = 0; i < kTries; ++i) {
      const std::int64_t now = ms_of(asker.env.clock.wall_now());
      Ticker::Tick tick = ticker_.next(now);
      if (tick.why == Ticker::Why::none) {
        tick.parts.gene = layout_.gene_bits == 0 ? 0 : gene;
        return compose(layout_, tick.parts);
      }
      const std::int64_t behind = tick.why == Ticker::Why::behind ? ticker_.behind(now) : 0;
      if (behind > 0) asker.env.log.sometimes("clock was behind the last order number");
      if (tick.why == Ticker::Why::full || leasing_) {
        asker.env.tasks.sleep({kAMillisecond});
      } else if (behind > 0 && behind <= kWaitMs) {
        asker.env.tasks.sleep({kAMillisecond * 2 * behind});
      } else if (!lease_more(asker)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  std::optional<std::int64_t> gene_of(std::int64_t id) const override {
    if (layout_.gene_bits == 0) return std::nullopt;
    return take_apart(layout_, id).gene;
  }

 private:
  // One request of a pod asks the table, the others wait for it.
  bool lease_more(const Asker& asker) {
    const Meanwhile meanwhile(leasing_);
    const auto stretch = env::in_transaction(asker.db, "ids.lease", [&](env::Tx& tx) {
      return lease(tx, asker.pod, ms_of(asker.env.clock.wall_now()));
    });
    if (!stretch) return false;
    if (worker_ && stretch->worker != *worker_) asker.env.log.sometimes("pod changed its worker number");
    worker_ = stretch->worker;
    ticker_.use(*stretch);
    return true;
  }

  const Layout layout_;
  Ticker ticker_;
  std::optional<std::int64_t> worker_;
  bool leasing_ = false;
};

class Segments final : public OrderIds {
 public:
  std::optional<std::int64_t> next(const Asker& asker, std::int64_t) override {
    if (next_ == end_) {
      // Others of this pod may take one meanwhile: then what is left of theirs is skipped.
      const std::int64_t first = env::in_transaction(
          asker.db, "ids.segment", [](env::Tx& tx) { return take_segment(tx, "order", kSegment); });
      next_ = first;
      end_ = first + kSegment;
    }
    return next_++;
  }

 private:
  std::int64_t next_ = 0;
  std::int64_t end_ = 0;
};

}  // namespace

std::unique_ptr<OrderIds> make_order_ids(std::string_view name) {
  if (name == "snowflake") return std::make_unique<Snowflake>(kPlain);
  if (name == "gene") return std::make_unique<Snowflake>(kWithGene);
  if (name == "segments") return std::make_unique<Segments>();
  return nullptr;
}

}  // namespace ordeal::ids
