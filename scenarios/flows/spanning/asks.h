// What laws that span flows ask of each: who holds money, which entries were booked, whose events are still on their way.
// A flow answers with a value of these types (play::Flow::answers); the laws know no flow.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/ledger.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::spanning {

// Money outside our own books: a purse, what a channel keeps for us. Who holds several currencies has a holding in each.
struct Holding {
  std::string who;  // "purses", "alipay"
  Money before;     // when the world began
  Money now;
};

// One journal entry, with its legs.
struct Entry {
  EntryId id;
  api::EntryKind kind{};
  OrderId order;
  std::vector<api::Posting> legs;
};

// An event that a committed change promised, and that is not there yet.
struct Undelivered {
  std::string_view service;  // in whose outbox it waits
  std::int64_t row = 0;
  std::string topic;
  std::int64_t tries = 0;
};

// Every answer names the services whose rows it looks at, and how these are read.
struct From {
  std::vector<std::string_view> services;
  void (*read)(const play::Rest& rest) = nullptr;
};

// Are all of these services in the scenario? What is asked of others is not asked.
bool deployed(const std::vector<std::string_view>& services, const play::Scenario& scenario);

// I-93. Money may go from a holder of one flow to a holder of another.
struct HoldsMoney {
  From from;
  std::vector<Holding> (*holdings)(const play::Rest& rest);
};

// I-70 and I-93.
struct KeepsLedger {
  From from;
  std::vector<Entry> (*entries)(const play::Rest& rest);
  // Legs whose entry is not there.
  std::vector<api::Posting> (*stray_legs)(const play::Rest& rest);
  // What is held outside for the account channel_clearing, and by whom; nothing of a currency that is not named. None
  // while money may still be on its way.
  From clearing;
  std::optional<std::vector<Holding>> (*cleared)(const play::Rest& rest);
};

// I-51.
struct HasOutboxes {
  From from;
  std::vector<Undelivered> (*undelivered)(const play::Rest& rest);
  // What subscribers should have made of events, looked at one by one: each breach is reported under the law's name.
  struct Effect {
    std::vector<std::string_view> services;
    void (*check)(const play::Rest& rest, play::Findings& findings);
  };
  std::vector<Effect> effects;
};

}  // namespace ordeal::spanning
