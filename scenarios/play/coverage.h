// Coverage: what a program was asked for, and what of it runs.
//
// What is asked for stands once: tables of items, an id and a title each, which one flow of the list has among its answers
// (`AskedFor`). Each flow says in its rows (Flow::covers) by what it runs an item. Nobody sums up by hand.
//
// The tables are rows and no data file: they are there wherever the program is, need no reader, and cannot be broken at run
// time. They stand in `telling/`, for a title changes no trace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ordeal::play {

class Flows;  // scenarios/play/flows.h

// What may run an item. In this order they are told: what one would look at first comes first.
//
//   flaw      by its id, "F-01": the naive code, and the law that finds it
//   scenario  by its name
//   design    "stock.gate=row_lock"
//   fork      "callback: lost": a party goes this way
//   machine   by its name: every move is declared
//   law       by its whole name, "I-10 no-oversell"
//   test      "Suite.Name" of GoogleTest
enum class CoverKind : std::uint8_t { flaw, scenario, design, fork, machine, law, test };
std::string_view name_of(CoverKind kind);

struct Cover {
  CoverKind kind;
  std::string_view name;

  bool operator==(const Cover&) const = default;
};

// It counts only if what is named here really does what the item asks for.
struct CoverRow {
  std::string_view item;
  std::vector<Cover> by;
};

// One line of 80 columns tells of an item, so there is room for this much.
inline constexpr std::size_t kTitleColumns = 32;
inline constexpr std::size_t kMissingColumns = 30;

struct CoverItem {
  std::string_view id;         // "A31", "F-01", "I-10"
  std::string_view title;      // of our own, at most kTitleColumns
  std::string_view missing{};  // what is not there yet, at most kMissingColumns; empty: all of it runs
};

struct CoverTable {
  std::string_view name;     // "requirements"
  std::string_view summary;  // one sentence
  std::vector<CoverItem> items;
};

// An answer (Flow::answer).
struct AskedFor {
  std::vector<CoverTable> tables;
};

// run      something runs it, and nothing is missing
// in_part  something runs it, and something is missing
// not_yet  nothing runs it
enum class CoverState : std::uint8_t { run, in_part, not_yet };
inline constexpr CoverState kCoverStates[] = {CoverState::run, CoverState::in_part, CoverState::not_yet};
// "run", "in-part", "not-yet".
std::string_view name_of(CoverState state);

struct Covered {
  const CoverItem* item;
  CoverState state;
  std::vector<Cover> by;  // by kind, in each kind as the flows have them
};

// Null for flows of which nobody says what they were asked for.
const AskedFor* asked_for(const Flows& flows);
// A flaw runs the item of its id, a law the one that its name begins with; no row needs to say so.
std::vector<Covered> covered(const Flows& flows, const CoverTable& table);

}  // namespace ordeal::play
