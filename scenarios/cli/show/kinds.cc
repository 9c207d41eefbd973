#include "scenarios/cli/show/kinds.h"

#include <array>

#include "faults/plan/describe.h"
#include "faults/suggest.h"
#include "faults/text.h"
#include "reports/words.h"
#include "scenarios/cli/output.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/shape.h"

namespace ordeal::cli {
namespace {

using std::string;

string joined(const std::vector<std::string_view>& words) {
  string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + string(word);
  return out;
}

string hosts_of(const play::Scenario& scenario) {
  string out;
  for (const play::HostSpec& host : scenario.hosts) {
    out += (out.empty() ? "" : "; ") + host.name + ":";
    for (const string& service : host.services) out += " " + service;
    for (const string& service : host.databases) out += " the database of " + service;
    if (host.cache) out += " the cache";
    if (host.broker) out += " the broker";
  }
  return out;
}

string parts_of(const std::vector<play::Part>& parts) {
  string out;
  for (const play::Part& part : parts) {
    out += (out.empty() ? "" : "; ") + part.name;
    if (part.name != part.row->kind) out += " (" + string(part.row->kind) + ")";
  }
  return out;
}

std::vector<Row> scenario_rows(const Shown& shown) {
  const play::Library library = shown.repertoire.library(shown.scenarios_dir);
  std::vector<Row> rows;
  for (const play::ShelfMark& mark : library.list()) {
    const play::Scenario scenario = library.load(mark.name);
    Row row{scenario.name, scenario.summary, {}};
    row.more = {{"set", mark.set},
                {"file", mark.path.string()},
                {"storm", faults::text(scenario.storm)},
                {"settle bound", faults::text(scenario.settle_bound)},
                {"actors", std::to_string(play::all_actors(scenario).size())},
                {"hosts", hosts_of(scenario)},
                {"parties", parts_of(scenario.parties)},
                {"workloads", parts_of(scenario.workloads)}};
    for (const auto& [seam, design] : scenario.designs) row.more.emplace_back(seam, design);
    const std::vector<string>& focus = scenario.faults.focus;
    if (!focus.empty()) row.more.emplace_back("focus", joined({focus.begin(), focus.end()}));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> flow_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::Flow* flow : shown.repertoire.flows.all()) {
    Row row{string(flow->name), string(flow->summary), {}};
    const auto list = [&](const char* what, const auto& things, auto name) {
      string words;
      for (const auto& thing : things) words += (words.empty() ? "" : ", ") + string(name(thing));
      if (!words.empty()) row.more.emplace_back(what, std::move(words));
    };
    list("services", flow->services, [](const auto& one) { return one.name; });
    list("parties", flow->parties, [](const auto& one) { return one.kind; });
    list("workloads", flow->workloads, [](const auto& one) { return one.kind; });
    list("settings", flow->settings, [](const auto& one) { return one.kind; });
    list("seams", flow->seams, [](const auto* one) { return one->name; });
    list("flaws", flow->flaws, [](const auto* one) { return one->id; });
    list("laws", flow->laws, [](const auto& one) { return one.name; });
    list("counts", flow->counts, [](const auto& one) { return one.name; });
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> service_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::ServiceRow* one : shown.repertoire.flows.services()) {
    rows.push_back(
        {string(one->name),
         string(one->summary),
         {{"database", one->schema == nullptr ? "none" : "its own"}, {"calls", joined(one->calls)}}});
  }
  return rows;
}

// What a scenario may say about it: each key with its form, its meaning and its default.
void describe(const play::PartRow& part, Row& row) {
  if (part.description == nullptr) return;
  for (const play::Description::Key& key : part.description->keys()) {
    string text = key.form;
    if (!key.about.empty()) text += ": " + key.about;
    if (key.required) text += " (required)";
    if (!key.otherwise.empty()) text += " (" + key.otherwise + " when absent)";
    row.more.emplace_back(key.name, std::move(text));
  }
}

void describe(const std::vector<play::ForkRow>& forks, Row& row) {
  for (const play::ForkRow& fork : forks)
    row.more.emplace_back("may go wrong",
                          string(fork.name) + ": " + joined({fork.ways.begin() + 1, fork.ways.end()}));
}

std::vector<Row> workload_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::WorkloadRow* one : shown.repertoire.flows.workloads()) {
    Row row{string(one->kind), string(one->summary), {}};
    describe(*one, row);
    describe(one->forks, row);
    for (const play::OmissionRow& part : one->omissions)
      row.more.emplace_back("may do without", string(part.name) + ": " + string(part.summary));
    row.more.emplace_back("services", joined(one->services));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> party_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::PartyRow* one : shown.repertoire.flows.parties()) {
    Row row{string(one->kind), string(one->summary), {}};
    describe(*one, row);
    describe(one->forks, row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> setting_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::SettingRow* one : shown.repertoire.flows.settings()) {
    Row row{string(one->kind), string(one->summary), {}};
    describe(*one, row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> invariant_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::LawRow* one : shown.repertoire.flows.laws()) {
    Row row{string(one->name), string(one->promise), {}};
    row.more = {{"kind", one->safety ? "safety" : "liveness"},
                {"checked", one->on_facts ? "on every fact" : "at rest"}};
    for (const play::FlawRow* flaw : shown.repertoire.flows.flaws()) {
      if (flaw->invariant == one->name)
        row.more.emplace_back("broken by", string(flaw->id) + " " + string(flaw->name));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> flaw_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::FlawRow* one : shown.repertoire.flows.flaws()) {
    rows.push_back({string(one->id),
                    string(one->name),
                    {{"summary", string(one->summary)},
                     {"seam", string(one->seam.name)},
                     {"breaks", string(one->invariant)},
                     {"see it", reports::shell_word(program_name()) + " hunt " + string(one->scenario) +
                                    " --flaw " + string(one->id)}}});
  }
  return rows;
}

std::vector<Row> seam_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::SeamRow* one : shown.repertoire.flows.seams()) {
    const auto designs = one->designs();
    rows.push_back({string(one->name),
                    string(one->question),
                    {{"designs", joined(designs)}, {"default", string(designs.front())}}});
    for (const play::FlawRow* flaw : shown.repertoire.flows.flaws()) {
      if (&flaw->seam == one)
        rows.back().more.emplace_back("got wrong by", string(flaw->id) + " " + string(flaw->name));
    }
  }
  return rows;
}

std::vector<Row> design_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::SeamRow* seam : shown.repertoire.flows.seams()) {
    for (const std::string_view design : seam->designs())
      rows.push_back({string(seam->name) + "=" + string(design), string(seam->question), {}});
  }
  return rows;
}

void add_parameters(Row& row, const string& before, const std::vector<faults::ParameterText>& parameters) {
  for (const faults::ParameterText& one : parameters) {
    row.more.emplace_back(before + one.key,
                          one.says + ": " + one.value + (one.initial.empty() ? "" : "; else " + one.initial));
  }
}

std::vector<Row> fault_rows(const Shown&) {
  std::vector<Row> rows;
  for (const faults::KindInfo& kind : faults::kinds()) {
    Row row{string(kind.name), string(kind.words), {}};
    if (!kind.strongest.is_zero()) row.more.emplace_back("at most", faults::text(kind.strongest));
    if (kind.by_name_only) row.more.emplace_back("only", "where a scenario names it under faults.kinds");
    row.more.emplace_back("in a plan", "\"windows\": [" + faults::example_window(kind.kind) + "]");
    add_parameters(row, "", faults::window_keys());
    add_parameters(row, "", faults::parameters_of(kind.kind));
    const auto actions = faults::actions();
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (!faults::may_be_of(actions[i], kind.kind)) continue;
      const string name(actions[i].name);
      row.more.emplace_back("as a strike", "\"action\": \"" + name + "\" at a site and an occurrence");
      add_parameters(row, name + ".", faults::parameters_of_action(i));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> knob_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::KnobRow* knob : shown.repertoire.flows.knobs())
    rows.push_back({string(knob->name), string(knob->summary), {{"values", joined(knob->values)}}});
  return rows;
}

std::vector<Row> point_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::PointRow* point : shown.repertoire.flows.points())
    rows.push_back({string(point->name),
                    string(point->summary),
                    {{"service", point->service.empty() ? "any" : string(point->service)}}});
  return rows;
}

std::vector<Row> mark_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::MarkRow* mark : shown.repertoire.flows.marks())
    rows.push_back({string(mark->name), string(mark->summary), {{"grade", string(name_of(mark->grade))}}});
  return rows;
}

std::vector<Row> count_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::CountRow* count : shown.repertoire.flows.counts())
    rows.push_back({string(count->name), string(count->summary), {}});
  return rows;
}

std::vector<Row> machine_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::MachineRow* machine : shown.repertoire.flows.machines()) {
    Row row{string(machine->name), string(machine->summary), {{"service", string(machine->service)}}};
    row.more.emplace_back("states", joined({machine->states.begin(), machine->states.end()}));
    for (const play::EdgeRow& edge : machine->edges)
      row.more.emplace_back("edge", name_of(edge) + (edge.type == nullptr ? "  (no fact tells of it)" : ""));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> column_rows(const Shown& shown) {
  std::vector<Row> rows;
  for (const play::Flow* flow : shown.repertoire.flows.all()) {
    for (const play::ColumnRow& row : flow->columns)
      rows.push_back({string(row.service) + "." + string(row.column),
                      row.judged_by.empty() ? "not judged: " + string(row.why_not) : string(row.judged_by),
                      {}});
  }
  return rows;
}

constexpr std::array kKinds{
    Kind{"scenarios", "scenario", scenario_rows},
    Kind{"flows", "flow", flow_rows},
    Kind{"services", "service", service_rows},
    Kind{"workloads", "workload", workload_rows},
    Kind{"parties", "party", party_rows},
    Kind{"settings", "setting", setting_rows},
    Kind{"invariants", "invariant", invariant_rows},
    Kind{"flaws", "flaw", flaw_rows},
    Kind{"seams", "seam", seam_rows},
    Kind{"designs", "design", design_rows},
    Kind{"faults", "fault", fault_rows},
    Kind{"knobs", "knob", knob_rows},
    Kind{"points", "point", point_rows},
    Kind{"marks", "mark", mark_rows},
    Kind{"counts", "count", count_rows},
    Kind{"machines", "machine", machine_rows},
    Kind{"columns", "column", column_rows},
};

}  // namespace

std::span<const Kind> kinds() { return kKinds; }

string kinds_in_words() {
  string words;
  for (const Kind& kind : kKinds) words += (words.empty() ? "" : ", ") + string(kind.plural);
  return words;
}

const Kind& kind_named(std::string_view name, std::string_view also) {
  std::vector<std::string_view> known;
  if (!also.empty()) known.push_back(also);
  for (const Kind& kind : kKinds) {
    if (kind.plural == name || kind.singular == name) return kind;
    known.push_back(kind.plural);
    known.push_back(kind.singular);
  }
  const string more = also.empty() ? "" : ", " + string(also);
  std::string message = "there are " + string(kinds_in_words()) + more + ", but no \"" + string(name) + "\"";
  if (const auto meant = faults::nearest(name, known)) message += "\n  did you mean  " + *meant;
  throw play::BadInput(play::ExitCode::usage, message);
}

}  // namespace ordeal::cli
