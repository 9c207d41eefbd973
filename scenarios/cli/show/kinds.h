// The kinds of things that `list` and `show` know, and their rows: a name, a line about it, and more to show.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/cli/repertoire.h"

namespace ordeal::cli {

struct Row {
  std::string name;
  std::string line;
  std::vector<std::pair<std::string, std::string>> more;  // what `show` adds
};

// Of what, and where scenarios are found when not in the usual places.
struct Shown {
  const Repertoire& repertoire;
  const std::string& scenarios_dir;
};

struct Kind {
  std::string_view plural;    // for list
  std::string_view singular;  // for show
  std::vector<Row> (*rows)(const Shown& shown);
};

std::span<const Kind> kinds();
// "scenarios, flows, …"
std::string kinds_in_words();
// By plural or singular; BadInput (usage) with the nearest one. `also`: what else would have been understood.
const Kind& kind_named(std::string_view name, std::string_view also = {});

}  // namespace ordeal::cli
