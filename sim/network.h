// The network: packets between hosts, each with an ordinary delay drawn by key; loss, duplication, reordering,
// damage and partitions are verdicts of the hooks. A packet to a host that is down comes back as "nothing listens
// there", if the way back is open; one of two copies does not, for the other may have been carried out.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/env/message.h"
#include "sim/hooks.h"

namespace ordeal::sim {

class Simulation;

struct Packet {
  enum class Kind : std::uint8_t { request, reply, unreachable, refused, failed };
  Kind kind = Kind::request;
  HostId from = 0;
  HostId to = 0;
  std::uint32_t from_life = 0;  // the sender's life: an answer to an earlier life is nobody's
  std::uint64_t call = 0;       // which call of the sender
  TraceContext cause;           // of the sender
  std::string_view method;      // static or owned by the simulation
  env::Message body;
  bool has_copy =
      false;  // the network delivers it twice: what becomes of one of the two says nothing of the other
};

class Network {
 public:
  explicit Network(Simulation& simulation) : simulation_(simulation) {}
  void send(Packet packet);
  std::uint64_t sent() const { return sent_; }

 private:
  bool is_open(const Packet& packet) const;
  void deliver_after(Duration delay, Packet packet, SiteId site);
  void deliver(std::uint32_t slot);

  struct Flying {
    Packet packet;
    SiteId site;
  };
  Simulation& simulation_;
  std::vector<Flying> flying_;
  std::vector<std::uint32_t> free_;
  std::uint64_t sent_ = 0;
};

}  // namespace ordeal::sim
