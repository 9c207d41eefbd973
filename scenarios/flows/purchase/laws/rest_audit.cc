#include "scenarios/flows/purchase/laws/rest_audit.h"

#include <utility>

#include "core/wire/names.h"

namespace ordeal::scenarios {

void RestAudit::add(std::string_view invariant, std::initializer_list<Store> needs, Check check) {
  entries_.push_back({invariant, needs, std::move(check)});
}

void RestAudit::check(const AtRest& world, Findings& findings) {
  if (entries_.empty()) return;
  const RestRows rest = read_rest(world);
  for (const Entry& entry : entries_) {
    const Store* unread = nullptr;
    for (const Store& store : entry.needs) {
      if (rest.unread(store) != nullptr) unread = &store;
    }
    if (unread == nullptr) {
      entry.check(rest, findings);
      continue;
    }
    findings.add({std::string(entry.invariant),
                  sim::FindingKind::inconclusive,
                  world.now_ns,
                  "cannot be judged: the rows of " + std::string(wire::name_of(*unread)) + " are not there",
                  {{"service", std::string(wire::name_of(*unread))}, {"why", *rest.unread(*unread)}}});
  }
}

}  // namespace ordeal::scenarios
