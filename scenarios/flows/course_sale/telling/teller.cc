#include <string>
#include <utility>

#include "core/api/seckill.h"
#include "scenarios/flows/course_sale/parts.h"
#include "scenarios/flows/course_sale/telling/telling.h"
#include "scenarios/play/actor.h"

namespace ordeal::course_sale {
namespace {

namespace facts = seckill::facts;

class SaleTeller final : public play::Teller {
 public:
  SaleTeller(const play::Scenario& scenario, sim::Simulation& simulation) : sim_(simulation) {
    const auto& courses = scenario.setting<SaleSetting>().sale.courses;
    for (std::size_t i = 0; i < courses.size(); ++i) sim_.tale().call(course_id(i).text(), courses[i].name);
    sim_.tale().call(kActivity.text(), "the sale");
    for (const play::Actor& actor : play::all_actors(scenario)) {
      const play::Crowd crowd(scenario, actor.workload, {}, {});
      sim_.tale().call(UserId{crowd.id_of(actor)}.text(), play::actor_name(scenario, actor));
    }
  }

  void on_fact(const sim::Fact& fact) override {
    if (const auto* f = fact.body.get_if<facts::ActivityPublished>())
      tell(fact, {f->activity.text()}, f->activity.text() + " is published");
    if (const auto* f = fact.body.get_if<facts::ActivityWarmed>())
      tell(fact, {f->activity.text()}, "the counts of " + f->activity.text() + " stand in the cache");
    if (const auto* f = fact.body.get_if<facts::SeatWon>())
      tell(fact, {f->grab.text(), f->user.text(), f->course.text()},
           f->grab.text() + " is won: " + f->course.text());
    if (const auto* f = fact.body.get_if<facts::SeatConfirmed>())
      tell(fact, {f->grab.text()}, f->grab.text() + " is confirmed");
    if (const auto* f = fact.body.get_if<facts::SeatPaid>())
      tell(fact, {f->grab.text(), f->user.text()}, f->grab.text() + " is paid");
    if (const auto* f = fact.body.get_if<facts::SeatGivenBack>())
      tell(fact, {f->grab.text(), f->course.text(), f->user.text()},
           f->grab.text() + (f->state == seckill::SeatState::lapsed ? " lapses" : " is closed") +
               ": one of " + f->course.text() + " is there again");
    if (const auto* f = fact.body.get_if<facts::CourseGiven>())
      tell(fact, {f->grab.text(), f->user.text()},
           f->user.text() + " gets " + f->course.text() + " for " + f->grab.text());
  }

 private:
  void tell(const sim::Fact& fact, std::vector<std::string> about, std::string text) {
    sim::Told line;
    line.about = std::move(about);
    line.text = std::move(text);
    sim_.tell(fact, std::move(line));
  }

  sim::Simulation& sim_;
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<SaleTeller>(scenario, simulation);
}

std::vector<play::WordRow> word_rows() {
  return {
      {"seckill.grab", "asking for a seat"},
      {"seckill.publish", "publishing the sale"},
      {"seckill.page", "opening the confirm page"},
      {"seckill.confirm", "confirming the seat"},
      {"seckill.pay", "paying for the seat"},
      {"seckill.win", "writing the seat"},
      {"seckill.warm", "noting that the counts are in the cache"},
      {"seckill.paid", "noting that the seat is paid"},
      {"seckill.give_back", "giving the unit back"},
      {"seckill.close", "closing the seat"},
      {"seckill.tell", "telling the classroom"},
      {"classroom.on_course_paid", "telling the classroom"},
      {"classroom.enter", "giving the course"},
      {"till: takes half a minute", "takes half a minute"},
      {"till: done, and no answer", "takes the money and does not say so"},
      {"nonsense: asks for no course", "asks for a course that is not there"},
      {"nonsense: has no number", "asks without a number"},
      {"nonsense: opens another's page", "opens another's page"},
      {"nonsense: confirms another's seat", "confirms another's seat"},
      {"nonsense: confirms at its own price", "confirms at a price of its own"},
  };
}

std::vector<play::BreachRow> breach_rows() {
  return {
      {"a user has two seats of one activity", "{user} has {has} and now {got} too: one each was the rule"},
      {"more seats of a course are held than there are",
       "{held and sold} seats of {course} are held and sold, and there are {seats}"},
      {"the unit of a seat came back twice", "one of {course} came back a second time for {seat}"},
      {"a seat was won outside the hours of its sale", "{seat} was won outside the hours of its sale"},
      {"a paid seat became two rights", "{user} got {course} a second time for {seat}"},
      {"a course was given for a seat that is not paid", "{user} got {course} for {seat}, which is not paid"},
      {"a right does not fit a paid seat", "{user} has {course} for {seat}, and nobody paid that"},
      {"a seat is held for ever: it has no deadline",
       "{seat} is still {state}: it has no deadline, and nobody else will ever get it"},
      {"a seat is held beyond its deadline", "{seat} is still {state}, and nobody is waiting for it"},
      {"a published activity never got into the cache",
       "{activity} is published, its counts are in no cache, and nobody is at it"},
      {"a paid seat never became a right", "{user} has paid {seat} and never gets {course}"},
      {"somebody was told sold out while seats were there",
       "{user} is told that {course} is sold out, and it is not"},
      {"permits are out, and nobody holds them",
       "nobody is inside, and {turned away} of {permits} who ask are told that all permits are out"},
  };
}

}  // namespace ordeal::course_sale
