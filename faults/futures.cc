#include "faults/futures.h"

#include <algorithm>

#include "core/base/digest.h"
#include "faults/enumerate.h"

namespace ordeal::faults {
namespace {

using Op = sim::DiskOp::Kind;

bool counts(const sim::TraceRecord& record) {
  return record.kind != sim::EventKind::log && record.kind != sim::EventKind::fault;
}

void add(Digest& digest, const sim::TraceRecord& record) {
  // A mark's payload is how often it was reached before, which nobody acts on.
  const std::uint64_t payload = record.kind == sim::EventKind::mark ? 0 : record.payload;
  digest.add(static_cast<std::uint64_t>(record.at_ns))
      .add(record.site)
      .add(payload)
      .add((std::uint64_t{record.host} << 8) | static_cast<std::uint64_t>(record.kind));
}

bool drawn_for(const SiteAsked& site) {
  return site.question != Question::disk || (site.op != Op::read && site.op != Op::write);
}

// Until the host's next question it changes nothing but its memory and what it has not synced.
bool fleeting(const SiteAsked& site) {
  if (site.question == Question::stepping) return true;
  return site.question == Question::disk &&
         (site.op == Op::read || site.op == Op::write || site.op == Op::create);
}

bool fleeting(const sim::TraceRecord& record) {
  switch (record.kind) {
    case sim::EventKind::disk_write:
    case sim::EventKind::transaction_began:
    case sim::EventKind::random:
    case sim::EventKind::log:
      return true;
    default:
      return false;
  }
}

constexpr std::size_t kSelf = SIZE_MAX;

}  // namespace

std::vector<std::uint64_t> futures(const std::vector<SiteAsked>& asked,
                                   const std::vector<sim::TraceRecord>& records, std::uint64_t at_rest) {
  std::vector<std::uint64_t> out(asked.size());
  Digest future(at_rest);
  std::size_t record = records.size();
  for (std::size_t i = asked.size(); i-- > 0;) {
    const SiteAsked& site = asked[i];
    while (record > site.records) {
      --record;
      if (counts(records[record])) add(future, records[record]);
    }
    const std::uint64_t until_next = i + 1 < asked.size() ? asked[i + 1].dispatched - site.dispatched : 0;
    future.add(site.site_id)
        .add(static_cast<std::uint64_t>(site.at_ns))
        .add((std::uint64_t{site.host} << 8) | static_cast<std::uint64_t>(site.question))
        .add(drawn_for(site) ? site.occurrence : 0)
        .add(site.fibers)
        .add(until_next);
    out[i] = future.value();
  }
  return out;
}

std::vector<std::size_t> stretches(const std::vector<SiteAsked>& asked,
                                   const std::vector<sim::TraceRecord>& records) {
  std::vector<std::size_t> out(asked.size());
  for (std::size_t i = 1; i < asked.size(); ++i) {
    const SiteAsked& before = asked[i - 1];
    const SiteAsked& here = asked[i];
    bool same = fleeting(before) && before.host == here.host && before.at_ns == here.at_ns &&
                before.dispatched == here.dispatched;
    for (std::size_t r = before.records; same && r < std::min(here.records, records.size()); ++r)
      same = fleeting(records[r]) && records[r].host == here.host;
    out[i] = same ? out[i - 1] : out[i - 1] + 1;
  }
  return out;
}

Twins::Twins(const std::vector<SiteAsked>& asked, const std::vector<sim::TraceRecord>& records)
    : twins_(asked.size()) {
  const std::vector<std::size_t> stretch = stretches(asked, records);
  for (std::size_t q = 0; q < asked.size(); ++q) twins_[q].assign(asked[q].applicable.size(), {kSelf, 0});
  Twin last_crash{kSelf, 0};
  std::size_t last_stretch = kSelf;
  for (std::size_t q = asked.size(); q-- > 0;) {
    const SiteAsked& site = asked[q];
    if (stretch[q] != last_stretch) last_crash = {kSelf, 0};
    last_stretch = stretch[q];
    for (std::size_t a = site.applicable.size(); a-- > 0;) {
      const Action& action = site.applicable[a];
      if (!is_crash(action) || !fleeting(site)) continue;
      if (last_crash.question == kSelf) {
        last_crash = {q, a};
      } else {
        twins_[q][a] = last_crash;
      }
    }
  }
  std::size_t first = 0;  // of a run of writes, or of reads, of one file
  for (std::size_t q = 1; q < asked.size(); ++q) {
    const SiteAsked& site = asked[q];
    const bool same = site.question == Question::disk && (site.op == Op::write || site.op == Op::read) &&
                      stretch[q] == stretch[first] && asked[first].site_id == site.site_id;
    if (!same) {
      first = q;
      continue;
    }
    for (std::size_t a = 0; a < site.applicable.size(); ++a) {
      const Action& action = site.applicable[a];
      if (std::holds_alternative<act::DiskFail>(action) || std::holds_alternative<act::DiskStall>(action))
        twins_[q][a] = {first, a};
    }
  }
}

const Twin* Twins::of(std::size_t question, std::size_t action) const {
  const Twin& twin = twins_[question][action];
  return twin.question == kSelf ? nullptr : &twin;
}

std::uint64_t future_after(const std::vector<SiteAsked>& asked, const std::vector<std::uint64_t>& futures,
                           std::size_t struck, bool crash) {
  for (std::size_t q = struck + 1; q < asked.size(); ++q) {
    const Question question = asked[q].question;
    if (question == Question::unsynced_sector || question == Question::unsynced_name) continue;
    if (!crash && (asked[q].host != asked[struck].host || asked[q].site_id == asked[struck].site_id))
      continue;
    return futures[q];
  }
  return 0;
}

}  // namespace ordeal::faults
