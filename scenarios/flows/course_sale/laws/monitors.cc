// What must hold at every fact of a flash sale.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/seckill/sold_out.h"
#include "core/wire/names.h"
#include "scenarios/flows/course_sale/books.h"
#include "scenarios/flows/course_sale/laws/laws.h"
#include "scenarios/flows/course_sale/parts.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::course_sale {
namespace {

namespace facts = seckill::facts;
using play::Findings;
using seckill::ActivityId;
using seckill::CourseId;
using seckill::GrabId;
using sim::Fact;

// I-10: of no course are more seats held and sold than there are.
class WithinStock {
 public:
  explicit WithinStock(const play::Scenario& scenario)
      : courses_(scenario.setting<SaleSetting>().sale.courses) {}

  void on(const facts::SeatWon& won, const Fact& fact, Findings& findings) {
    const auto index = static_cast<std::size_t>(won.course.value - 1);
    const std::int64_t seats = index < courses_.size() ? courses_[index].seats : 0;
    if (++out_[won.course] <= seats) return;
    findings.add(play::unsafe(kSeatsWithinStock, fact.at_ns, "more seats of a course are held than there are",
                              {{"course", won.course.text()},
                               {"won by", won.grab.text()},
                               {"held and sold", std::to_string(out_[won.course])},
                               {"seats", std::to_string(seats)}}),
                 out_[won.course] - seats);
  }
  void on(const facts::SeatGivenBack& back, const Fact&, Findings&) { --out_[back.course]; }

 private:
  const std::vector<CourseSpec>& courses_;
  std::map<CourseId, std::int64_t> out_;
};

// I-14: the unit of a seat comes back once.
class BackOnce {
 public:
  void on(const facts::SeatGivenBack& back, const Fact& fact, Findings& findings) {
    if (back_.insert(back.grab).second) return;
    findings.add(play::unsafe(
        kUnitBackOnce, fact.at_ns, "the unit of a seat came back twice",
        {{"seat", back.grab.text()}, {"course", back.course.text()}, {"user", back.user.text()}}));
  }

 private:
  std::set<GrabId> back_;
};

// I-27: a user has one seat of an activity.
class OneSeat {
 public:
  void on(const facts::SeatWon& won, const Fact& fact, Findings& findings) {
    GrabId& has = seats_[{won.activity, won.user}];
    if (!has) return void(has = won.grab);
    findings.add(play::unsafe(kOneSeatPerUser, fact.at_ns, "a user has two seats of one activity",
                              {{"user", won.user.text()}, {"has", has.text()}, {"got", won.grab.text()}}));
  }
  void on(const facts::SeatGivenBack& back, const Fact&, Findings&) {
    GrabId& has = seats_[{back.activity, back.user}];
    if (has == back.grab) has = {};
  }

 private:
  std::map<std::pair<ActivityId, UserId>, GrabId> seats_;
};

// I-29: a seat is won in the hours of its sale, by the clock of the server that judged it.
class InHours {
 public:
  explicit InHours(const play::Scenario& scenario) : opens_(opens_at(scenario)), ends_(ends_at(scenario)) {}

  void on(const facts::SeatWon& won, const Fact& fact, Findings& findings) {
    if (won.judged_at >= opens_ && won.judged_at < ends_) return;
    findings.add(play::unsafe(kSoldInHours, fact.at_ns, "a seat was won outside the hours of its sale",
                              {{"seat", won.grab.text()},
                               {"user", won.user.text()},
                               {"after the opening", play::how_long((won.judged_at - opens_).ns)}}));
  }

 private:
  Instant opens_;
  Instant ends_;
};

// I-43: one right for a seat.
class RightsOnce {
 public:
  void on(const facts::CourseGiven& given, const Fact& fact, Findings& findings) {
    if (given_.insert(given.grab).second) return;
    findings.add(play::unsafe(
        kOneRight, fact.at_ns, "a paid seat became two rights",
        {{"seat", given.grab.text()}, {"user", given.user.text()}, {"course", given.course.text()}}));
  }

 private:
  std::set<GrabId> given_;
};

// I-54: a half message whose transaction did not commit is never delivered: no course without a paid seat, of this user.
class OnlyPaid {
 public:
  void on(const facts::SeatPaid& paid, const Fact&, Findings&) {
    paid_[paid.grab] = {paid.user, paid.course};
  }
  void on(const facts::CourseGiven& given, const Fact& fact, Findings& findings) {
    const auto paid = paid_.find(given.grab);
    if (paid != paid_.end() && paid->second == std::pair(given.user, given.course)) return;
    findings.add(play::unsafe(
        kOnlyPaidIsTold, fact.at_ns, "a course was given for a seat that is not paid",
        {{"seat", given.grab.text()}, {"user", given.user.text()}, {"course", given.course.text()}}));
  }

 private:
  std::map<GrabId, std::pair<UserId, CourseId>> paid_;
};

// I-19: who is told "sold out" was told so because nothing was there, at most a flag's life ago.
class Emptiness {
 public:
  explicit Emptiness(const play::Scenario& scenario) {
    const auto& courses = scenario.setting<SaleSetting>().sale.courses;
    for (std::size_t i = 0; i < courses.size(); ++i) left_[course_id(i)] = courses[i].seats;
  }
  void on(const facts::SeatWon& won, const Fact& fact, Findings&) {
    if (--left_[won.course] == 0) empty_[won.course].push_back({fact.at_ns, INT64_MAX});
  }
  void on(const facts::SeatGivenBack& back, const Fact& fact, Findings&) {
    if (++left_[back.course] == 1 && !empty_[back.course].empty())
      empty_[back.course].back().second = fact.at_ns;
  }
  bool was_empty(CourseId course, std::int64_t from_ns, std::int64_t until_ns) const {
    const auto found = empty_.find(course);
    if (found == empty_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](const auto& span) { return span.first <= until_ns && from_ns <= span.second; });
  }

 private:
  std::map<CourseId, std::int64_t> left_;
  std::map<CourseId, std::vector<std::pair<std::int64_t, std::int64_t>>> empty_;  // true time
};

// A flag lives by a clock that may drift a little.
constexpr std::int64_t kSlackNs = 200'000'000;

void check_sold_out(const Emptiness& emptiness, const play::Rest& rest, Findings& findings) {
  const auto* diary = rest.books_if_any<Diary>();
  if (diary == nullptr) return;
  for (const Heard& heard : diary->heard) {
    if (heard.status != seckill::GrabStatus::sold_out) continue;
    const std::int64_t from = heard.sent_ns - seckill::kFlagLife.ns - kSlackNs;
    if (emptiness.was_empty(heard.course, from, heard.heard_ns)) continue;
    findings.add(play::not_live(
        kSoldOutIsTrue, heard.heard_ns, "somebody was told sold out while seats were there",
        {{"user", heard.user.text()}, {"course", heard.course.text()}, {"at", play::when(heard.heard_ns)}}));
  }
}

}  // namespace

void watch_seats_within_stock(const play::Watching& parts) {
  parts.monitors.add<facts::SeatWon, facts::SeatGivenBack>(std::make_shared<WithinStock>(parts.scenario));
}
void watch_unit_back_once(const play::Watching& parts) {
  parts.monitors.add<facts::SeatGivenBack>(std::make_shared<BackOnce>());
}
void watch_one_seat_per_user(const play::Watching& parts) {
  parts.monitors.add<facts::SeatWon, facts::SeatGivenBack>(std::make_shared<OneSeat>());
}
void watch_sold_in_hours(const play::Watching& parts) {
  parts.monitors.add<facts::SeatWon>(std::make_shared<InHours>(parts.scenario));
}
void watch_one_right(const play::Watching& parts) {
  parts.monitors.add<facts::CourseGiven>(std::make_shared<RightsOnce>());
}
void watch_only_paid_is_told(const play::Watching& parts) {
  parts.monitors.add<facts::SeatPaid, facts::CourseGiven>(std::make_shared<OnlyPaid>());
  watch_rights_fit(parts);
}
void watch_sold_out_is_true(const play::Watching& parts) {
  const auto emptiness = std::make_shared<Emptiness>(parts.scenario);
  parts.monitors.add<facts::SeatWon, facts::SeatGivenBack>(emptiness);
  parts.audit.add(kSoldOutIsTrue, {"seckill"},
                  play::RestAudit::Check([emptiness](const play::Rest& rest, Findings& findings) {
                    check_sold_out(*emptiness, rest, findings);
                  }),
                  nullptr);
}

}  // namespace ordeal::course_sale
