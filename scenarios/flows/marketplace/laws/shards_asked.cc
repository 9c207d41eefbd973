// I-62: a question asks no more shards than its design needs. Scattering asks all there are; a table of relations those of the buyers who
// wanted something from the seller; a copy none; a number with a gene one, any other number all. Who asks all for want of a rule
// says so.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/sharding/buckets.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/laws/rest_rows.h"
#include "scenarios/flows/marketplace/parties/facts.h"
#include "scenarios/flows/marketplace/parts.h"
#include "scenarios/flows/marketplace/seams.h"
#include "scenarios/play/designer.h"

namespace ordeal::marketplace {
namespace {

// Broadcast: may it have asked all for want of a rule? Then it has to say so.
struct Bound {
  std::int64_t most = 0;
  bool broadcast = false;
};

class Questions {
 public:
  void on(const SaleWanted& wanted, const sim::Fact&, play::Findings&) {
    buckets_[wanted.seller].insert(sharding::bucket_of(wanted.buyer));
  }
  void on(const SellerLooked& looked, const sim::Fact& fact, play::Findings&) {
    asked_.push_back({"a seller's orders", seller_text(looked.seller), looked.reply.asked,
                      looked.reply.broadcast, static_cast<std::int64_t>(buckets_[looked.seller].size()),
                      fact.at_ns});
  }
  void on(const SaleSought& sought, const sim::Fact& fact, play::Findings& findings) {
    asked_.push_back(
        {"one number", sought.sale.text(), sought.reply.asked, sought.reply.broadcast, 0, fact.at_ns});
    const auto& sales = sought.reply.sales;
    const bool there = std::any_of(sales.begin(), sales.end(),
                                   [&](const api::Sale& sale) { return sale.id == sought.sale; });
    if (sought.reply.complete && !there)
      findings.add(
          play::unsafe(kShardsAskedAreBounded, fact.at_ns, "an order was not found by its number",
                       {{"order", sought.sale.text()}, {"asked", std::to_string(sought.reply.asked)}}));
  }

  void at_rest(const play::Rest& rest, play::Findings& findings) const {
    const std::int64_t all = plan_of(rest.scenario()).at_most();
    const bool genes = rest.designer().design_of(order_ids()) == "gene";
    const std::string_view way = rest.designer().design_of(lookup());
    for (const Question& question : asked_) {
      const Bound bound = bound_of(question, all, genes, way);
      if (question.asked <= bound.most && (!question.broadcast || bound.broadcast)) continue;
      findings.add(play::unsafe(kShardsAskedAreBounded, question.at_ns,
                                "a question asked more shards than it needs",
                                {{"question", question.what},
                                 {"of", question.of},
                                 {"asked", std::to_string(question.asked)},
                                 {"enough", std::to_string(bound.most)}}));
    }
  }

 private:
  struct Question {
    std::string what;
    std::string of;
    std::int64_t asked = 0;
    bool broadcast = false;
    std::int64_t buckets = 0;  // of buyers who wanted something from this seller by then
    std::int64_t at_ns = 0;
  };

  static Bound bound_of(const Question& question, std::int64_t all, bool genes, std::string_view way) {
    if (question.what == "one number") return genes ? Bound{1, false} : Bound{all, true};
    if (way == "scatter") return {all, false};
    if (way == "search_copy") return {0, false};
    if (way == "gene" && !genes) return {question.broadcast ? all : 0, true};
    return {std::min(all, question.buckets), false};
  }

  std::map<MerchantId, std::set<std::int64_t>> buckets_;
  std::vector<Question> asked_;
};

}  // namespace

void watch_shards_asked_are_bounded(const play::Watching& parts) {
  auto questions = std::make_shared<Questions>();
  parts.monitors.add<SaleWanted, SellerLooked, SaleSought>(questions);
  parts.audit.add(
      kShardsAskedAreBounded, {},
      [questions](const play::Rest& rest, play::Findings& findings) { questions->at_rest(rest, findings); },
      {});
}

}  // namespace ordeal::marketplace
