#include "sim/cache/server.h"

#include <algorithm>
#include <utility>

#include "sim/process.h"
#include "sim/simulation.h"
#include "sim/words.h"

namespace ordeal::sim::cache {
namespace {

constexpr Duration kSecond{1'000'000'000};
constexpr std::int64_t kMillisecond = 1'000'000;
// No lag reaches further back.
constexpr std::int64_t kLongestLag = 60 * kSecond.ns;

bool keeps_images(const Options& options) {
  return options.replica || options.persistence == Persistence::append_every_second;
}

}  // namespace

Server::Server(Host& host, Options options)
    : ServedDevice(host), options_(std::move(options)), keys_(keeps_images(options_)) {}

Server& Server::attach_to(Host& host, Options options, std::string_view service) {
  return ServedDevice::attach_to<Server>(host, service, std::move(options));
}

void Server::start(Process& process, std::string_view service) {
  env::Rpc& rpc = process.env_of(service).rpc;
  const auto answer = [this](const Request& request) { return Answer{handle(request.words)}; };
  for (const auto table : {string_commands(), key_commands(), collection_commands()}) {
    for (const Command& command : table) rpc.on<Request>(command.name, answer);
  }
  rpc.on<Request>("FCALL", answer);
  rpc.on<Request>("other", answer);
}

std::int64_t Server::wall_ms() const { return host_.wall_now().ns / kMillisecond; }

const Entry* Server::peek(const std::string& key) {
  keys_.set_now(wall_ms());
  return keys_.peek(key);
}

CacheOp Server::question_of(const env::CacheWords& words) const {
  CacheOp op;
  op.has_replica = options_.replica;
  if (words.empty()) return op;
  const Command* command = find_command(words[0]);
  op.command = words[0];
  op.writes = command != nullptr && command->writes;
  const bool is_script = command != nullptr && command->name == "FCALL" && words.size() > 2;
  if (is_script) op.command = words[1];
  const std::size_t key = is_script ? 3 : 1;
  if ((is_script || (command != nullptr && command->first_key)) && words.size() > key) {
    op.key = words[key];
    op.evictable = keys_.may_evict(words[key], options_.memory.eviction);
  }
  return op;
}

// Runs on the fiber of one request, and never waits: commands are atomic.
env::CacheReply Server::handle(const env::CacheWords& words) {
  keys_.set_now(wall_ms());
  CacheVerdict verdict;
  std::optional<Moment> moment;
  const CacheOp op = question_of(words);
  std::string what;
  if (Hooks* hooks = sim().hooks()) {
    what.append("cache ").append(op.command).append(op.key.empty() ? "" : " ").append(op.key);
    const Words place(what);
    what = place.view();
    moment = sim().moment(what, host_.id());
    verdict = hooks->cache(*moment, op);
  }
  if (verdict.act == CacheVerdict::Act::evict) keys_.remove(std::string(op.key));
  env::CacheReply reply = run_command(keys_, words, options_.scripts, options_.memory);
  remember();
  if (verdict.act == CacheVerdict::Act::failover || verdict.act == CacheVerdict::Act::restart_empty) {
    next_is_empty_ = verdict.act == CacheVerdict::Act::restart_empty;
    next_lag_ = verdict.lag;
    crash_now(*moment, verdict.down_for);
  }
  return reply;
}

void Server::remember() {
  std::vector<Keyspace::Before> changes = keys_.take_changes();
  if (changes.empty() || !keeps_images(options_)) return;
  const std::int64_t now = now_ns();
  while (!written_.empty() && written_.front().at_ns < now - kLongestLag) written_.pop_front();
  written_.push_back({now, std::move(changes)});
}

void Server::forget() {
  const std::optional<Duration> lag = std::exchange(next_lag_, std::nullopt);
  if (std::exchange(next_is_empty_, false) || !keeps_images(options_)) {
    keys_.clear();
    keys_.take_changes();
  } else if (options_.replica) {
    forget_since(now_ns() - lag.value_or(options_.replica_lag).ns);
  } else {
    forget_since(last_tick_ns(kSecond));
  }
  written_.clear();
}

// The state as of before `at_ns`.
void Server::forget_since(std::int64_t at_ns) {
  std::size_t lost = 0;
  for (; !written_.empty() && written_.back().at_ns > at_ns; written_.pop_back()) {
    keys_.undo(std::move(written_.back().before));
    ++lost;
  }
  say_lost(lost, "acknowledged or running writes");
}

}  // namespace ordeal::sim::cache
