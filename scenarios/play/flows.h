// Flows: the flows that a program plays, and every row of theirs by name. Made once from the one list of flows
// (scenarios/flows/flows.h; a test hands in a list of its own) and passed on; nothing registers itself.
//
// Two rows of one name are a programmer error, told at the start.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::play {

class Flows {
 public:
  // The flows outlive this.
  explicit Flows(std::vector<const Flow*> flows);

  const std::vector<const Flow*>& all() const { return flows_; }

  // In the order of the list. Pointers stay good.
  const std::vector<const ServiceRow*>& services() const { return services_; }
  const std::vector<const SeamRow*>& seams() const { return seams_; }  // the machine room's own last
  const std::vector<const FlawRow*>& flaws() const { return flaws_; }
  const std::vector<const SettingRow*>& settings() const { return settings_; }
  const std::vector<const PartyRow*>& parties() const { return parties_; }
  const std::vector<const WorkloadRow*>& workloads() const { return workloads_; }
  const std::vector<const LawRow*>& laws() const { return laws_; }  // by rank
  const std::vector<const CountRow*>& counts() const { return counts_; }
  const std::vector<const MachineRow*>& machines() const { return machines_; }
  const std::vector<const PointRow*>& points() const { return points_; }  // the machine room's own last
  const std::vector<const MarkRow*>& marks() const { return marks_; }
  const std::vector<const KnobRow*>& knobs() const { return knobs_; }  // the machine room's own first
  // The machine room's own last.
  const std::vector<const MeasureRow*>& measures() const { return measures_; }
  // What compares the designs of a seam: its own row, or that of all seams of its flow. The machine room's seams are
  // anybody's. Null: nobody says.
  const ComparisonRow* comparison(std::string_view seam) const;

  // Null for a name that is not there.
  const ServiceRow* service(std::string_view name) const;
  const SeamRow* seam(std::string_view name) const;
  const FlawRow* flaw(std::string_view id) const;
  const PartyRow* party(std::string_view kind) const;
  const WorkloadRow* workload(std::string_view kind) const;
  const LawRow* law(std::string_view name) const;
  const MachineRow* machine(std::string_view name) const;
  const MarkRow* mark(std::string_view name) const;
  const KnobRow* knob(std::string_view name) const;
  // The flow that a service belongs to.
  const Flow* flow_of(const ServiceRow& service) const;

 private:
  void check() const;

  std::vector<const Flow*> flows_;
  std::vector<const ServiceRow*> services_;
  std::vector<const SeamRow*> seams_;
  std::vector<const FlawRow*> flaws_;
  std::vector<const SettingRow*> settings_;
  std::vector<const PartyRow*> parties_;
  std::vector<const WorkloadRow*> workloads_;
  std::vector<const LawRow*> laws_;
  std::vector<const CountRow*> counts_;
  std::vector<const MachineRow*> machines_;
  std::vector<const PointRow*> points_;
  std::vector<const MarkRow*> marks_;
  std::vector<const KnobRow*> knobs_;
  std::vector<const MeasureRow*> measures_;
};

// Names of rows, for messages and lists.
template <class Row, class Field>
std::vector<std::string_view> names_of(const std::vector<const Row*>& rows, Field name) {
  std::vector<std::string_view> names;
  for (const Row* row : rows) names.push_back(row->*name);
  return names;
}

}  // namespace ordeal::play
