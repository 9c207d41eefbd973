#include "scenarios/play/laws/rest.h"

#include <algorithm>
#include <utility>

namespace ordeal::play {

env::Connection* Rest::database(std::string_view service) const {
  const auto found = databases_.find(service);
  return found == databases_.end() ? nullptr : found->second;
}

bool Rest::is_gone(std::string_view host) const {
  return std::find(gone_.begin(), gone_.end(), host) != gone_.end();
}

bool Rest::undisturbed_at(std::span<const std::string_view> forks) const {
  return !machine_struck_ && !unlucky_ &&
         std::none_of(forks_.begin(), forks_.end(), [&](const std::string& fork) {
           return std::find(forks.begin(), forks.end(), fork) != forks.end();
         });
}

void Rest::read(std::string_view service, const std::function<void(env::Connection&)>& from) const {
  env::Connection* database_there = database(service);
  if (database_there == nullptr) {
    unread_.emplace(service, "its database could not be opened");
    return;
  }
  try {
    from(*database_there);
  } catch (const env::DatabaseError& error) {
    unread_.emplace(service, error.what());
  }
}

const std::string* Rest::unread(std::string_view service) const {
  const auto found = unread_.find(service);
  return found == unread_.end() ? nullptr : &found->second;
}

void RestAudit::add(std::string_view invariant, std::vector<std::string_view> needs, Check check,
                    std::function<void(const Rest&)> read) {
  entries_.push_back({invariant, std::move(needs), std::move(check), std::move(read)});
}

void RestAudit::check(const Rest& rest, Findings& findings) const {
  for (const Entry& entry : entries_) {
    if (entry.read) entry.read(rest);
    std::string_view missing;
    const std::string* why = nullptr;
    for (const std::string_view service : entry.needs) {
      if (const std::string* unread = rest.unread(service)) missing = service, why = unread;
    }
    if (why == nullptr) {
      entry.check(rest, findings);
      continue;
    }
    findings.add({std::string(entry.invariant),
                  sim::FindingKind::inconclusive,
                  rest.now_ns,
                  "cannot be judged: the rows of " + std::string(missing) + " are not there",
                  {{"service", std::string(missing)}, {"why", *why}}});
  }
}

}  // namespace ordeal::play
