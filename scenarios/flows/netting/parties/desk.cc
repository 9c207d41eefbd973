#include "scenarios/flows/netting/parties/desk.h"

namespace ordeal::netting {
namespace {

using namespace ordeal::literals;
using sim::lane;

enum Way : std::size_t { usual, slow, silent, closed };

// Longer than the house waits.
constexpr Duration kTooLong = 25_s;

}  // namespace

DeskParty::DeskParty(sim::Process& process, play::World& world, const DeskSpec& spec)
    : process_(process),
      world_(world),
      sim_(process.simulation()),
      spec_(spec),
      book_(world.books<DeskBook>()) {}

void DeskParty::start() {
  process_.env().http.serve("/position", [this](const std::string& body) { return position(body); });
}

env::HttpResponse DeskParty::position(const std::string& body) {
  const auto read = env::Message::from_json(api::PositionAdvice::type(), body);
  if (!read) return {400, read.error()};
  const auto& advice = read->as<api::PositionAdvice>();
  const sim::Key luck = sim_.choices().next(sim::site_of(sim_.cause(), "the position"));
  std::size_t way = sim_.fork(process_.host(), kDeskFork, kDeskWays);
  if (way == usual && sim_.choices().chance(luck, lane("slow"), spec_.slow)) way = slow;
  if (way == usual && sim_.choices().chance(luck, lane("silent"), spec_.silent)) way = silent;
  if (way == closed) {
    sim_.mark("a bank's desk was closed");
    return {503, "closed"};
  }
  const DeskBook::Note note{advice, sim_.now_ns()};
  book_.all.push_back(note);
  if (advice.settled) book_.settled[{advice.cycle, advice.bank}] = note;
  if (way == usual) return {200, "noted"};
  sim_.mark(way == slow ? "a bank answered too late" : "a bank took note in silence");
  sim_.tell(process_.host().id(), [&] {
    const std::string& name = process_.host().name();
    return sim::Told{
        .about = {advice.cycle.text(), name},
        .text = name + " takes its time to answer about " + cycle_text(world_.scenario(), advice.cycle)};
  });
  process_.env().tasks.sleep(kTooLong);
  return way == slow ? env::HttpResponse{200, "noted"} : env::HttpResponse{503, "try again"};
}

void DeskBook::add_to(Digest& digest) const {
  for (const Note& note : all) digest.add(api::PositionAdvice::type().digest(&note.advice));
}

}  // namespace ordeal::netting
