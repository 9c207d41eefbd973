#include "reports/comparison.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ordeal::reports {

bool is_significant(std::uint64_t wins, std::uint64_t losses) {
  const std::uint64_t apart = wins > losses ? wins - losses : losses - wins;
  if (apart == 0) return false;
  return (apart - 1) * (apart - 1) * 1'000 > 10'828 * (wins + losses);
}

bool less(const Figure& a, const Figure& b) {
  __extension__ using Wide = __int128;
  return static_cast<Wide>(a.num) * b.den < static_cast<Wide>(b.num) * a.den;
}

std::vector<bool> best_of(const ComparedRow& row) {
  using Better = ComparedRow::Better;
  if (row.better == Better::neither || row.better == Better::never) return {};
  const std::size_t count = row.figures.size();
  std::vector<bool> best(count);
  for (std::size_t one = 0; one < count; ++one) {
    best[one] = row.figures[one].exists();
    for (std::size_t other = 0; other < count; ++other) {
      const std::uint64_t wins = row.wins[one][other];
      const std::uint64_t losses = row.wins[other][one];
      if (losses > wins && is_significant(wins, losses)) best[one] = false;
    }
  }
  const auto marked = static_cast<std::size_t>(std::count(best.begin(), best.end(), true));
  return marked == count || marked == 0 ? std::vector<bool>{} : best;
}

namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(ComparedRow::Better better) {
  switch (better) {
    case ComparedRow::Better::less:
      return "less";
    case ComparedRow::Better::more:
      return "more";
    case ComparedRow::Better::neither:
      return "neither";
    case ComparedRow::Better::never:
      return "zero";
  }
  return "";
}

// A sum as it is; a quotient with its two parts, for a decimal fraction would be rounded.
Json figure_json(const ComparedRow& row, const Figure& figure) {
  if (!figure.exists()) return nullptr;
  if (row.figure.starts_with("per ")) return {{"sum", figure.num}, {"of", figure.den}};
  return figure.num;
}

Json row_json(const ComparedRow& row) {
  Json figures = Json::array();
  for (const Figure& figure : row.figures) figures.push_back(figure_json(row, figure));
  Json best = Json::array();
  const std::vector<bool> marked = best_of(row);
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i]) best.push_back(i);
  }
  return {{"measure", row.measure},
          {"figure", row.figure},
          {"says", row.says},
          {"unit", row.is_time ? "ns" : "1"},
          {"better", name_of(row.better)},
          {"figures", std::move(figures)},
          {"wins", row.wins},
          {"best", std::move(best)}};
}

}  // namespace

Json comparison_json(const Comparison& of) {
  Json json{{"schema", "ordeal/compare/1"},
            {"engine", of.engine},
            {"questions", of.questions},
            {"fixed", of.fixed},
            {"left_out", of.left_out},
            {"faults", of.faults},
            {"seeds", {{"first", of.first_seed}, {"last", of.last_seed}, {"played", of.seeds}}},
            {"stopped_because", of.stopped.empty() ? "seeds played" : of.stopped},
            {"same_faults", of.same_plan},
            {"exit_code", of.exit_code}};
  Json& designs = json["designs"] = Json::array();
  for (std::size_t i = 0; i < of.designs.size(); ++i) {
    Json answers = Json::object();
    for (std::size_t q = 0; q < of.questions.size(); ++q) answers[of.questions[q]] = of.designs[i][q];
    const Verdicts& verdicts = of.verdicts[i];
    Json design{{"answers", std::move(answers)},
                {"scenario", of.scenarios[i]},
                {"failed", verdicts.failed},
                {"inconclusive", verdicts.inconclusive}};
    if (verdicts.failed != 0) {
      design["first_failed"] = {
          {"seed", verdicts.first_failed}, {"invariant", verdicts.first_broken}, {"again", verdicts.again}};
    }
    designs.push_back(std::move(design));
  }
  Json& rows = json["rows"] = Json::array();
  for (const ComparedRow& row : of.rows) rows.push_back(row_json(row));
  return json;
}

}  // namespace ordeal::reports
