// I-06: what is written under a lock with a token is written with a higher token than all that was written for the resource before;
// at rest the store knows the highest. A hold writes once, so an equal token is another holder's: a cache that forgot gave it twice.
// I-65, of locks: where nothing stands in the way, who asks is answered within the 5 s that a lock is waited for (domain B3) and the time
// of the work; nobody is put off by a lock, for none outlives its work; and who goes on asking gets an answer that ends it.

#include <map>
#include <memory>
#include <string>

#include "scenarios/flows/booking/laws/laws.h"
#include "scenarios/flows/booking/laws/rest_rows.h"
#include "scenarios/flows/booking/parties/guest.h"
#include "scenarios/flows/booking/parts.h"

namespace ordeal::booking {
namespace {

using namespace ordeal::literals;
using play::Findings;

constexpr Duration kWaitedFor = 5_s;
// The way there and back, the look and the write.
constexpr Duration kTheWork = 2_s;

class NoLateWrite {
 public:
  explicit NoLateWrite(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::VenueBooked& booked, const sim::Fact& fact, Findings& findings) {
    for (const api::facts::WrittenUnder& under : booked.under) {
      Last& last = last_[under.resource];
      if (under.token <= last.token) {
        findings.add(play::unsafe(kNoLateWrite, fact.at_ns,
                                  "a booking was written under a lock that was somebody else's by then",
                                  {{"booking", booked.booking.text()},
                                   {"guest", guest_text(scenario_, booked.user)},
                                   {"venue", venue_text(scenario_, booked.venue)},
                                   {"token", std::to_string(under.token)},
                                   {"seen before", std::to_string(last.token)},
                                   {"written by", last.booking.text()},
                                   {"at", play::when(fact.at_ns)}}));
        continue;
      }
      last = {under.token, booked.booking};
    }
  }
  std::int64_t highest(const std::string& resource) const {
    const auto found = last_.find(resource);
    return found == last_.end() ? 0 : found->second.token;
  }
  std::size_t resources() const { return last_.size(); }

 private:
  struct Last {
    std::int64_t token = 0;
    BookingId booking{};
  };
  const play::Scenario& scenario_;
  std::map<std::string, Last> last_;
};

void check_tokens(const NoLateWrite& seen, const RestRows& rest, Findings& findings) {
  for (const auto& [resource, token] : rest.tokens) {
    if (token == seen.highest(resource)) continue;
    findings.add(play::unsafe(kNoLateWrite, rest.world.now_ns,
                              "the store knows another token than the highest that wrote",
                              {{"resource", resource},
                               {"kept", std::to_string(token)},
                               {"highest", std::to_string(seen.highest(resource))}}));
  }
}

void check_waits(const RestRows& rest, Findings& findings) {
  if (rest.book() == nullptr || !rest.world.undisturbed_at({})) return;
  const play::Scenario& scenario = rest.world.scenario();
  const Duration most = kWaitedFor + kTheWork;
  for (const Asked& asked : rest.book()->asked) {
    const play::Evidence evidence{{"guest", guest_text(scenario, asked.request.user)},
                                  {"venue", venue_text(scenario, asked.request.venue)},
                                  {"asked", play::when(asked.asked_ns)}};
    const std::int64_t ended_ns = asked.ended_ns == 0 ? rest.world.now_ns : asked.ended_ns;
    const std::int64_t took = ended_ns - asked.asked_ns;
    if (took > most.ns) {
      auto all = evidence;
      all.emplace_back("waited", play::how_long(took));
      findings.add(
          play::not_live(kWaitsEnd, asked.asked_ns + took, "a guest waited longer than for any lock", all),
          took);
    }
    if (asked.answered_ns && asked.reply.status == api::BookStatus::busy)
      findings.add(play::not_live(kWaitsEnd, *asked.answered_ns,
                                  "a guest was put off by a lock under which nobody worked", evidence));
    if (asked.gave_up)
      findings.add(
          play::not_live(kWaitsEnd, asked.asked_ns, "a guest was put off until he gave up", evidence));
  }
}

}  // namespace

void watch_no_late_write(const play::Watching& parts) {
  const auto monitor = std::make_shared<NoLateWrite>(parts.scenario);
  parts.monitors.add<api::facts::VenueBooked>(monitor);
  parts.audit.add<RestRows>(kNoLateWrite, {"booking"}, [monitor](const RestRows& rest, Findings& findings) {
    check_tokens(*monitor, rest, findings);
  });
}

void watch_waits_end(const play::Watching& parts) {
  parts.audit.add<RestRows>(kWaitsEnd, {"booking"}, &check_waits);
}

}  // namespace ordeal::booking
