#include "scenarios/flows/placing/flow.h"

#include <string>

#include "core/placing/participant.h"
#include "core/placing/service.h"
#include "scenarios/flows/placing/flaws/flaws.h"
#include "scenarios/flows/placing/laws/laws.h"
#include "scenarios/flows/placing/parties/customer.h"
#include "scenarios/flows/placing/parts.h"
#include "scenarios/flows/placing/seams.h"
#include "scenarios/flows/placing/telling/telling.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/knobs.h"

namespace ordeal::placing {
namespace {

namespace told = api::facts;
using api::BranchState;
using api::PlacedState;
using play::Starting;
using told::DifferenceState;

void open_shop(env::Tx& tx, const play::Scenario& scenario) {
  const auto& things = scenario.setting<StoresSetting>().stores.things;
  for (std::size_t i = 0; i < things.size(); ++i) put_thing(tx, sku_id(i));
  for (const UserId user : members_of(scenario)) put_member(tx, user);
}

void fill_storeroom(env::Tx& tx, const play::Scenario& scenario) {
  const auto& things = scenario.setting<StoresSetting>().stores.things;
  for (std::size_t i = 0; i < things.size(); ++i) put_pool(tx, pool_of(sku_id(i)), things[i].units);
}

void grant_points(env::Tx& tx, const play::Scenario& scenario) {
  const std::int64_t points = scenario.setting<StoresSetting>().stores.points;
  for (const UserId user : members_of(scenario)) put_pool(tx, pool_of(user), points);
}

void start_placing(const Starting& in) {
  auto& way = in.process.own(in.designer.make(consistency()));
  in.process.make<Service>(in.env, *in.database, way).start();
}

void start_participant(const Starting& in, std::string_view name) {
  auto& rules = in.process.own(in.designer.make(fence()));
  in.process.make<Participant>(in.env, *in.database, rules, std::string(name)).start();
}

template <PlacedState State>
bool decided(const env::Message& fact) {
  return fact.as<told::PlacingDecided>().state == State;
}
template <BranchState To>
bool moved(const env::Message& fact) {
  return fact.as<told::BranchMoved>().to == To;
}

template <DifferenceState To>
bool difference(const env::Message& fact) {
  return fact.as<told::DifferenceMoved>().to == To;
}

std::vector<play::MachineRow> machine_rows() {
  static constexpr auto kOrders = names_of(PlacedState{});
  static constexpr auto kBranches = names_of(BranchState{});
  static constexpr auto kDifferences = names_of(DifferenceState{});
  const auto by = &told::BranchMoved::type;
  const auto diff = &told::DifferenceMoved::type;
  return {
      {"placed order",
       "an order over three databases",
       "placing",
       kOrders,
       {{"", "PENDING", "a customer", &told::PlacingBegun::type},
        {"PENDING", "PLACED", "its participants", &told::PlacingDecided::type, decided<PlacedState::placed>},
        {"PENDING", "REJECTED", "a lack, or the time", &told::PlacingDecided::type,
         decided<PlacedState::rejected>}}},
      {"branch",
       "what a participant does for an order",
       "storeroom",
       kBranches,
       {{"", "TRIED", "a try", by, moved<BranchState::tried>},
        {"TRIED", "CONFIRMED", "a confirm", by, moved<BranchState::confirmed>},
        {"TRIED", "CANCELLED", "a cancel", by, moved<BranchState::cancelled>},
        {"", "SUSPENDED", "a cancel without a try", by, moved<BranchState::suspended>},
        {"", "TAKEN", "a wish", by, moved<BranchState::taken>},
        {"", "DENIED", "a wish for more than there is", by, moved<BranchState::denied>},
        {"TAKEN", "RETURNED", "a wish called off", by, moved<BranchState::returned>}}},
      {"difference",
       "what an order and a participant do not agree on",
       "placing",
       kDifferences,
       {{"", "OPEN", "comparing", diff, difference<DifferenceState::open>},
        {"OPEN", "REPAIRED", "a repair", diff, difference<DifferenceState::repaired>},
        {"OPEN", "SUSPENSE", "its tries", diff, difference<DifferenceState::suspense>},
        {"SUSPENSE", "REPAIRED", "a repair"}}}};
}

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "placing";
    f.summary = "an order over three databases: placed with all that it wants, or with nothing";
    const auto schema = [](const play::Designer&) { return std::string_view(kParticipantSchema); };
    f.services = {{"placing",
                   "takes orders, and makes them agree with stock and points",
                   {"storeroom", "loyalty"},
                   [](const play::Designer&) { return std::string_view(kOrderSchema); },
                   open_shop,
                   start_placing},
                  {"storeroom",
                   "keeps the units of things, for orders",
                   {"placing"},
                   schema,
                   fill_storeroom,
                   [](const Starting& in) { start_participant(in, "storeroom"); },
                   false},
                  {"loyalty",
                   "keeps the points of users, for orders",
                   {"placing"},
                   schema,
                   grant_points,
                   [](const Starting& in) { start_participant(in, "loyalty"); },
                   false}};
    f.seams = {&consistency(), &fence()};
    f.flaws = flaw_rows();
    f.settings = {{{"stores", "what can be ordered, and the points of customers", &stores_shape(), nullptr}}};
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = {{"placings_begun", "orders that were written down", &told::PlacingBegun::type},
                {"placings_placed", "orders that were placed", &told::PlacingDecided::type,
                 decided<PlacedState::placed>},
                {"placings_rejected", "orders that were rejected", &told::PlacingDecided::type,
                 decided<PlacedState::rejected>}};
    f.machines = machine_rows();
    f.columns = column_rows();
    f.points = {{"placing: a coordinator forgets who has answered",
                 "The second phase of an order is done once more, as after a crash behind the last answer.",
                 "placing"}};
    f.points.push_back(
        {"placing: orders are compared once more", "What agreed is looked at once more.", "placing"});
    f.points.push_back({"placing: a half message is left to the broker",
                        "How the order ended is not told to the broker, which has to ask.", "placing"});
    f.comparisons = {{{}, "wishes_by_broker", 100}};
    f.marks = mark_rows();
    f.measures = measure_rows();
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    f.covers = cover_rows();
    f.teller = make_teller;
    f.answers = {play::Answer::of(picturing())};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::placing
