// What waiting for a whole trade costs, and how many orders a route takes.
#include <map>
#include <string>

#include "core/api/settlement.h"
#include "scenarios/flows/settlement/parties/books.h"
#include "scenarios/flows/settlement/telling/telling.h"
#include "scenarios/play/laws/rest.h"

namespace ordeal::settlement {
namespace {

namespace told = api::facts;
using Samples = std::vector<std::int64_t>;

// From the pick-up of a line until it is cleared.
void until_cleared(const play::Finished& trial, Samples& samples) {
  std::map<std::pair<TradeId, std::int64_t>, std::int64_t> picked_ns;
  for (const play::KeptFact& fact : trial.facts) {
    if (const auto* picked = fact.body.get_if<told::LinePickedUp>())
      picked_ns.try_emplace({picked->trade, picked->line}, fact.at_ns);
    const auto* written = fact.body.get_if<told::VoucherWritten>();
    if (written == nullptr || written->nth != 0) continue;
    if (const auto found = picked_ns.find({written->trade, written->line}); found != picked_ns.end())
      samples.push_back(fact.at_ns - found->second);
  }
}

void slips_paid(const play::Finished& trial, Samples& samples) {
  std::int64_t count = 0;
  for (const play::KeptFact& fact : trial.facts) count += fact.body.get_if<told::SlipPaid>() != nullptr;
  samples.push_back(count);
}

void orders(const play::Finished& trial, Samples& samples) {
  const auto* book = trial.rest.books_if_any<CustodianBook>();
  samples.push_back(book == nullptr ? 0 : static_cast<std::int64_t>(book->orders.size()));
}

}  // namespace

std::vector<play::MeasureRow> measure_rows() {
  using enum play::Better;
  using play::Told;
  using play::Unit;
  return {
      {"slips paid", "Slips that were paid.", Told::total, Unit::number, more, slips_paid, "slip"},
      {"cleared after", "From a line's pick-up until it is cleared.", Told::spread, Unit::time, less,
       until_cleared},
      {"fund orders", "Orders that the custodian was given.", Told::total, Unit::number, less, orders},
  };
}

}  // namespace ordeal::settlement
