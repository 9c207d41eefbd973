#include "scenarios/cli/describe/description.h"

#include <array>

#include "core/reconciliation/formats.h"
#include "scenarios/cli/show/kinds.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

constexpr std::array kMeanings{
    ExitMeaning{"0", "ok", "Everything held."},
    ExitMeaning{"1", "safety", "An invariant was broken."},
    ExitMeaning{"2", "liveness", "Something never came to an end."},
    ExitMeaning{"3", "nondeterminism", "One seed had two results."},
    ExitMeaning{"4", "inconclusive", "Something could not be judged."},
    ExitMeaning{"5", "nothing ran", "No trial was played."},
    ExitMeaning{"6", "an expectation was not met",
                "What was expected was not found, or something else was; two books differ."},
    ExitMeaning{"7", "a learner's code broke",
                "What somebody plugged in does not compile, crashes, asks the system for what no design "
                "needs, or never ends."},
    ExitMeaning{"8", "parts that are missing or disagree",
                "Parts of a hunt contradict each other, do not belong together, or are missing."},
    ExitMeaning{"64", "usage", "The command line was wrong."},
    ExitMeaning{"65", "bad data", "A scenario, a plan, a repro or a bill has a mistake in it."},
    ExitMeaning{"66", "not found", "A file, a directory or a name is not there."},
    ExitMeaning{"70", "our bug", "Ordeal has a bug."},
    ExitMeaning{"74", "I/O", "Something could not be read or written."},
    ExitMeaning{"75", "try again later", "The system had no room, or somebody ended a part of the work."},
    ExitMeaning{"130/143", "interrupted", "Partial results are saved."},
};

std::vector<std::string> names_of_kind(std::string_view kind, const Repertoire& repertoire) {
  std::vector<std::string> names;
  try {
    for (const Row& row : kind_named(kind).rows({repertoire, ""})) names.push_back(row.name);
  } catch (const play::BadInput&) {
    // No scenario is where the repertoire has them: then none is proposed.
  }
  return names;
}

std::vector<std::string> ids_of_laws(const Repertoire& repertoire) {
  std::vector<std::string> ids;
  for (const play::LawRow* law : repertoire.flows.laws())
    ids.emplace_back(law->name.substr(0, law->name.find(' ')));
  return ids;
}

std::vector<std::string> choices_of_designs(const Repertoire& repertoire) {
  std::vector<std::string> choices;
  for (const play::SeamRow* seam : repertoire.flows.seams()) {
    for (const std::string_view design : seam->designs())
      choices.push_back(std::string(seam->name) + "=" + std::string(design));
  }
  return choices;
}

// Seams that have a choice, and where it can be played.
std::vector<std::string> questions(const Repertoire& repertoire) {
  std::vector<std::string> names;
  for (const play::SeamRow* seam : repertoire.flows.seams()) {
    if (seam->designs().size() > 1) names.emplace_back(seam->name);
  }
  for (std::string& scenario : names_of_kind("scenarios", repertoire)) names.push_back(std::move(scenario));
  return names;
}

std::vector<std::string> names_of_kinds(std::string_view verb) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) names.emplace_back(verb == "list" ? kind.plural : kind.singular);
  return names;
}

std::vector<std::string> covered_items(const Repertoire& repertoire) {
  std::vector<std::string> ids;
  if (const auto* asked = play::asked_for(repertoire.flows)) {
    for (const play::CoverTable& table : asked->tables)
      for (const play::CoverItem& item : table.items) ids.emplace_back(item.id);
  }
  return ids;
}

std::vector<std::string> cover_tables(const Repertoire& repertoire) {
  std::vector<std::string> names;
  if (const auto* asked = play::asked_for(repertoire.flows)) {
    for (const play::CoverTable& table : asked->tables) names.emplace_back(table.name);
  }
  return names;
}

std::vector<std::string> bill_formats() {
  std::vector<std::string> names;
  for (const reconciliation::Format& format : reconciliation::formats()) names.emplace_back(format.name);
  return names;
}

std::vector<std::string> cover_states() {
  std::vector<std::string> names;
  for (const play::CoverState state : play::kCoverStates) names.emplace_back(name_of(state));
  return names;
}

}  // namespace

std::vector<DescribedVerb> described_verbs(const Repertoire& repertoire) {
  std::vector<DescribedVerb> out;
  for (const Verb& verb : verbs()) {
    CommandLine command_line("ordeal " + std::string(verb.name), std::string(verb.summary));
    const Action action = verb.declare(command_line, repertoire);  // has the values that flags would go to
    out.push_back({std::string(verb.name), std::string(verb.summary), command_line.described()});
  }
  return out;
}

Values values_of(std::string_view type, std::string_view verb, const Repertoire& repertoire) {
  if (type == "DIR") return {.words = {}, .files = false, .directories = true};
  if (type == "FILE") return {.words = {}, .files = true, .directories = false};
  if (type == "SCENARIO") return {.words = names_of_kind("scenarios", repertoire), .files = true};
  if (type == "QUESTION") return {.words = questions(repertoire), .files = true};
  if (type == "FAULTS") return {.words = {"none", "swarm", "slight"}};
  if (type == "WHAT") return {.words = {"latest", "last-failed"}, .files = true};
  if (type == "PLAN") return {.words = {"none", "swarm", "slight"}, .files = true};
  if (type == "F-nn") return {.words = names_of_kind("flaws", repertoire)};
  if (type == "INVARIANT") return {.words = ids_of_laws(repertoire)};
  if (type == "SEAM=DESIGN") return {.words = choices_of_designs(repertoire)};
  if (type == "KIND") return {.words = names_of_kinds(verb)};
  if (type == "TABLE") return {.words = cover_tables(repertoire)};
  if (type == "ITEM") return {.words = covered_items(repertoire)};
  if (type == "STATE") return {.words = cover_states()};
  if (type == "ORDER") return {.words = {"fifo", "permuted", "pct", "mixed"}};
  if (type == "WHEN") return {.words = {"auto", "always", "never"}};
  if (type == "WHERE") return {.words = {"auto", "github", "none"}};
  if (type == "MODE") return {.words = {"wal", "delete", "truncate", "persist", "own", "all"}};
  if (type == "FORMAT") return {.words = bill_formats()};
  if (type == "HOW") return {.words = {"open", "done"}};
  if (type == "SHELL") return {.words = {"bash", "zsh", "fish"}};
  if (type == "1|2") return {.words = {"1", "2"}};
  return {};
}

std::span<const ExitMeaning> exit_meanings() { return kMeanings; }

}  // namespace ordeal::cli
