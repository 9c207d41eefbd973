// I-91, of payouts: what a payout says of its transfer is so. A statement that it has seen was given whole, for one of the accounts that
// were asked to pay it: what is cut off says nothing of who is not in it. A number that a channel was asked for was sent, by the payout's
// own word, before the channel heard of it.
#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/laws/rest_rows.h"
#include "scenarios/flows/payout/parts.h"

namespace ordeal::payout {
namespace {

using play::Findings;

void check_sent_and_seen(const RestRows& rest, Findings& findings) {
  if (rest.channels() == nullptr) return;
  const play::Scenario& scenario = rest.world.scenario();
  for (const auto& [id, standing] : rest.payouts) {
    const Payout& payout = standing.payout;
    bool seen_whole = !payout.statement_seen;
    bool known_as_sent = true;
    for (const TransferLine* line : rest.transfers_of(id)) {
      seen_whole =
          seen_whole || rest.channels()->given_whole.contains({line->asked.account, *payout.statement_seen});
      if (line->asked.number != number_of(id, payout.attempt)) continue;
      const Instant heard = scenario.start + Duration{line->first_ns};
      known_as_sent = payout.first_sent && payout.last_sent && *payout.first_sent <= *payout.last_sent &&
                      (*payout.first_sent <= heard || !rest.world.machines_ran());
    }
    if (!seen_whole)
      findings.add(play::unsafe(kSentAndSeenAreSo, rest.world.now_ns,
                                "a statement counts as seen that was not given whole",
                                about(scenario, payout)));
    if (!known_as_sent)
      findings.add(play::unsafe(kSentAndSeenAreSo, rest.world.now_ns,
                                "a payout does not know when it was sent", about(scenario, payout)));
  }
}

}  // namespace

void watch_sent_and_seen_are_so(const play::Watching& parts) {
  parts.audit.add<RestRows>(kSentAndSeenAreSo, {"payout"}, &check_sent_and_seen);
}

}  // namespace ordeal::payout
