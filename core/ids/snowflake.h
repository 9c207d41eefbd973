// Snowflake: a 63-bit number made of a time, a worker and a sequence, so that many machines make numbers that never repeat (I-02)
// and that rise with time, without asking anybody for each. Twitter's layout (domain 2.8):
//
//   41 bits milliseconds since the epoch below (69 years) | 10 bits worker | 12 bits sequence
//
// 12 bits are 4096 numbers a *millisecond* and worker, not a second (B14). The gene layout gives four of them to the buyer's bucket
// (C7): 41 | 10 | 8 sequence | 4 gene, 256 numbers a millisecond.
//
// What makes two numbers differ is the triple (time, worker, sequence) and nothing else: neither a clock that is right nor a
// machine that is fast. Who may use which milliseconds of a worker is decided in core/ids/workers.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace ordeal::ids {

inline constexpr std::int64_t kEpochMs = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
inline constexpr int kWorkerBits = 10;
inline constexpr std::int64_t kWorkers = std::int64_t{1} << kWorkerBits;
inline constexpr int kGeneBits = 4;
inline constexpr std::int64_t kMostMs = std::int64_t{1} << 41;

struct Layout {
  int sequence_bits = 12;
  int gene_bits = 0;
  constexpr std::int64_t a_millisecond() const { return std::int64_t{1} << sequence_bits; }
};
inline constexpr Layout kPlain{12, 0};
inline constexpr Layout kWithGene{8, kGeneBits};

struct Parts {
  std::int64_t ms = 0;  // since kEpochMs
  std::int64_t worker = 0;
  std::int64_t sequence = 0;
  std::int64_t gene = 0;
  bool operator==(const Parts&) const = default;
};

std::int64_t compose(Layout layout, const Parts& parts);
Parts take_apart(Layout layout, std::int64_t id);

// Milliseconds since the epoch; negative before it.
constexpr std::int64_t ms_of(Instant wall) { return wall.ns / 1'000'000 - kEpochMs; }

// A stretch of one worker's milliseconds, [from, until), that nobody else has and ever had.
struct Stretch {
  std::int64_t worker = 0;
  std::int64_t from = 0;
  std::int64_t until = 0;
};

// Counts through a stretch. Time goes on only: what was used is never used again, whatever a clock says.
class Ticker {
 public:
  enum class Why { none, full, behind, over };
  struct Tick {
    Why why = Why::
        none;  // full: this millisecond has given all it has; behind: the clock went back; over: the stretch ended
    Parts parts{};
  };

  explicit Ticker(Layout layout) : layout_(layout) {}

  void use(const Stretch& stretch) {
    stretch_ = stretch;
    last_ms_ = stretch.from - 1;
    sequence_ = 0;
  }
  // The next number at `now_ms`.
  Tick next(std::int64_t now_ms);
  // Milliseconds that the clock has to go on until there may be a number again.
  std::int64_t behind(std::int64_t now_ms) const { return std::max(last_ms_, stretch_.from) - now_ms; }

 private:
  Layout layout_;
  Stretch stretch_{};
  std::int64_t last_ms_ = -1;
  std::int64_t sequence_ = 0;
};

}  // namespace ordeal::ids
