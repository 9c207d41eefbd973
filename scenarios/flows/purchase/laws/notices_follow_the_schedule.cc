// I-87: a notice is sent as often as its schedule says and no oftener, and nobody gives up before the schedule is over.
//
// The schedule is the requirement's: at once, after 30, 60, 90, 120 and 150 s (F-71), then the long tail, eleven sends in
// all. Whoever died between a send and its note sends once more, so only on a day without faults are sends counted; that a
// notice which was not understood is given up only after all tries shows in its row on any day.
#include <algorithm>
#include <map>

#include "core/notification/service.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

constexpr std::int64_t kSends = 11;
constexpr Duration kPassBehind{60'000'000'000};
static_assert(notification::kGaps.size() + 1 == kSends);

void check_given_up(const RestRows& rest, Findings& findings) {
  for (const RestNotice& notice : rest.notices) {
    const bool given_up = !notice.sent && !notice.scheduled;
    if (notice.tries > kSends || (given_up && notice.tries < kSends)) {
      findings.add(not_live(kNoticesFollowTheSchedule, rest.world.now_ns,
                            "a notice was given up before its schedule was over, or tried after it",
                            rest.about(notice.order) + Evidence{{"tries", std::to_string(notice.tries)},
                                                                {"schedule", std::to_string(kSends)}}));
    }
  }
}

// Sends of one notice: not more than the schedule has, and not closer than its gaps.
void check_sends(const RestRows& rest, Findings& findings) {
  if (!rest.world.calm || rest.world.scenario().instances_of("notification") != 1) return;
  struct Sends {
    std::int64_t count = 0;
    std::int64_t last_ns = 0;
  };
  std::map<std::pair<OrderId, std::int64_t>, Sends> all;
  for (const model::Notice& notice : rest.books().diary.notices) {
    Sends& sends = all[{notice.body.order, notice.body.version}];
    const auto nth = static_cast<std::size_t>(sends.count);
    const bool too_many = sends.count >= kSends;
    // Five seconds is the deadline of a send, from whose end a gap is counted.
    const bool too_soon =
        sends.count > 0 && !too_many && notice.at_ns - sends.last_ns < notification::kGaps[nth - 1].ns;
    if (too_many || too_soon)
      findings.add(unsafe(
          kNoticesFollowTheSchedule, notice.at_ns,
          "a merchant was sent a notice oftener than the schedule says",
          rest.about(notice.body.order) + Evidence{{"merchant", notice.merchant},
                                                   {"send", std::to_string(sends.count + 1)},
                                                   {"after", how_long(notice.at_ns - sends.last_ns)}}));
    ++sends.count;
    sends.last_ns = notice.at_ns;
  }
}

// Behind others that fail a notice waits for a pause of half a minute for every few of them, and for their deadlines.
void check_late(const RestRows& rest, Findings& findings) {
  if (!machines_were_sound(rest.world)) return;
  std::map<std::pair<OrderId, std::int64_t>, std::pair<std::size_t, std::int64_t>>
      sends;  // how many, and the last
  const std::int64_t few = rest.world.knobs.number("notification.failures", 3);
  const std::int64_t in_the_way = static_cast<std::int64_t>(rest.notices.size()) / few + 1;
  for (const model::Notice& notice : rest.books().diary.notices) {
    auto& [count, last_ns] = sends[{notice.body.order, notice.body.version}];
    if (count > 0 && count < kSends) {
      const Duration bound = notification::kGaps[count - 1] + kPassBehind * in_the_way;
      if (notice.at_ns - last_ns > bound.ns)
        findings.add(not_live(
            kNoticesFollowTheSchedule, notice.at_ns, "a merchant was told again later than the schedule says",
            rest.about(notice.body.order) + Evidence{{"merchant", notice.merchant},
                                                     {"send", std::to_string(count + 1)},
                                                     {"after", how_long(notice.at_ns - last_ns)},
                                                     {"bound", how_long(bound.ns)}}));
    }
    ++count;
    last_ns = notice.at_ns;
  }
}

}  // namespace

void watch_notices_follow_the_schedule(const play::Watching& parts) {
  parts.audit.add<RestRows>(kNoticesFollowTheSchedule, {"order", "notification"},
                            [](const RestRows& rest, Findings& findings) {
                              check_given_up(rest, findings);
                              check_sends(rest, findings);
                              check_late(rest, findings);
                            });
}

}  // namespace ordeal::purchase
