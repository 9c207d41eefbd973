// What a plan may say, for people: the keys of a window, the parameters of each kind of fault and of each action, made
// from the same descriptions that the reader follows.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "faults/plan/plan.h"

namespace ordeal::faults {

struct ParameterText {
  std::string key;
  std::string says;     // "how much longer than usual a message takes at the most"
  std::string value;    // "a time such as \"30s\""
  std::string initial;  // what holds when the key is left out; empty: it must be there
};

std::vector<ParameterText> parameters_of(FaultKind kind);
// `action`: index into actions().
std::vector<ParameterText> parameters_of_action(std::size_t action);
// The keys that every window has, beside those of its kind; those of the scope as "scope.hosts".
std::vector<ParameterText> window_keys();

// One valid window of that kind, as JSON in one line.
std::string example_window(FaultKind kind);

}  // namespace ordeal::faults
