// FakeWorld: all doors of core/env without a simulator, for unit tests. Time moves when the test says so,
// calls are direct function calls, tasks are noted and run by hand, and every call can be made to fail:
//
//   world.rpc_fault = [](std::string_view service, std::string_view method) { return
//   support::Fault::lose_answer; };
//
// A lost request never arrives; a lost answer is one whose request was carried out. Both look like a timeout
// (info).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/digest.h"
#include "core/env/env.h"
#include "tests/support/plain_database.h"

namespace ordeal::support {

enum class Fault { none, lose_request, lose_answer, unreachable };

class FakeClock : public env::Clock {
 public:
  Instant wall_now() const override { return wall; }
  Duration monotonic_now() const override { return monotonic; }
  void advance(Duration by) {
    wall = wall + by;
    monotonic += by;
  }

  Instant wall = {1'767'225'600'000'000'000};  // 2026-01-01T00:00:00Z
  Duration monotonic;
};

// Thrown out of a Signal that would wait for ever, to leave a worker's loop.
struct Idle {};

class FakeTasks : public env::Tasks {
 public:
  explicit FakeTasks(FakeClock& clock) : clock_(clock) {}

  void sleep(Duration duration) override;
  void spawn(std::string_view name, std::function<void()> work) override;
  std::unique_ptr<env::Signal> make_signal() override;
  env::TraceContext current() const override { return current_; }
  void set_current(env::TraceContext context) override { current_ = context; }
  env::TraceContext root(std::string_view name) override;
  env::TraceContext hop(env::TraceContext from, std::string_view name) override;

  std::vector<std::pair<std::string, std::function<void()>>> spawned;
  std::vector<std::string> roots;
  std::vector<Duration> naps;          // what signals and sleepers waited
  int naps_left = 1000;                // then a wait with a timeout ends in Idle too
  std::function<void()> on_idle_wait;  // somebody else's turn, when one waits without end

 private:
  FakeClock& clock_;
  env::TraceContext current_{1};
  std::int64_t next_ = 2;
};

class FakeRandom : public env::Random {
 public:
  std::uint64_t bits(std::string_view) override { return mix64(++drawn_); }

 private:
  std::uint64_t drawn_ = 0;
};

class FakeLog : public env::Log {
 public:
  void line(const std::function<std::string()>& text) override {
    if (listening) lines.push_back(text());
  }
  void sometimes(std::string_view mark) override { ++marks[std::string(mark)]; }

  bool listening = true;
  std::vector<std::string> lines;
  std::map<std::string, int> marks;
};

// Unlucky as often as the test says.
class FakePoints : public env::Points {
 public:
  bool unlucky(std::string_view point) override {
    const auto found = bad_luck.find(point);
    if (found == bad_luck.end() || found->second == 0) return false;
    --found->second;
    return true;
  }

  std::map<std::string, int, std::less<>> bad_luck;  // point → so many times
};

class FakeWorld {
 public:
  FakeWorld();
  ~FakeWorld();

  // The doors of the service `name`; its HTTP host has the same name. Stays valid as long as the world.
  env::Env& env(const std::string& name);
  // A database whose transactions no call may be made from.
  PlainDatabase& database(const char* schema);

  void serve_http(const std::string& host, const std::string& path,
                  std::function<env::HttpResponse(const std::string&)> handler);

  FakeClock clock;
  FakeTasks tasks{clock};
  FakeRandom random;
  FakeLog log;
  FakePoints points;
  std::function<Fault(std::string_view service, std::string_view method)> rpc_fault;
  std::function<Fault(std::string_view url)> http_fault;
  bool through_json = false;         // every RPC message goes through its JSON form and back
  std::map<std::string, int> calls;  // "order.place" → how often it was called

 private:
  class Rpc;
  class Http;
  struct Service;

  void check_may_wait() const;

  std::map<std::string, std::unique_ptr<Service>> services_;
  std::map<std::pair<std::string, std::string>, std::function<env::Message(const env::Message&)>, std::less<>>
      methods_;
  std::map<std::string, std::function<env::HttpResponse(const std::string&)>, std::less<>> paths_;
  std::vector<std::unique_ptr<PlainDatabase>> databases_;
};

}  // namespace ordeal::support
