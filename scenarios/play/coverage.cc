#include "scenarios/play/coverage.h"

#include <algorithm>
#include <array>
#include <map>

#include "scenarios/play/flows.h"

namespace ordeal::play {
namespace {

std::string_view id_of(const LawRow& law) { return law.name.substr(0, law.name.find(' ')); }

}  // namespace

std::string_view name_of(CoverKind kind) {
  constexpr std::array<std::string_view, 7> kNames{"flaw",    "scenario", "design", "fork",
                                                   "machine", "law",      "test"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name_of(CoverState state) {
  constexpr std::array<std::string_view, 3> kNames{"run", "in-part", "not-yet"};
  return kNames[static_cast<std::size_t>(state)];
}

const AskedFor* asked_for(const Flows& flows) {
  for (const Flow* flow : flows.all()) {
    if (const auto* answer = flow->answer<AskedFor>()) return answer;
  }
  return nullptr;
}

std::vector<Covered> covered(const Flows& flows, const CoverTable& table) {
  std::map<std::string_view, std::vector<Cover>> by;
  for (const FlawRow* flaw : flows.flaws()) by[flaw->id].push_back({CoverKind::flaw, flaw->id});
  for (const LawRow* law : flows.laws()) by[id_of(*law)].push_back({CoverKind::law, law->name});
  for (const Flow* flow : flows.all()) {
    for (const CoverRow& row : flow->covers) {
      auto& all = by[row.item];
      for (const Cover& one : row.by) {
        if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
      }
    }
  }
  std::vector<Covered> items;
  for (const CoverItem& item : table.items) {
    Covered one{&item, CoverState::not_yet, by[item.id]};
    std::stable_sort(one.by.begin(), one.by.end(),
                     [](const Cover& a, const Cover& b) { return a.kind < b.kind; });
    if (!one.by.empty()) one.state = item.missing.empty() ? CoverState::run : CoverState::in_part;
    items.push_back(std::move(one));
  }
  return items;
}

}  // namespace ordeal::play
