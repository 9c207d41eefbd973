#include "faults/search/footprint.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <tsl/robin_map.h>

#include "core/base/digest.h"

namespace ordeal::faults {
namespace {

using sim::EventKind;
using Span = Footprint::Span;

constexpr std::int64_t kOneSpan = 10'000'000'000;
constexpr std::int64_t kTooClose = 1'000'000'000;
constexpr std::int64_t kForEver = std::numeric_limits<std::int64_t>::max() / 2;

// Marks are nowhere, and what a disk writes before a sync nobody else can see.
bool leaves_a_trace(const sim::TraceRecord& record) {
  switch (record.kind) {
    case EventKind::disk_write:
    case EventKind::fault:
    case EventKind::mark:
    case EventKind::log:
      return false;
    default:
      return true;
  }
}

std::uint64_t word(const sim::TraceRecord& record) {
  // How much a crash lost, and the number of a commit, depend on what else was written there.
  const bool counted = record.kind == EventKind::committed || record.kind == EventKind::disk_crash;
  return Digest(static_cast<std::uint64_t>(record.at_ns))
      .add(record.site)
      .add(counted ? 0 : record.payload)
      .add((std::uint64_t{record.host} << 8) | static_cast<std::uint64_t>(record.kind))
      .value();
}

using Counts = tsl::robin_map<std::uint64_t, std::int64_t>;

Counts counts_of(const std::vector<sim::TraceRecord>& records) {
  Counts counts;
  counts.reserve(records.size());
  for (const sim::TraceRecord& record : records) {
    if (leaves_a_trace(record)) ++counts[word(record)];
  }
  return counts;
}

// The events that are in `records` more often than in `counts`, which is used up.
template <class See>
void more_of(const std::vector<sim::TraceRecord>& records, Counts counts, See see) {
  for (const sim::TraceRecord& record : records) {
    if (!leaves_a_trace(record)) continue;
    const auto found = counts.find(word(record));
    if (found != counts.end() && found.value() > 0) {
      --found.value();
    } else {
      see(record);
    }
  }
}

void merge(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
    return std::tie(a.host, a.from_ns, a.to_ns) < std::tie(b.host, b.from_ns, b.to_ns);
  });
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (!out.empty() && out.back().host == span.host && span.from_ns <= out.back().to_ns + kOneSpan) {
      out.back().to_ns = std::max(out.back().to_ns, span.to_ns);
    } else {
      out.push_back(span);
    }
  }
  spans = std::move(out);
}

bool restarts(const Footprint& footprint, sim::HostId host) {
  return std::binary_search(footprint.restarts.begin(), footprint.restarts.end(), host);
}

bool meet(const Span& a, const Span& b) {
  return a.from_ns <= b.to_ns + kTooClose && b.from_ns <= a.to_ns + kTooClose;
}

using Spans = std::vector<Span>::const_iterator;

Spans end_of_host(Spans from, Spans end) {
  return std::find_if(from, end, [&](const Span& span) { return span.host != from->host; });
}

// Spans of one host each, by time.
bool any_meet(Spans a, Spans a_end, Spans b, Spans b_end) {
  while (a != a_end && b != b_end) {
    if (meet(*a, *b)) return true;
    ++(a->to_ns < b->to_ns ? a : b);
  }
  return false;
}

}  // namespace

Footprint footprint(const std::vector<sim::TraceRecord>& clean, const std::vector<sim::TraceRecord>& struck,
                    const SiteAsked& site, const Action& action) {
  Footprint out;
  out.lasting = std::holds_alternative<act::Take>(action);
  const auto* stall = std::get_if<act::DiskStall>(&action);
  out.spans.push_back({site.host, site.at_ns, site.at_ns + (stall == nullptr ? 0 : stall->how_long.ns)});
  more_of(clean, counts_of(struck), [&](const sim::TraceRecord& record) {
    out.spans.push_back({record.host, record.at_ns, record.at_ns});
  });
  std::map<sim::HostId, std::int64_t> out_of_use;  // since when
  more_of(struck, counts_of(clean), [&](const sim::TraceRecord& record) {
    out.spans.push_back({record.host, record.at_ns, record.at_ns});
    const bool back = record.kind == EventKind::host_up || record.kind == EventKind::host_thawed;
    if (record.kind == EventKind::host_down || record.kind == EventKind::host_frozen)
      out_of_use.emplace(record.host, record.at_ns);
    if (record.kind == EventKind::host_up) out.restarts.push_back(record.host);
    if (!back) return;
    const auto since = out_of_use.find(record.host);
    if (since == out_of_use.end()) return;
    out.spans.push_back({record.host, since->second, record.at_ns});
    out_of_use.erase(since);
  });
  for (const auto& [host, since] : out_of_use) out.spans.push_back({host, since, kForEver});
  merge(out.spans);
  std::sort(out.restarts.begin(), out.restarts.end());
  out.restarts.erase(std::unique(out.restarts.begin(), out.restarts.end()), out.restarts.end());
  return out;
}

bool independent(const Footprint& a, const Footprint& b) {
  if (a.lasting || b.lasting) return false;
  Spans at_a = a.spans.begin();
  Spans at_b = b.spans.begin();
  while (at_a != a.spans.end() && at_b != b.spans.end()) {
    const Spans end_a = end_of_host(at_a, a.spans.end());
    const Spans end_b = end_of_host(at_b, b.spans.end());
    if (at_a->host == at_b->host) {
      const sim::HostId host = at_a->host;
      const bool a_restarts = restarts(a, host);
      const bool b_restarts = restarts(b, host);
      // How often a host was started is a part of the names of what it then does.
      if (a_restarts && b_restarts) return false;
      const Span whole_a{host, at_a->from_ns, std::prev(end_a)->to_ns};
      const Span whole_b{host, at_b->from_ns, std::prev(end_b)->to_ns};
      if ((a_restarts || b_restarts) && meet(whole_a, whole_b)) return false;
      if (any_meet(at_a, end_a, at_b, end_b)) return false;
      at_a = end_a;
      at_b = end_b;
    } else if (at_a->host < at_b->host) {
      at_a = end_a;
    } else {
      at_b = end_b;
    }
  }
  return true;
}

std::string to_text(const Footprint& footprint) {
  std::string out = fmt::format("{} {} ", footprint.lasting ? 1 : 0, footprint.spans.size());
  for (const Span& span : footprint.spans)
    out += fmt::format("{} {} {} ", span.host, span.from_ns, span.to_ns);
  for (const sim::HostId host : footprint.restarts) out += fmt::format("{} ", host);
  return out;
}

std::optional<Footprint> footprint_from(std::string_view text) {
  std::vector<std::int64_t> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    std::int64_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || next == end || *next != ' ') return std::nullopt;
    numbers.push_back(number);
    at = next + 1;
  }
  if (numbers.size() < 2 || numbers[1] < 0) return std::nullopt;
  const auto spans_end = 2 + 3 * static_cast<std::size_t>(numbers[1]);
  if (numbers.size() < spans_end) return std::nullopt;
  Footprint out;
  out.lasting = numbers[0] != 0;
  for (std::size_t i = 2; i < spans_end; i += 3)
    out.spans.push_back({static_cast<sim::HostId>(numbers[i]), numbers[i + 1], numbers[i + 2]});
  for (std::size_t i = spans_end; i < numbers.size(); ++i)
    out.restarts.push_back(static_cast<sim::HostId>(numbers[i]));
  return out;
}

std::uint64_t tally(const std::vector<sim::TraceRecord>& records) {
  std::uint64_t sum = 0;
  for (const sim::TraceRecord& record : records) {
    switch (record.kind) {
      case EventKind::disk_write:
      case EventKind::disk_sync:
      case EventKind::disk_crash:
      case EventKind::fault:
      case EventKind::log:
        continue;
      default:
        sum += Digest(record.site)
                   .add((std::uint64_t{record.host} << 8) | static_cast<std::uint64_t>(record.kind))
                   .value();
    }
  }
  return sum;
}

}  // namespace ordeal::faults
