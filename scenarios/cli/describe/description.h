// The command line as a value: verbs with their flags and words, what values they may have, what exit codes mean. Made from
// the same declarations as --help, so completion and the manual cannot say anything else.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/cli/command_line.h"
#include "scenarios/cli/repertoire.h"

namespace ordeal::cli {

struct DescribedVerb {
  std::string name;
  std::string summary;
  std::vector<Described> arguments;
};

// In the order of `ordeal help`.
std::vector<DescribedVerb> described_verbs(const Repertoire& repertoire);

// What may stand where a value of a type is asked for.
struct Values {
  std::vector<std::string> words;
  bool files = false;
  bool directories = false;
  bool any() const { return files || directories || !words.empty(); }
};
// "F-nn" → the flaws that there are. `verb`: kinds have other names for `list` than for `show`.
Values values_of(std::string_view type, std::string_view verb, const Repertoire& repertoire);

struct ExitMeaning {
  std::string_view codes;       // "130/143"
  std::string_view short_name;  // "interrupted"
  std::string_view sentence;
};
std::span<const ExitMeaning> exit_meanings();

}  // namespace ordeal::cli
