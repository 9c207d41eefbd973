// The short story of a breach: who did what, what went wrong and to whom, in about ten lines for somebody who does not know
// the code. What is in it is the breach's past (reports/past.h).
//
// Persons get names in the order in which they come up, entities those that the flow gave them. Lines that repeat one
// another are told once, with their number. Where there is room details are told too, the last first; where there is too
// little, lines are left out, and a line says how many. The time of a breach that only the audit at rest sees is that of
// the last line before it: since then it has been so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/naming.h"
#include "reports/past.h"
#include "reports/translation.h"

namespace ordeal::reports {

struct Page {
  std::size_t width = 80;  // columns
  std::size_t lines = 11;  // at most, of 80 columns or more; what is told of the breach is never cut
  bool color = false;
  bool plain = false;  // no signs: what they say is said in words
  // Who gets a name before all others, in this order: where several stories are about the same persons.
  std::vector<std::string> named{};
  const Translation* translation = nullptr;  // null: as it is told
};

// About the finding of `invariant`, or the first if it is not there; empty for a trial without findings. Each line ends
// with a line feed.
std::string short_story(const StoryOf& of, const std::string& invariant, const Page& page);

// The same of a day on which nothing was broken: all that was told, as far as there is room.
std::string calm_story(const StoryOf& of, const Page& page);

// The same story in its lines, for who lays it out otherwise. No lines when there is no finding.
struct StoryLine {
  std::int64_t at_ns = 0;
  std::string sign;  // "⚡" a fault, "✗" the breach
  std::string text;
};
struct ToldStory {
  std::vector<StoryLine> lines;
  std::size_t left_out = 0;  // lines for which there was no room
  std::size_t gap_at = 0;    // the first of them stood before this line
  Names names;               // that its persons were given
};
ToldStory told_story(const StoryOf& of, const std::string& invariant, const Page& page);

// "ann is shopper-4, ben is shopper-1": the persons of that story on that page, for who looks for them in the whole
// trace. Empty when there are none.
std::string who_is_who(const StoryOf& of, const std::string& invariant, const Page& page);

// The sentence that the flow has for such a breach, with the evidence in it; empty when it has none that fits.
std::string breach_sentence(const sim::Finding& finding, const sim::Tale& tale);

}  // namespace ordeal::reports
