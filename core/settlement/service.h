// The service of clearing and settlement: takes trades that are paid, pick-ups and refunds, and runs both jobs. Several instances may share a
// database.
#pragma once

#include <cstdint>
#include <string>

#include "core/clearing/clearer.h"
#include "core/clearing/trigger.h"
#include "core/settlement/settler.h"

namespace ordeal::settlement {

struct Designs {
  clearing::Trigger& trigger;
  clearing::Sharing& sharing;
  BelowZero& below_zero;
  Route& route;
};

struct Config {
  clearing::Clearer::Config clearing{};
  Settler::Config settlement{};
};

inline constexpr std::size_t kMostLines = 20;
inline constexpr std::size_t kKeyMost = 64;

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config);

  void start();
  api::RecordReply record(const api::RecordTrade& request);
  api::PickUpReply pick_up(const api::PickUp& request);
  api::RefundLineReply refund(const api::RefundLine& request);
  api::SetRuleReply set_rule(const api::SetRule& request);
  clearing::Clearer& clearer() { return clearer_; }
  Settler& settler() { return settler_; }

 private:
  static api::TradeProblem problem_of(env::Connection& from, const api::RecordTrade& request);

  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  Settler settler_;
  clearing::Clearer clearer_;
};

}  // namespace ordeal::settlement
