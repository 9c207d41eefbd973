#include "tests/flows/lending/flow.h"

#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"
#include "tests/flows/lending/flaws/flaws.h"
#include "tests/flows/lending/laws.h"
#include "tests/flows/lending/library/service.h"
#include "tests/flows/lending/measures.h"
#include "tests/flows/lending/parties.h"
#include "tests/flows/lending/parts.h"
#include "tests/flows/lending/seams.h"
#include "tests/flows/lending/telling.h"

namespace ordeal::lending {
namespace {

using play::Starting;

void fill_stand(env::Tx& tx, const play::Scenario& scenario) {
  const std::int64_t umbrellas = scenario.setting<StandSetting>().stand.umbrellas;
  for (std::int64_t i = 1; i <= umbrellas; ++i) put_umbrella(tx, UmbrellaId{i});
}

void start_library(const Starting& in) {
  Config config;
  config.loan = in.scenario.setting<StandSetting>().stand.loan;
  config.weather_deadline = in.knobs.duration("library.weather_deadline", config.weather_deadline);
  const auto weather = in.scenario.parties_of<WeatherSpec>();
  if (!weather.empty()) config.weather_url = "https://" + weather.front()->name + "/now";
  auto& way = in.process.own(in.designer.make(hand_out()));
  in.process.make<Library>(in.env, *in.database, way, std::move(config)).start();
}

void start_counter(const Starting& in) { in.process.make<Counter>(in.env).start(); }

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "lending";
    f.summary = "an umbrella's way: lent, given back or written off";
    f.services = {
        {"counter", "what borrowers talk to", {"library"}, nullptr, nullptr, start_counter},
        {"library",
         "lends umbrellas and sees each loan end",
         {},
         [](const play::Designer&) { return std::string_view(kSchema); },
         fill_stand,
         start_library},
    };
    f.seams = {&hand_out()};
    f.flaws = flaw_rows();
    f.settings = {{{"stand", "what there is to lend", &stand_shape(), nullptr}}};
    f.parties = party_rows();
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {{"loans", "umbrellas that were lent", &facts::UmbrellaLent::type},
                {"given_back", "umbrellas that came back", &facts::UmbrellaBack::type},
                {"written_off", "loans that were not back in time", &facts::UmbrellaLost::type},
                {"rain_said", "times that the weather said it rains", &RainSaid::type}};
    static constexpr auto kStates = names_of(LoanState{});
    f.machines = {{"loan",
                   "an umbrella that somebody has",
                   "library",
                   kStates,
                   {{"", "OUT", "", &facts::UmbrellaLent::type},
                    {"OUT or LOST", "BACK", "who borrowed", &facts::UmbrellaBack::type},
                    {"OUT", "LOST", "the library", &facts::UmbrellaLost::type}}}};
    f.points = {
        {"library: the stand is busy", "The library does not look and answers that it is busy.", "library"}};
    f.marks = {{"stand was empty", "Somebody came for an umbrella and there was none."},
               {"umbrella forgotten", "A borrower did not bring it back."},
               {"umbrella found again", "It came back after it had been written off."},
               {"umbrella given back twice", "The news that it is back came twice."},
               {"loan was looked after by another", "A due loan had moved before it could be written."}};
    f.measures = measure_rows();
    f.comparisons = {{{}, "rainy_day", 200}};
    f.words = word_rows();
    f.breaches = breach_rows();
    f.teller = make_teller;
    f.answers = {play::Answer::of(picturing())};
    f.knobs = {{"library.weather_deadline",
                {"100ms", "5s"},
                "how long the library waits for the weather",
                "library"}};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::lending
