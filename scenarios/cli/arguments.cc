#include "scenarios/cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <vector>

#include <sched.h>

#include "faults/suggest.h"
#include "faults/text.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

using play::names_of;
using std::string_view;

[[noreturn]] void misused(string_view flag, string_view expected, string_view found,
                          const std::optional<std::string>& meant = {}) {
  std::string message =
      std::string(flag) + " needs " + std::string(expected) + ", found \"" + std::string(found) + "\"";
  if (meant) message += "\n  did you mean  " + *meant;
  throw play::BadInput(play::ExitCode::usage, message);
}

std::optional<std::uint64_t> number(string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::uint64_t parse_seed(string_view flag, string_view text) {
  const auto seed = number(text);
  if (!seed) misused(flag, "a number such as 7 or 0x2a, below 2^64", text);
  return *seed;
}

SeedRange parse_seeds(string_view text) {
  constexpr string_view kExpected =
      "a range such as 1..20000 of numbers below 2^64, whose end is not before its start";
  const auto dots = text.find("..");
  const auto first = number(text.substr(0, dots));
  const auto last = dots == string_view::npos ? first : number(text.substr(dots + 2));
  if (!first || !last || *last < *first) misused("--seeds", kExpected, text);
  if (*last - *first == UINT64_MAX) misused("--seeds", "a range of fewer than 2^64 seeds", text);
  return {*first, *last};
}

Duration parse_budget(string_view text) {
  const auto budget = faults::parse_duration(text);
  if (!budget || budget->ns < 0 || *budget == Duration::max())
    misused("--budget", "a duration such as 60s or 1h30m", text);
  return *budget;
}

Ratio parse_share(string_view flag, string_view text) {
  const auto share = faults::parse_ratio(text);
  if (!share || !faults::is_probability(*share)) misused(flag, "a share from 0 to 1 such as 5/100", text);
  return *share;
}

std::pair<std::string, std::string> parse_design(const play::Flows& flows, string_view text) {
  const auto equals = text.find('=');
  const string_view name = text.substr(0, equals);
  const play::SeamRow* seam = flows.seam(name);
  if (equals == string_view::npos || seam == nullptr) {
    misused("--design", "SEAM=DESIGN with a known seam (ordeal list seams)", text,
            faults::nearest(name, names_of(flows.seams(), &play::SeamRow::name)));
  }
  const string_view design = text.substr(equals + 1);
  const auto designs = seam->designs();
  if (std::find(designs.begin(), designs.end(), design) == designs.end()) {
    std::string known;
    for (const string_view one : designs) known += (known.empty() ? "" : ", ") + std::string(one);
    misused("--design", "a design of " + std::string(name) + ": " + known, design,
            faults::nearest(design, designs));
  }
  return {std::string(name), std::string(design)};
}

std::string parse_flaw(const play::Flows& flows, string_view text) {
  const play::FlawRow* flaw = flows.flaw(text);
  if (flaw == nullptr) {
    std::vector<string_view> known;
    for (const play::FlawRow* row : flows.flaws()) known.push_back(row->id);
    misused("--flaw", "a known flaw (ordeal list flaws)", text, faults::nearest(text, known));
  }
  return std::string(flaw->id);
}

std::string parse_invariant(const play::Flows& flows, string_view flag, string_view text) {
  for (const play::LawRow* row : flows.laws()) {
    const auto space = row->name.find(' ');
    if (row->name == text || row->name.substr(0, space) == text || row->name.substr(space + 1) == text)
      return std::string(row->name);
  }
  misused(flag, "a known invariant (ordeal list invariants)", text,
          faults::nearest(text, names_of(flows.laws(), &play::LawRow::name)));
}

std::set<std::string> parse_invariants(const play::Flows& flows, string_view flag,
                                       const std::vector<std::string>& texts) {
  std::set<std::string> out;
  for (const std::string& text : texts) out.insert(parse_invariant(flows, flag, text));
  return out;
}

std::uint64_t parse_count(string_view flag, string_view text, std::uint64_t max) {
  const auto count = number(text);
  if (!count || *count == 0 || *count > max)
    misused(flag, "a whole number from 1 to " + std::to_string(max), text);
  return *count;
}

std::optional<sim::Ordering> parse_order(string_view flag, string_view text) {
  if (text == "mixed") return std::nullopt;
  const auto order = sim::ordering_named(text);
  if (order) return order;
  std::vector<string_view> known(sim::ordering_names().begin(), sim::ordering_names().end());
  known.emplace_back("mixed");
  misused(flag, "fifo, permuted, pct or mixed", text, faults::nearest(text, known));
}

Patience parse_patience(string_view flag, string_view text) {
  Patience patience;
  if (const auto trials = number(text)) {
    patience.trials = *trials;
  } else if (const auto time = faults::parse_duration(text)) {
    patience.time = *time;
  }
  if (patience.trials == 0 && (!patience.time || patience.time->ns <= 0 || *patience.time == Duration::max()))
    misused(flag, "a time such as 60s, or a number of trials such as 500", text);
  return patience;
}

unsigned usable_cores() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&cores)));
}

}  // namespace ordeal::cli
