#include "faults/search/site_list.h"

#include <utility>

#include "faults/kinds/damage.h"

namespace ordeal::faults {

void SiteList::list(const sim::Moment& moment, Question question, std::vector<Action> applicable,
                    sim::DiskOp::Kind op) {
  if (sim_ == nullptr) return;
  const sim::Scheduler& scheduler = sim_->scheduler();
  asked_.push_back({sim_->causes().site_path(moment.cause, moment.what), moment.key.occurrence, question,
                    moment.host, moment.at_ns, std::move(applicable), op, moment.key.site.value,
                    sim_->trace().records().size(), scheduler.events_run(), scheduler.fibers_alive()});
}

sim::SendVerdict SiteList::sending(const sim::Moment& moment, const sim::Sending& question) {
  std::vector<Action> applicable{act::Drop{}, act::Duplicate{strengths_.copy_after},
                                 act::Delay{strengths_.extra}, act::Reset{}};
  // Any other damaged message is a lost one.
  if (question.is_open) applicable.emplace_back(act::Corrupt{});
  list(moment, Question::sending, std::move(applicable));
  return inner_ == nullptr ? sim::SendVerdict{} : inner_->sending(moment, question);
}

sim::StepVerdict SiteList::stepping(const sim::Moment& moment, const sim::Stepping& question) {
  list(moment, Question::stepping, {act::Crash{strengths_.restart_after}, act::Freeze{strengths_.freeze}});
  return inner_ == nullptr ? sim::StepVerdict{} : inner_->stepping(moment, question);
}

sim::DiskVerdict SiteList::disk(const sim::Moment& moment, const sim::DiskOp& question) {
  using Kind = sim::DiskOp::Kind;
  std::vector<Action> applicable{act::DiskStall{strengths_.stall},
                                 act::CrashBeforeDisk{strengths_.restart_after},
                                 act::CrashAfterDisk{strengths_.restart_after}};
  const Kind kind = question.kind;
  if (kind == Kind::read || kind == Kind::write || kind == Kind::sync)
    applicable.emplace_back(act::DiskFail{});
  if (kind == Kind::write || kind == Kind::create) applicable.emplace_back(act::DiskFull{});
  if (kind == Kind::sync) applicable.emplace_back(act::DiskLie{});
  list_damage(question, applicable);
  list(moment, Question::disk, std::move(applicable), kind);
  return inner_ == nullptr ? sim::DiskVerdict{} : inner_->disk(moment, question);
}

sim::SectorVerdict SiteList::unsynced_sector(const sim::Moment& moment, const sim::UnsyncedSector& question) {
  constexpr std::int64_t kHalf = 256;
  list(moment, Question::unsynced_sector,
       {act::SectorKept{std::string(question.file), question.write, question.sector},
        act::SectorTorn{std::string(question.file), question.write, question.sector, kHalf}});
  return inner_ == nullptr ? sim::SectorVerdict{} : inner_->unsynced_sector(moment, question);
}

bool SiteList::name_survives(const sim::Moment& moment, const sim::UnsyncedName& question) {
  list(moment, Question::unsynced_name, {act::NameKept{std::string(question.file)}});
  return inner_ != nullptr && inner_->name_survives(moment, question);
}

std::size_t SiteList::fork(const sim::Moment& moment, const sim::Fork& question) {
  std::vector<Action> applicable;
  for (std::size_t i = 1; i < question.ways.size(); ++i)
    applicable.emplace_back(act::Take{std::string(question.ways[i])});
  list(moment, Question::fork, std::move(applicable));
  const std::size_t way = inner_ == nullptr ? 0 : inner_->fork(moment, question);
  if (sim_ != nullptr) asked_.back().way = way;
  return way;
}

sim::CacheVerdict SiteList::cache(const sim::Moment& moment, const sim::CacheOp& question) {
  std::vector<Action> applicable;
  applicable.reserve(3);
  applicable.emplace_back(act::CacheRestartEmpty{strengths_.restart_after});
  if (question.has_replica)
    applicable.emplace_back(act::CacheFailover{strengths_.cache_lag, strengths_.restart_after});
  if (question.evictable) applicable.emplace_back(act::CacheEvict{});
  list(moment, Question::cache, std::move(applicable));
  return inner_ == nullptr ? sim::CacheVerdict{} : inner_->cache(moment, question);
}

sim::BrokerVerdict SiteList::broker(const sim::Moment& moment, const sim::BrokerOp& question) {
  using Kind = sim::BrokerOp::Kind;
  std::vector<Action> applicable;
  applicable.reserve(2);
  if (question.kind == Kind::store) {
    applicable.emplace_back(act::BrokerDuplicate{});
    if (question.may_lose) applicable.emplace_back(act::BrokerCrash{strengths_.restart_after});
  } else if (question.kind == Kind::acknowledge) {
    applicable.emplace_back(act::BrokerRedeliver{strengths_.broker_hold});
  } else {
    applicable.emplace_back(act::BrokerHold{strengths_.broker_hold});
  }
  list(moment, Question::broker, std::move(applicable));
  return inner_ == nullptr ? sim::BrokerVerdict{} : inner_->broker(moment, question);
}

}  // namespace ordeal::faults
