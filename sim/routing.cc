#include "sim/routing.h"

#include "sim/host.h"
#include "sim/simulation.h"

namespace ordeal::sim {

std::size_t Router::first_of(std::size_t instances, std::string_view service, std::string_view method) {
  if (instances < 2) return 0;
  Simulation& sim = host_.simulation();
  switch (sim.options().route) {
    case Routing::round_robin:
      return turn_of(instances, service);
    case Routing::keyed: {
      const Key key = sim.choices().next(site_of(sim.cause(), Words("route ", method)));
      return sim.choices().below(key, lane("instance"), instances);
    }
    case Routing::sticky: {
      // The same for every call of the operation: nothing is counted.
      const Key key{site_of(sim.causes().root_of(sim.cause()), Words("route ", service)), 0};
      return sim.choices().below(key, lane("instance"), instances);
    }
  }
  return 0;
}

std::size_t Router::turn_of(std::size_t instances, std::string_view service) {
  auto found = turns_.find(service);
  if (found == turns_.end()) {
    Simulation& sim = host_.simulation();
    // Of the process, not of the call that happens to be the first.
    const Key key = sim.choices().next(site_of({}, Words(host_.name(), " begins its turns at ", service)));
    const std::size_t start = sim.choices().below(key, lane("instance"), instances);
    found = turns_.emplace(std::string(service), start).first;
  }
  const std::size_t turn = found->second % instances;
  found->second = turn + 1;
  return turn;
}

}  // namespace ordeal::sim
