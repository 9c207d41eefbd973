// What a broker has written down: every message it took, half messages and delayed ones included, and the queues of those that
// consumers may see. Plain data; who uses it says what time it is.
//
// A message is appended, becomes durable with a flush, and is released into a queue of its topic when consumers may see it. A power
// loss takes back what was not durable: with asynchronous flush everything after the last flush, releases and decisions about half
// messages too.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/env/broker.h"
#include "core/env/tasks.h"

namespace ordeal::sim::broker {

using Number = std::uint32_t;  // of a message in the log

struct Stored {
  enum class State : std::uint8_t {
    waiting,      // for its flush, or for its time to come
    half,         // until somebody decides
    released,     // consumers may see it
    rolled_back,  // nobody ever sees it
    discarded,    // a half message that nobody decided about
    lost,         // a crash came before the flush
  };
  env::Incoming message;
  env::TraceContext cause;
  std::string producer;  // of a half message: the group to ask
  Duration deliver_after{};
  Instant due{};  // by the broker's wall clock, once it is admitted
  State state = State::waiting;
  bool flushed = false;
  int checks = 0;
  std::int64_t stored_at_ns = 0;
  std::int64_t decided_at_ns = 0;
  std::int64_t released_at_ns = 0;
  std::int64_t queue = -1;
  std::int64_t offset = -1;
};

class Log {
 public:
  using Queue = std::vector<Number>;

  explicit Log(std::size_t queues) : queues_(queues) {}

  Number append(Stored message);
  Stored& operator[](Number number) { return messages_[number]; }
  std::size_t size() const { return messages_.size(); }
  // By the broker's id; nothing if there is none, or no longer.
  std::optional<Number> find(std::string_view id) const;

  // Into the queue of its order, or the next one in turn.
  void release(Number number, std::int64_t now_ns);
  // Empty queues for a topic nobody has sent to.
  const std::vector<Queue>& queues(std::string_view topic);

  // Takes back what is not durable: without a tick what was not flushed, with one everything after it. Returns how many messages
  // are lost.
  std::size_t power_lost(std::optional<std::int64_t> tick_ns);

 private:
  struct Topic {
    std::vector<Queue> queues;
    std::size_t next = 0;
  };
  Topic& topic(std::string_view name);

  std::size_t queues_;
  std::deque<Stored> messages_;
  std::map<std::string, Number, std::less<>> by_id_;
  std::map<std::string, Topic, std::less<>> topics_;
};

}  // namespace ordeal::sim::broker
