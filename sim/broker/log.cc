#include "sim/broker/log.h"

#include <utility>

#include "core/base/digest.h"

namespace ordeal::sim::broker {

Number Log::append(Stored message) {
  const auto number = static_cast<Number>(messages_.size());
  by_id_.insert_or_assign(message.message.id, number);
  messages_.push_back(std::move(message));
  return number;
}

std::optional<Number> Log::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end() || messages_[found->second].state == Stored::State::lost) return std::nullopt;
  return found->second;
}

Log::Topic& Log::topic(std::string_view name) {
  auto found = topics_.find(name);
  if (found == topics_.end()) {
    found = topics_.emplace(std::string(name), Topic{}).first;
    found->second.queues.resize(queues_);
  }
  return found->second;
}

const std::vector<Log::Queue>& Log::queues(std::string_view name) { return topic(name).queues; }

void Log::release(Number number, std::int64_t now_ns) {
  Stored& stored = messages_[number];
  Topic& into = topic(stored.message.topic);
  const std::size_t queue =
      stored.message.order.empty() ? into.next++ % queues_ : digest_of(stored.message.order) % queues_;
  stored.state = Stored::State::released;
  stored.released_at_ns = now_ns;
  stored.queue = static_cast<std::int64_t>(queue);
  stored.offset = static_cast<std::int64_t>(into.queues[queue].size());
  into.queues[queue].push_back(number);
}

std::size_t Log::power_lost(std::optional<std::int64_t> tick_ns) {
  std::size_t lost = 0;
  for (Stored& stored : messages_) {
    const bool durable = tick_ns ? stored.stored_at_ns <= *tick_ns : stored.flushed;
    if (!durable && stored.state != Stored::State::lost) {
      stored.state = Stored::State::lost;
      ++lost;
    }
    if (!tick_ns || stored.state == Stored::State::lost) continue;
    if (stored.state == Stored::State::released && stored.released_at_ns > *tick_ns)
      stored.state = Stored::State::waiting;
    if (!stored.producer.empty() && stored.decided_at_ns > *tick_ns) stored.state = Stored::State::half;
  }
  for (auto& [name, topic] : topics_) {
    for (Queue& queue : topic.queues) {
      // Releases of one queue follow each other in time: what is taken back stands at its end.
      while (!queue.empty() && messages_[queue.back()].state != Stored::State::released) queue.pop_back();
    }
  }
  return lost;
}

}  // namespace ordeal::sim::broker
