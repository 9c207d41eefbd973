// Each breach that a law can find has a sentence for people, and the evidence that the sentence needs.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "reports/short_story.h"
#include "scenarios/flows/flows.h"
#include "sim/tale.h"
#include "tests/scenarios/invariants/small_world.h"

namespace ordeal::test {
namespace {

TEST(Sentences, AreThereForEveryBreachOfAHand) {
  sim::Tale tale;
  const play::Flows& flows = shop_flows();
  for (const play::Flow* flow : flows.all()) {
    for (const play::BreachRow& row : flow->breaches) tale.breach(row.message, row.sentence);
  }
  std::set<std::string> without;
  for (const Breach& breach : all_breaches()) {
    SmallWorld world({}, shop_flows(), {}, breach.promotions);
    breach.happens(world);
    for (const sim::Finding& finding : world.verdict()) {
      if (!reports::breach_sentence(finding, tale).empty()) continue;
      std::string keys;
      for (const auto& [key, value] : finding.evidence) keys += " {" + key + "}";
      without.insert(finding.message + ":" + keys);
    }
  }
  for (const std::string& one : without) ADD_FAILURE() << one;
}

}  // namespace
}  // namespace ordeal::test
