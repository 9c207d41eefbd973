// I-03, I-05: an order moves along its edges only, one version at a time, and stays what it was; at rest it stands where its last move
// left it.
#include <map>
#include <memory>
#include <string>

#include "core/wire/names.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/laws/rest_rows.h"

namespace ordeal::marketplace {
namespace {

using api::Sale;

play::Evidence evidence(const Sale& was, const Sale& is) {
  return {{"order", is.id.text()},
          {"from", std::string(wire::name_of(was.state)) + " v" + std::to_string(was.version)},
          {"to", std::string(wire::name_of(is.state)) + " v" + std::to_string(is.version)}};
}

bool same_but_for_its_state(const Sale& a, const Sale& b) {
  return a.id == b.id && a.buyer == b.buyer && a.seller == b.seller && a.amount == b.amount;
}

class Moves {
 public:
  void on(const api::facts::SalePlaced& placed, const sim::Fact& fact, play::Findings& findings) {
    if (placed.sale.version != 1 || placed.sale.state != api::SaleState::placed)
      findings.add(play::unsafe(kSalesGoTheirWay, fact.at_ns, "an order began in the middle",
                                evidence({}, placed.sale)));
    sales_[placed.sale.id] = placed.sale;
  }
  void on(const api::facts::SaleMoved& moved, const sim::Fact& fact, play::Findings& findings) {
    Sale& known = sales_[moved.sale.id];
    const bool right = same_but_for_its_state(known, moved.sale) && known.state == moved.from &&
                       api::may_follow(known.state, moved.sale.state) &&
                       moved.sale.version == known.version + 1;
    if (!right)
      findings.add(play::unsafe(kSalesGoTheirWay, fact.at_ns, "an order moved where it must not",
                                evidence(known, moved.sale)));
    known = moved.sale;
  }

  void at_rest(const RestRows& rest, play::Findings& findings) const {
    std::map<api::SaleId, Sale> there;
    for (const RestSale& row : rest.sales) there[row.sale.id] = row.sale;
    for (const auto& [id, sale] : sales_) {
      const auto row = there.find(id);
      if (row != there.end() && row->second == sale) continue;
      const Sale is = row == there.end() ? Sale{id} : row->second;
      findings.add(
          play::unsafe(kSalesGoTheirWay, rest.world.now_ns,
                       row == there.end() ? "an order is gone" : "an order is not as its last move left it",
                       evidence(sale, is)));
    }
    for (const auto& [id, sale] : there) {
      if (sales_.count(id) != 0) continue;
      findings.add(play::unsafe(kSalesGoTheirWay, rest.world.now_ns, "an order came from nowhere",
                                evidence({}, sale)));
    }
  }

 private:
  std::map<api::SaleId, Sale> sales_;
};

}  // namespace

void watch_sales_go_their_way(const play::Watching& parts) {
  auto moves = std::make_shared<Moves>();
  parts.monitors.add<api::facts::SalePlaced, api::facts::SaleMoved>(moves);
  parts.audit.add<RestRows>(
      kSalesGoTheirWay, stores_of(parts.scenario),
      [moves](const RestRows& rest, play::Findings& findings) { moves->at_rest(rest, findings); });
}

}  // namespace ordeal::marketplace
