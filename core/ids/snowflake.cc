#include "core/ids/snowflake.h"

#include "core/base/check.h"

namespace ordeal::ids {

std::int64_t compose(Layout layout, const Parts& parts) {
  ORDEAL_CHECK(parts.ms >= 0 && parts.ms < kMostMs, "a time outside of 41 bits");
  ORDEAL_CHECK(parts.worker >= 0 && parts.worker < kWorkers, "a worker outside of 10 bits");
  std::int64_t id = parts.ms;
  id = (id << kWorkerBits) | parts.worker;
  id = (id << layout.sequence_bits) | parts.sequence;
  return (id << layout.gene_bits) | parts.gene;
}

Parts take_apart(Layout layout, std::int64_t id) {
  const auto low = [&id](int bits) {
    const std::int64_t value = id & ((std::int64_t{1} << bits) - 1);
    id >>= bits;
    return value;
  };
  Parts parts;
  parts.gene = low(layout.gene_bits);
  parts.sequence = low(layout.sequence_bits);
  parts.worker = low(kWorkerBits);
  parts.ms = id;
  return parts;
}

Ticker::Tick Ticker::next(std::int64_t now_ms) {
  if (behind(now_ms) > 0) return {Why::behind};
  if (now_ms >= stretch_.until) return {Why::over};
  if (now_ms > last_ms_) {
    last_ms_ = now_ms;
    sequence_ = 0;
  }
  if (sequence_ == layout_.a_millisecond()) return {Why::full};
  return {Why::none, {now_ms, stretch_.worker, sequence_++, 0}};
}

}  // namespace ordeal::ids
