// All that the page of one trial shows, as one plain value: strings, integers, vectors. It is put together here, once;
// whoever writes it (page_json.h, perfetto.h, mermaid.h) words and computes nothing more. Equal trials give equal values:
// no wall time and no date is in it.
//
// What is drawn of a trace are its messages, facts, transactions that wrote, faults, and what became of hosts. Turns of the
// scheduler and pages of disks are counted by kind and left out.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reports/model.h"
#include "reports/past.h"
#include "reports/short_story.h"
#include "sim/picture.h"

namespace ordeal::reports {

// What became of a message, said of its sending; of everything else `none`.
enum class Fate : std::uint8_t { none, arrived, lost, damaged, nobody_there, twice, late, on_its_way };

inline constexpr std::uint32_t kNoEvent = UINT32_MAX;
inline constexpr std::uint32_t kNowhere = UINT32_MAX;  // a mark, or a window's end: of no host

struct PageEvent {
  std::int64_t at_ns = 0;
  std::uint32_t host = kNowhere;
  std::uint32_t lane = kNowhere;
  sim::EventKind kind{};
  std::string text;  // for people, ids in it
  std::string
      more;  // fields of a fact, what a commit wrote (a line a statement, "  …" a row), else the path of what it stems from
  std::string root;                // what it stems from: "shopper-4/checkout-1"; may be empty
  std::uint32_t other = kNoEvent;  // of a message that came: where it was sent; of a sending: where it came
  Fate fate = Fate::none;
  bool told = false;  // the tale has a line for it
  bool past = false;  // the breach stems from it
};

// Where events stand: a host, or one of those who act from it. Whoever is of the story has a lane; the others share that
// of their host.
struct Lane {
  std::string name;  // of the host, or the actor's id
  std::uint32_t host = 0;
  bool past = false;  // something of the breach's past is on it
};

struct ComparedLine {
  std::int64_t at_ns = 0;
  std::string text;  // with names
};
// Two trials side by side, in the words of their tales, as many lines here as there: what both say stands in one row, and a
// line without text stands where only the other says something. Both begin with the same lines; at `parting` they part.
struct Comparison {
  std::string title;    // what the other trial is
  std::string verdict;  // of the other
  std::vector<ComparedLine> here;
  std::vector<ComparedLine> there;
  std::size_t parting = 0;
  std::size_t cut = 0;  // lines before the first that stands here: the same in both
};

// A flaw that is planted: what the code does, and where it does it.
struct PlantedFlaw {
  std::string id;
  std::string what;
  std::string file;  // from the root of the tree; empty: it is not known
};

struct PageThing {
  std::string id;
  std::string name;
  std::string of;  // whose it is
};

struct PageData {
  Setting setting;
  std::uint64_t seed = 0;
  std::string verdict;
  int exit_code = 0;
  std::string trace_hash;
  std::uint64_t trace_events = 0;
  std::int64_t virtual_ns = 0;
  std::string order;
  std::string replay;    // the line that plays it again
  std::string sentence;  // what went wrong, with names
  std::string promise;   // of the law that was broken
  std::vector<PlantedFlaw> planted;
  std::optional<sim::Finding> finding;  // the one that the page is about
  std::vector<sim::Finding> others;
  FaultReport faults;
  std::vector<std::string> plan;
  Named<std::uint64_t> marks;
  std::vector<std::string> not_reached;
  Named<std::int64_t> counts;

  std::vector<StoryLine> story;
  std::size_t left_out = 0;
  std::vector<std::string> hosts;
  std::vector<Lane> lanes;  // persons, then hosts in the order in which they come up
  std::vector<PageEvent> events;
  Named<std::uint64_t> not_drawn;   // kinds of events that are left out, and how many
  std::uint32_t breach = kNoEvent;  // the event at which the promise broke
  std::vector<PageThing> things;    // by id
  sim::Picture picture;
  std::optional<ButForTable> but_for;
  std::optional<Comparison> comparison;
  // Of the texts above, by them as they stand there: with ids where they have ids (translations.h). May be empty.
  std::map<std::string, std::string> translations;
};

// What a page is made from.
struct OtherTrial {
  std::string title;
  const sim::TrialResult& trial;
};
struct PageOf {
  const RunReport& report;
  const StoryOf& story;  // its trial with causes (sim::Trace::Mode::with_causes)
  const sim::Picture& picture;
  std::string invariant;  // which finding it is about; the first if it is not there
  std::string promise;
  std::vector<PlantedFlaw> planted;
  std::string replay;
  std::optional<ButForTable> but_for;
  const OtherTrial* other = nullptr;  // to compare with
};
PageData page_data(const PageOf& of);

}  // namespace ordeal::reports
