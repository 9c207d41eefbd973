// Measures: what a trial that is over says of its designs in figures. Laws say whether a design is right; measures say what it
// costs, so that right designs can be compared (`ordeal compare`). A flow's measures are rows; each reads its samples from
// the finished world: the facts in the order in which they became durable, what is at rest, the parties' books. Nothing is
// asked of a world while it runs, so a trial that is measured is the trial that is not.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/env/message.h"
#include "sim/counters.h"

namespace ordeal::play {

class Rest;  // scenarios/play/laws/rest.h

struct KeptFact {
  env::Message body;
  std::int64_t at_ns = 0;  // true time since the trial began
};

struct Finished {
  const Rest& rest;
  std::span<const KeptFact> facts;
  const sim::Counters& counters;
  std::uint64_t messages = 0;  // packets that were sent
};

// One sample a trial, or one for each time that something took.
//   total    the sum of all samples
//   each     that sum for each piece of work (MeasureRow::piece)
//   spread   the median and the 99th percentile of all samples
enum class Told : std::uint8_t { total, each, spread };
enum class Unit : std::uint8_t { number, time };  // samples of a time are nanoseconds of virtual time
// never: any other figure than 0 is a broken promise. neither: it says what was played, and is not better or worse.
enum class Better : std::uint8_t { less, more, neither, never };

struct MeasureRow {
  std::string_view name;  // "placing an order"
  std::string_view says;  // what a sample is, one sentence
  Told told = Told::total;
  Unit unit = Unit::number;
  Better better = Better::less;
  void (*read)(const Finished&, std::vector<std::int64_t>& samples) = nullptr;
  // Of a total: what it counts are the pieces of work of its flow, by this name ("order").
  std::string_view piece{};
};

// With what a seam's designs are compared when nobody says otherwise: a workload that puts the question.
struct ComparisonRow {
  std::string_view seam;  // empty: every seam of the flow without a row of its own
  std::string_view scenario;
  std::uint64_t seeds = 1;  // from 1; fewer than twenty seconds of one core for two designs
};

// What the samples of a trial were; `row` has static lifetime.
struct Measured {
  const MeasureRow* row = nullptr;
  std::vector<std::int64_t> samples;
};

}  // namespace ordeal::play
