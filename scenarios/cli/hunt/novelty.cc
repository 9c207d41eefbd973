#include "scenarios/cli/hunt/novelty.h"

#include <bit>

#include <fmt/format.h>

#include "faults/text.h"

namespace ordeal::cli {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::string sized(std::string_view what, std::string_view name, std::uint64_t count) {
  return fmt::format("{} {} {}", what, name, std::bit_width(count));
}

}  // namespace

bool Novelty::add(const TrialLine& line, std::int64_t now_ns) {
  const std::size_t before = seen_.size();
  std::string outcome(sim::name_of(line.verdict));
  for (const auto& [mark, count] : line.marks) seen_.insert(sized("mark", mark, count));
  for (const auto& [name, count] : line.counts)
    outcome += sized(",", name, static_cast<std::uint64_t>(count));
  for (const TrialLine::Broken& one : line.findings) {
    seen_.insert("broken " + one.invariant + ": " + one.message);
    broken_.insert(one.invariant.substr(0, one.invariant.find(' ')));
  }
  for (const auto& [kind, counts] : line.faults.by_kind) {
    if (counts.effective != 0) seen_.insert("struck " + kind);
  }
  seen_.insert(std::move(outcome));
  if (seen_.size() == before) {
    ++trials_since_;
    return false;
  }
  trials_since_ = 0;
  last_ns_ = now_ns;
  return true;
}

std::string Novelty::found_words() const {
  if (broken_.empty()) return "nothing found";
  constexpr std::size_t kShown = 2;
  std::string out = "found";
  std::size_t shown = 0;
  for (const std::string& id : broken_) {
    if (++shown > kShown) return out + fmt::format(" and {} more", broken_.size() - kShown);
    out += (shown == 1 ? " " : ", ") + id;
  }
  return out;
}

std::optional<std::string> Novelty::stale(std::int64_t now_ns) const {
  if (patience_.trials != 0 && trials_since_ >= patience_.trials)
    return fmt::format("nothing new in {} trials", patience_.trials);
  if (patience_.time && now_ns - last_ns_ >= patience_.time->ns)
    return "nothing new for " + faults::text(*patience_.time);
  return std::nullopt;
}

std::string Novelty::words(std::int64_t now_ns) const {
  return fmt::format("  {}  nothing new for {} s, {} trials", found_words(), (now_ns - last_ns_) / kSecond,
                     trials_since_);
}

}  // namespace ordeal::cli
