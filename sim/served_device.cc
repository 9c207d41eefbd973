#include "sim/served_device.h"

#include <algorithm>

namespace ordeal::sim {

void ServedDevice::install(Host& host, std::shared_ptr<ServedDevice> server, std::string_view service) {
  ServedDevice& device = *server;
  const std::string name(service);
  host.simulation().publish_service(name, host.id());
  host.attach(std::move(server));
  host.install([&device, name](Process& process) {
    device.process_ = &process;
    device.start(process, name);
  });
}

void ServedDevice::power_lost(const Moment&) {
  process_ = nullptr;
  forget();
}

void ServedDevice::crash_now(const Moment& moment, Duration restart_after) {
  host_.crash(moment, restart_after);
  sim().scheduler().check_not_killed();
}

void ServedDevice::crash_soon(const Moment& moment, Duration restart_after) {
  Moment kept = moment;
  kept.what = sim().intern(moment.what);
  const std::uint32_t life = host_.life();
  sim().scheduler().at(
      now_ns(),
      [this, life, kept, restart_after] {
        if (host_.life() == life) host_.crash(kept, restart_after);
      },
      Priority::late);
}

void ServedDevice::at(std::int64_t true_ns, std::function<void()> what) {
  const std::uint32_t life = host_.life();
  sim().scheduler().at(true_ns, [this, life, what = std::move(what)] {
    if (process_ != nullptr && host_.life() == life) what();
  });
}

void ServedDevice::later(Duration delay, std::function<void()> what) {
  at(now_ns() + std::max<std::int64_t>(0, host_.true_ns(delay)), std::move(what));
}

void ServedDevice::say_lost(std::size_t lost, std::string_view of_what) {
  sim().trace().say(now_ns(), host_.id(), [&] {
    return host_.name() + " loses " + std::to_string(lost) + " " + std::string(of_what);
  });
}

}  // namespace ordeal::sim
