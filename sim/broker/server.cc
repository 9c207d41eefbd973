// Taking messages, half messages and delays. Delivering is in delivery.cc.
#include "sim/broker/server.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.h"
#include "sim/process.h"
#include "sim/simulation.h"
#include "sim/words.h"

namespace ordeal::sim::broker {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr Duration kFlushInterval{kSecond / 2};         // flushIntervalCommitLog
constexpr Duration kOffsetInterval{5 * kSecond};        // flushConsumerOffsetInterval
constexpr std::int64_t kFirstCheckAfter = 6 * kSecond;  // transactionTimeOut
constexpr std::int64_t kCheckInterval = 30 * kSecond;   // transactionCheckInterval
constexpr int kChecks = 15;                             // transactionCheckMax
constexpr Duration kCheckDeadline{3 * kSecond};
constexpr Duration kLongestDelay{3 * 86'400 * kSecond};  // timerMaxDelaySec

using State = Stored::State;

}  // namespace

Server& Server::attach_to(Host& host, const Options& options, std::string_view service) {
  return ServedDevice::attach_to<Server>(host, service, options);
}

void Server::start(Process& process, std::string_view service) {
  booted_at_ns_ = now_ns();
  env::Rpc& rpc = process.env_of(service).rpc;
  rpc.on<Send>("send", [this](const Send& send) { return take(send); });
  rpc.on<End>("end", [this](const End& end) {
    if (const auto number = log_.find(end.id)) decide(*number, end.outcome);
    return Ended{};
  });
  for (Number number = 0; number < log_.size(); ++number) {
    if (log_[number].state == State::half) schedule_check(number);
    if (log_[number].state == State::waiting) admit(number);
  }
  for (auto& [name, group] : groups_) pump(group);
}

void Server::forget() {
  const std::size_t lost = log_.power_lost(
      options_.flush == Flush::sync ? std::nullopt : std::optional(last_tick_ns(kFlushInterval)));
  forget_acknowledgements(last_tick_ns(kOffsetInterval));
  say_lost(lost, "messages that were not flushed");
}

BrokerVerdict Server::ask(const Moment& moment, BrokerOp::Kind kind, const env::Incoming& message,
                          std::string_view group) {
  Hooks* hooks = sim().hooks();
  if (hooks == nullptr) return {};
  return hooks->broker(moment, {kind, message.topic, group, options_.flush == Flush::async});
}

bool Server::is_alive(const Member& member) const {
  const Host& host = sim().host(member.host);
  return host.life() == member.life;
}

// ---- taking ----

Number Server::append(const Send& send, Moment moment, Lane id) {
  Stored stored;
  stored.message = {fmt::format("{:016x}", sim().choices().bits(moment.key, id)),
                    send.message.topic,
                    send.message.key,
                    send.message.order,
                    send.message.body,
                    0};
  stored.cause = moment.cause;
  stored.producer = send.half_of;
  stored.deliver_after = send.message.deliver_after;
  stored.stored_at_ns = now_ns();
  return log_.append(std::move(stored));
}

Sent Server::take(const Send& send) {
  ORDEAL_CHECK(send.message.deliver_after <= kLongestDelay, "a message delayed by more than three days");
  const Words what("store ", send.message.topic);
  const Moment moment = sim().moment(what, host_.id());
  const Number first = append(send, moment, lane("message id"));
  const BrokerVerdict verdict = ask(moment, BrokerOp::Kind::store, log_[first].message);
  std::vector<Number> all{first};
  if (verdict.act == BrokerVerdict::Act::duplicate) all.push_back(append(send, moment, lane("copy id")));
  flush();
  for (const Number number : all) {
    log_[number].flushed = true;
    if (send.half_of.empty()) {
      admit(number);
    } else {
      log_[number].state = State::half;
      schedule_check(number);
    }
  }
  if (verdict.act == BrokerVerdict::Act::crash) crash_soon(moment, verdict.after);
  return {{log_[first].message.id, log_[first].queue, log_[first].offset}};
}

void Server::flush() {
  if (options_.flush == Flush::async) return;
  const Key key = sim().choices().next(site_of(sim().cause(), "flush"));
  sim().scheduler().sleep(sim().choices().delay(key, options_.flush_takes).ns, "a flush of the broker's log");
}

void Server::admit(Number number) {
  Stored& stored = log_[number];
  if (stored.deliver_after <= Duration{}) return release(number);
  if (stored.due == Instant{}) stored.due = host_.wall_now() + stored.deliver_after;
  schedule_due(number);
}

void Server::release(Number number) {
  log_.release(number, now_ns());
  pump_topic(log_[number].message.topic);
}

void Server::schedule_due(Number number) {
  later(log_[number].due - host_.wall_now(), [this, number] { due(number, false); });
}

void Server::due(Number number, bool held) {
  Stored& stored = log_[number];
  if (stored.state != State::waiting) return;
  if (!held) {
    const Words what("timer ", stored.message.topic);
    const Moment moment = sim().moment(stored.cause, what, host_.id());
    const BrokerVerdict verdict = ask(moment, BrokerOp::Kind::timer, stored.message);
    if (verdict.act == BrokerVerdict::Act::hold)
      return later(verdict.after, [this, number] { due(number, true); });
  }
  release(number);
}

// ---- half messages ----

void Server::schedule_check(Number number) {
  const std::int64_t earliest = std::max(now_ns() + 1, log_[number].stored_at_ns + kFirstCheckAfter);
  const std::int64_t scans = (earliest - booted_at_ns_ + kCheckInterval - 1) / kCheckInterval;
  at(booted_at_ns_ + scans * kCheckInterval, [this, number] { check(number); });
}

void Server::check(Number number) {
  Stored& stored = log_[number];
  if (stored.state != State::half) return;
  if (++stored.checks > kChecks) {
    stored.state = State::discarded;
    ++discarded_;
    sim().mark("a half message was discarded undecided");
    return;
  }
  schedule_check(number);
  // A check that reaches nobody counts as well.
  for (const Member& member : producers_[stored.producer]) {
    if (!is_alive(member)) continue;
    sim().scheduler().spawn(&host_, "check", sim().causes().hop(stored.cause, "check"),
                            [this, number, to = member.host] { ask_producer(number, to); });
    return;
  }
}

void Server::ask_producer(Number number, HostId producer) {
  const Stored& stored = log_[number];
  const auto answer = process_->env().rpc.call<Checked>(
      sim().host(producer).name(), check_method(stored.producer), Check{stored.message}, kCheckDeadline);
  if (answer) decide(number, answer->outcome);
}

void Server::decide(Number number, env::HalfOutcome outcome) {
  if (outcome == env::HalfOutcome::unknown || log_[number].state != State::half) return;
  flush();
  Stored& stored = log_[number];
  if (stored.state != State::half) return;  // somebody else decided during the flush
  stored.decided_at_ns = now_ns();
  stored.state = outcome == env::HalfOutcome::commit ? State::waiting : State::rolled_back;
  if (stored.state == State::waiting) admit(number);
}

void Server::join_producer(std::string_view group, Host& producer) {
  auto& members = producers_.try_emplace(std::string(group)).first->second;
  std::erase_if(members, [&](const Member& member) { return member.host == producer.id(); });
  members.push_back({producer.id(), producer.life()});
}

}  // namespace ordeal::sim::broker
