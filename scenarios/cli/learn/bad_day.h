// The bad day of a lesson, and other days that are made from it: the calm one, on which nothing strikes, and those with
// other strikes. A day is one small world: who comes and what is in the shop stand in its repro.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "faults/plan/plan.h"
#include "reports/repro_json.h"
#include "reports/short_story.h"
#include "scenarios/cli/run/casting.h"

namespace ordeal::cli {

// How a day went.
struct DayTold {
  sim::Verdict verdict = sim::Verdict::pass;
  std::string invariant;  // what the day's repro says, or that of the first finding; empty: nothing is broken
  bool breaks = false;    // what the day's repro says is broken
  std::string story;      // a line each; of a day on which nothing is broken: what was done
  std::string broken;     // our bug, or what the code under test threw
};

class BadDay {
 public:
  // The flows outlive it. BadInput for a repro that cannot be played.
  BadDay(const play::Flows& flows, const std::filesystem::path& repro);

  const reports::Repro& repro() const { return repro_; }
  // What strikes on it.
  const std::vector<faults::Strike>& strikes() const { return strikes_; }
  const std::vector<faults::Window>& windows() const { return production_.options.plan.windows; }
  const play::Scenario& scenario() const { return production_.stage->scenario(); }
  // The persons of its calm day, as they come up, and the names that all its stories give them.
  const std::vector<std::string>& persons();

  DayTold play(const std::vector<faults::Strike>& strikes, reports::Page page);
  // When its promise is broken; the end of the trial where that shows only at rest.
  std::int64_t breach_ns();
  // Every question of the day without faults, and its tale.
  play::Played calm_with_sites();
  // What was taken away from it, each alone: strikes and persons in plain words, and how many of its messages can be lost.
  struct ButFor {
    struct Row {
      std::string words;
      bool still_breaks = false;
    };
    std::vector<Row> rows;
    std::size_t messages = 0;
    std::size_t needed_messages = 0;
  };
  ButFor but_for();

 private:
  play::PlayOptions options_with(const std::vector<faults::Strike>& strikes) const;

  reports::Repro repro_;
  Production production_;
  std::vector<faults::Strike> strikes_;
  std::vector<std::string> persons_;
};

}  // namespace ordeal::cli
