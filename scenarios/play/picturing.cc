#include "scenarios/play/picturing.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace ordeal::play {
namespace {

// "PENDING, CLOSED or FAILED" holds "CLOSED".
bool holds(std::string_view states, std::string_view state) {
  for (std::size_t at = states.find(state); at != std::string_view::npos; at = states.find(state, at + 1)) {
    const auto is_of_word = [&](std::size_t i) {
      return i < states.size() && states[i] != ' ' && states[i] != ',';
    };
    if ((at == 0 || !is_of_word(at - 1)) && !is_of_word(at + state.size())) return true;
  }
  return false;
}

bool has_edge(const MachineRow& machine, std::string_view from, std::string_view to) {
  return std::any_of(machine.edges.begin(), machine.edges.end(), [&](const EdgeRow& edge) {
    return edge.to == to && (from.empty() ? edge.from.empty() : holds(edge.from, from));
  });
}

// A move says where its writer saw the thing; here stands where it was.
void judge_moves(const Flows& flows, std::vector<sim::Picture::Move>& moves) {
  std::map<std::pair<std::string, std::string>, std::string> states;
  for (sim::Picture::Move& move : moves) {
    std::string& state = states[{move.kind, move.id}];
    const MachineRow* machine = flows.machine(move.kind);
    if (!move.from.empty() && !state.empty() && move.from != state) {
      move.doubt = "whoever moved it took it to be " + move.from;
    } else if (machine != nullptr && !has_edge(*machine, state, move.to)) {
      move.doubt = "no such transition";
    }
    move.from = state;
    state = move.to;
  }
}

}  // namespace

sim::Picture picture_of(const Flows& flows, const Scenario& scenario, const sim::TrialResult& trial) {
  sim::Picture picture;
  std::vector<std::pair<const Picturing*, std::unique_ptr<Painter>>> painters;
  for (const Flow* flow : flows.all()) {
    const auto* picturing = flow->answer<Picturing>();
    if (picturing != nullptr) painters.emplace_back(picturing, picturing->painter(scenario));
  }
  for (const sim::TraceRecord& record : trial.records) {
    if (record.kind != sim::EventKind::fact) continue;
    const std::size_t space = record.text.find(' ');
    const std::string_view name = std::string_view(record.text).substr(0, space);
    for (const auto& [picturing, painter] : painters) {
      const auto type = std::find_if(picturing->facts.begin(), picturing->facts.end(),
                                     [&](const env::MessageType* one) { return one->name == name; });
      if (type == picturing->facts.end()) continue;
      const auto body = env::Message::from_json(**type, std::string_view(record.text).substr(space + 1));
      if (body.ok()) painter->on_fact({body.value(), record.at_ns, trial.host_names[record.host]}, picture);
    }
  }
  judge_moves(flows, picture.moves);
  return picture;
}

}  // namespace ordeal::play
