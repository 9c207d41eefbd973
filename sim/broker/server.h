// A broker as a host of its own, in the manner of RocketMQ (numbers and their sources: core/env/broker.h).
//
//   send        a message is in the log, flushed if the flush is synchronous, before its sender gets a receipt
//   deliver     every group that subscribed gets every message of the topic until it says done; a new group begins with the first
//               message of the topic, a new process of a broadcasting group with the next one
//   crash       memory goes: deliveries under way begin anew; with asynchronous flush the messages since the last flush are gone,
//               receipt or not; acknowledgements since the last write of the offsets are forgotten, so that messages come again
//
// Nothing polls: a broker with nothing to do has no event in the queue. So processes join and producers register without messages
// and are known at once; what RocketMQ's heartbeats, pulls and rebalancing bring with them, redelivery above all, comes through
// crashes and faults.
//
// Questions to Hooks::broker: "store TOPIC" under the sender's cause; "timer TOPIC", "deliver TOPIC to GROUP" and "acknowledge
// TOPIC of GROUP" under the message's. A cause goes along with a message, from its sender to its consumers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/broker/log.h"
#include "sim/broker/wire.h"
#include "sim/served_device.h"

namespace ordeal::sim::broker {

enum class Flush : std::uint8_t { sync, async };

struct Options {
  Flush flush = Flush::async;  // RocketMQ's default, flushDiskType
  std::size_t queues = 4;      // of each topic (defaultTopicQueueNums of its producers)
  // A synchronous flush: a cloud volume, as sim/disk has it.
  DelayModel flush_takes{{200'000}, {600'000}, {1, 20}, {2'000'000}};
};

class Server final : public ServedDevice {
 public:
  Server(Host& host, const Options& options) : ServedDevice(host), options_(options), log_(options.queues) {}
  // The usual way: the host becomes a broker and answers to `service`.
  static Server& attach_to(Host& host, const Options& options = {}, std::string_view service = kService);

  // --- for clients ---
  void join(const env::Subscription& subscription, Host& consumer);
  void join_producer(std::string_view group, Host& producer);

  // --- for audits and tests ---
  // Messages that a group has given up, oldest first.
  std::vector<env::Incoming> dead_letters(std::string_view group, std::string_view topic) const;
  // Half messages that nobody decided about in time.
  std::size_t discarded() const { return discarded_; }

 private:
  struct Member {
    HostId host;
    std::uint32_t life;
  };
  struct Delivery {
    enum class State : std::uint8_t { ready, running, waiting, done, dead };
    State state = State::ready;
    bool held = false;  // the hook was asked and said "later"
    std::int64_t tries = 0;
    std::int64_t done_at_ns = 0;
    bool is_over() const { return state == State::done || state == State::dead; }
  };
  struct Group {
    env::Subscription subscription;
    std::vector<Member> members;
    std::vector<std::vector<Delivery>> queues;
    std::vector<std::size_t> open;  // of each queue: the first delivery that is not over
    std::size_t running = 0;
    std::vector<env::Incoming> dead;
  };
  // One delivery of one group.
  struct Place {
    Group* group;
    std::size_t queue;
    std::size_t offset;
    Delivery& operator*() const { return group->queues[queue][offset]; }
  };

  void start(Process& process, std::string_view service) override;
  void forget() override;

  // --- storing: server.cc ---
  Sent take(const Send& send);
  Number append(const Send& send, Moment moment, Lane id);
  void flush();
  void admit(Number number);
  void release(Number number);
  void schedule_due(Number number);
  void due(Number number, bool held);
  void schedule_check(Number number);
  void check(Number number);
  void ask_producer(Number number, HostId producer);
  void decide(Number number, env::HalfOutcome outcome);
  BrokerVerdict ask(const Moment& moment, BrokerOp::Kind kind, const env::Incoming& message,
                    std::string_view group = {});
  bool is_alive(const Member& member) const;

  // --- delivering: delivery.cc ---
  void pump_topic(std::string_view topic);
  void pump(Group& group);
  void look_at(Group& group);
  void begin(Place place);
  void run(Place place, HostId consumer);
  void acknowledged(Place place);
  void not_done(Place place);
  void try_again(Place place, Duration delay);
  const Stored& stored(Place place);
  void forget_acknowledgements(std::int64_t since_ns);

  Options options_;
  Log log_;
  std::map<std::string, Group, std::less<>> groups_;
  std::map<std::string, std::vector<Member>, std::less<>> producers_;
  std::size_t discarded_ = 0;
  std::int64_t booted_at_ns_ = 0;
};

}  // namespace ordeal::sim::broker
