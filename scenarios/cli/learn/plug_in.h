// Flows in which one flaw is another than the planted one: what a plug-in makes takes its place, under the flaw's own id.
// So a repro or a scenario with that flaw plays whatever design somebody wants to try.
//
// Loading runs the code of the plug-in in this process: only workers do it, in a cage (cage.h).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/play/flows.h"

namespace ordeal::cli {

class PlugIn {
 public:
  // `flows` outlive this. Throws std::runtime_error: the library cannot be loaded, or makes something that the seam of the
  // flaw does not take.
  PlugIn(const play::Flows& flows, const std::string& flaw, const std::filesystem::path& library);

  const play::Flows& flows() const { return *flows_; }

 private:
  std::unique_ptr<play::FlawRow> row_;
  std::unique_ptr<play::Flow> flow_;  // a copy with that row
  std::unique_ptr<play::Flows> flows_;
};

}  // namespace ordeal::cli
