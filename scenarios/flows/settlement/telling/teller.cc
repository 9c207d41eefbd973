// The facts of settlement in words, and what they draw. Trades are named by their buyer, slips by their party and day.
#include <map>
#include <string>
#include <utility>

#include "core/api/settlement.h"
#include "scenarios/flows/settlement/parts.h"
#include "scenarios/flows/settlement/telling/telling.h"

namespace ordeal::settlement {
namespace {

namespace told = api::facts;

std::string cny(std::int64_t minor) { return Money{minor, {}}.text(); }
std::string slip_name(const play::Scenario& scenario, const told::SlipDrafted& slip) {
  return "the slip of " + party_text(scenario, slip.party) + " for " + day_text(slip.day);
}

class SettlementTeller final : public play::Teller {
 public:
  SettlementTeller(const play::Scenario& scenario, sim::Simulation& simulation)
      : scenario_(scenario), sim_(simulation) {}

  void on_fact(const sim::Fact& fact) override {
    if (const auto* recorded = fact.body.get_if<told::TradeRecorded>())
      of_trade(fact, recorded->trade, "records it under rule " + std::to_string(recorded->rule_version));
    if (const auto* picked = fact.body.get_if<told::LinePickedUp>())
      of_trade(fact, picked->trade, "notes the pick-up of thing " + std::to_string(picked->line + 1));
    if (const auto* cancelled = fact.body.get_if<told::LineCancelled>())
      of_trade(fact, cancelled->trade, "cancels thing " + std::to_string(cancelled->line + 1));
    if (const auto* written = fact.body.get_if<told::VoucherWritten>()) return of_voucher(fact, *written);
    if (const auto* drafted = fact.body.get_if<told::SlipDrafted>()) {
      slips_[drafted->slip] = *drafted;
      const std::string party = party_text(scenario_, drafted->party);
      sim_.tale().call(drafted->slip.text(), slip_name(scenario_, *drafted), party);
      of_slip(fact, drafted->slip, "drafts " + drafted->slip.text());
    }
    if (const auto* taken = fact.body.get_if<told::ShareTaken>(); taken != nullptr && taken->adjusts)
      of_slip(fact, taken->slip, "adjusts " + taken->slip.text() + " by " + cny(taken->minor));
    if (const auto* fixed = fact.body.get_if<told::SlipFixed>()) of_fixed(fact, *fixed);
    if (const auto* paid = fact.body.get_if<told::SlipPaid>())
      of_slip(fact, paid->slip, "counts " + paid->slip.text() + " as paid");
    if (const auto* set = fact.body.get_if<told::RuleSet>()) {
      sim::Told line;
      line.about = {party_text(scenario_, set->merchant)};
      line.text = host(fact) + " gives " + line.about.front() + " rule " + std::to_string(set->version);
      sim_.tell(fact, std::move(line));
    }
  }

 private:
  void of_trade(const sim::Fact& fact, TradeId trade, const std::string& text) {
    sim::Told line;
    line.about = {buyer_text(scenario_, trade)};
    line.text = host(fact) + " " + text;
    sim_.tell(fact, std::move(line));
  }
  void of_voucher(const sim::Fact& fact, const told::VoucherWritten& v) {
    sim::Told line;
    line.about = {buyer_text(scenario_, v.trade)};
    std::string shares;
    for (const api::Share& share : v.shares) {
      shares += (shares.empty() ? "" : ", ") + party_text(scenario_, share.party) + " " + cny(share.minor);
      line.about.push_back(party_text(scenario_, share.party));
    }
    line.text = host(fact) + (v.nth == 0 ? " clears thing " : " takes back thing ") +
                std::to_string(v.line + 1) + " of " + line.about.front() + ": " + shares;
    sim_.tell(fact, std::move(line));
  }
  void of_fixed(const sim::Fact& fact, const told::SlipFixed& fixed) {
    const std::string slip = fixed.slip.text();
    const std::string sum = fixed.carry == 0 ? "" : " and " + cny(fixed.carry) + " carried";
    if (fixed.pays > 0)
      return of_slip(fact, fixed.slip,
                     "fixes " + slip + ": " + cny(fixed.items) + sum + ", pays " + cny(fixed.pays));
    of_slip(fact, fixed.slip,
            "fixes " + slip + ": " + cny(fixed.items) + sum + ", carries " + cny(fixed.left));
  }
  void of_slip(const sim::Fact& fact, SlipId slip, const std::string& text) {
    sim::Told line;
    line.about = {slip.text(), party_text(scenario_, slips_[slip].party)};
    line.text = host(fact) + " " + text;
    sim_.tell(fact, std::move(line));
  }
  const std::string& host(const sim::Fact& fact) { return sim_.host(fact.host).name(); }

  const play::Scenario& scenario_;
  sim::Simulation& sim_;
  std::map<SlipId, told::SlipDrafted> slips_;
};

// A slip is a band; so is a line of a trade.
class SettlementPainter final : public play::Painter {
 public:
  explicit SettlementPainter(const play::Scenario& scenario) : scenario_(scenario) {}

  void on_fact(const play::DrawnFact& fact, sim::Picture& picture) override {
    if (const auto* recorded = fact.body.get_if<told::TradeRecorded>()) {
      for (std::size_t i = 0; i < recorded->lines.size(); ++i)
        move(fact, "line", thing(recorded->trade, static_cast<std::int64_t>(i)), "PAID", picture);
    }
    if (const auto* picked = fact.body.get_if<told::LinePickedUp>())
      move(fact, "line", thing(picked->trade, picked->line), "PICKED_UP", picture);
    if (const auto* cancelled = fact.body.get_if<told::LineCancelled>())
      move(fact, "line", thing(cancelled->trade, cancelled->line), "CANCELLED", picture);
    if (const auto* written = fact.body.get_if<told::VoucherWritten>();
        written != nullptr && written->nth == 0)
      move(fact, "line", thing(written->trade, written->line), "CLEARED", picture);
    if (const auto* drafted = fact.body.get_if<told::SlipDrafted>())
      move(fact, "slip", drafted->slip.text(), "DRAFT", picture);
    if (const auto* fixed = fact.body.get_if<told::SlipFixed>())
      move(fact, "slip", fixed->slip.text(), fixed->pays > 0 ? "PAYING" : "CARRIED", picture);
    if (const auto* paid = fact.body.get_if<told::SlipPaid>())
      move(fact, "slip", paid->slip.text(), "PAID", picture);
  }

 private:
  std::string thing(TradeId trade, std::int64_t no) const {
    return "thing " + std::to_string(no + 1) + " of " + buyer_text(scenario_, trade);
  }
  static void move(const play::DrawnFact& fact, std::string_view machine, const std::string& what,
                   std::string to, sim::Picture& picture) {
    picture.beliefs.push_back({fact.at_ns, fact.host, what, to});
    picture.moves.push_back({fact.at_ns, std::string(machine), what, "", std::move(to), ""});
  }

  const play::Scenario& scenario_;
};

}  // namespace

std::unique_ptr<play::Teller> make_teller(const play::Scenario& scenario, sim::Simulation& simulation) {
  return std::make_unique<SettlementTeller>(scenario, simulation);
}

const play::Picturing& picturing() {
  static const play::Picturing row{
      {&told::TradeRecorded::type(), &told::LinePickedUp::type(), &told::LineCancelled::type(),
       &told::VoucherWritten::type(), &told::SlipDrafted::type(), &told::SlipFixed::type(),
       &told::SlipPaid::type()},
      [](const play::Scenario& scenario) -> std::unique_ptr<play::Painter> {
        return std::make_unique<SettlementPainter>(scenario);
      }};
  return row;
}

}  // namespace ordeal::settlement
