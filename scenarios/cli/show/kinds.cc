#include "scenarios/cli/show/kinds.h"

#include <array>

#include "faults/plan/describe.h"
#include "faults/suggest.h"
#include "faults/text.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/knobs.h"
#include "scenarios/play/library.h"
#include "scenarios/play/tables.h"

namespace ordeal::cli {
namespace {

using std::string;

string joined(std::span<const std::string_view> words) {
  string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + string(word);
  return out;
}

string hosts_of(const scenarios::Scenario& scenario) {
  string out;
  for (const scenarios::HostSpec& host : scenario.hosts) {
    out += (out.empty() ? "" : "; ") + host.name + ":";
    for (const string& service : host.services) out += " " + service;
  }
  return out;
}

string catalogue_of(const scenarios::Scenario& scenario) {
  string out;
  for (const scenarios::SkuSpec& sku : scenario.catalogue) {
    out += (out.empty() ? "" : "; ") + std::to_string(sku.stock) + " " + sku.name + " at " + sku.price.text();
  }
  return out;
}

std::vector<Row> scenario_rows(const string& directory) {
  const scenarios::Library library(directory);
  std::vector<Row> rows;
  for (const scenarios::ShelfMark& mark : library.list()) {
    const scenarios::Scenario scenario = library.load(mark.name);
    Row row{scenario.name, scenario.summary, {}};
    row.more = {{"set", mark.set},
                {"file", mark.path.string()},
                {"storm", faults::text(scenario.storm)},
                {"settle bound", faults::text(scenario.settle_bound)},
                {"shoppers", std::to_string(scenario.workload.shoppers)},
                {"hosts", hosts_of(scenario)},
                {"catalogue", catalogue_of(scenario)},
                {"channel", scenario.channel}};
    for (const auto& [seam, design] : scenario.designs) row.more.emplace_back(seam, design);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> invariant_rows(const string&) {
  std::vector<Row> rows;
  for (const scenarios::InvariantRow& one : scenarios::invariants()) {
    Row row{string(one.name), string(one.promise), {}};
    row.more = {{"kind", one.safety ? "safety" : "liveness"},
                {"checked", one.on_facts ? "on every fact" : "at rest"}};
    for (const scenarios::FlawRow& flaw : scenarios::flaws()) {
      if (flaw.invariant == one.name)
        row.more.emplace_back("broken by", string(flaw.id) + " " + string(flaw.name));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> flaw_rows(const string&) {
  std::vector<Row> rows;
  for (const scenarios::FlawRow& one : scenarios::flaws()) {
    rows.push_back({string(one.id),
                    string(one.name),
                    {{"summary", string(one.summary)},
                     {"seam", string(one.seam)},
                     {"breaks", string(one.invariant)},
                     {"see it", "./ordeal hunt " + string(one.scenario) + " --flaw " + string(one.id)}}});
  }
  return rows;
}

std::vector<Row> seam_rows(const string&) {
  std::vector<Row> rows;
  for (const scenarios::SeamRow& one : scenarios::seams()) {
    rows.push_back({string(one.seam),
                    string(one.question),
                    {{"designs", joined(one.designs)}, {"default", string(one.designs.front())}}});
    for (const scenarios::FlawRow& flaw : scenarios::flaws()) {
      if (flaw.seam == one.seam)
        rows.back().more.emplace_back("got wrong by", string(flaw.id) + " " + string(flaw.name));
    }
  }
  return rows;
}

std::vector<Row> design_rows(const string&) {
  std::vector<Row> rows;
  for (const scenarios::SeamRow& seam : scenarios::seams()) {
    for (const std::string_view design : seam.designs) {
      rows.push_back({string(seam.seam) + "=" + string(design), string(seam.question), {}});
    }
  }
  return rows;
}

void add_parameters(Row& row, const string& before, const std::vector<faults::ParameterText>& parameters) {
  for (const faults::ParameterText& one : parameters) {
    row.more.emplace_back(before + one.key, one.says + ": " + one.value +
                                                (one.initial.empty() ? "" : "; else " + one.initial));
  }
}

std::vector<Row> fault_rows(const string&) {
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

std::vector<Row> knob_rows(const string&) {
  std::vector<Row> rows;
  for (const scenarios::KnobRow& knob : scenarios::knobs())
    rows.push_back({string(knob.name), string(knob.summary), {{"values", joined(knob.values)}}});
  return rows;
}

std::vector<Row> point_rows(const string&) {
  std::vector<Row> rows;
  for (const scenarios::PointRow& point : scenarios::points())
    rows.push_back({string(point.name), string(point.summary), {}});
  return rows;
}

constexpr std::array kKinds{
    Kind{"scenarios", "scenario", scenario_rows},
    Kind{"invariants", "invariant", invariant_rows},
    Kind{"flaws", "flaw", flaw_rows},
    Kind{"seams", "seam", seam_rows},
    Kind{"designs", "design", design_rows},
    Kind{"faults", "fault", fault_rows},
    Kind{"knobs", "knob", knob_rows},
    Kind{"points", "point", point_rows},
};

}  // namespace

std::span<const Kind> kinds() { return kKinds; }

const Kind& kind_named(std::string_view name) {
  std::vector<std::string_view> known;
  for (const Kind& kind : kKinds) {
    if (kind.plural == name || kind.singular == name) return kind;
    known.push_back(kind.plural);
    known.push_back(kind.singular);
  }
  std::string message =
      "there are scenarios, invariants, flaws, seams, designs, faults, knobs and points, but "
      "no \"" +
      std::string(name) + "\"";
  if (const auto meant = faults::nearest(name, known)) message += "\n  did you mean  " + *meant;
  throw scenarios::BadInput(scenarios::ExitCode::usage, message);
}

}  // namespace ordeal::cli
