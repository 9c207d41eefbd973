#include "faults/search/futures.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/digest.h"
#include "faults/search/enumerate.h"

namespace ordeal::faults {
namespace {

using Op = sim::DiskOp::Kind;

bool counts(const sim::TraceRecord& record) {
  return record.kind != sim::EventKind::log && record.kind != sim::EventKind::fault;
}

void add(Digest& digest, const sim::TraceRecord& record) {
  // How often it was before, which nobody acts on.
  const bool counted =
      record.kind == sim::EventKind::mark || record.kind == sim::EventKind::transaction_began;
  const std::uint64_t payload = counted ? 0 : record.payload;
  digest.add(static_cast<std::uint64_t>(record.at_ns))
      .add(record.site)
      .add(payload)
      .add((std::uint64_t{record.host} << 8) | static_cast<std::uint64_t>(record.kind));
}

// Whether something is drawn under this name: a delay, or a way. Else its occurrence only names strikes.
bool drawn_for(const SiteAsked& site) {
  if (site.question == Question::stepping) return false;
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
    case sim::EventKind::log:
      return true;
    default:
      return false;
  }
}

// What no later event shows before a second fault brings it to light, as a sum that grows and shrinks.
class Hidden {
 public:
  std::uint64_t value() const { return drawn_ + remembered_ + unsynced_; }

  void asked(const SiteAsked& site) {
    // The next draw at this site will be another one.
    const bool sync = site.question == Question::disk && site.op == Op::sync;
    if (site.question == Question::sending || sync) drawn_ += mix64(site.site_id);
    if (site.way != 0) remembered_ += Digest(site.site_id).add(site.way).value();
  }

  void happened(const sim::TraceRecord& record) {
    switch (record.kind) {
      case sim::EventKind::disk_write:
        pend(record.host, record.site, record.payload);
        break;
      case sim::EventKind::disk_sync:
        forget(pending_.find({record.host, record.payload}));
        break;
      case sim::EventKind::host_down:
        while (true) {
          const auto file = pending_.lower_bound({record.host, 0});
          if (file == pending_.end() || file->first.first != record.host) break;
          forget(file);
        }
        break;
      default:
        break;
    }
  }

 private:
  using Files = std::map<std::pair<std::uint32_t, std::uint64_t>, std::uint64_t>;  // by host and name

  void pend(std::uint32_t host, std::uint64_t file, std::uint64_t write) {
    pending_[{host, file}] += mix64(write);
    unsynced_ += mix64(write);
  }
  void forget(Files::iterator file) {
    if (file == pending_.end()) return;
    unsynced_ -= file->second;
    pending_.erase(file);
  }

  Files pending_;
  std::uint64_t drawn_ = 0;
  std::uint64_t remembered_ = 0;
  std::uint64_t unsynced_ = 0;
};

// At each question, before it is asked.
std::vector<std::uint64_t> hidden(const std::vector<SiteAsked>& asked,
                                  const std::vector<sim::TraceRecord>& records) {
  std::vector<std::uint64_t> out(asked.size());
  Hidden state;
  std::size_t record = 0;
  for (std::size_t q = 0; q < asked.size(); ++q) {
    for (; record < std::min(asked[q].records, records.size()); ++record) state.happened(records[record]);
    out[q] = state.value();
    state.asked(asked[q]);
  }
  return out;
}

constexpr std::size_t kSelf = SIZE_MAX;

}  // namespace

std::vector<std::uint64_t> futures(const std::vector<SiteAsked>& asked,
                                   const std::vector<sim::TraceRecord>& records, std::uint64_t at_rest) {
  std::vector<std::uint64_t> out = hidden(asked, records);
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
    out[i] = mix64(out[i]) ^ future.value();
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
  for (std::size_t q = 0; q < asked.size(); ++q) twins_[q].assign(asked[q].applicable.size(), {kSelf, 0});
  const std::vector<std::size_t> stretch = stretches(asked, records);
  for (std::size_t begin = 0; begin < asked.size();) {
    std::size_t end = begin;
    while (end < asked.size() && stretch[end] == stretch[begin]) ++end;
    last_stands_for_all(asked, begin, end, [&](const SiteAsked& site, const Action& action) {
      return is_crash(action) && fleeting(site);
    });
    last_stands_for_all(asked, begin, end, [](const SiteAsked&, const Action& action) {
      return std::holds_alternative<act::Freeze>(action);
    });
    const SiteAsked& last = asked[end - 1];
    if (last.question == Question::disk && last.op == Op::sync) {
      last_stands_for_all(asked, begin, end, [](const SiteAsked&, const Action& action) {
        return std::holds_alternative<act::DiskStall>(action);
      });
    }
    first_of_a_run_stands_for_all(asked, begin, end);
    begin = end;
  }
}

template <class Is>
void Twins::last_stands_for_all(const std::vector<SiteAsked>& asked, std::size_t begin, std::size_t end,
                                Is is) {
  Twin last{kSelf, 0};
  for (std::size_t q = end; q-- > begin;) {
    for (std::size_t a = asked[q].applicable.size(); a-- > 0;) {
      if (!is(asked[q], asked[q].applicable[a])) continue;
      if (last.question == kSelf) {
        last = {q, a};
      } else {
        twins_[q][a] = last;
      }
    }
  }
}

// A run of writes, or of reads, of one file.
void Twins::first_of_a_run_stands_for_all(const std::vector<SiteAsked>& asked, std::size_t begin,
                                          std::size_t end) {
  std::size_t first = begin;
  for (std::size_t q = begin + 1; q < end; ++q) {
    const SiteAsked& site = asked[q];
    const bool same = site.question == Question::disk && (site.op == Op::write || site.op == Op::read) &&
                      asked[first].site_id == site.site_id;
    if (!same) {
      first = q;
      continue;
    }
    for (std::size_t a = 0; a < site.applicable.size(); ++a) {
      const Action& action = site.applicable[a];
      const bool stalls = std::holds_alternative<act::DiskStall>(action) && twins_[q][a].question == kSelf;
      if (std::holds_alternative<act::DiskFail>(action) || stalls) twins_[q][a] = {first, a};
    }
  }
}

const Twin* Twins::of(std::size_t question, std::size_t action) const {
  const Twin& twin = twins_[question][action];
  return twin.question == kSelf ? nullptr : &twin;
}

std::uint64_t future_after(const std::vector<SiteAsked>& asked, const std::vector<std::uint64_t>& futures,
                           std::size_t struck, const Action& action) {
  const SiteAsked& at = asked[struck];
  const auto* stall = std::get_if<act::DiskStall>(&action);
  const auto* freeze = std::get_if<act::Freeze>(&action);
  for (std::size_t q = struck + 1; q < asked.size(); ++q) {
    const SiteAsked& site = asked[q];
    bool over = site.host == at.host && site.site_id != at.site_id;
    if (stall != nullptr) over = site.at_ns > at.at_ns + stall->how_long.ns;
    if (freeze != nullptr) over = site.at_ns > at.at_ns + freeze->how_long.ns;
    if (is_crash(action))
      over = site.question != Question::unsynced_sector && site.question != Question::unsynced_name;
    if (over) return futures[q];
  }
  return 0;
}

}  // namespace ordeal::faults
