#include <algorithm>

#include "scenarios/flows/spanning/asks.h"
#include "scenarios/flows/spanning/laws.h"
#include "scenarios/flows/spanning/telling/asked_for.h"

namespace ordeal::spanning {

bool deployed(const std::vector<std::string_view>& services, const play::Scenario& scenario) {
  return std::all_of(services.begin(), services.end(),
                     [&](std::string_view service) { return scenario.has_service(service); });
}

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "spanning";
    f.summary = "what must hold over all flows";
    f.laws = {
        {kEntriesBalance,
         "Each journal entry adds up to zero, and so do all accounts.",
         true,
         true,
         210,
         {},
         &watch_entries_balance},
        {kEveryEventArrives,
         "Every committed change with a subscriber reached it; no event tells of what was rolled back.",
         false,
         false,
         220,
         {},
         &watch_every_event_arrives},
        {kMoneyIsConserved,
         "Over the whole world money is neither made nor lost, and ledgers agree with those who hold it.",
         true,
         false,
         240,
         {},
         &watch_money_is_conserved},
    };
    f.breaches = {{"an event still waits in an outbox",
                   "{outbox} still has to tell \"{event}\", after {tries} tries, and nobody takes it"}};
    f.covers = cover_rows();
    f.answers = {play::Answer::of(asked_for())};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::spanning
