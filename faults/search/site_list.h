// Writes down every question that is asked, with the actions that could answer it: what `explore` enumerates.
// A decorator: the answers are those of the hooks it wraps, or "nothing special" without any.
//
// Questions about unsynced sectors and names come only after a crash: they show up in a list taken from a
// trial with a crash.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "faults/plan/plan.h"
#include "sim/hooks.h"
#include "sim/simulation.h"

namespace ordeal::faults {

struct SiteAsked {
  std::string site;
  std::uint32_t occurrence = 0;
  Question question{};
  sim::HostId host = 0;
  std::int64_t at_ns = 0;
  std::vector<Action> applicable;  // durations are those of `Strengths`
  sim::DiskOp::Kind op{};          // disk questions only
  std::uint64_t site_id = 0;
  // Where the trial stood: records of a full trace, events dispatched, fibers alive. futures.h compares them.
  std::size_t records = 0;
  std::uint64_t dispatched = 0;
  std::size_t fibers = 0;
  std::size_t way = 0;  // forks only: the way that was taken
};

class SiteList final : public sim::Hooks {
 public:
  // The durations that listed actions carry.
  struct Strengths {
    Duration copy_after{1'000'000'000};
    Duration extra{30'000'000'000};
    Duration restart_after{10'000'000'000};
    Duration freeze{30'000'000'000};
    Duration stall{5'000'000'000};
    Duration cache_lag{1'000'000'000};
    Duration broker_hold{10'000'000'000};
  };

  explicit SiteList(sim::Hooks* inner = nullptr) : SiteList(inner, Strengths{}) {}
  SiteList(sim::Hooks* inner, const Strengths& strengths) : inner_(inner), strengths_(strengths) {}
  // Sites are printed with the simulation's causes. Before this nothing is listed.
  void attach(sim::Simulation& simulation) { sim_ = &simulation; }
  // What is asked from here on is no longer listed: after the storm nothing strikes.
  void detach() { sim_ = nullptr; }
  std::vector<SiteAsked> take() { return std::move(asked_); }
  // In the order of asking.
  const std::vector<SiteAsked>& asked() const { return asked_; }

  sim::SendVerdict sending(const sim::Moment& moment, const sim::Sending& question) override;
  sim::StepVerdict stepping(const sim::Moment& moment, const sim::Stepping& question) override;
  sim::DiskVerdict disk(const sim::Moment& moment, const sim::DiskOp& question) override;
  sim::SectorVerdict unsynced_sector(const sim::Moment& moment, const sim::UnsyncedSector& question) override;
  bool name_survives(const sim::Moment& moment, const sim::UnsyncedName& question) override;
  std::size_t fork(const sim::Moment& moment, const sim::Fork& question) override;
  sim::CacheVerdict cache(const sim::Moment& moment, const sim::CacheOp& question) override;
  sim::BrokerVerdict broker(const sim::Moment& moment, const sim::BrokerOp& question) override;

 private:
  void list(const sim::Moment& moment, Question question, std::vector<Action> applicable,
            sim::DiskOp::Kind op = {});

  sim::Hooks* inner_;
  Strengths strengths_;
  sim::Simulation* sim_ = nullptr;
  std::vector<SiteAsked> asked_;
};

}  // namespace ordeal::faults
