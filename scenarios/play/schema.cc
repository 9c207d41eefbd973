#include "scenarios/play/schema.h"

#include <array>

#include <nlohmann/json.hpp>

#include "faults/kinds/fault.h"
#include "scenarios/play/loader.h"
#include "scenarios/play/placing.h"
#include "scenarios/play/shape.h"

namespace ordeal::play {
namespace {

Json names(const std::vector<std::string_view>& words) {
  Json list = Json::array();
  for (const std::string_view word : words) list.push_back(word);
  return list;
}

Json text() { return {{"type", "string"}, {"minLength", 1}}; }

Json duration(const char* about) {
  Json schema = Json::object();
  duration_schema(schema);
  schema["description"] = about;
  return schema;
}

Json list_of(Json items, const char* about) {
  return {{"type", "array"}, {"uniqueItems", true}, {"items", std::move(items)}, {"description", about}};
}

// One of the kinds, each with what it has to say.
template <class Row>
Json parts(const std::vector<const Row*>& rows) {
  Json kinds = Json::array();
  for (const Row* row : rows) {
    const std::array<std::pair<std::string, std::string>, 1> kind{{{"kind", std::string(row->kind)}}};
    Json schema = row->description != nullptr ? row->description->schema(kind)
                                              : Json{{"type", "object"},
                                                     {"additionalProperties", false},
                                                     {"required", {"kind"}},
                                                     {"properties", {{"kind", {{"const", row->kind}}}}}};
    schema["description"] = row->summary;
    schema["properties"]["name"] = {{"type", "string"}, {"pattern", "^[a-z][a-z0-9_-]{0,63}$"}};
    kinds.push_back(std::move(schema));
  }
  return {{"oneOf", std::move(kinds)}};
}

Json designs(const Flows& flows) {
  Json properties = Json::object();
  for (const SeamRow* seam : flows.seams())
    properties[std::string(seam->name)] = {{"enum", names(seam->designs())}, {"description", seam->question}};
  return {{"type", "object"},
          {"description", "a seam and one of its correct implementations; the first of each is the default"},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

Json database() {
  const auto modes = journal_mode_names();
  return {{"type", "object"},
          {"additionalProperties", false},
          {"properties",
           {{"journal_mode", {{"enum", names({modes.begin(), modes.end()})}, {"default", "wal"}}},
            {"page_size", {{"enum", {512, 1024, 2048, 4096, 8192, 16384, 32768, 65536}}, {"default", 1024}}},
            {"connections",
             {{"type", "integer"},
              {"minimum", 1},
              {"maximum", 1000},
              {"default", 10},
              {"description", "of each instance to a database on a host of its own"}}}}}};
}

Json faults_of() {
  Json kinds = Json::array();
  for (const faults::KindInfo& kind : faults::kinds()) kinds.push_back(kind.name);
  return {{"type", "object"},
          {"additionalProperties", false},
          {"properties",
           {{"kinds",
             list_of({{"enum", std::move(kinds)}},
                     "what a swarm may choose from; none named: every kind that a service must survive")},
            {"hosts", list_of(text(), "hosts that may crash, freeze or have a wrong clock; none named: all")},
            {"focus", list_of(text(),
                              "\"fork: way\": what this scenario is about; trials in which people insist on "
                              "something choose mostly from these")},
            {"windows_max", {{"type", "integer"}, {"minimum", 0}, {"maximum", 64}, {"default", 24}}}}}};
}

}  // namespace

Json scenario_schema(const Flows& flows) {
  const auto kinds = deployment_names();
  Json properties{
      {"$schema", {{"type", "string"}, {"minLength", 1}, {"description", "for editors"}}},
      {"schema", {{"const", kScenarioSchema}}},
      {"name",
       {{"type", "string"},
        {"pattern", "^[a-z][a-z0-9_]{0,63}$"},
        {"description", "the name of the file without .json"}}},
      {"summary", text()},
      {"start",
       {{"type", "string"},
        {"pattern",
         "^(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-"
         "9]:"
         "[0-5][0-9]Z$"},
        {"default", "2026-01-01T00:00:00Z"},
        {"description", "true time at the beginning"}}},
      {"storm", duration("how long faults may strike")},
      {"settle_bound", duration("after the storm everything must be at rest within this")},
      {"deployment",
       {{"enum", names({kinds.begin(), kinds.end()})},
        {"default", kinds.front()},
        {"description", "services with a database each, or all in one process with one database"}}}};
  hosts_schema(flows, properties["hosts"]);
  properties["designs"] = designs(flows);
  properties["database"] = database();
  for (const SettingRow* row : flows.settings()) {
    const std::string key(row->kind);
    properties[key] = row->description->schema()["properties"][key];
  }
  properties["parties"] = {{"type", "array"}, {"items", parts(flows.parties())}};
  properties["workloads"] = {{"type", "array"}, {"minItems", 1}, {"items", parts(flows.workloads())}};
  properties["faults"] = faults_of();
  properties["invariants"] = list_of({{"enum", names(names_of(flows.laws(), &LawRow::name))}},
                                     "what must hold; none named: everything");
  properties["sometimes"] = list_of({{"enum", names(names_of(flows.marks(), &MarkRow::name))}},
                                    "marks that a long hunt should reach");
  return {
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"title", "Ordeal scenario"},
      {"description",
       "What is played and what must hold. Made by `ordeal show schema`. The loader accepts what this schema "
       "accepts, and checks on top what no schema can say: that services find what they call, that times fit "
       "into "
       "the storm, that names of hosts exist."},
      {"type", "object"},
      {"additionalProperties", false},
      {"required", {"schema", "name", "summary", "storm", "settle_bound", "hosts", "workloads"}},
      {"properties", std::move(properties)}};
}

}  // namespace ordeal::play
