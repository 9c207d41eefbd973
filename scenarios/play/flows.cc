#include "scenarios/play/flows.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/base/check.h"
#include "scenarios/play/machine_rows.h"

namespace ordeal::play {
namespace {

template <class Row>
void append(std::vector<const Row*>& all, const std::vector<Row>& rows) {
  for (const Row& row : rows) all.push_back(&row);
}

template <class Row>
void append(std::vector<const Row*>& all, const std::vector<const Row*>& rows) {
  all.insert(all.end(), rows.begin(), rows.end());
}

template <class Row, class Name>
const Row* find(const std::vector<const Row*>& rows, std::string_view name, Name field) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row* row) { return row->*field == name; });
  return found == rows.end() ? nullptr : *found;
}

template <class Row, class Name>
void each_once(const std::vector<const Row*>& rows, Name field) {
  std::set<std::string_view> seen;
  for (const Row* row : rows)
    ORDEAL_CHECK(seen.insert(row->*field).second, "two rows are called " + std::string(row->*field));
}

}  // namespace

std::string_view name_of(MarkGrade grade) { return grade == MarkGrade::must ? "must" : "may"; }

std::string name_of(const EdgeRow& edge) {
  std::string name = edge.from.empty() ? "→ " : std::string(edge.from) + " → ";
  name += edge.to;
  return edge.by.empty() ? name : name + " by " + std::string(edge.by);
}

Flows::Flows(std::vector<const Flow*> flows) : flows_(std::move(flows)) {
  append(knobs_, machine_knobs());
  for (const Flow* flow : flows_) {
    append(services_, flow->services);
    append(seams_, flow->seams);
    append(flaws_, flow->flaws);
    append(settings_, flow->settings);
    append(parties_, flow->parties);
    append(workloads_, flow->workloads);
    append(laws_, flow->laws);
    append(counts_, flow->counts);
    append(machines_, flow->machines);
    append(points_, flow->points);
    append(marks_, flow->marks);
    append(knobs_, flow->knobs);
    append(measures_, flow->measures);
  }
  append(seams_, machine_seams());
  append(points_, machine_points());
  append(measures_, machine_measures());
  append(marks_, machine_marks());
  std::stable_sort(laws_.begin(), laws_.end(),
                   [](const LawRow* a, const LawRow* b) { return a->rank < b->rank; });
  check();
}

void Flows::check() const {
  each_once(flows_, &Flow::name);
  each_once(services_, &ServiceRow::name);
  each_once(seams_, &SeamRow::name);
  each_once(flaws_, &FlawRow::id);
  each_once(settings_, &SettingRow::kind);
  each_once(parties_, &PartyRow::kind);
  each_once(workloads_, &WorkloadRow::kind);
  each_once(laws_, &LawRow::name);
  each_once(counts_, &CountRow::name);
  each_once(machines_, &MachineRow::name);
  each_once(points_, &PointRow::name);
  each_once(marks_, &MarkRow::name);
  each_once(knobs_, &KnobRow::name);
  each_once(measures_, &MeasureRow::name);
}

const ServiceRow* Flows::service(std::string_view name) const {
  return find(services_, name, &ServiceRow::name);
}
const SeamRow* Flows::seam(std::string_view name) const { return find(seams_, name, &SeamRow::name); }
const FlawRow* Flows::flaw(std::string_view id) const { return find(flaws_, id, &FlawRow::id); }
const PartyRow* Flows::party(std::string_view kind) const { return find(parties_, kind, &PartyRow::kind); }
const WorkloadRow* Flows::workload(std::string_view kind) const {
  return find(workloads_, kind, &WorkloadRow::kind);
}
const LawRow* Flows::law(std::string_view name) const { return find(laws_, name, &LawRow::name); }
const MachineRow* Flows::machine(std::string_view name) const {
  return find(machines_, name, &MachineRow::name);
}
const MarkRow* Flows::mark(std::string_view name) const { return find(marks_, name, &MarkRow::name); }
const KnobRow* Flows::knob(std::string_view name) const { return find(knobs_, name, &KnobRow::name); }

const ComparisonRow* Flows::comparison(std::string_view seam) const {
  const auto of = [](const Flow& flow, std::string_view name) -> const ComparisonRow* {
    for (const ComparisonRow& row : flow.comparisons) {
      if (row.seam == name) return &row;
    }
    return nullptr;
  };
  const ComparisonRow* of_anybody = nullptr;
  for (const Flow* flow : flows_) {
    if (const ComparisonRow* row = of(*flow, seam)) return row;
    const ComparisonRow* of_all = of(*flow, {});
    for (const SeamRow* one : flow->seams) {
      if (one->name == seam) return of_all;
    }
    if (of_anybody == nullptr) of_anybody = of_all;
  }
  return of_anybody;
}

const Flow* Flows::flow_of(const ServiceRow& service) const {
  for (const Flow* flow : flows_) {
    const auto& rows = flow->services;
    if (!rows.empty() && &service >= rows.data() && &service < rows.data() + rows.size()) return flow;
  }
  return nullptr;
}

}  // namespace ordeal::play
