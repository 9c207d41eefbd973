// Broker: messages that wait until somebody has dealt with them, in the manner of RocketMQ. A message goes to a topic; every
// consumer group that subscribed gets it at least once, never exactly once: "RocketMQ cannot achieve exactly-once" (its
// Operations_Consumer page). Consumers recognise a repetition by the message's `key`, not by its id.
//
// Numbers are those of RocketMQ 5 (release 5.3, MessageStoreConfig, BrokerConfig, DefaultMQPushConsumer):
//   half messages   first asked about after transactionTimeOut 6 s, at scans 30 s apart, at most 15 times, then discarded
//   delays          arbitrary up to 3 days (timer wheel); a consumer's retries use the old 18 levels
//   retries         level 3 + tries so far: 10s 30s 1m 2m … 10m 20m 30m 1h 2h; after 16 the message is a dead letter
//   no answer       the message is visible again after 60 s (popInvisibleTime); that is not a try
//   ordered         one message of a queue at a time; one that is not done is tried again after 1 s and blocks its queue
//   broadcasting    every process gets it; a message that is not done is dropped: no retry, no dead letter
//
// Errors of sends mean what they mean in rpc.h. What a sender holds a receipt for survives a crash of the broker if it flushes
// synchronously; with asynchronous flush the last 500 ms can be gone.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/env/message.h"
#include "core/env/rpc.h"

namespace ordeal::env {

struct Outgoing {
  std::string topic;
  std::string key;    // the business key; repetitions carry the same
  std::string order;  // messages with the same stay in order (one queue); empty: any queue
  Message body;
  Duration deliver_after{};  // zero: at once
};

struct Receipt {
  std::string id;  // the broker's name for the stored message
  std::int64_t queue = 0;
  std::int64_t offset = 0;
};

struct Incoming {
  std::string id;
  std::string topic;
  std::string key;
  std::string order;
  Message body;
  std::int64_t tries = 0;  // how often this group has answered "later"
};

enum class Consumed { done, later };

enum class HalfOutcome { commit, rollback, unknown };

struct Subscription {
  std::string group;
  std::string topic;
  bool ordered = false;
  bool broadcast = false;
};

class Broker {
 public:
  // RocketMQ's sendMsgTimeout.
  static constexpr Duration kSendDeadline{3'000'000'000};

  virtual ~Broker() = default;

  virtual Result<Receipt, RpcError> send(Outgoing message, Duration deadline = kSendDeadline) = 0;

  // Stores a message that nobody sees until `end` says commit, or until `on_check` of the same producer group does. `unknown`
  // means "ask me later". RocketMQ sends `end` one way: an error of it only means that the broker will ask.
  virtual Result<Receipt, RpcError> send_half(std::string_view group, Outgoing message,
                                              Duration deadline = kSendDeadline) = 0;
  virtual Result<Unit, RpcError> end(const Receipt& half, HalfOutcome outcome,
                                     Duration deadline = kSendDeadline) = 0;
  // Any process of the group may be asked, also one that never saw the message: answer from what is durable. "I find nothing"
  // is `unknown`, not `rollback`, as long as the local transaction may still run.
  virtual void on_check(std::string_view group, std::function<HalfOutcome(const Incoming&)> check) = 0;

  // Every message runs as a task of its own. A DatabaseError out of it means "later"; one that dies is no try: it comes again.
  virtual void subscribe(const Subscription& subscription,
                         std::function<Consumed(const Incoming&)> handler) = 0;
};

}  // namespace ordeal::env
