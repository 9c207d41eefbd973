// I-36, of settlement: what cashiers, leaders and clerks are told is so. "Recorded", "picked up", "refunded" and "done" stand in the books; a
// refusal names something that is wrong; a conflict has another request under the same number or key.
#include <algorithm>

#include "core/wire/names.h"
#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/laws/rest_rows.h"
#include "scenarios/flows/settlement/laws/seen.h"

namespace ordeal::settlement {
namespace {

using api::PickUpStatus;
using api::RecordStatus;
using api::RefundLineStatus;
using api::SetRuleStatus;
using api::TradeProblem;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// When what happened, in true time.
class Known {
 public:
  explicit Known(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Seen&, const told::TradeRecorded& t, const Fact& fact, Findings&) {
    recorded_.try_emplace(t.trade, fact.at_ns);
  }
  void before(const Seen&, const told::LinePickedUp& p, const Fact& fact, Findings&) {
    picked_.try_emplace({p.trade, p.line}, fact.at_ns);
  }
  void before(const Seen&, const told::LineCancelled& c, const Fact& fact, Findings&) {
    cancelled_.try_emplace({c.trade, c.line}, fact.at_ns);
  }
  void before(const Seen&, const told::LineRefunded& r, const Fact& fact, Findings&) {
    refunded_[{r.trade, r.line}].push_back({r.amount.minor, fact.at_ns});
  }
  void before(const Seen&, const told::RuleSet& s, const Fact& fact, Findings&) {
    set_.push_back({s, fact.at_ns});
  }

  void at_rest(const Seen& all, const RestRows& rest, Findings& findings) const;

 private:
  using LineId = std::pair<TradeId, std::int64_t>;
  struct Back {
    std::int64_t minor;
    std::int64_t at_ns;
  };
  struct Set {
    told::RuleSet what;
    std::int64_t at_ns;
  };

  const char* untrue(const Seen& all, const Diary& diary,
                     const Said<api::RecordTrade, api::RecordReply>& said) const;
  const char* untrue(const Seen& all, const Diary& diary,
                     const Said<api::PickUp, api::PickUpReply>& said) const;
  const char* untrue(const Seen& all, const Diary& diary,
                     const Said<api::RefundLine, api::RefundLineReply>& said) const;
  const char* untrue(const Seen& all, const Diary& diary,
                     const Said<api::SetRule, api::SetRuleReply>& said) const;
  bool is_wrong(TradeProblem problem, const api::RecordTrade& trade) const;
  std::int64_t back_by(const LineId& line, std::int64_t until_ns) const {
    std::int64_t sum = 0;
    const auto found = refunded_.find(line);
    if (found == refunded_.end()) return 0;
    for (const Back& one : found->second) sum += one.at_ns <= until_ns ? one.minor : 0;
    return sum;
  }

  const play::Scenario& scenario_;
  std::map<TradeId, std::int64_t> recorded_;
  std::map<LineId, std::int64_t> picked_;
  std::map<LineId, std::int64_t> cancelled_;
  std::map<LineId, std::vector<Back>> refunded_;
  std::vector<Set> set_;
};

bool Known::is_wrong(TradeProblem problem, const api::RecordTrade& trade) const {
  const auto is_leader = [&](FundPartyId party) {
    const std::size_t leaders = scenario_.setting<SettlementSetting>().settlement.leaders.size();
    return party >= leader_id(0) && party < leader_id(leaders);
  };
  switch (problem) {
    case TradeProblem::none:
      return false;
    case TradeProblem::no_trade:
      return trade.trade.value <= 0;
    case TradeProblem::no_merchant:
      return merchant_spec(scenario_, trade.merchant) == nullptr;
    case TradeProblem::no_leader:
      return !is_leader(trade.leader);
    case TradeProblem::no_lines:
      return trade.lines.empty() || trade.lines.size() > 20;
    case TradeProblem::bad_amount: {
      std::int64_t sum = 0;
      for (const Money& line : trade.lines) {
        if (line.currency != Currency{} || line.minor <= 0 || line.minor > Money::kMaxMinor) return true;
        sum += line.minor;
      }
      return sum > Money::kMaxMinor;
    }
  }
  return false;
}

const char* Known::untrue(const Seen& all, const Diary& diary,
                          const Said<api::RecordTrade, api::RecordReply>& said) const {
  const api::RecordTrade& asked = said.request;
  switch (said.reply.status) {
    case RecordStatus::unknown:
      return nullptr;
    case RecordStatus::refused:
      return is_wrong(said.reply.problem, asked) ? nullptr : "a trade was refused for what is not so";
    case RecordStatus::conflict: {
      const bool used = std::any_of(diary.recorded.begin(), diary.recorded.end(), [&](const auto& other) {
        return other.request.trade == asked.trade && other.request.lines != asked.lines;
      });
      return used ? nullptr : "a cashier was told of a conflict that is none";
    }
    case RecordStatus::recorded: {
      const Seen::Trade* trade = all.trade(asked.trade);
      for (std::size_t i = 1; i < names_of(TradeProblem{}).size(); ++i) {
        if (is_wrong(static_cast<TradeProblem>(i), asked)) return "what cannot be a trade was recorded";
      }
      const auto at = recorded_.find(asked.trade);
      if (trade == nullptr || at->second > *said.answered_ns)
        return "a trade is called recorded, and was not";
      const told::TradeRecorded& t = trade->told;
      return t.merchant == asked.merchant && t.leader == asked.leader && t.lines == asked.lines &&
                     t.rule_version == said.reply.rule_version
                 ? nullptr
                 : "a trade is called recorded, and another was";
    }
  }
  return nullptr;
}

const char* Known::untrue(const Seen& all, const Diary&,
                          const Said<api::PickUp, api::PickUpReply>& said) const {
  const LineId line{said.request.trade, said.request.line};
  const auto by_then = [&](const std::map<LineId, std::int64_t>& when) {
    const auto found = when.find(line);
    return found != when.end() && found->second <= *said.answered_ns;
  };
  switch (said.reply.status) {
    case PickUpStatus::unknown:
      return nullptr;
    case PickUpStatus::no_such_line:
      return all.line(line.first, line.second) == nullptr ? nullptr : "a leader was told that a line is none";
    case PickUpStatus::cancelled:
      return by_then(cancelled_) ? nullptr : "a leader was told that a line is cancelled, and it is not";
    case PickUpStatus::picked_up:
      return by_then(picked_) ? nullptr : "a leader was told that a line is picked up, and it is not";
  }
  return nullptr;
}

const char* Known::untrue(const Seen& all, const Diary& diary,
                          const Said<api::RefundLine, api::RefundLineReply>& said) const {
  const api::RefundLine& asked = said.request;
  const LineId id{asked.trade, asked.line};
  const Seen::Line* line = all.line(id.first, id.second);
  switch (said.reply.status) {
    case RefundLineStatus::unknown:
      return nullptr;
    case RefundLineStatus::no_such_line:
      return line == nullptr ? nullptr : "a leader was told that a line is none";
    case RefundLineStatus::bad_key:
      return asked.key.empty() || asked.key.size() > 64 ? nullptr : "a refund was refused for what is not so";
    case RefundLineStatus::bad_amount:
      return !asked.amount.is_payable() || asked.amount.currency != Currency{}
                 ? nullptr
                 : "a refund was refused for what is not so";
    case RefundLineStatus::too_much:
      return line != nullptr && asked.amount.minor > line->amount - back_by(id, *said.answered_ns)
                 ? nullptr
                 : "a refund was refused for what is not so";
    case RefundLineStatus::conflict: {
      const bool used = std::any_of(diary.refunded.begin(), diary.refunded.end(), [&](const auto& other) {
        return other.request.trade == asked.trade && other.request.line == asked.line &&
               other.request.key == asked.key && other.request.amount != asked.amount;
      });
      return used ? nullptr : "a buyer was told of a conflict that is none";
    }
    case RefundLineStatus::refunded: {
      const auto found = refunded_.find(id);
      const bool is = found != refunded_.end() &&
                      std::any_of(found->second.begin(), found->second.end(), [&](const Back& one) {
                        return one.minor == asked.amount.minor && one.at_ns <= *said.answered_ns;
                      });
      return is ? nullptr : "a buyer was told that he has his money back, and has not";
    }
  }
  return nullptr;
}

const char* Known::untrue(const Seen&, const Diary&,
                          const Said<api::SetRule, api::SetRuleReply>& said) const {
  const api::SetRule& asked = said.request;
  const auto is_there = [&](std::int64_t version, const api::RuleTerms* terms) {
    return std::any_of(set_.begin(), set_.end(), [&](const Set& one) {
      return one.what.merchant == asked.merchant && one.what.version == version &&
             (terms == nullptr || one.what.terms == *terms) && one.at_ns <= *said.answered_ns;
    });
  };
  const auto within = [](std::int64_t value, std::int64_t most) { return value >= 0 && value <= most; };
  const bool good = within(asked.terms.fee, 3'000) && within(asked.terms.commission, 3'000) &&
                    within(asked.terms.rebate, 10'000) && asked.terms.fee + asked.terms.commission <= 3'000;
  switch (said.reply.status) {
    case SetRuleStatus::unknown:
      return nullptr;
    case SetRuleStatus::refused:
      return good ? "a good rule was refused" : nullptr;
    case SetRuleStatus::no_such_merchant:
      return merchant_spec(scenario_, asked.merchant) == nullptr ? nullptr
                                                                 : "a clerk was told that a merchant is none";
    case SetRuleStatus::stale:
      return said.reply.version != asked.seen_version &&
                     (said.reply.version == 1 || is_there(said.reply.version, nullptr))
                 ? nullptr
                 : "a clerk was told that somebody was first, and nobody was";
    case SetRuleStatus::done:
      return good && said.reply.version == asked.seen_version + 1 &&
                     is_there(said.reply.version, &asked.terms)
                 ? nullptr
                 : "a clerk was told \"done\" of what is not in force";
  }
  return nullptr;
}

void Known::at_rest(const Seen& all, const RestRows& rest, Findings& findings) const {
  const Diary* diary = rest.diary();
  if (diary == nullptr) return;
  const auto check = [&](const auto& page, const auto& who) {
    for (const auto& said : page) {
      if (!said.answered_ns) continue;
      if (const char* what = untrue(all, *diary, said))
        findings.add(play::unsafe(kSettlementAnswersAreTrue, *said.answered_ns, what,
                                  {{"who", who(said.request)},
                                   {"answer", std::string(wire::name_of(said.reply.status))},
                                   {"asked", play::when(said.asked_ns)}}));
    }
  };
  const auto buyer = [&](const auto& request) { return buyer_text(scenario_, request.trade); };
  check(diary->recorded, buyer);
  check(diary->picked, buyer);
  check(diary->refunded, buyer);
  check(diary->set, [&](const api::SetRule& request) { return party_text(scenario_, request.merchant); });
}

}  // namespace

void watch_settlement_answers_are_true(const play::Watching& parts) {
  const auto monitor = follow<Known>(parts);
  parts.audit.add<RestRows>(kSettlementAnswersAreTrue, {"settlement"},
                            [monitor](const RestRows& rest, Findings& findings) {
                              monitor->law().at_rest(monitor->seen(), rest, findings);
                            });
}

}  // namespace ordeal::settlement
