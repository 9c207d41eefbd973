#include "tests/support/fake_env.h"

namespace ordeal::support {
namespace {

class FakeSignal : public env::Signal {
 public:
  FakeSignal(FakeTasks& tasks, FakeClock& clock) : tasks_(tasks), clock_(clock) {}

  void notify() override { notified_ = true; }
  void wait() override {
    if (tasks_.on_idle_wait && !notified_) tasks_.on_idle_wait();
    if (!std::exchange(notified_, false)) throw Idle{};
  }
  bool wait_for(Duration timeout) override {
    if (std::exchange(notified_, false)) return true;
    if (tasks_.naps_left-- <= 0) throw Idle{};
    tasks_.naps.push_back(timeout);
    clock_.advance(timeout);
    return false;
  }

 private:
  FakeTasks& tasks_;
  FakeClock& clock_;
  bool notified_ = false;
};

}  // namespace

void FakeTasks::sleep(Duration duration) {
  naps.push_back(duration);
  if (duration > Duration{}) clock_.advance(duration);
}

void FakeTasks::spawn(std::string_view name, std::function<void()> work) {
  spawned.emplace_back(name, std::move(work));
}

std::unique_ptr<env::Signal> FakeTasks::make_signal() { return std::make_unique<FakeSignal>(*this, clock_); }

env::TraceContext FakeTasks::root(std::string_view name) {
  roots.emplace_back(name);
  return {next_++};
}

env::TraceContext FakeTasks::hop(env::TraceContext, std::string_view) { return {next_++}; }

class FakeWorld::Rpc : public env::Rpc {
 public:
  Rpc(FakeWorld& world, std::string name) : world_(world), name_(std::move(name)) {}

  Result<env::Message, env::RpcError> call(std::string_view service, std::string_view method,
                                           env::Message request, Duration deadline) override {
    world_.check_may_wait();
    ++world_.calls[std::string(service) + "." + std::string(method)];
    const Fault fault = world_.rpc_fault ? world_.rpc_fault(service, method) : Fault::none;
    const auto timed_out = [&] {
      world_.clock.advance(deadline);
      return Err{env::RpcError::timeout};
    };
    if (fault == Fault::unreachable) return Err{env::RpcError::unreachable};
    if (fault == Fault::lose_request) return timed_out();
    const auto found = world_.methods_.find(std::pair<std::string, std::string>(service, method));
    if (found == world_.methods_.end()) return Err{env::RpcError::refused};
    bool broke_down = false;
    env::Message reply;
    {
      const env::TraceScope scope(world_.tasks, world_.tasks.current());
      try {
        reply = copied(found->second(copied(request)));
      } catch (const env::DatabaseError&) {
        broke_down = true;
      }
    }
    if (broke_down) return Err{env::RpcError::failed};
    if (fault == Fault::lose_answer) return timed_out();
    return reply;
  }
  void serve(std::string_view method, std::function<env::Message(const env::Message&)> handler) override {
    world_.methods_[{name_, std::string(method)}] = std::move(handler);
  }

 private:
  env::Message copied(const env::Message& message) const {
    if (!world_.through_json) return message;
    return env::Message::from_json(message.type(), message.to_json()).value();
  }

  FakeWorld& world_;
  std::string name_;
};

class FakeWorld::Http : public env::Http {
 public:
  Http(FakeWorld& world, std::string host) : world_(world), host_(std::move(host)) {}

  Result<env::HttpResponse, env::RpcError> post(std::string_view url, std::string body,
                                                Duration deadline) override {
    world_.check_may_wait();
    ++world_.calls[std::string(url)];
    const Fault fault = world_.http_fault ? world_.http_fault(url) : Fault::none;
    const auto found = world_.paths_.find(url);
    if (fault == Fault::unreachable || found == world_.paths_.end()) return Err{env::RpcError::unreachable};
    if (fault != Fault::lose_request) {
      auto answer = found->second(body);
      if (fault == Fault::none) return answer;
    }
    world_.clock.advance(deadline);
    return Err{env::RpcError::timeout};
  }
  void serve(std::string_view path, std::function<env::HttpResponse(const std::string&)> handler) override {
    world_.serve_http(host_, std::string(path), std::move(handler));
  }

 private:
  FakeWorld& world_;
  std::string host_;
};

struct FakeWorld::Service {
  Service(FakeWorld& world, const std::string& name)
      : rpc(world, name), http(world, name), env{world.clock, world.tasks, world.random, rpc,
                                                 http,        world.log,   world.points} {}
  Rpc rpc;
  Http http;
  env::Env env;
};

FakeWorld::FakeWorld() = default;
FakeWorld::~FakeWorld() = default;

env::Env& FakeWorld::env(const std::string& name) {
  auto& service = services_[name];
  if (service == nullptr) service = std::make_unique<Service>(*this, name);
  return service->env;
}

PlainDatabase& FakeWorld::database(const char* schema) {
  return *databases_.emplace_back(std::make_unique<PlainDatabase>(schema));
}

void FakeWorld::serve_http(const std::string& host, const std::string& path,
                           std::function<env::HttpResponse(const std::string&)> handler) {
  paths_["https://" + host + path] = std::move(handler);
}

void FakeWorld::check_may_wait() const {
  for (const auto& db : databases_) ORDEAL_CHECK(!db->in_transaction(), "a call inside a transaction (I-65)");
}

}  // namespace ordeal::support
