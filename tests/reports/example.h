// Reports made by hand, with one of everything, for the golden files.
#pragma once

#include "reports/model.h"

namespace ordeal::reports::example {

inline Setting setting() {
  Setting setting;
  setting.engine = "ordeal 0.0.0";
  setting.scenario = "first_sale";
  setting.summary = "Ten shoppers.";
  setting.designs = {{"stock.gate", "row_lock"}};
  setting.flaws = {"F-01"};
  return setting;
}

inline sim::Finding oversell() {
  return {"I-10 no-oversell",
          sim::FindingKind::safety,
          903'250'000'000,
          "sold 4 of tea, there were 3",
          {{"sku", "tea"}, {"order", "ord-0000000001"}, {"order", "ord-0000000002"}}};
}

inline FaultReport faults() {
  FaultReport report;
  report.by_kind["host_crash"] = {2, 1, 1, 3};
  report.by_kind["message_loss"] = {1, 1, 0, 0};
  return report;
}

inline RunReport run() {
  RunReport report;
  report.setting = setting();
  report.seed = 42;
  report.verdict = sim::Verdict::safety;
  report.exit_code = 1;
  report.trace_hash = "00112233445566778899aabbccddeeff";
  report.events = 12'345;
  report.virtual_ns = 86'400'000'000'000;
  report.wall_ns = 1'800'000;
  report.played_twice = true;
  report.findings = {oversell()};
  report.faults = faults();
  report.plan = {"host_crash-1: hosts crash"};
  report.sometimes = {{"out of stock", 3}};
  report.not_reached = {"order abandoned"};
  report.counts = {{"orders_placed", 10}, {"orders_paid", 8}, {"refunds", 0}};
  report.repro = ".ordeal/runs/x/I-10-no-oversell.repro.json";
  return report;
}

inline SmallFailure small() {
  SmallFailure small;
  small.invariant = "I-10 no-oversell";
  small.cause = "drop at visit › send gateway.pay";
  small.seed = 42;
  small.repro = ".ordeal/runs/x/I-10-no-oversell.small.repro.json";
  small.before = {158, 8, 10};
  small.after = {1, 0, 2};
  small.tries = 71;
  small.finished = true;
  small.takes = {"at shopper-3/checkout-1 › visit › send gateway.pay, time 1: the message is lost",
                 "shopper-3, without second click", "shopper-4"};
  small.count = 2;
  return small;
}

inline ShrinkReport shrunk() {
  ShrinkReport report;
  report.setting = setting();
  report.from = ".ordeal/runs/x/I-10-no-oversell.repro.json";
  report.small = small();
  report.but_for.rows = {
      {"strike", "at shopper-3/checkout-1 › visit › send gateway.pay, time 1: the message is lost", false},
      {"actor", "shopper-3", false},
      {"actor", "shopper-4", true},
      {"message", "shopper-3/checkout-1 › visit › send gateway.place_order", false},
      {"message", "shopper-3/checkout-1 › visit › gateway.place_order › send order.place", true}};
  report.but_for.untried = 1;
  report.verdict = "safety";
  report.trace_hash = "00112233445566778899aabbccddeeff";
  report.stopped_because = "nothing more can go";
  report.wall_ns = 250'000'000;
  return report;
}

inline HuntReport hunt() {
  HuntReport report;
  report.setting = setting();
  report.first_seed = 1;
  report.last_seed = 2'000;
  report.stopped_because = "all seeds were played";
  report.exit_code = 1;
  report.trials = 2'000;
  report.passed = 1'998;
  report.failed = 2;
  report.by_verdict = {{"pass", 1'998}, {"safety", 2}};
  report.by_invariant = {{"I-10 no-oversell", 2}};
  report.reruns = 102;
  report.traces_hash = "0123456789abcdef0123456789abcdef";
  report.first_failures = {{42, "I-10 no-oversell", sim::FindingKind::safety, "sold 4 of tea, there were 3",
                            ".ordeal/runs/x/I-10-no-oversell.repro.json"}};
  report.failing_seeds = {{"I-10 no-oversell", {42, 77, 99}}};
  report.looked_into = {{"I-10 no-oversell", 3}};
  report.small = {small(), small()};
  report.small[1].cause = "no fault";
  report.small[1].count = 1;
  report.corpus = CorpusReport{6, 5, {"F-01.repro.json: expected I-10 no-oversell, found pass"}};
  report.events = 24'690'000;
  report.virtual_ns = 172'800'000'000'000;
  report.wall_ns = 4'000'000'000;
  report.sometimes = {{"out of stock", 300}};
  report.not_reached = {"order abandoned"};
  report.faults = faults();
  report.never_effective = {"message_loss"};
  report.rates_judged = 12;
  report.rates_off = {{"host_crash", {3, 100}, 10'000, 500}};
  report.counts = {{"orders_placed", 20'000}};
  report.run_directory = ".ordeal/runs/x";
  return report;
}

inline HuntReport green_hunt() {
  HuntReport report = hunt();
  report.setting.flaws.clear();
  report.setting.designs.clear();
  report.exit_code = 0;
  report.passed = 2'000;
  report.failed = 0;
  report.by_verdict = {{"pass", 2'000}};
  report.by_invariant.clear();
  report.failing_seeds.clear();
  report.looked_into.clear();
  report.small.clear();
  report.corpus = CorpusReport{6, 6, {}};
  report.first_failures.clear();
  return report;
}

}  // namespace ordeal::reports::example
