// A bank's desk: is told positions, and answers. What it was told stands in its book.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "scenarios/flows/netting/parties/books.h"
#include "scenarios/flows/netting/parts.h"
#include "scenarios/play/world.h"
#include "sim/process.h"

namespace ordeal::netting {

// What becomes of a position that a bank is told. Slow: answers when nobody waits any more. Silent: takes note, and does not answer. Closed:
// takes no note.
inline constexpr std::string_view kDeskFork = "position";
inline constexpr std::array<std::string_view, 4> kDeskWays{"as usual", "slow", "silent", "closed"};

class DeskParty {
 public:
  DeskParty(sim::Process& process, play::World& world, const DeskSpec& spec);
  void start();

 private:
  env::HttpResponse position(const std::string& body);

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const DeskSpec& spec_;
  DeskBook& book_;
};

}  // namespace ordeal::netting
