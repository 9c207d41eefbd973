// What `ordeal compare` found: the figures of several designs that were played with the same seeds, as a table for people and
// as one JSON object, schema "ordeal/compare/1". All arithmetic is in integers, so the same trials give the same bytes.
//
// A design is marked as best in a row if no other is significantly better, by a sign test over the seeds: of the seeds in which
// two designs differ, is one better in more of them than chance would have it? With a and b of them for either,
// (|a - b| - 1)² > 10.828 (a + b): chi-square of one degree of freedom, continuity corrected, a chance of 1 in 1000. So strict
// because a table makes dozens of such tests. Fewer than thirteen seeds that differ never suffice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "reports/text.h"

namespace ordeal::reports {

// `wins`, `losses`: the seeds in which the first was better, and worse.
bool is_significant(std::uint64_t wins, std::uint64_t losses);

// num / den; den 0: there is no such figure, for nothing happened that it could be of.
struct Figure {
  std::int64_t num = 0;
  std::int64_t den = 0;

  bool exists() const { return den != 0; }
};
// Exactly. Both exist.
bool less(const Figure& a, const Figure& b);

struct ComparedRow {
  enum class Better { less, more, neither, never };  // never: only 0 is right
  std::string name;                                  // "placing an order p50"
  std::string measure;                               // "placing an order"
  std::string figure;                                // "sum", "per order", "p50", "p99"
  std::string says;
  bool is_time = false;  // figures are nanoseconds
  Better better = Better::less;
  std::vector<Figure> figures;  // by design
  // wins[a][b]: the seeds in which the figure of design a was better than that of b.
  std::vector<std::vector<std::uint64_t>> wins;
};

// The designs that no other is significantly better than; empty when that is all of them, or none is better than another.
std::vector<bool> best_of(const ComparedRow& row);

// How the trials of a design ended.
struct Verdicts {
  std::uint64_t failed = 0;        // a law was broken
  std::uint64_t inconclusive = 0;  // nobody can say
  std::uint64_t first_failed = 0;  // the lowest seed of those
  std::string first_broken{};      // the law
  std::string again{};             // the command that plays it: "ordeal run …"
};

struct Comparison {
  std::string engine;
  std::vector<std::string> questions;             // "stock.gate"
  std::vector<std::vector<std::string>> designs;  // by design: its answer to each question
  std::vector<std::string> scenarios;             // by design
  std::vector<std::string> fixed;                 // "order.close_by=scan", the same for all
  std::vector<std::string> left_out;              // "stock.gate=cache_then_db: first_sale has no cache"
  std::string faults;
  std::uint64_t first_seed = 1;
  std::uint64_t last_seed = 1;
  std::uint64_t seeds = 0;  // that were played, with every design
  std::string stopped;      // why not all; empty: all
  bool same_plan = true;    // whether a seed's faults are one plan for all designs
  std::vector<ComparedRow> rows;
  std::vector<Verdicts> verdicts;  // by design
  int exit_code = 0;
};

std::string comparison_text(const Comparison& comparison, const Style& style);
nlohmann::ordered_json comparison_json(const Comparison& comparison);

}  // namespace ordeal::reports
