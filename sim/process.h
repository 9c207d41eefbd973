// A process: one life of a host's program. It implements the doors of core/env over the simulation and owns
// what lives in memory; all of it is gone after a crash.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tsl/robin_map.h>

#include "core/env/env.h"
#include "sim/network.h"
#include "sim/routing.h"
#include "sim/scheduler.h"

namespace ordeal::sim {

class Host;
class Simulation;

class Process {
 public:
  // The ways of a fault point of the program (env::Points).
  static constexpr std::array<std::string_view, 2> kPointWays{"as usual", "unlucky"};
  // Requests being handled at once; more are refused at the door. Without a limit, callers that give up and ask again
  // fill a slow server with work nobody waits for any more, and it never recovers (a metastable failure). The number is
  // the default of Tomcat's maxThreads.
  static constexpr std::size_t kMaxInFlight = 200;

  explicit Process(Host& host);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  Host& host() { return host_; }
  Simulation& simulation();
  // The doors of the process itself, for parties and tests: they serve methods by their plain name.
  env::Env& env();
  // The doors of one service that runs here: what it serves as "reserve" is called "inventory.reserve" outside, so services
  // that share a host cannot take each other's calls.
  env::Env& env_of(std::string_view service);

  // Opens the optional doors of every service here; the clients live as long as this process.
  void connect(env::Cache& cache);
  void connect(env::Broker& broker);

  // Keeps an object alive for the life of this process; the last kept is the first destroyed.
  template <class T>
  T& own(std::unique_ptr<T> object) {
    T& reference = *object;
    memory_.emplace_back(object.release(), [](void* p) { delete static_cast<T*>(p); });
    return reference;
  }
  template <class T, class... Args>
  T& make(Args&&... args) {
    return own(std::make_unique<T>(std::forward<Args>(args)...));
  }

  // For devices with a protocol of their own. `method` names the sites and must outlive the simulation.
  Result<env::Message, env::RpcError> call(HostId to, std::string_view method, env::Message request,
                                           Duration deadline);
  // Takes the requests whose method begins with `prefix` and is served by nobody else. No value: no answer is sent.
  void serve_all(std::string prefix, std::function<std::optional<env::Message>(const env::Message&)> handler);

  // A packet arrived.
  void receive(Packet packet);

 private:
  class Doors;
  using Handler = std::function<std::optional<env::Message>(const env::Message&)>;
  struct Call {
    WakeToken token;
    env::RpcError error = env::RpcError::timeout;
    bool answered = false;
    env::Message reply;
  };

  // Asks the instances of `service` one after the other until one may have carried the request out.
  Result<env::Message, env::RpcError> call_service(std::string_view service, std::string_view method,
                                                   const env::Message& request, Duration deadline);
  const Handler* find_handler(std::string_view method) const;
  void handle(Packet packet, const Handler& run);
  void refuse(const Packet& request);
  void answer(const Packet& request, Packet::Kind kind, env::Message body);

  Host& host_;
  std::map<std::string, std::unique_ptr<Doors>, std::less<>> doors_;  // by service; "" for the process itself
  std::vector<std::unique_ptr<void, void (*)(void*)>> memory_;
  std::map<std::string, Handler, std::less<>> handlers_;
  std::vector<std::pair<std::string, Handler>> families_;  // by what their methods begin with
  env::Cache* cache_ = nullptr;
  env::Broker* broker_ = nullptr;
  Router router_;
  tsl::robin_map<std::uint64_t, Call*> calls_;
  std::uint64_t next_call_ = 1;
  std::size_t in_flight_ = 0;
};

}  // namespace ordeal::sim
