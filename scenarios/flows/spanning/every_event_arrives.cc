// I-51: every committed change with a subscriber reached it, and no event tells of what was rolled back.
//
// Judged by effects, subscriber by subscriber, so that an event that was lost on any way shows, not only one that waits in
// an outbox. What those effects are, each flow says of its own events.
#include "scenarios/flows/spanning/asks.h"
#include "scenarios/flows/spanning/laws.h"

namespace ordeal::spanning {
namespace {

using play::Findings;
using play::Rest;

void check_outboxes(const HasOutboxes& answer, const Rest& rest, Findings& findings) {
  for (const Undelivered& event : answer.undelivered(rest)) {
    findings.add(play::not_live(kEveryEventArrives, rest.now_ns, "an event still waits in an outbox",
                                {{"event", event.topic},
                                 {"subscriber", "one or more"},
                                 {"outbox", std::string(event.service)},
                                 {"row", std::to_string(event.row)},
                                 {"tries", std::to_string(event.tries)}}));
  }
}

}  // namespace

void watch_every_event_arrives(const play::Watching& parts) {
  for (const play::Flow* flow : parts.flows.all()) {
    const auto* answer = flow->answer<HasOutboxes>();
    if (answer == nullptr) continue;
    for (const HasOutboxes::Effect& effect : answer->effects) {
      if (deployed(effect.services, parts.scenario))
        parts.audit.add(kEveryEventArrives, effect.services, effect.check, answer->from.read);
    }
    if (!deployed(answer->from.services, parts.scenario)) continue;
    parts.audit.add(
        kEveryEventArrives, answer->from.services,
        [answer](const Rest& rest, Findings& findings) { check_outboxes(*answer, rest, findings); },
        answer->from.read);
  }
}

}  // namespace ordeal::spanning
