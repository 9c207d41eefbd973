// Picture: what a trial's facts draw, beside its tale: things that go through states, figures that rise and fall, money
// that changes hands, and who believes what. It is made from a full trace when the trial is over and changes nothing.
//
// Things are named by ids as text; the tale has their names. Kinds, states, figures and holders are the words of whoever
// draws: a reader shows them and knows none of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ordeal::sim {

struct Picture {
  // A thing went over into a state.
  struct Move {
    std::int64_t at_ns = 0;
    std::string kind;  // "order"
    std::string id;    // of the thing
    std::string from;  // the state that it was in, as told before; empty: it begins
    std::string to;
    std::string doubt;  // why it should not have; empty: this may be
  };
  // A figure has a value from now on.
  struct Level {
    std::int64_t at_ns = 0;
    std::string figure;  // "taken"
    std::string of;      // id of what it is a figure of; empty: of the whole
    std::string unit;    // "CNY": money is in minor units; empty: it is a number of things
    std::int64_t value = 0;
    std::int64_t bound = INT64_MAX;  // it should never be more; INT64_MAX: there is no bound
  };
  // Money went from one holder to another.
  struct Passage {
    std::int64_t at_ns = 0;
    std::string from;
    std::string to;
    std::int64_t minor = 0;
    std::string currency;
    std::string of;         // id of what it was for
    std::string why;        // "the sale"
    bool is_entry = false;  // of a book that says whose it is: no money moved
  };
  // Somebody holds something to be so from now on.
  struct Belief {
    std::int64_t at_ns = 0;
    std::string who;
    std::string about;  // id
    std::string what;
  };

  std::vector<Move> moves;
  std::vector<Level> levels;
  std::vector<Passage> passages;
  std::vector<Belief> beliefs;
};

}  // namespace ordeal::sim
