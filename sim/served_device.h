// A device that is a service of its own: a cache or a broker. It lives on a host that does nothing else, answers
// commands that come over the network, asks Hooks before it acts, and decides at a power loss what of its data was
// durable. What such servers share is here; what they serve, ask and lose is theirs.
//
//   attach      the host becomes that server and answers to the name of a service; at every boot it serves anew
//   durability  what is written down at every full interval survives a power loss up to the last of them
//   crash       after a verdict: at once, so that nobody hears an answer, or when the answer has left
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "sim/host.h"
#include "sim/simulation.h"

namespace ordeal::sim {

class ServedDevice : public Device {
 public:
  explicit ServedDevice(Host& host) : host_(host) {}

  // Makes `host` a server of type `Server` that answers to `service`; the host keeps it over its lives.
  template <class Server, class... Args>
  static Server& attach_to(Host& host, std::string_view service, Args&&... args) {
    auto server = std::make_shared<Server>(host, std::forward<Args>(args)...);
    Server& out = *server;
    install(host, std::move(server), service);
    return out;
  }

  void power_lost(const Moment& moment) final;

 protected:
  // Serves as `service` on this process and takes up what an earlier life left; part of the host's program.
  virtual void start(Process& process, std::string_view service) = 0;
  // The power is gone: forgets what was not durable, says how much that was.
  virtual void forget() = 0;

  Simulation& sim() const { return host_.simulation(); }
  std::int64_t now_ns() const { return sim().now_ns(); }
  // The last full interval before now, since the trial began.
  std::int64_t last_tick_ns(Duration interval) const { return now_ns() / interval.ns * interval.ns; }

  // Dies here and now: whoever asked hears nothing. Throws the kill of the fiber that runs here.
  void crash_now(const Moment& moment, Duration restart_after);
  // Dies at the end of this moment: the answer to the running request leaves first.
  void crash_soon(const Moment& moment, Duration restart_after);
  // At this true time, if it is still the same life.
  void at(std::int64_t true_ns, std::function<void()> what);
  // After `delay` of the host's own time, if it is still the same life.
  void later(Duration delay, std::function<void()> what);
  // For the story of a power loss: "cache-1 loses 3 acknowledged or running writes".
  void say_lost(std::size_t lost, std::string_view of_what);

  Host& host_;
  Process* process_ = nullptr;  // null while it is down

 private:
  static void install(Host& host, std::shared_ptr<ServedDevice> server, std::string_view service);
};

}  // namespace ordeal::sim
