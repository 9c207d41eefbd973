#include "tests/flows/lending/parties.h"

#include <array>
#include <optional>
#include <string>

#include "core/wire/codec.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"
#include "tests/flows/lending/parts.h"

namespace ordeal {

ORDEAL_CODECS(lending::RainSaid);

namespace lending {
namespace {

using namespace ordeal::literals;
using play::Actor;
using play::Crowd;
using play::Part;
using play::World;
using sim::lane;

constexpr std::string_view kWeatherFork = "weather";
constexpr std::array<std::string_view, 3> kWeatherWays{"as it is", "rain", "no answer"};
constexpr std::string_view kDownpourFork = "downpour";
constexpr std::array<std::string_view, 2> kDownpourWays{"comes in own time", "comes with all others"};

constexpr Duration kPatience = 10_s;  // with one request
constexpr std::array<Duration, 6> kAgain{1_s, 3_s, 10_s, 60_s, 5_min, 15_min};
constexpr Duration kDownpour = 200_ms;

// Parts of a visit that a trial may do without, in the order of the workload's row.
enum class Omitted : std::uint32_t { second_click, forgetting, asking_again };

class Weather {
 public:
  Weather(sim::Process& process, const WeatherSpec& spec) : process_(process), spec_(spec) {}

  void start() {
    process_.env().http.serve("/now", [this](const std::string&) { return now(); });
  }

 private:
  env::HttpResponse now() {
    sim::Simulation& sim = process_.simulation();
    const sim::Key key = sim.choices().next(sim::site_of(sim.cause(), "the sky"));
    const std::size_t way = sim.fork(process_.host(), kWeatherFork, kWeatherWays);
    if (way == 2) return {503, "clouded over"};
    if (way != 1 && !sim.choices().chance(key, lane("rain"), spec_.rain)) return {200, "dry"};
    sim.emit(env::Message::of(RainSaid{++times_}), process_.host().id(), sim.cause());
    return {200, "rain"};
  }

  sim::Process& process_;
  const WeatherSpec& spec_;
  std::int64_t times_ = 0;
};

// Comes, borrows one umbrella, keeps it for a while and brings it back, or forgets to.
class Borrower {
 public:
  Borrower(sim::Process& process, const Crowd& crowd, Actor actor, Book& book)
      : process_(process),
        sim_(process.simulation()),
        crowd_(crowd),
        actor_(actor),
        work_(crowd.part().as<BorrowingSpec>()),
        book_(book),
        loan_{crowd.id_of(actor)} {}

  std::string root() const { return crowd_.name_of(actor_) + "/visit"; }

  void visit() {
    const sim::Choices& choices = sim_.choices();
    env::Tasks& tasks = process_.env().tasks;
    const sim::Key habit = sim_.choices().next(sim::site_of(sim_.cause(), "habits"));
    arrive(habit);
    say_comes();
    if (choices.chance(habit, lane("double click"), work_.double_click) && !without(Omitted::second_click))
      tasks.spawn("second click", [this] { ask<BorrowReply>("borrow", Borrow{loan_}, ends); });
    const auto reply = ask<BorrowReply>("borrow", Borrow{loan_}, ends);
    if (!reply || reply->status != BorrowStatus::lent) return;
    tasks.sleep(choices.between(habit, lane("keeps"), work_.keeps_min, work_.keeps_max));
    if (choices.chance(habit, lane("forgets"), work_.forgetful) && !without(Omitted::forgetting)) {
      sim_.mark("umbrella forgotten");
      say(" forgets to bring it back");
      return;
    }
    const auto thanks = ask<GiveBackReply>("give_back", GiveBack{loan_},
                                           [](const GiveBackReply& answer) { return answer.thanks; });
    if (thanks && thanks->thanks) book_.thanked.push_back(loan_);
  }

 private:
  bool without(Omitted part) const { return crowd_.does_without(actor_, static_cast<std::uint32_t>(part)); }

  static bool ends(const BorrowReply& reply) {
    return reply.status == BorrowStatus::lent || reply.status == BorrowStatus::none_left;
  }

  // For stories. The slip is named by who carries it.
  void say_comes() {
    sim_.tell(process_.host().id(), [&] {
      sim_.tale().call(loan_.text(), name() + "'s slip", name());
      return sim::Told{.about = {name()}, .text = name() + " asks for an umbrella"};
    });
  }
  void say(const std::string& what, const std::string& again = {}) {
    sim_.tell(process_.host().id(),
              [&] { return sim::Told{.about = {name()}, .text = name() + what, .again = again}; });
  }
  std::string name() const { return crowd_.name_of(actor_); }

  void arrive(sim::Key habit) {
    const sim::Choices& choices = sim_.choices();
    Duration at = choices.between(habit, lane("arrive"), {}, work_.arrive);
    if (sim_.fork(process_.host(), kDownpourFork, kDownpourWays) == 1) {
      const sim::Key downpour{sim::site_of_path("the downpour"), 0};
      at = choices.between(downpour, lane("when"), {}, work_.arrive) +
           choices.between(habit, lane("in the downpour"), {}, kDownpour);
    }
    process_.env().tasks.sleep(at);
  }

  // Until an answer is final, or it is not worth asking.
  template <class Reply, class Request, class Final>
  std::optional<Reply> ask(std::string_view method, const Request& request, Final final) {
    env::Env& env = process_.env();
    std::optional<Reply> last;
    for (std::size_t i = 0;; ++i) {
      if (auto reply = env.rpc.call<Reply>("counter", method, request, kPatience)) {
        last = *reply;
        if (final(*last)) return last;
      }
      if (i == kAgain.size() || without(Omitted::asking_again)) return last;
      say(" gets no good answer and asks again", "asks again");
      env.tasks.sleep(kAgain[i]);
    }
  }

  sim::Process& process_;
  sim::Simulation& sim_;
  const Crowd& crowd_;
  const Actor actor_;
  const BorrowingSpec& work_;
  Book& book_;
  const LoanId loan_;
};

void start_weather(sim::Process& process, World&, const Part& part) {
  process.make<Weather>(process, part.as<WeatherSpec>()).start();
}

void start_borrowing(sim::Process& process, World& world, const Crowd& crowd) {
  env::Tasks& tasks = process.env().tasks;
  for (const Actor& actor : crowd.actors()) {
    auto& borrower = process.make<Borrower>(process, crowd, actor, world.books<Book>());
    const env::TraceScope scope(tasks, tasks.root(borrower.root()));
    tasks.spawn("visit", [&borrower] { borrower.visit(); });
  }
}

}  // namespace

void Book::add_to(Digest& digest) const {
  for (const LoanId loan : thanked) digest.add(static_cast<std::uint64_t>(loan.value));
}

std::vector<play::PartyRow> party_rows() {
  return {{{"weather", "says whether it rains, to whoever asks", &weather_shape(), nullptr},
           {{kWeatherFork, kWeatherWays}},
           nullptr,
           start_weather}};
}

std::vector<play::WorkloadRow> workload_rows() {
  return {{{"borrowing", "borrowers who come for an umbrella, keep it for a while and bring it back",
            &borrowing_shape(), check_borrowing},
           {{kDownpourFork, kDownpourWays}},
           {{"second_click", "asks once"},
            {"forgetting", "who would forget brings it back"},
            {"asking_again", "takes no answer for an answer"}},
           {"counter", "library"},
           [](const Part& part) { return part.as<BorrowingSpec>().borrowers; },
           [](const Part& part) { return part.as<BorrowingSpec>().arrive; },
           nullptr,
           start_borrowing}};
}

}  // namespace lending
}  // namespace ordeal
