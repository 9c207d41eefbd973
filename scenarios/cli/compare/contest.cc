#include "scenarios/cli/compare/contest.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include <nlohmann/json.hpp>

#include "faults/suggest.h"
#include "reports/words.h"
#include "scenarios/cli/command_line.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/devices.h"

namespace ordeal::cli {
namespace {

using play::BadInput;
using play::ExitCode;
using std::string;
using std::string_view;

constexpr std::uint64_t kSeedsElsewhere = 100;
constexpr std::uint64_t kFewestSeeds = 20;
constexpr const char* kHelp = "ordeal compare --help";

// One answer to a question: a design, or a flaw in its place.
struct Answer {
  string name;
  bool is_flaw = false;
};

struct Question {
  const play::SeamRow* seam = nullptr;
  std::vector<Answer> answers;
  bool all = false;  // designs were not named one by one
};

std::vector<string_view> split(string_view text, char at) {
  std::vector<string_view> parts;
  for (;;) {
    const auto end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

string joined(const std::vector<string_view>& words) {
  string out;
  for (const string_view word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

[[noreturn]] void unknown(const CompareFlags& flags, string_view word) {
  const auto seams = play::names_of(flags.repertoire.flows.seams(), &play::SeamRow::name);
  const auto shelf = flags.repertoire.library(flags.scenarios_dir).list();
  std::vector<string_view> known = seams;
  for (const play::ShelfMark& mark : shelf) known.push_back(mark.name);
  string message = "no question and no scenario \"" + string(word) + "\"";
  if (const auto meant = faults::nearest(word, known)) message += "\n  did you mean  " + *meant;
  throw BadInput(ExitCode::not_found, message +
                                          "\n  questions are seams     ordeal list seams"
                                          "\n  they are played in      ordeal list scenarios");
}

Question question_of(const play::SeamRow& seam, string_view chosen, bool all) {
  Question question{&seam, {}};
  const auto designs = seam.designs();
  if (all) {
    question.all = true;
    for (const string_view design : designs) question.answers.push_back({string(design)});
    return question;
  }
  for (const string_view design : split(chosen, ',')) {
    if (std::find(designs.begin(), designs.end(), design) == designs.end()) {
      misused(string(seam.name) + " has no design \"" + string(design) + "\"; it has " + joined(designs),
              faults::nearest(design, designs).value_or(""), kHelp);
    }
    const auto same = [&](const Answer& one) { return one.name == design; };
    if (std::any_of(question.answers.begin(), question.answers.end(), same))
      misused(string(seam.name) + "=" + string(design) + " was given twice", "", kHelp);
    question.answers.push_back({string(design)});
  }
  return question;
}

// A word is a question, several of them ("a*b"), or a scenario.
struct Words {
  std::vector<Question> questions;
  std::vector<string> scenarios;
};

bool is_scenario(const CompareFlags& flags, string_view word) {
  if (word.find('/') != string_view::npos || word.ends_with(".json")) return true;
  const auto shelf = flags.repertoire.library(flags.scenarios_dir).list();
  return std::any_of(shelf.begin(), shelf.end(), [&](const auto& mark) { return mark.name == word; });
}

void take(const CompareFlags& flags, string_view word, Words& words) {
  const auto equals = word.find('=');
  const string_view name = word.substr(0, equals);
  const play::SeamRow* seam = flags.repertoire.flows.seam(name);
  if (seam == nullptr) {
    if (!is_scenario(flags, word)) unknown(flags, name);
    if (std::find(words.scenarios.begin(), words.scenarios.end(), word) != words.scenarios.end())
      misused("the scenario " + string(word) + " was given twice", "", kHelp);
    words.scenarios.emplace_back(word);
    return;
  }
  for (const Question& question : words.questions) {
    if (question.seam == seam) misused("the question " + string(name) + " was put twice", "", kHelp);
  }
  const bool all = equals == string_view::npos;
  words.questions.push_back(question_of(*seam, all ? string_view() : word.substr(equals + 1), all));
}

Words words_of(const CompareFlags& flags) {
  Words words;
  for (const string& word : flags.words) {
    // A path may have any sign in it.
    if (word.find('/') != string::npos) {
      take(flags, word, words);
      continue;
    }
    for (const string_view part : split(word, '*')) take(flags, part, words);
  }
  return words;
}

void plant_flaws(const CompareFlags& flags, Words& words) {
  const play::Flows& flows = flags.repertoire.flows;
  for (const string& text : flags.flaws) {
    const string id = parse_flaw(flows, text);
    const play::SeamRow& seam = flows.flaw(id)->seam;
    const auto asked = std::find_if(words.questions.begin(), words.questions.end(),
                                    [&](const Question& one) { return one.seam == &seam; });
    if (asked == words.questions.end()) {
      misused("--flaw " + id + " takes the place of a design of " + string(seam.name) +
                  ", which is not what is compared",
              "ordeal compare " + string(seam.name) + " --flaw " + id, kHelp);
    }
    const auto same = [&](const Answer& one) { return one.name == id; };
    if (std::none_of(asked->answers.begin(), asked->answers.end(), same))
      asked->answers.push_back({id, true});
  }
}

void expect_something_to_compare(const CompareFlags& flags, const Words& words) {
  for (const Question& question : words.questions) {
    if (question.answers.size() > 1) continue;
    const string name(question.seam->name);
    string message = question.seam->designs().size() == 1 ? name + " has one design, "
                                                          : name + " is asked with one design, ";
    message += question.answers.front().name + ": there is nothing to compare";
    for (const play::FlawRow* flaw : flags.repertoire.flows.flaws()) {
      if (&flaw->seam != question.seam) continue;
      misused(message, "ordeal compare " + name + " --flaw " + string(flaw->id) + ", a planted bug beside it",
              kHelp);
    }
    misused(message, "", kHelp);
  }
  if (words.questions.empty() && words.scenarios.size() < 2)
    misused("compare needs a question, or several scenarios of one workload; a question is a seam",
            "ordeal list seams", kHelp);
}

std::map<string, string> fixed_designs(const CompareFlags& flags, const Words& words) {
  std::map<string, string> fixed;
  for (const string& text : flags.designs) {
    const auto [seam, design] = parse_design(flags.repertoire.flows, text);
    for (const Question& question : words.questions) {
      if (question.seam->name != seam) continue;
      misused("--design " + text + " would answer the question itself", seam + "=" + design + ",…", kHelp);
    }
    if (!fixed.emplace(seam, design).second) misused("--design " + seam + " was given twice", "", kHelp);
  }
  return fixed;
}

// Who asks for all designs of a seam asks for those that can be had where they are played.
void leave_out_what_cannot_be_had(const CompareFlags& flags, Words& words, Contest& contest) {
  const play::Library library = flags.repertoire.library(flags.scenarios_dir);
  for (const string& name : words.scenarios) {
    const play::Scenario scenario = library.load(name);
    for (Question& question : words.questions) {
      if (!question.all) continue;
      std::erase_if(question.answers, [&](const Answer& answer) {
        const string_view device = play::lacking_device(flags.repertoire.flows, scenario, question.seam->name,
                                                        answer.is_flaw ? "" : answer.name);
        if (!device.empty())
          contest.left_out.push_back(string(question.seam->name) + "=" + answer.name + ": " + scenario.name +
                                     " has no " + string(device));
        return !device.empty();
      });
    }
  }
}

// Where the questions are put when nobody says, and how many seeds that takes.
const play::ComparisonRow* usual(const CompareFlags& flags, const Words& words) {
  return words.questions.empty() ? nullptr
                                 : flags.repertoire.flows.comparison(words.questions.front().seam->name);
}

SeedRange seeds_of(const CompareFlags& flags, const Contest& contest) {
  if (!flags.seeds.empty()) return parse_seeds(flags.seeds);
  std::uint64_t seeds = kSeedsElsewhere;
  for (const play::Flow* flow : flags.repertoire.flows.all()) {
    for (const play::ComparisonRow& row : flow->comparisons) {
      if (row.scenario == contest.contestants.front().scenario) seeds = row.seeds;
    }
  }
  return {1, std::max<std::uint64_t>(kFewestSeeds, seeds * 2 / contest.contestants.size())};
}

play::FaultMode faults_of(const CompareFlags& flags) {
  if (flags.faults == "none") return play::FaultMode::none;
  if (flags.faults == "swarm") return play::FaultMode::swarm;
  if (flags.faults == "slight") return play::FaultMode::slight;
  constexpr std::array<string_view, 3> kModes{"none", "swarm", "slight"};
  misused("--faults needs none, swarm or slight, found \"" + flags.faults + "\"",
          faults::nearest(flags.faults, kModes).value_or(""), kHelp);
}

// Every contestant so far, once for each answer.
void multiply(std::vector<Contestant>& contestants, const Question& question) {
  std::vector<Contestant> all;
  for (const Contestant& before : contestants) {
    for (const Answer& answer : question.answers) {
      Contestant& one = all.emplace_back(before);
      one.answers.push_back(answer.name);
      if (answer.is_flaw) {
        one.cast.flaws.push_back(answer.name);
      } else {
        one.cast.designs.emplace(question.seam->name, answer.name);
      }
    }
  }
  contestants = std::move(all);
}

// What a scenario says of whom it is played by; what else it says is how the system is put up.
nlohmann::json workload_of(const play::Scenario& scenario) {
  nlohmann::json json = nlohmann::json::parse(scenario.source);
  for (const char* key : {"$schema", "name", "summary", "hosts", "deployment", "designs", "database",
                          "faults", "invariants", "sometimes", "settle_bound"})
    json.erase(key);
  return json;
}

void expect_one_workload(const std::vector<play::Scenario>& scenarios) {
  const nlohmann::json first = workload_of(scenarios.front());
  for (const play::Scenario& scenario : scenarios) {
    const nlohmann::json other = workload_of(scenario);
    if (other == first) continue;
    string where;
    for (const auto& [key, value] : first.items()) {
      if (where.empty() && (!other.contains(key) || other.at(key) != value)) where = key;
    }
    for (const auto& [key, value] : other.items()) {
      if (where.empty() && !first.contains(key)) where = key;
    }
    throw BadInput(ExitCode::data, scenarios.front().name + " and " + scenario.name +
                                       " are not one workload: $." + where +
                                       " differs, so their figures say nothing of each other");
  }
}

}  // namespace

Contest contest_of(const CompareFlags& flags) {
  Words words = words_of(flags);
  plant_flaws(flags, words);
  expect_something_to_compare(flags, words);
  const std::map<string, string> fixed = fixed_designs(flags, words);
  if (words.scenarios.empty()) {
    const play::ComparisonRow* row = usual(flags, words);
    if (row == nullptr)
      misused("compare needs a scenario: none is named, and no flow says which is usual for this question",
              "ordeal list scenarios", kHelp);
    words.scenarios.emplace_back(row->scenario);
  }

  Contest contest;
  leave_out_what_cannot_be_had(flags, words, contest);
  expect_something_to_compare(flags, words);
  contest.faults = faults_of(flags);
  contest.one_scenario = words.scenarios.size() == 1;
  if (!contest.one_scenario) contest.questions.emplace_back("scenario");
  for (const string& scenario : words.scenarios) {
    Contestant& one = contest.contestants.emplace_back(Contestant{scenario, {fixed, {}}, {}});
    if (!contest.one_scenario) one.answers.push_back(scenario);
  }
  for (const auto& [seam, design] : fixed) contest.fixed.push_back(seam + "=" + design);
  for (const Question& question : words.questions) {
    contest.questions.emplace_back(question.seam->name);
    multiply(contest.contestants, question);
    if (contest.contestants.size() > kMostContestants)
      misused("these are " + std::to_string(contest.contestants.size()) +
                  " combinations or more; compare takes " + std::to_string(kMostContestants),
              "", kHelp);
  }
  contest.seeds = seeds_of(flags, contest);
  return contest;
}

std::vector<std::unique_ptr<play::Stage>> stages_of(const CompareFlags& flags, const Contest& contest) {
  const play::Library library = flags.repertoire.library(flags.scenarios_dir);
  std::map<string, play::Scenario> scenarios;
  std::vector<play::Scenario> all;
  for (const Contestant& one : contest.contestants) {
    if (scenarios.contains(one.scenario)) continue;
    all.push_back(scenarios.emplace(one.scenario, library.load(one.scenario)).first->second);
  }
  if (all.size() > 1) expect_one_workload(all);
  std::vector<std::unique_ptr<play::Stage>> stages;
  for (const Contestant& one : contest.contestants) {
    try {
      stages.push_back(
          std::make_unique<play::Stage>(flags.repertoire.flows, scenarios.at(one.scenario), one.cast));
    } catch (const BadInput& error) {
      string who;
      for (std::size_t q = 0; q < contest.questions.size(); ++q)
        who += (q == 0 ? "" : ", ") + contest.questions[q] + "=" + one.answers[q];
      throw BadInput(error.code(),
                     who + ": " + error.what() + "\n  or compare others  ordeal compare SEAM=DESIGN,DESIGN");
    }
  }
  return stages;
}

}  // namespace ordeal::cli
