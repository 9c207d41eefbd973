#include "scenarios/flows/course_sale/parties.h"

#include <array>
#include <optional>

#include "scenarios/flows/course_sale/learner.h"

namespace ordeal::course_sale {
namespace {

using namespace ordeal::literals;
using play::Crowd;
using play::Part;
using play::World;
using sim::lane;

constexpr Duration kPatience = 8_s;
constexpr std::array<Duration, 6> kAgain{2_s, 5_s, 15_s, 60_s, 3_min, 10_min};
constexpr Duration kSlow = 25_s;
// After the storm: longer than any lease, so that nobody but the probes holds a permit.
constexpr Duration kQuiet = 30_min;

constexpr std::string_view kTillFork = "till";
constexpr std::array<std::string_view, 3> kTillWays{"as usual", "takes half a minute", "done, and no answer"};

// Publishes the sale, and again the same when nobody answers. Long after the storm it asks for as many seats at once as there are
// permits: the sale is over, so it is refused for that, and for nothing else.
class Office {
 public:
  Office(sim::Process& process, World& world, const OfficeSpec& spec)
      : process_(process), world_(world), spec_(spec), sale_(world.scenario().setting<SaleSetting>().sale) {}

  void start() {
    env::Tasks& tasks = process_.env().tasks;
    const env::TraceScope scope(tasks, tasks.root("office/sale"));
    tasks.spawn("publish", [this] { publish(); });
    for (std::int64_t i = 0; i < sale_.permits; ++i) tasks.spawn("probe", [this, i] { probe(i); });
  }

 private:
  void publish() {
    sim::Simulation& sim = process_.simulation();
    env::Tasks& tasks = process_.env().tasks;
    const sim::Key habit = sim.choices().next(sim::site_of(sim.cause(), "habits"));
    tasks.sleep(spec_.publishes);
    say();
    if (!sim.choices().chance(habit, lane("again"), spec_.again)) return;
    tasks.sleep(sale_.opens - spec_.publishes + sim.choices().between(habit, lane("when"), {}, sale_.lasts));
    sim.mark("published once more");
    say();
  }
  void say() {
    env::Env& env = process_.env();
    for (std::size_t i = 0;; ++i) {
      const auto reply = env.rpc.call<seckill::PublishReply>("seckill", "publish",
                                                             seckill::Publish{kActivity, 1}, kPatience);
      if (reply && reply->status == seckill::PublishStatus::published) return;
      if (i == kAgain.size()) return;
      env.tasks.sleep(kAgain[i]);
    }
  }
  void probe(std::int64_t number) {
    env::Env& env = process_.env();
    env.tasks.sleep(world_.scenario().storm + kQuiet);
    const seckill::Grab request{
        {(std::int64_t{1} << 40) + number}, kActivity, course_id(0), {(std::int64_t{1} << 40) + number}};
    const auto reply = env.rpc.call<seckill::GrabReply>("seckill", "grab", request, kPatience);
    if (reply && reply->status == seckill::GrabStatus::busy) ++world_.books<Diary>().probes_turned_away;
  }

  sim::Process& process_;
  World& world_;
  const OfficeSpec& spec_;
  const Sale& sale_;
};

class TillParty {
 public:
  TillParty(sim::Process& process, const TillSpec& spec, TillBook& book)
      : process_(process), spec_(spec), book_(book) {}

  void start() {
    process_.env().http.serve("/charge", [this](const std::string& body) { return charge(body); });
    process_.env().http.serve("/close", [this](const std::string& body) { return close(body); });
  }

 private:
  env::HttpResponse charge(const std::string& body) {
    const auto asked = env::Message::from_json(seckill::TillRequest::type(), body);
    if (!asked) return {400, asked.error()};
    const auto& request = asked->as<seckill::TillRequest>();
    sim::Simulation& sim = process_.simulation();
    const sim::Key key = sim.choices().next(sim::site_of(sim.cause(), "the till"));
    std::size_t way = sim.fork(process_.host(), kTillFork, kTillWays);
    if (sim.choices().chance(key, lane("slow"), spec_.slow)) way = 1;
    if (book_.closed.contains(request.grab)) return {200, "closed"};
    if (!book_.charged.contains(request.grab)) {
      if (sim.choices().chance(key, lane("declines"), spec_.declines)) return {200, "declined"};
      if (way == 1) {
        sim.mark("the till was slow");
        process_.env().tasks.sleep(kSlow / 2);
        if (book_.closed.contains(request.grab)) return {200, "closed"};
      }
      TillBook::Charge& charge = book_.charged[request.grab];
      if (charge.times == 0) charge = {request.amount, 1};
    }
    if (way == 2) return {503, "out of paper"};
    return {200, "paid"};
  }
  env::HttpResponse close(const std::string& body) {
    const auto asked = env::Message::from_json(seckill::TillRequest::type(), body);
    if (!asked) return {400, asked.error()};
    const seckill::GrabId grab = asked->as<seckill::TillRequest>().grab;
    if (book_.charged.contains(grab)) {
      process_.simulation().mark("closed at the till when it was paid");
      return {200, "paid"};
    }
    book_.closed.insert(grab);
    return {200, "closed"};
  }

  sim::Process& process_;
  const TillSpec& spec_;
  TillBook& book_;
};

void start_office(sim::Process& process, World& world, const Part& part) {
  process.make<Office>(process, world, part.as<OfficeSpec>()).start();
}

void start_till(sim::Process& process, World& world, const Part& part) {
  process.make<TillParty>(process, part.as<TillSpec>(), world.books<TillBook>()).start();
}

void start_rush(sim::Process& process, World& world, const Crowd& crowd) {
  env::Tasks& tasks = process.env().tasks;
  for (const play::Actor& actor : crowd.actors()) {
    auto& learner = process.make<Learner>(process, world, crowd, actor);
    const env::TraceScope scope(tasks, tasks.root(learner.root()));
    tasks.spawn("visit", [&learner] { learner.visit(); });
  }
}

}  // namespace

void Diary::add_to(Digest& digest) const {
  for (const Heard& one : heard) {
    digest.add(static_cast<std::uint64_t>(one.grab.value));
    digest.add(static_cast<std::uint64_t>(one.status));
  }
  for (const auto& [grab, user] : paid) digest.add(static_cast<std::uint64_t>(grab.value));
  digest.add(static_cast<std::uint64_t>(gave_up.size()));
}

void TillBook::add_to(Digest& digest) const {
  for (const auto& [grab, charge] : charged) {
    digest.add(static_cast<std::uint64_t>(grab.value));
    digest.add(static_cast<std::uint64_t>(charge.amount.minor));
  }
  for (const seckill::GrabId grab : closed) digest.add(static_cast<std::uint64_t>(grab.value));
}

std::vector<play::PartyRow> party_rows() {
  return {{{"office", "publishes the sale, and asks once when all is over", &office_shape(), nullptr},
           {},
           nullptr,
           start_office},
          {{"till", "charges a seat under its number, once, or closes that number", &till_shape(), nullptr},
           {{kTillFork, kTillWays}},
           nullptr,
           start_till}};
}

std::vector<play::WorkloadRow> workload_rows() {
  return {{{"rush", "learners who come for a seat each when the sale opens", &rush_shape(), check_rush},
           {{kNonsenseFork, kNonsenseWays}},
           {{"second_device", "asks on one device"},
            {"leaving", "who would leave stays"},
            {"asking_again", "takes no answer for an answer"},
            {"nonsense", "asks sensibly"}},
           {"seckill", "classroom"},
           [](const Part& part) { return part.as<RushSpec>().learners; },
           [](const Part& part) { return part.as<RushSpec>().until; },
           nullptr,
           start_rush}};
}

}  // namespace ordeal::course_sale
