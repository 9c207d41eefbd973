// I-61: a seller sees his orders. A reply that calls itself whole has every order that was committed before he asked, in that version or
// a newer one; a copy may be late, but never goes back, and at rest it is as the shards are. In the end every seller sees all.
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/wire/names.h"
#include "scenarios/flows/marketplace/laws/laws.h"
#include "scenarios/flows/marketplace/laws/rest_rows.h"
#include "scenarios/flows/marketplace/parties/facts.h"
#include "scenarios/flows/marketplace/seams.h"
#include "scenarios/play/designer.h"

namespace ordeal::marketplace {
namespace {

using api::Sale;
using api::SaleId;

// A copy is this late at most once faults have stopped: the feed's longest pause between two tries, several times over.
constexpr std::int64_t kLag = 60'000'000'000;

std::string version_text(const Sale& sale) {
  return std::string(wire::name_of(sale.state)) + " v" + std::to_string(sale.version);
}

class Views {
 public:
  void on(const api::facts::SalePlaced& placed, const sim::Fact& fact, play::Findings&) {
    changes_[placed.sale.seller].push_back({placed.sale, fact.at_ns});
  }
  void on(const api::facts::SaleMoved& moved, const sim::Fact& fact, play::Findings&) {
    changes_[moved.sale.seller].push_back({moved.sale, fact.at_ns});
  }
  void on(const api::facts::CopyWritten& written, const sim::Fact& fact, play::Findings& findings) {
    Seen& copy = copies_[written.sale];
    if (written.version < copy.version)
      findings.add(play::unsafe(kSellersSee, fact.at_ns, "the search copy of an order went back",
                                {{"order", written.sale.text()},
                                 {"was", std::string(wire::name_of(copy.state))},
                                 {"became", std::string(wire::name_of(written.state))}}));
    copy = {written.version, written.state};
  }
  void on(const SellerLooked& looked, const sim::Fact& fact, play::Findings& findings) {
    std::map<SaleId, Seen>& before = seen_[looked.seller];
    for (const Sale& sale : looked.reply.sales) {
      Seen& seen = before[sale.id];
      if (sale.version < seen.version)
        findings.add(play::unsafe(kSellersSee, fact.at_ns, "a seller saw an order go back",
                                  {{"seller", seller_text(looked.seller)},
                                   {"order", sale.id.text()},
                                   {"was", std::string(wire::name_of(seen.state))},
                                   {"became", std::string(wire::name_of(sale.state))}}));
      seen = {sale.version, sale.state};
    }
    if (looked.reply.complete) looks_.push_back(looked);
  }

  void at_rest(const RestRows& rest, play::Findings& findings) const {
    const bool copies = rest.world.designer().design_of(lookup()) == "search_copy";
    for (const SellerLooked& look : looks_) {
      if (!copies) check_whole(look, look.asked_ns, findings);
      if (copies && look.asked_ns > rest.world.healed_ns + kLag)
        check_whole(look, look.asked_ns - kLag, findings);
    }
    if (copies) check_copies(rest, findings);
    const auto* book = rest.world.books_if_any<Book>();
    if (book == nullptr) return;
    for (const MerchantId seller : book->did_not_see)
      findings.add(play::not_live(kSellersSee, rest.world.now_ns, "a seller never sees all of his orders",
                                  {{"seller", seller_text(seller)}}));
  }

 private:
  struct Seen {
    std::int64_t version = 0;
    api::SaleState state = api::SaleState::placed;
  };
  struct Change {
    Sale sale;
    std::int64_t at_ns = 0;
  };

  void check_whole(const SellerLooked& look, std::int64_t before_ns, play::Findings& findings) const {
    const auto changes = changes_.find(look.seller);
    if (changes == changes_.end()) return;
    for (const Change& change : changes->second) {
      if (change.at_ns > before_ns) continue;
      const auto& sales = look.reply.sales;
      const auto row = std::find_if(sales.begin(), sales.end(),
                                    [&](const Sale& sale) { return sale.id == change.sale.id; });
      if (row != sales.end() && row->version >= change.sale.version) continue;
      findings.add(play::unsafe(kSellersSee, look.asked_ns, "a seller does not see an order of his",
                                {{"seller", seller_text(look.seller)},
                                 {"order", change.sale.id.text()},
                                 {"is", version_text(change.sale)},
                                 {"sees", row == sales.end() ? "nothing" : version_text(*row)},
                                 {"since", play::when(change.at_ns)},
                                 {"asked at", play::when(look.asked_ns)}}));
    }
  }

  static void check_copies(const RestRows& rest, play::Findings& findings) {
    std::map<SaleId, Sale> there;
    for (const RestSale& row : rest.sales) there[row.sale.id] = row.sale;
    for (const auto& [id, sale] : there) {
      const auto copy = rest.copies.find(id);
      if (copy != rest.copies.end() && copy->second == sale) continue;
      findings.add(
          play::not_live(kSellersSee, rest.world.now_ns, "the search copy is not what the shards have",
                         {{"order", id.text()},
                          {"is", version_text(sale)},
                          {"copy", copy == rest.copies.end() ? "none" : version_text(copy->second)}}));
    }
    for (const auto& [id, sale] : rest.copies) {
      if (there.count(id) == 0)
        findings.add(play::unsafe(kSellersSee, rest.world.now_ns,
                                  "the search copy has an order that is not there", {{"order", id.text()}}));
    }
  }

  std::map<MerchantId, std::vector<Change>> changes_;
  std::map<SaleId, Seen> copies_;
  std::map<MerchantId, std::map<SaleId, Seen>> seen_;
  std::vector<SellerLooked> looks_;
};

}  // namespace

void watch_sellers_see(const play::Watching& parts) {
  auto views = std::make_shared<Views>();
  parts.monitors.add<api::facts::SalePlaced, api::facts::SaleMoved, api::facts::CopyWritten, SellerLooked>(
      views);
  parts.audit.add<RestRows>(
      kSellersSee, stores_of(parts.scenario),
      [views](const RestRows& rest, play::Findings& findings) { views->at_rest(rest, findings); });
}

}  // namespace ordeal::marketplace
