// The moments of a calm day, and what can happen there: what a learner chooses from. A moment is what one host does for one
// person: ordering, setting goods aside, calling back; the same again later is another moment. What can happen is what the
// faults of the bench can do there, in plain words; times are those of the bad day where it has a strike of that sort.
//
// Whatever strikes on the bad day can be chosen. Deterministic: the same day gives the same list.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/cli/learn/bad_day.h"

namespace ordeal::cli {

struct Blow {
  std::string words;  // "order-1's answer is lost"
  faults::Strike strike;
};

struct Moment {
  std::int64_t at_ns = 0;
  std::string words;  // "order-1, placing the order, for ann"
  std::vector<Blow> blows;
};

std::vector<Moment> moments_of(BadDay& day);

// Of all that can be chosen, how many break the promise of the day alone. A trial each: a second or less.
struct SingleChoices {
  std::size_t tried = 0;
  std::size_t breaking = 0;
};
SingleChoices single_choices(BadDay& day);

}  // namespace ordeal::cli
