// Dispatcher: hands each fact to the monitors that want its type, in the order in which they were added. The
// type is looked up once a fact, whatever the number of monitors. A monitor is a plain class with an overload
//
//   void on(const Fact& body, const sim::Fact& fact, Findings& findings);
//
// for each type it wants; it does constant work there and builds no text unless it has found a breach.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "scenarios/play/laws/findings.h"
#include "sim/simulation.h"

namespace ordeal::play {

class Dispatcher {
 public:
  template <class... Wanted, class M>
  void add(std::shared_ptr<M> monitor) {
    (calls_for(Wanted::type()).push_back({monitor.get(), &call<M, Wanted>}), ...);
    owned_.push_back(std::move(monitor));
  }

  void on_fact(const sim::Fact& fact, Findings& findings) {
    const env::MessageType* type = &fact.body.type();
    for (const Route& route : routes_) {
      if (route.type != type) continue;
      for (const Call& call : route.calls) call.function(call.monitor, fact, findings);
      return;
    }
  }

 private:
  struct Call {
    void* monitor;
    void (*function)(void* monitor, const sim::Fact& fact, Findings& findings);
  };
  // A dozen types: scanning their addresses is cheaper than hashing one.
  struct Route {
    const env::MessageType* type;
    std::vector<Call> calls;
  };

  template <class M, class Wanted>
  static void call(void* monitor, const sim::Fact& fact, Findings& findings) {
    static_cast<M*>(monitor)->on(*fact.body.get_if<Wanted>(), fact, findings);
  }
  std::vector<Call>& calls_for(const env::MessageType& type) {
    for (Route& route : routes_) {
      if (route.type == &type) return route.calls;
    }
    return routes_.emplace_back(Route{&type, {}}).calls;
  }

  std::vector<Route> routes_;
  std::vector<std::shared_ptr<void>> owned_;
};

}  // namespace ordeal::play
