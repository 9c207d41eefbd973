#include "scenarios/cli/explore_units.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/base/check.h"

namespace ordeal::cli {
namespace {

constexpr const char* kNothingUnsynced = "a crash with nothing unsynced: nothing could survive";
constexpr const char* kSameFuture = "second fault in a future that an earlier single has had";
constexpr const char* kSameInstant = "a fault of the same instant stands for it";
// One in so many of the pruned trials is played all the same.
constexpr std::uint64_t kCheckedShare = 2'000;

std::uint64_t hex(const std::string& text, std::size_t at, std::size_t digits) {
  std::uint64_t value = 0;
  const char* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + digits, value, 16);
  ORDEAL_CHECK(error == std::errc{} && end == begin + digits, "a worker's future cannot be read");
  return value;
}

std::set<std::string> invariants_of(const sim::TrialResult& trial) {
  std::set<std::string> out;
  for (const sim::Finding& finding : trial.findings) out.insert(finding.invariant);
  return out;
}

faults::Limits limits_of(const faults::Menu& menu, const std::vector<std::string>& hosts) {
  faults::Limits limits;
  limits.allowed = menu.allowed;
  for (const std::string& host : hosts) {
    const auto& may = menu.crash_hosts;
    limits.hosts.push_back(std::find(may.begin(), may.end(), host) != may.end());
  }
  return limits;
}

}  // namespace

ExploreUnits::ExploreUnits(Production& production, std::uint64_t depth)
    : production_(production), options_(production.options), depth_(depth) {
  options_.faults = scenarios::FaultMode::plan;
  clean_ = list({});
  limits_ = limits_of(production.stage->menu(), clean_.trial.host_names);
  singles_ = faults::singles(clean_.sites, limits_);
  if (depth_ > 1) twins_.emplace(clean_.sites, clean_.trial.records);
  futures_.resize(count());
}

scenarios::Played ExploreUnits::list(const faults::Plan& plan) {
  scenarios::PlayOptions options = options_;
  options.plan = plan;
  options.list_sites = true;
  if (depth_ > 1) options.trace = sim::Trace::Mode::full;
  return production_.stage->play(options);
}

Judged ExploreUnits::judge(const faults::Plan& plan) {
  scenarios::PlayOptions options = options_;
  options.plan = plan;
  return play_and_judge(*production_.stage, options, Ratio::zero());
}

faults::Plan ExploreUnits::plan_of(std::uint64_t unit) const {
  faults::Plan plan;
  if (unit != 0) plan.strikes.push_back(faults::strike_of(clean_.sites, singles_[unit - 1]));
  return plan;
}

std::size_t ExploreUnits::first_question(std::uint64_t unit) const {
  return unit == 0 ? 0 : singles_[unit - 1].question + 1;
}

ExploreSums ExploreUnits::play(std::uint64_t unit) {
  ExploreSums sums;
  sums.unit = unit;
  CertificateHash hash;
  const faults::Plan plan = plan_of(unit);
  const bool crashes = unit != 0 && faults::is_crash(plan.strikes.front().action);
  if (depth_ > 1) {
    const scenarios::Played played = list(plan);
    if (!played.trial.broken) sums.future = future_text(played, first_question(unit));
  }
  sums.add(judge(plan), plan, hash);
  if (crashes) {
    faults::Plan kept = plan;
    kept.windows.push_back(faults::all_unsynced_survives());
    const Judged judged = judge(kept);
    // Only the crash itself: then the window struck nowhere, and the trial was the one before.
    if (judged.played.fired.size() > 1) {
      sums.add(judged, kept, hash);
    } else {
      ++sums.pruned[kNothingUnsynced];
    }
  }
  sums.digest = hash.text();
  return sums;
}

// ---- pairs ----

std::optional<ExploreUnits::Sort> ExploreUnits::sort_of(const faults::SiteAsked& site,
                                                        const faults::Action& action) {
  const bool read = site.op == sim::DiskOp::Kind::read;
  if (faults::is_crash(action)) return crash;
  if (std::holds_alternative<faults::act::DiskFail>(action)) return read ? fail_read : fail_write;
  if (std::holds_alternative<faults::act::DiskStall>(action)) return read ? stall_read : stall_write;
  return std::nullopt;
}

// The future of the strike, and of each question behind it: hash, actions that may strike, and how many of
// them are represented, by sort.
std::string ExploreUnits::future_text(const scenarios::Played& played, std::size_t first) const {
  const auto hashes = faults::futures(played.sites, played.trial.records, played.at_rest);
  const faults::Twins twins(played.sites, played.trial.records);
  std::uint64_t after = 0;
  if (first != 0) {
    const bool crashed = faults::is_crash(played.plan.strikes.front().action);
    after = faults::future_after(played.sites, hashes, first - 1, crashed);
  }
  std::string out = fmt::format("{:016x}", after);
  for (std::size_t q = first; q < played.sites.size(); ++q) {
    const faults::SiteAsked& site = played.sites[q];
    std::uint8_t actions = 0;
    std::array<std::uint8_t, kSorts> represented{};
    for (std::size_t a = 0; a < site.applicable.size(); ++a) {
      if (!faults::may_strike(site, site.applicable[a], limits_)) continue;
      ++actions;
      if (twins.of(q, a) != nullptr) ++represented[*sort_of(site, site.applicable[a])];
    }
    out += fmt::format("{:016x}{:02x}", hashes[q], actions);
    for (const std::uint8_t sort : represented) out += fmt::format("{:x}", sort);
  }
  return out;
}

ExploreUnits::Future ExploreUnits::future_from(const std::string& text) {
  constexpr std::size_t kHash = 16;
  constexpr std::size_t kItem = kHash + 2 + kSorts;
  Future future;
  if (text.empty()) return future;
  future.after = hex(text, 0, kHash);
  for (std::size_t at = kHash; at + kItem <= text.size(); at += kItem) {
    future.at.push_back(hex(text, at, kHash));
    future.actions.push_back(static_cast<std::uint8_t>(hex(text, at + kHash, 2)));
    std::array<std::uint8_t, kSorts> twins{};
    for (std::size_t sort = 0; sort < kSorts; ++sort)
      twins[sort] = static_cast<std::uint8_t>(hex(text, at + kHash + 2 + sort, 1));
    future.twins.push_back(twins);
  }
  return future;
}

void ExploreUnits::learn(std::uint64_t unit, const std::string& future) {
  futures_[unit] = future_from(future);
  for (const std::uint64_t hash : futures_[unit].at) owners_.emplace(hash, unit);
}

// Whether a single of the same instant stands for this one, and its own trial went on in the same way.
bool ExploreUnits::represented(std::uint64_t unit) const {
  if (unit == 0) return false;
  const faults::Single& single = singles_[unit - 1];
  const faults::Twin* twin = twins_->of(single.question, single.action);
  if (twin == nullptr) return false;
  const auto found =
      std::find(singles_.begin(), singles_.end(), faults::Single{twin->question, twin->action});
  if (found == singles_.end()) return false;
  const auto other = static_cast<std::uint64_t>(found - singles_.begin()) + 1;
  return futures_[unit].after == futures_[other].after;
}

void ExploreUnits::settle() {
  for (std::uint64_t unit = 1; unit < count(); ++unit) {
    const faults::Single& single = singles_[unit - 1];
    if (twins_->of(single.question, single.action) == nullptr || represented(unit)) continue;
    const faults::SiteAsked& site = clean_.sites[single.question];
    confirmed_[*sort_of(site, site.applicable[single.action])] = false;
  }
  for (std::uint64_t unit = 1; unit < count(); ++unit) {
    const Future& future = futures_[unit];
    const bool twin = represented(unit);
    std::uint64_t left = 0;
    for (std::size_t i = 0; i < future.at.size(); ++i) {
      std::uint64_t same_instant = 0;
      for (std::size_t sort = 0; sort < kSorts; ++sort)
        same_instant += confirmed_[sort] ? future.twins[i][sort] : 0;
      candidates_ += future.actions[i];
      if (twin) {
        pruned_[kSameInstant] += future.actions[i];
      } else if (owners_.find(future.at[i])->second != unit) {
        pruned_[kSameFuture] += future.actions[i];
      } else {
        pruned_[kSameInstant] += same_instant;
        left += future.actions[i] - same_instant;
      }
    }
    if (left != 0) with_pairs_.push_back(unit);
  }
}

const faults::Twin* ExploreUnits::usable_twin(const faults::Twins& twins, const faults::SiteAsked& site,
                                              std::size_t question, std::size_t action) const {
  const auto sort = sort_of(site, site.applicable[action]);
  return sort && confirmed_[*sort] ? twins.of(question, action) : nullptr;
}

bool ExploreUnits::in_checked_share(std::uint64_t unit, std::size_t question, std::size_t action) const {
  return Digest(options_.seed).add(unit).add(question).add(action).value() % kCheckedShare == 0;
}

// The pair that stands for one in a future which `owner` had first: the same question, counted from the end.
std::optional<faults::Plan> ExploreUnits::plan_in_owner(std::uint64_t owner, std::size_t from_end,
                                                        std::size_t action) {
  faults::Plan plan = plan_of(owner);
  const scenarios::Played played = list(plan);
  if (from_end > played.sites.size()) return std::nullopt;
  plan.strikes.push_back(faults::strike_of(played.sites, {played.sites.size() - from_end, action}));
  return plan;
}

bool ExploreUnits::end_alike(const faults::Plan& a, const faults::Plan& b) {
  const scenarios::Played one = list(a);
  const scenarios::Played other = list(b);
  return one.at_rest == other.at_rest && one.trial.verdict == other.trial.verdict &&
         invariants_of(one.trial) == invariants_of(other.trial);
}

ExploreSums ExploreUnits::play_pairs(std::uint64_t unit) {
  ExploreSums sums;
  sums.unit = unit;
  CertificateHash hash;
  const faults::Plan first = plan_of(unit);
  const scenarios::Played played = list(first);
  const faults::Twins twins(played.sites, played.trial.records);
  const Future& future = futures_[unit];
  const std::size_t begin = first_question(unit);
  const auto with = [&](std::size_t question, std::size_t action) {
    faults::Plan plan = first;
    plan.strikes.push_back(faults::strike_of(played.sites, {question, action}));
    return plan;
  };
  for (std::size_t q = begin; q < played.sites.size(); ++q) {
    const faults::SiteAsked& site = played.sites[q];
    const std::uint64_t owner = owners_.find(future.at[q - begin])->second;
    for (std::size_t a = 0; a < site.applicable.size(); ++a) {
      if (!faults::may_strike(site, site.applicable[a], limits_)) continue;
      const faults::Twin* twin = usable_twin(twins, site, q, a);
      if (owner == unit && twin == nullptr) {
        sums.add(judge(with(q, a)), with(q, a), hash);
        continue;
      }
      if (!in_checked_share(unit, q, a)) continue;
      const auto other = owner != unit ? plan_in_owner(owner, played.sites.size() - q, a)
                                       : std::optional(with(twin->question, twin->action));
      ++sums.checked;
      if (!other || !end_alike(with(q, a), *other)) {
        ++sums.wrong;
        sums.our_bugs.push_back(
            "a pruned pair did not end like its representative: " + faults::readable(with(q, a)) + "  and  " +
            (other ? faults::readable(*other) : std::string("none")));
      }
    }
  }
  sums.digest = hash.text();
  return sums;
}

}  // namespace ordeal::cli
