// The explicit tables of everything that has a name: seams and their designs, flaws, invariants, channel
// profiles. `list` and `show` print them; the loader and the command line check names against them. One row a
// thing; no registration elsewhere.
#pragma once

#include <span>
#include <string_view>

namespace ordeal::scenarios {

struct SeamRow {
  std::string_view seam;                      // "stock.gate"
  std::string_view question;                  // what it decides, for a reader
  std::span<const std::string_view> designs;  // correct implementations; the first is the default
};

struct FlawRow {
  std::string_view id;         // "F-01"
  std::string_view name;       // "check-then-act oversell"
  std::string_view seam;       // which decision it gets wrong: "stock.gate", "payment.callback"
  std::string_view invariant;  // the one the catalogue names, in one string: "I-10 no-oversell"
  std::string_view scenario;   // in which a hunt finds it
  std::string_view summary;    // the naive code and the bad day, one sentence
};

struct InvariantRow {
  std::string_view name;     // "I-10 no-oversell"
  std::string_view promise;  // one sentence
  bool safety = true;        // else liveness
  bool on_facts = true;      // monitor on every fact, or audit at rest
};

// A fault point of the core (core/env/points.h).
struct PointRow {
  std::string_view name;     // as the core asks for it
  std::string_view summary;  // what the less usual way is, one sentence
};

std::span<const SeamRow> seams();
std::span<const FlawRow> flaws();
std::span<const InvariantRow> invariants();
std::span<const PointRow> points();

const SeamRow* find_seam(std::string_view name);
const FlawRow* find_flaw(std::string_view id);
const InvariantRow* find_invariant(std::string_view name);

}  // namespace ordeal::scenarios
