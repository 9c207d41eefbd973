// Which instance of a service a caller asks first, and in which order the others come. A deployment chooses one way for
// all callers (Options::route):
//   keyed        drawn anew for each call, by its cause and its method: a balancer without memory
//   round_robin  in turn, for each process and service; where the turns begin is drawn at the first call. The turn is
//                memory: it dies with the process
//   sticky       by the root of the cause: all that one operation asks of a service is asked of one instance
// With one instance nothing is drawn and nothing counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace ordeal::sim {

class Host;

enum class Routing : std::uint8_t { keyed, round_robin, sticky };

// The memory of one process about its calls.
class Router {
 public:
  explicit Router(Host& host) : host_(host) {}

  // Which of `instances` is asked first by the call that runs now; the others follow in the order of the list, round
  // its end.
  std::size_t first_of(std::size_t instances, std::string_view service, std::string_view method);

 private:
  std::size_t turn_of(std::size_t instances, std::string_view service);

  Host& host_;
  std::map<std::string, std::size_t, std::less<>> turns_;  // by service
};

}  // namespace ordeal::sim
