// Delivering: which message goes to whom, and what an answer, or none, means.
#include <algorithm>
#include <array>
#include <utility>

#include "sim/broker/server.h"
#include "sim/process.h"
#include "sim/simulation.h"
#include "sim/words.h"

namespace ordeal::sim::broker {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
// Messages that one process works on at once: consumeThreadMax.
constexpr std::size_t kThreads = 20;
constexpr Duration kVisibleAgain{60 * kSecond};  // popInvisibleTime
constexpr Duration kOrderedRetry{kSecond};       // suspendCurrentQueueTimeMillis
// A process that is there but refuses, or whose connection was reset.
constexpr Duration kBusyRetry{kSecond};
// Levels 3 to 18 of messageDelayLevel: how long before the first, second, … sixteenth retry.
constexpr std::array<std::int64_t, 16> kRetries{10 * kSecond, 30 * kSecond, 1 * kMinute,  2 * kMinute,
                                                3 * kMinute,  4 * kMinute,  5 * kMinute,  6 * kMinute,
                                                7 * kMinute,  8 * kMinute,  9 * kMinute,  10 * kMinute,
                                                20 * kMinute, 30 * kMinute, 60 * kMinute, 120 * kMinute};

std::string key_of(const env::Subscription& subscription, const Host& consumer) {
  std::string key = subscription.group + "/" + subscription.topic;
  if (subscription.broadcast) key += "@" + consumer.name();
  return key;
}

}  // namespace

void Server::join(const env::Subscription& subscription, Host& consumer) {
  const auto [found, is_new] = groups_.try_emplace(key_of(subscription, consumer));
  Group& group = found->second;
  group.subscription = subscription;
  if (is_new && subscription.broadcast) {
    look_at(group);
    for (auto& queue : group.queues) {
      for (Delivery& delivery : queue) delivery.state = Delivery::State::done;
    }
  }
  std::erase_if(group.members, [&](const Member& member) { return member.host == consumer.id(); });
  group.members.push_back({consumer.id(), consumer.life()});
  std::sort(group.members.begin(), group.members.end(),
            [](const Member& a, const Member& b) { return a.host < b.host; });
  pump(group);
}

std::vector<env::Incoming> Server::dead_letters(std::string_view group, std::string_view topic) const {
  const auto found = groups_.find(std::string(group) + "/" + std::string(topic));
  return found == groups_.end() ? std::vector<env::Incoming>{} : found->second.dead;
}

const Stored& Server::stored(Place place) {
  return log_[log_.queues(place.group->subscription.topic)[place.queue][place.offset]];
}

void Server::pump_topic(std::string_view topic) {
  for (auto& [key, group] : groups_) {
    if (group.subscription.topic == topic) pump(group);
  }
}

// Brings a group's view of its queues up to date.
void Server::look_at(Group& group) {
  const auto& queues = log_.queues(group.subscription.topic);
  group.queues.resize(queues.size());
  group.open.resize(queues.size());
  for (std::size_t q = 0; q < queues.size(); ++q) group.queues[q].resize(queues[q].size());
}

// Begins every delivery that may begin now.
void Server::pump(Group& group) {
  if (process_ == nullptr) return;
  std::erase_if(group.members, [this](const Member& member) { return !is_alive(member); });
  look_at(group);
  for (std::size_t q = 0; q < group.queues.size(); ++q) {
    std::vector<Delivery>& queue = group.queues[q];
    while (group.open[q] < queue.size() && queue[group.open[q]].is_over()) ++group.open[q];
    for (std::size_t i = group.open[q]; i < queue.size(); ++i) {
      if (queue[i].is_over()) continue;
      if (group.running >= kThreads * group.members.size()) return;
      if (queue[i].state == Delivery::State::ready) begin({&group, q, i});
      if (group.subscription.ordered) break;
    }
  }
}

void Server::begin(Place place) {
  Group& group = *place.group;
  const Stored& message = stored(place);
  Delivery& delivery = *place;
  if (!std::exchange(delivery.held, false)) {
    const std::string what = deliver_method(group.subscription.group, message.message.topic);
    const Moment moment = sim().moment(message.cause, what, host_.id());
    const BrokerVerdict verdict =
        ask(moment, BrokerOp::Kind::deliver, message.message, group.subscription.group);
    if (verdict.act == BrokerVerdict::Act::hold) {
      delivery.held = true;
      return try_again(place, verdict.after);
    }
  }
  delivery.state = Delivery::State::running;
  ++group.running;
  const HostId consumer = group.members[place.queue % group.members.size()].host;
  sim().scheduler().spawn(&host_, "deliver", sim().causes().hop(message.cause, "broker"),
                          [this, place, consumer] { run(place, consumer); });
}

void Server::run(Place place, HostId consumer) {
  const env::Subscription& subscription = place.group->subscription;
  Host& host = sim().host(consumer);
  const std::uint32_t life = host.life();
  Deliver request{stored(place).message};
  request.message.tries = (*place).tries;
  const auto answer = process_->env().rpc.call<Delivered>(
      host.name(), deliver_method(subscription.group, subscription.topic), std::move(request), kVisibleAgain);
  --place.group->running;
  if (answer && answer->consumed == env::Consumed::done) {
    acknowledged(place);
  } else if (answer || answer.error() == env::RpcError::failed) {
    not_done(place);
  } else if (answer.error() == env::RpcError::timeout || host.life() != life) {
    // It may have been consumed. Nobody said so, so it comes again; that is not a try.
    (*place).state = Delivery::State::ready;
  } else {
    try_again(place, kBusyRetry);
  }
  pump(*place.group);
}

void Server::acknowledged(Place place) {
  const Stored& message = stored(place);
  const std::string& group = place.group->subscription.group;
  const std::string what = "acknowledge " + message.message.topic + " of " + group;
  const Moment moment = sim().moment(message.cause, what, host_.id());
  const BrokerVerdict verdict = ask(moment, BrokerOp::Kind::acknowledge, message.message, group);
  if (verdict.act == BrokerVerdict::Act::redeliver) return try_again(place, verdict.after);
  (*place).state = Delivery::State::done;
  (*place).done_at_ns = now_ns();
}

void Server::not_done(Place place) {
  Group& group = *place.group;
  Delivery& delivery = *place;
  if (group.subscription.broadcast) {
    sim().mark("a broadcast message was dropped");
    delivery.state = Delivery::State::done;
    return;
  }
  const auto tries = static_cast<std::size_t>(delivery.tries++);
  if (group.subscription.ordered) return try_again(place, kOrderedRetry);
  if (tries < kRetries.size()) return try_again(place, {kRetries[tries]});
  delivery.state = Delivery::State::dead;
  group.dead.push_back(stored(place).message);
  sim().mark("a message became a dead letter");
}

void Server::try_again(Place place, Duration delay) {
  (*place).state = Delivery::State::waiting;
  later(delay, [this, place] {
    (*place).state = Delivery::State::ready;
    pump(*place.group);
  });
}

// What a crash leaves of the groups: deliveries under way and retries begin anew.
void Server::forget_acknowledgements(std::int64_t since_ns) {
  for (auto& [key, group] : groups_) {
    look_at(group);
    group.running = 0;
    std::fill(group.open.begin(), group.open.end(), 0);
    for (auto& queue : group.queues) {
      for (Delivery& delivery : queue) {
        const bool forgotten = delivery.state == Delivery::State::done && delivery.done_at_ns > since_ns;
        if (forgotten || !delivery.is_over()) delivery.state = Delivery::State::ready;
        delivery.held = false;
      }
    }
  }
}

}  // namespace ordeal::sim::broker
