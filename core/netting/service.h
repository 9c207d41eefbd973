// The clearing house: takes what banks owe each other, keeps their settlement accounts, and runs the cycles. Several instances may share a
// database.
#pragma once

#include "core/netting/runner.h"

namespace ordeal::netting {

struct Designs {
  Scheme& scheme;
  Cover& cover;
  jobs::Once& once;
};

inline constexpr std::size_t kReferenceMost = 64;

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Terms terms);

  void start();
  api::SubmitReply submit(const api::SubmitObligation& request);
  api::ObligationReply look(const api::LookAtObligation& request);
  api::CoverReply move_cover(const api::MoveCover& request);
  Runner& runner() { return runner_; }

 private:
  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  const Terms terms_;
  Runner runner_;
};

}  // namespace ordeal::netting
