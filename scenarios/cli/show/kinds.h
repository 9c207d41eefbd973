// The kinds of things that `list` and `show` know, and their rows: a name, a line about it, and more to show.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ordeal::cli {

struct Row {
  std::string name;
  std::string line;
  std::vector<std::pair<std::string, std::string>> more;  // what `show` adds
};

struct Kind {
  std::string_view plural;    // for list
  std::string_view singular;  // for show
  std::vector<Row> (*rows)(const std::string& scenarios_dir);
};

std::span<const Kind> kinds();
// By plural or singular; BadInput (usage) with the nearest one.
const Kind& kind_named(std::string_view name);

}  // namespace ordeal::cli
