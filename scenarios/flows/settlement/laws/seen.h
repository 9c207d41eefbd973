// What the facts say of trades, vouchers and slips. Facts come in the order of their commits, so at each of them this is just what the database
// holds. What a rule gives to whom is computed here once more, from the requirement.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/api/settlement.h"
#include "scenarios/flows/settlement/parts.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::settlement {

using ByParty = std::map<FundPartyId, std::int64_t>;

class Seen {
 public:
  struct Line {
    std::int64_t amount = 0;
    std::int64_t refunded = 0;
    std::optional<Instant> picked{};  // by the clock of who was told
    bool cancelled = false;
    std::int64_t vouchers = 0;
    ByParty shares{};  // of all its vouchers
    std::int64_t left() const { return amount - refunded; }
  };
  struct Trade {
    api::facts::TradeRecorded told{};
    std::vector<Line> lines{};
  };
  struct Slip {
    api::facts::SlipDrafted told{};
    std::int64_t items = 0;  // that stand on it
    bool fixed = false;
    std::int64_t pays = 0;
    std::int64_t left = 0;
    bool paid = false;
    bool taken_over = false;  // what it left, by a later one
  };
  struct Voucher {
    api::facts::VoucherWritten told{};
    std::map<FundPartyId, SlipId> slips{};
  };

  explicit Seen(const play::Scenario& scenario);

  void on(const api::facts::RuleSet& set, const sim::Fact& fact);
  void on(const api::facts::TradeRecorded& recorded, const sim::Fact& fact);
  void on(const api::facts::LinePickedUp& picked, const sim::Fact& fact);
  void on(const api::facts::LineRefunded& refunded, const sim::Fact& fact);
  void on(const api::facts::LineCancelled& cancelled, const sim::Fact& fact);
  void on(const api::facts::VoucherWritten& written, const sim::Fact& fact);
  void on(const api::facts::SlipDrafted& drafted, const sim::Fact& fact);
  void on(const api::facts::ShareTaken& taken, const sim::Fact& fact);
  void on(const api::facts::SlipFixed& fixed, const sim::Fact& fact);
  void on(const api::facts::SlipPaid& paid, const sim::Fact& fact);

  const Trade* trade(TradeId id) const;
  const Line* line(TradeId trade, std::int64_t no) const;
  const Voucher* voucher(VoucherId id) const;
  const Slip* slip(SlipId id) const;
  const std::map<TradeId, Trade>& trades() const { return trades_; }
  const std::map<SlipId, Slip>& slips() const { return slips_; }
  const std::map<VoucherId, Voucher>& vouchers() const { return vouchers_; }
  // The version in force now, and the terms of any.
  std::int64_t version(FundPartyId merchant) const;
  const api::RuleTerms* rule(FundPartyId merchant, std::int64_t version) const;
  // What earlier slips of the party left and no later one has taken over.
  std::int64_t owed(FundPartyId party) const;

 private:
  std::map<FundPartyId, std::vector<api::RuleTerms>> rules_;
  std::map<TradeId, Trade> trades_;
  std::map<VoucherId, Voucher> vouchers_;
  std::map<SlipId, Slip> slips_;
};

// Who gets how much of `paid`, nothing left out: by integer arithmetic, from the words of the rule (api::RuleTerms).
ByParty shares_by_rule(const api::RuleTerms& terms, FundPartyId merchant, FundPartyId leader,
                       std::int64_t paid);
ByParty by_party(const std::vector<api::Share>& shares);

// A law that looks at a fact, and at all that was before it: `law.before(seen, what, fact, findings)`.
template <class Law>
class Following {
 public:
  explicit Following(const play::Scenario& scenario) : seen_(scenario), law_(scenario) {}
  template <class F>
  void on(const F& what, const sim::Fact& fact, play::Findings& findings) {
    if constexpr (requires { law_.before(seen_, what, fact, findings); })
      law_.before(seen_, what, fact, findings);
    seen_.on(what, fact);
  }
  const Seen& seen() const { return seen_; }
  const Law& law() const { return law_; }

 private:
  Seen seen_;
  Law law_;
};

template <class Law>
std::shared_ptr<Following<Law>> follow(const play::Watching& parts) {
  namespace told = api::facts;
  const auto monitor = std::make_shared<Following<Law>>(parts.scenario);
  parts.monitors
      .add<told::RuleSet, told::TradeRecorded, told::LinePickedUp, told::LineRefunded, told::LineCancelled,
           told::VoucherWritten, told::SlipDrafted, told::ShareTaken, told::SlipFixed, told::SlipPaid>(
          monitor);
  return monitor;
}

// {"buyer", name}, {"thing", number}, {"amount", text}
play::Evidence about(const play::Scenario& scenario, TradeId trade, std::int64_t no, std::int64_t minor);
std::string cny(std::int64_t minor);

}  // namespace ordeal::settlement
