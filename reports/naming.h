// Names in the place of ids: persons get theirs in the order in which they come up, everything else has the name that its
// flow gave it (sim/tale.h). One Names is one cast: what it named once keeps its name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/tale.h"

namespace ordeal::reports {

class Names {
 public:
  Names() = default;
  // The tale outlives this. Those of `first` get names before all others, in this order.
  explicit Names(const sim::Tale& tale, const std::vector<std::string>& first = {});
  // The same persons in another trial's tale, which outlives this.
  Names among(const sim::Tale& other) const;

  std::string in(std::string_view text);
  // Name and actor, in the order of naming.
  const std::vector<std::pair<std::string, std::string>>& given() const { return given_; }

 private:
  std::string name_of(const std::string& word);

  const sim::Tale* tale_ = nullptr;
  std::map<std::string, std::string, std::less<>> persons_;  // by actor; empty: not yet named
  std::vector<std::pair<std::string, std::string>> given_;
};

// The names that such persons get, by actor.
std::map<std::string, std::string> names_of(const std::vector<std::string>& first);

}  // namespace ordeal::reports
