#include "sim/process.h"

#include "core/base/check.h"
#include "sim/fiber_sync.h"
#include "sim/http_text.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

class ProcessSignal final : public env::Signal {
 public:
  explicit ProcessSignal(Host& host) : host_(host), queue_(host.simulation().scheduler()) {}
  void notify() override {
    if (!queue_.wake_one()) remembered_ = true;
  }
  void wait() override {
    if (!std::exchange(remembered_, false)) queue_.wait("work", /*idle=*/true);
  }
  bool wait_for(Duration timeout) override {
    if (std::exchange(remembered_, false)) return true;
    return queue_.wait_for("work or a deadline", host_.true_ns(timeout));
  }

 private:
  Host& host_;
  WaitQueue queue_;
  bool remembered_ = false;
};

struct Address {
  std::string_view host;
  std::string_view path;
};

std::optional<Address> parse_url(std::string_view url) {
  constexpr std::string_view kScheme = "https://";
  if (!url.starts_with(kScheme)) return std::nullopt;
  url.remove_prefix(kScheme.size());
  const auto slash = url.find('/');
  if (slash == std::string_view::npos || slash == 0) return std::nullopt;
  return Address{url.substr(0, slash), url.substr(slash)};
}

}  // namespace

// All doors in one object: each is a thin view of the host and the simulation.
class Process::Doors final : public env::Clock,
                             public env::Tasks,
                             public env::Random,
                             public env::Rpc,
                             public env::Http,
                             public env::Log,
                             public env::Points {
 public:
  Doors(Process& process, std::string service)
      : process_(process),
        service_(std::move(service)),
        host_(process.host_),
        sim_(host_.simulation()),
        scheduler_(sim_.scheduler()) {}

  Instant wall_now() const override { return host_.wall_now(); }
  Duration monotonic_now() const override { return host_.monotonic_now(); }

  void sleep(Duration duration) override { scheduler_.sleep(host_.true_ns(duration)); }
  void spawn(std::string_view name, std::function<void()> work) override {
    scheduler_.spawn(&host_, std::string(name), hop(current(), name), [this, work = std::move(work)] {
      bool storage_failed = false;
      try {
        work();
      } catch (const env::DatabaseError&) {
        storage_failed = true;
      }
      scheduler_.check_not_killed();
      if (storage_failed) host_.crash(sim_.moment("task failed", host_.id()), Host::kSupervisorDelay);
    });
  }
  std::unique_ptr<env::Signal> make_signal() override { return std::make_unique<ProcessSignal>(host_); }
  env::TraceContext current() const override { return sim_.cause(); }
  void set_current(env::TraceContext context) override {
    if (Fiber* fiber = scheduler_.current()) fiber->cause = context;
  }
  env::TraceContext root(std::string_view name) override { return sim_.causes().root(name); }
  env::TraceContext hop(env::TraceContext from, std::string_view name) override {
    return sim_.causes().hop(from, name);
  }

  std::uint64_t bits(std::string_view what) override {
    const Key key = sim_.choices().next(site_of(sim_.cause(), Words("random ", what)));
    return sim_.choices().bits(key, lane("random"));
  }

  using env::Rpc::call;
  Result<env::Message, env::RpcError> call(std::string_view service, std::string_view method,
                                           env::Message request, Duration deadline) override {
    return process_.call_service(service, sim_.intern(Words(service, ".", method)), request, deadline);
  }
  void serve(std::string_view method, std::function<env::Message(const env::Message&)> handler) override {
    process_.handlers_.insert_or_assign(
        service_.empty() ? std::string(method) : service_ + "." + std::string(method), std::move(handler));
  }

  Result<env::HttpResponse, env::RpcError> post(std::string_view url, std::string body,
                                                Duration deadline) override {
    const auto address = parse_url(url);
    if (!address) return Err{env::RpcError::unreachable};
    auto reply = process_.call_service(address->host, sim_.intern(Words("POST ", address->path)),
                                       env::Message::of(HttpText{0, std::move(body)}), deadline);
    if (!reply) return Err{reply.error()};
    const auto& text = reply->as<HttpText>();
    return env::HttpResponse{text.status, text.body};
  }
  void serve(std::string_view path, std::function<env::HttpResponse(const std::string&)> handler) override {
    process_.handlers_.insert_or_assign(
        "POST " + std::string(path), [handler = std::move(handler)](const env::Message& request) {
          auto response = handler(request.as<HttpText>().body);
          return env::Message::of(HttpText{response.status, std::move(response.body)});
        });
  }

  void line(const std::function<std::string()>& text) override {
    sim_.trace().say(sim_.now_ns(), host_.id(), [&] { return text(); });
  }
  void sometimes(std::string_view mark) override { sim_.mark(mark); }

  // A point is a fork with two ways, so that plans, strikes and lists of sites know it as one.
  bool unlucky(std::string_view point) override { return sim_.fork(host_, point, kPointWays) == 1; }

  env::Env env{*this, *this, *this, *this, *this, *this, *this};

 private:
  Process& process_;
  std::string service_;
  Host& host_;
  Simulation& sim_;
  Scheduler& scheduler_;
};

Process::Process(Host& host) : host_(host), router_(host) {}

env::Env& Process::env() { return env_of({}); }

env::Env& Process::env_of(std::string_view service) {
  auto found = doors_.find(service);
  if (found == doors_.end()) {
    found = doors_.emplace(std::string(service), std::make_unique<Doors>(*this, std::string(service))).first;
    found->second->env.cache_if_any = cache_;
    found->second->env.broker_if_any = broker_;
  }
  return found->second->env;
}

void Process::connect(env::Cache& cache) {
  cache_ = &cache;
  for (const auto& [service, doors] : doors_) doors->env.cache_if_any = cache_;
}

void Process::connect(env::Broker& broker) {
  broker_ = &broker;
  for (const auto& [service, doors] : doors_) doors->env.broker_if_any = broker_;
}

Process::~Process() {
  handlers_.clear();
  families_.clear();
  while (!memory_.empty()) memory_.pop_back();
}

Simulation& Process::simulation() { return host_.simulation(); }

Result<env::Message, env::RpcError> Process::call(HostId to, std::string_view method, env::Message request,
                                                  Duration deadline) {
  Simulation& sim = simulation();
  Scheduler& scheduler = sim.scheduler();
  scheduler.check_not_killed();
  ORDEAL_CHECK(scheduler.current() != nullptr && scheduler.current()->no_suspend == 0,
               "calling " + std::string(method) + " where waiting is forbidden");
  sim.step(host_, Stepping::Where::before_send, method);

  struct Open {
    Process& process;
    std::uint64_t id;
    Call call;
    ~Open() { process.calls_.erase(id); }
  } open{*this, next_call_++, {scheduler.next_token(), env::RpcError::timeout, false, {}}};
  calls_.emplace(open.id, &open.call);
  sim.network().send({Packet::Kind::request, host_.id(), to, host_.life(), open.id, sim.cause(), method,
                      std::move(request)});
  sim.step(host_, Stepping::Where::after_send, method);
  // A freeze at the step above may have used the token up.
  open.call.token = scheduler.next_token();
  if (!open.call.answered) scheduler.wait_for(method, host_.true_ns(deadline));
  if (open.call.answered && open.call.reply.empty()) return Err{open.call.error};
  if (open.call.answered) return std::move(open.call.reply);
  sim.trace().add(EventKind::rpc_timed_out, sim.now_ns(), host_.id(), site_of(sim.cause(), method), 0);
  return Err{env::RpcError::timeout};
}

Result<env::Message, env::RpcError> Process::call_service(std::string_view service, std::string_view method,
                                                          const env::Message& request, Duration deadline) {
  const auto instances = simulation().instances_of(service);
  const std::size_t count = instances.size();
  if (count == 0) return Err{env::RpcError::unreachable};
  const std::size_t first = router_.first_of(count, service, method);
  const Duration began = host_.monotonic_now();
  auto reply = call(instances[first], method, request, deadline);
  for (std::size_t next = 1; next < count && !reply && !env::may_have_happened(reply.error()); ++next) {
    const Duration left = deadline - (host_.monotonic_now() - began);
    if (left <= Duration{}) break;
    simulation().mark("another instance was tried");
    reply = call(instances[(first + next) % count], method, request, left);
  }
  return reply;
}

void Process::receive(Packet packet) {
  Simulation& sim = simulation();
  if (packet.kind != Packet::Kind::request) {
    const auto found = calls_.find(packet.call);
    if (packet.from_life != host_.life() || found == calls_.end()) return;
    Call& waiting = *found->second;
    if (waiting.answered) return;
    waiting.answered = true;
    waiting.reply = std::move(packet.body);
    waiting.error = packet.kind == Packet::Kind::unreachable ? env::RpcError::unreachable
                    : packet.kind == Packet::Kind::refused   ? env::RpcError::refused
                                                             : env::RpcError::failed;
    sim.scheduler().wake(waiting.token);
    return;
  }
  const Handler* const handler = find_handler(packet.method);
  if (handler == nullptr) return refuse(packet);
  if (in_flight_ >= kMaxInFlight) {
    sim.mark("a full server refused a request");
    return refuse(packet);
  }
  ++in_flight_;
  const TraceContext cause = sim.causes().hop(packet.cause, packet.method);
  sim.scheduler().spawn(
      &host_, std::string(packet.method), cause,
      [this, &run = *handler, packet = std::move(packet)]() mutable { handle(std::move(packet), run); });
}

void Process::serve_all(std::string prefix, Handler handler) {
  families_.emplace_back(std::move(prefix), std::move(handler));
}

const Process::Handler* Process::find_handler(std::string_view method) const {
  if (const auto found = handlers_.find(method); found != handlers_.end()) return &found->second;
  for (const auto& [prefix, handler] : families_) {
    if (method.starts_with(prefix)) return &handler;
  }
  return nullptr;
}

void Process::handle(Packet packet, const Handler& run) {
  struct OneLess {  // a handler that is killed before its first turn dies with the whole process
    std::size_t& in_flight;
    ~OneLess() { --in_flight; }
  } one_less{in_flight_};
  simulation().step(host_, Stepping::Where::before_handle, packet.method);
  std::optional<env::Message> reply{std::in_place};
  try {
    reply = run(packet.body);
  } catch (const env::DatabaseError&) {  // its storage broke: the outcome is unknown
  }
  simulation().scheduler().check_not_killed();
  if (!reply) return;
  const bool failed = reply->empty();
  answer(packet, failed ? Packet::Kind::failed : Packet::Kind::reply, std::move(*reply));
}

// "Surely did not happen" is nothing to say of one of two copies.
void Process::refuse(const Packet& request) {
  if (!request.has_copy) answer(request, Packet::Kind::refused, {});
}

void Process::answer(const Packet& request, Packet::Kind kind, env::Message body) {
  simulation().network().send({kind, host_.id(), request.from, request.from_life, request.call, request.cause,
                               request.method, std::move(body)});
}

}  // namespace ordeal::sim
