#include "scenarios/flows/course_sale/flow.h"

#include "core/limits/scripts.h"
#include "core/seckill/scripts.h"
#include "scenarios/flows/course_sale/flaws/flaws.h"
#include "scenarios/flows/course_sale/laws/laws.h"
#include "scenarios/flows/course_sale/parties.h"
#include "scenarios/flows/course_sale/parts.h"
#include "scenarios/flows/course_sale/seams.h"
#include "scenarios/flows/course_sale/telling/telling.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"

namespace ordeal::course_sale {
namespace {

namespace facts = seckill::facts;
using play::Starting;

void seed_sale(env::Tx& tx, const play::Scenario& scenario) {
  const Sale& sale = scenario.setting<SaleSetting>().sale;
  seckill::put_activity(tx, {kActivity, 0, false, opens_at(scenario), ends_at(scenario), 0});
  for (std::size_t i = 0; i < sale.courses.size(); ++i)
    seckill::put_course(tx, kActivity, {course_id(i), sale.courses[i].price, sale.courses[i].seats, 0});
}

void start_seckill(const Starting& in) {
  const auto own = [&](const auto& seam) -> auto& { return in.process.own(in.designer.make(seam)); };
  const seckill::Designs designs{own(seat_limit()), own(winner_terms()), own(publishing()), own(sold_out()),
                                 own(permits()),    own(closer()),       own(announcer())};
  const Sale& sale = in.scenario.setting<SaleSetting>().sale;
  seckill::Config config;
  config.confirm_within = sale.confirm_within;
  config.pay_within = sale.pay_within;
  config.permits = sale.permits;
  config.lease = sale.lease;
  config.rate.rate = sale.rate;
  const auto tills = in.scenario.parties_of<TillSpec>();
  if (!tills.empty()) config.till_url = "https://" + tills.front()->name;
  in.process.make<seckill::Service>(in.env, *in.database, designs, std::move(config)).start();
}

void start_classroom(const Starting& in) {
  auto& kept = in.process.own(in.designer.make(roll()));
  in.process.make<classroom::Service>(in.env, *in.database, kept).start(seckill::kPaidTopic);
}

template <seckill::SeatState State>
bool given_back(const env::Message& fact) {
  return fact.as<facts::SeatGivenBack>().state == State;
}

std::vector<play::MachineRow> machine_rows() {
  static constexpr auto kStates = names_of(seckill::SeatState{});
  using seckill::SeatState;
  return {
      {"seat",
       "a seat that somebody won",
       "seckill",
       kStates,
       {{"", "WON", "winning", &facts::SeatWon::type},
        {"WON", "UNPAID", "the winner", &facts::SeatConfirmed::type},
        {"UNPAID", "PAID", "the till", &facts::SeatPaid::type},
        {"WON", "LAPSED", "its deadline", &facts::SeatGivenBack::type, given_back<SeatState::lapsed>},
        {"UNPAID", "CLOSED", "its deadline", &facts::SeatGivenBack::type, given_back<SeatState::closed>}}}};
}

std::vector<play::MarkRow> mark_rows() {
  using enum play::MarkGrade;
  return {
      {"all seats are gone", "Somebody came for a seat and the database had none.", must},
      {"a flag said that all is gone", "A node knew that a course was sold out."},
      {"a winner left", "A winner never confirmed.", must},
      {"left without paying for the seat", "A learner confirmed and never paid."},
      {"asked on two devices", "A learner asked for a seat twice at once.", must},
      {"a second device was turned away", "A learner asked for a second seat and got none."},
      {"came too early", "A learner asked before the sale was open.", must},
      {"a learner asked again", "A learner got no answer, or none that ended it.", must},
      {"nonsense said to the sale", "A learner asked for what no seat can be made of."},
      {"published once more", "The office published the same sale again."},
      {"no permit was free", "A grab was turned away because others were being looked at."},
      {"too many in a second", "A grab was turned away by the rate."},
      {"the sale's cache was silent", "The cache did not answer the sale, or not in time."},
      {"the sale's count is not there", "The cache had no count of a course."},
      {"the sale's count said more than there was",
       "The cache let somebody through for whom there was no seat."},
      {"the count said none, and there were", "The cache had counted more than was sold."},
      {"news of a unit that came back were lost", "Other nodes were not told that a unit is there again."},
      {"a submit token was not good", "A confirm came with a token that was spent or lost."},
      {"a seat's close message was not sent", "Only the scan behind closes that seat."},
      {"a seat had moved before it was closed", "Whoever closes was second."},
      {"a seat was paid already", "The till said paid twice."},
      {"closed at the till when it was paid", "A seat's time was over, and the till had its money.", must},
      {"the till was slow", "A charge took long."},
      {"the till declined", "A charge was declined."},
      {"the broker asked about a paid seat", "A half message was left undecided, and looked up."},
      {"no half message could be prepared", "The broker took no half message: the scan tells of the seat."},
      {"a course was given already", "The classroom heard of a paid seat again."},
  };
}

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "course_sale";
    f.summary = "a flash sale: a seat won, confirmed, paid and given, or given back in time";
    f.services = {
        {"seckill",
         "sells seats of courses to whoever is first",
         {"classroom"},
         [](const play::Designer& designer) { return designer.make(seat_limit())->schema(); },
         seed_sale,
         start_seckill},
        {"classroom",
         "knows who has which course",
         {},
         [](const play::Designer& designer) { return designer.make(roll())->schema(); },
         nullptr,
         start_classroom},
    };
    f.seams = seam_rows();
    f.flaws = flaw_rows();
    f.settings = {{{"sale", "the flash sale: its hours, its limits, its courses", &sale_shape(), nullptr}}};
    f.parties = party_rows();
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {
        {"seats_won", "seats that were won", &facts::SeatWon::type},
        {"seats_confirmed", "winners who confirmed", &facts::SeatConfirmed::type},
        {"seats_paid", "seats that were paid", &facts::SeatPaid::type},
        {"seats_given_back", "seats that were not confirmed or paid in time", &facts::SeatGivenBack::type},
        {"courses_given", "rights to courses", &facts::CourseGiven::type}};
    f.machines = machine_rows();
    f.columns = column_rows();
    f.points = {
        {"seckill: a unit is not counted back",
         "A unit came back to the database, and neither the cache nor other nodes hear of it.", "seckill"},
        {"seckill: a half message is left to the broker",
         "How the local transaction ended is not told to the broker, which has to ask.", "seckill"},
    };
    f.marks = mark_rows();
    f.scripts = limits::all_scripts();
    for (const env::CacheScript& script : seckill::all_scripts()) f.scripts.push_back(script);
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    f.covers = cover_rows();
    f.teller = make_teller;
    return f;
  }();
  return flow;
}

}  // namespace ordeal::course_sale
