// The record of a trial: a running hash over every event, always; the events themselves with words, only when
// asked for. Two runs are the same run if and only if their trace hashes (XXH3-128) agree.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "sim/choice.h"

namespace ordeal::sim {

class Xxh3Stream;

enum class EventKind : std::uint8_t {
  fiber_started,
  slept,
  message_sent,
  message_delivered,
  message_lost,
  rpc_timed_out,
  disk_write,
  disk_sync,
  disk_crash,
  transaction_began,
  committed,
  rolled_back,
  fact,
  host_up,
  host_down,
  host_frozen,
  host_thawed,
  clock_set,
  fault,   // a fault struck; payload says which
  party,   // somebody outside did something
  random,  // the core drew an id or a nonce
  mark,    // a "sometimes" mark
  log,     // words only: carries no payload
};
std::string_view name_of(EventKind kind);

struct TraceHash {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  bool operator==(const TraceHash&) const = default;
  std::string text() const;  // 32 hexadecimal digits
};

struct TraceRecord {
  std::int64_t at_ns = 0;  // true time since the trial began
  std::uint64_t site = 0;
  std::uint64_t payload = 0;
  std::uint32_t host = 0;
  EventKind kind{};
  std::string text;   // may be empty
  std::string cause;  // with Mode::with_causes: the path of what it stems from
};

class Trace {
 public:
  // The hash is the same in all of them.
  enum class Mode { hash_only, full, with_causes };

  explicit Trace(Mode mode);
  ~Trace();
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  bool full() const { return mode_ != Mode::hash_only; }
  // Who knows what the running fiber's work stems from; asked with Mode::with_causes only.
  void ask_for_causes(std::function<std::string()> whence) { whence_ = std::move(whence); }

  void add(EventKind kind, std::int64_t at_ns, std::uint32_t host, SiteId site, std::uint64_t payload) {
    push(kind, at_ns, host, site, payload);
    if (full()) record(kind, at_ns, host, site, payload, {});
  }
  // `words()` returns the text of the event; it runs only for a full trace.
  template <class Words>
  void add(EventKind kind, std::int64_t at_ns, std::uint32_t host, SiteId site, std::uint64_t payload,
           Words&& words) {
    push(kind, at_ns, host, site, payload);
    if (full()) record(kind, at_ns, host, site, payload, words());
  }
  // Words for a reader that are no event: they leave the hash alone.
  template <class Words>
  void say(std::int64_t at_ns, std::uint32_t host, Words&& words) {
    if (full()) record(EventKind::log, at_ns, host, {}, 0, words());
  }

  std::uint64_t events() const { return events_; }
  TraceHash hash();
  const std::vector<TraceRecord>& records() const { return records_; }
  std::vector<TraceRecord> take_records() { return std::move(records_); }

 private:
  struct Packed {
    std::int64_t at_ns;
    std::uint64_t site;
    std::uint64_t payload;
    std::uint32_t host;
    std::uint32_t kind;
  };

  void push(EventKind kind, std::int64_t at_ns, std::uint32_t host, SiteId site, std::uint64_t payload) {
    buffer_[used_++] = {at_ns, site.value, payload, host, static_cast<std::uint32_t>(kind)};
    ++events_;
    if (used_ == buffer_.size()) flush();
  }
  void flush();
  void record(EventKind kind, std::int64_t at_ns, std::uint32_t host, SiteId site, std::uint64_t payload,
              std::string text);

  Mode mode_;
  std::function<std::string()> whence_;
  std::uint64_t events_ = 0;
  std::size_t used_ = 0;
  std::array<Packed, 64> buffer_;
  std::unique_ptr<Xxh3Stream> hasher_;
  std::vector<TraceRecord> records_;
};

}  // namespace ordeal::sim
