// The past of a breach: of all that a trial tells, what the breach stems from.
//
// The cast are the entities that the finding's evidence names, those whose things share a line with one of them, and
// whose they are. A line is of the past if it is about one of the cast, or a thing of theirs, or only about things that
// the evidence names, and was told before the breach. A fault is of it if it struck work done for somebody of the cast,
// or a host that the evidence names or a line of the past was told on; of a trial with a few faults all are, for making
// it small has shown that it needs each.
//
// Where several came for what is nobody's, each of them is followed to what they were told, though the breach was there before.
//
// So goods that the evidence names bring in all who took of them, and goods that it does not name bring in nobody. A
// breach whose evidence names nothing is about everything.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "faults/plan/plan.h"
#include "sim/tale.h"
#include "sim/trial.h"

namespace ordeal::reports {

// All that a story is written from.
struct StoryOf {
  const sim::TrialResult& trial;  // with a full trace
  const faults::Plan& plan;
  const std::vector<faults::FiredStrike>& fired;  // in the order of firing
};

// Something that can be told: a line of the tale, a fault, a host that is up again.
struct Happening {
  enum class What : std::uint8_t { told, fault, up };

  What what = What::told;
  std::int64_t at_ns = 0;
  std::vector<std::uint32_t> hosts;
  std::string actor;               // for whom it was done; may be nobody of the tale
  std::vector<std::string> about;  // ids
  std::string text;                // ids in it
  std::string brief;               // of a fault: the same without times, which differ between repetitions
  std::string doing;               // of a fault: what the work was that it struck
  sim::Weight weight = sim::Weight::step;
  bool outcome = false;
  bool named = false;  // it is about what the evidence itself names
  std::string again;   // what repeats one another has the same; empty: it stands for itself
};

// By time.
std::vector<Happening> past_of(const sim::Finding& finding, const StoryOf& of);

// The words of a text that may be ids, with what stands between them: parts joined give the text again.
struct Part {
  std::string text;
  bool word = false;
};
std::vector<Part> parts_of(std::string_view text);

}  // namespace ordeal::reports
