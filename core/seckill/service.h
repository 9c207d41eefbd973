// The flash sale (document E): who comes is let in by a rate and by permits, told at once when a node knows that all is gone, counted in
// the cache, and decided by the database. The winner has a pre-order with a deadline, makes a formal order of it and pays
// (checkout.h).
//
// A request that is turned away leaves nothing behind (E34). Hours are judged by this host's clock alone (E10, I-29).
#pragma once

#include <cstdint>
#include <string>

#include "core/limits/limits.h"
#include "core/seckill/checkout.h"
#include "core/seckill/publishing.h"
#include "core/seckill/seat_limit.h"
#include "core/seckill/winner_terms.h"

namespace ordeal::seckill {

struct Config {
  Duration confirm_within{600'000'000'000};
  Duration pay_within{1'800'000'000'000};  // 30 minutes: delay level 16 (E14)
  std::int64_t permits = 8;                // of each instance's service together
  Duration lease{10'000'000'000};
  limits::RateTerms rate{"seckill", 0, {1'000'000'000}};
  std::string till_url{};
};

struct Designs {
  SeatLimit& seat_limit;
  WinnerTerms& winner_terms;
  Publishing& publishing;
  SoldOut& sold_out;
  limits::Permits& permits;
  Closer& closer;
  Announcer& announcer;
};

class Service {
 public:
  Service(env::Env& env, env::Database& db, Designs designs, Config config);

  void start();

 private:
  PublishReply publish(const Publish& request);
  GrabReply grab(const Grab& request);
  GrabReply decide(const Grab& request);
  GrabReply turn_away(const Grab& request, const Activity& activity);
  GrabReply win(const Grab& request, const Activity& activity, bool counted);

  env::Env& env_;
  env::Database& db_;
  Designs designs_;
  Config config_;
  Counts counts_;
  Checkout checkout_;
  limits::PermitTerms permit_terms_;
};

}  // namespace ordeal::seckill
