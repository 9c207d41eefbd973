// I-72, when: a line is settled when it was picked up and its hold is over, on the day that its merchant's terms say, and on a working day where
// they say so.
// I-72, how much: a slip is what stands on it and what earlier ones left below zero; each share stands on one slip; what is below zero is not
// paid, and is not forgotten either.
// I-38, of slips: the custodian moves to a party just what its slip pays, once.
#include <algorithm>

#include "core/wire/names.h"
#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/laws/rest_rows.h"
#include "scenarios/flows/settlement/laws/seen.h"
#include "scenarios/flows/settlement/model/days.h"

namespace ordeal::settlement {
namespace {

using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

bool make_up_counts(const play::Scenario& scenario) {
  return scenario.setting<SettlementSetting>().settlement.make_up == clearing::MakeUpDays::are_worked;
}

// --- when ---

class When {
 public:
  explicit When(const play::Scenario& scenario) : scenario_(scenario) {}

  void before(const Seen& all, const told::VoucherWritten& v, const Fact& fact, Findings& findings) const {
    const Seen::Trade* trade = all.trade(v.trade);
    const Seen::Line* line = all.line(v.trade, v.line);
    if (v.nth != 0 || line == nullptr) return;
    Evidence evidence = about(scenario_, v.trade, v.line, v.minor);
    evidence.emplace_back("merchant", party_text(scenario_, trade->told.merchant));
    evidence.emplace_back("leader", party_text(scenario_, trade->told.leader));
    if (!line->picked) {
      findings.add(play::unsafe(kSettledWhenPickedUp, fact.at_ns, "a line was settled that was not picked up",
                                std::move(evidence)));
      return;
    }
    if (may_be(*trade, *line, v.settle_day)) return;
    evidence.emplace_back("day", day_text(v.settle_day));
    evidence.emplace_back("by its terms", day_text(day_by_terms(trade->told.merchant, *line->picked)));
    findings.add(play::unsafe(kSettledWhenPickedUp, fact.at_ns,
                              "a line is settled on another day than its terms say", std::move(evidence)));
  }

  void before(const Seen& all, const told::ShareTaken& taken, const Fact& fact, Findings& findings) const {
    const Seen::Voucher* voucher = all.voucher(taken.voucher);
    const Seen::Slip* slip = all.slip(taken.slip);
    if (voucher == nullptr || slip == nullptr) return;
    const std::int64_t day = slip->told.day;
    Evidence evidence = about(scenario_, voucher->told.trade, voucher->told.line, taken.minor);
    evidence.emplace_back("party", party_text(scenario_, taken.party));
    evidence.emplace_back("day", day_text(day));
    evidence.emplace_back("not before", day_text(voucher->told.settle_day));
    if (day < voucher->told.settle_day)
      findings.add(play::unsafe(kSettledWhenPickedUp, fact.at_ns,
                                "a share stands on the slip of a day before its own", std::move(evidence)));
    else if (is_t1(all, voucher->told.trade) && !model::banks_work(day, make_up_counts(scenario_)))
      findings.add(play::unsafe(kSettledWhenPickedUp, fact.at_ns,
                                "a share for working days stands on the slip of a day off",
                                std::move(evidence)));
  }

 private:
  bool is_t1(const Seen& all, TradeId trade) const {
    const Seen::Trade* of = all.trade(trade);
    const MerchantSpec* merchant = of == nullptr ? nullptr : merchant_spec(scenario_, of->told.merchant);
    return merchant != nullptr && merchant->cycle == api::SettleCycle::t1;
  }
  std::int64_t day_by_terms(FundPartyId merchant, Instant picked) const {
    const MerchantSpec* spec = merchant_spec(scenario_, merchant);
    if (spec == nullptr) return 0;
    const std::int64_t over = model::day_in_beijing((picked + spec->hold).ns);
    return spec->cycle == api::SettleCycle::t1 ? model::next_working_day(over, make_up_counts(scenario_))
                                               : over;
  }
  // Where a trade is settled as a whole it is the day of another pick-up, or of a line that was cancelled meanwhile. Clocks of instances may
  // differ, so which of them was the last is not said.
  bool may_be(const Seen::Trade& trade, const Seen::Line& line, std::int64_t day) const {
    const std::int64_t own = day_by_terms(trade.told.merchant, *line.picked);
    if (day == own) return true;
    return std::any_of(trade.lines.begin(), trade.lines.end(), [&](const Seen::Line& other) {
      if (other.cancelled) return day >= own;
      return other.picked && day_by_terms(trade.told.merchant, *other.picked) == day;
    });
  }

  const play::Scenario& scenario_;
};

// --- how much ---

class HowMuch {
 public:
  explicit HowMuch(const play::Scenario& scenario) : scenario_(scenario) {}

  void before(const Seen& all, const told::ShareTaken& taken, const Fact& fact, Findings& findings) const {
    const Seen::Voucher* voucher = all.voucher(taken.voucher);
    const Seen::Slip* slip = all.slip(taken.slip);
    Evidence evidence{{"party", party_text(scenario_, taken.party)}, {"amount", cny(taken.minor)}};
    if (voucher == nullptr || slip == nullptr || slip->fixed || slip->told.party != taken.party) {
      findings.add(play::unsafe(kSettlementAddsUp, fact.at_ns, "a share stands where it does not belong",
                                std::move(evidence)));
      return;
    }
    if (voucher->slips.contains(taken.party))
      findings.add(
          play::unsafe(kSettlementAddsUp, fact.at_ns, "a share was settled twice", std::move(evidence)));
    else if (by_party(voucher->told.shares)[taken.party] != taken.minor)
      findings.add(play::unsafe(kSettlementAddsUp, fact.at_ns, "a share was settled for another amount",
                                std::move(evidence)));
  }

  void before(const Seen& all, const told::SlipFixed& fixed, const Fact& fact, Findings& findings) const {
    const Seen::Slip* slip = all.slip(fixed.slip);
    if (slip == nullptr) return;
    const std::int64_t owed = all.owed(slip->told.party);
    const std::int64_t sum = slip->items + owed;
    Evidence evidence{{"party", party_text(scenario_, slip->told.party)},
                      {"day", day_text(slip->told.day)},
                      {"items", cny(slip->items)},
                      {"carried", cny(owed)},
                      {"pays", cny(fixed.pays)},
                      {"sum", cny(sum)},
                      {"keeps", cny(fixed.left - std::min<std::int64_t>(sum, 0))}};
    if (const TradeId back = most_back(all, fixed.slip, slip->told.party))
      evidence.emplace_back("after", buyer_text(scenario_, back));
    const char* what = nullptr;
    if (fixed.items != slip->items)
      what = "a slip says another sum than stands on it";
    else if (fixed.carry != owed)
      what = "a slip does not begin with what the one before left";
    else if (fixed.pays < 0 || fixed.pays != std::max<std::int64_t>(sum, 0))
      what = "a slip pays another amount than it comes to";
    else if (fixed.left != std::min<std::int64_t>(sum, 0))
      what = "what a slip was below zero was forgotten";
    if (what != nullptr) findings.add(play::unsafe(kSettlementAddsUp, fact.at_ns, what, std::move(evidence)));
  }

  void at_rest(const Seen& all, const RestRows& rest, Findings& findings) const {
    const auto wrong = [&](const char* what, FundPartyId party) {
      findings.add(play::unsafe(kSettlementAddsUp, rest.world.now_ns, what,
                                {{"party", party_text(scenario_, party)}}));
    };
    for (const auto& [key, share] : rest.shares) {
      const Seen::Voucher* voucher = all.voucher(key.first);
      const bool agrees = voucher != nullptr && by_party(voucher->told.shares)[key.second] == share.minor &&
                          stands(*voucher, key.second) == share.slip.value_or(SlipId{});
      if (!agrees) wrong("a share says otherwise than it was settled", key.second);
    }
    for (const auto& [id, row] : rest.slips) {
      const Seen::Slip* slip = all.slip(id);
      const bool agrees = slip != nullptr && slip->told.party == row.slip.party &&
                          slip->told.day == row.slip.day && (!slip->fixed || slip->items == row.items) &&
                          slip->pays == row.slip.pays && slip->left == row.left &&
                          (row.items + row.carry == row.slip.pays + row.left) &&
                          slip->taken_over == row.carried_into.has_value();
      if (!agrees) wrong("a slip says otherwise than it was fixed", row.slip.party);
    }
    for (const auto& [id, row] : rest.vouchers) {
      const Seen::Voucher* voucher = all.voucher(id);
      const Seen::Trade* trade = all.trade(row.trade);
      const MerchantSpec* spec = trade == nullptr ? nullptr : merchant_spec(scenario_, trade->told.merchant);
      const bool agrees = voucher != nullptr && spec != nullptr && voucher->told.trade == row.trade &&
                          voucher->told.line == row.no && voucher->told.nth == row.nth &&
                          voucher->told.minor == row.minor && voucher->told.settle_day == row.settle_day &&
                          row.working_days == (spec->cycle == api::SettleCycle::t1);
      if (!agrees)
        wrong("a voucher says otherwise than it was written",
              trade == nullptr ? FundPartyId{} : trade->told.merchant);
    }
  }

 private:
  // The trade of which most came back on this slip, if any.
  static TradeId most_back(const Seen& all, SlipId slip, FundPartyId party) {
    TradeId most{};
    std::int64_t least = 0;
    for (const auto& [id, voucher] : all.vouchers()) {
      if (stands(voucher, party) != slip) continue;
      const std::int64_t minor = by_party(voucher.told.shares)[party];
      if (minor < least) most = voucher.told.trade;
      least = std::min(least, minor);
    }
    return most;
  }
  // None: on no slip.
  static SlipId stands(const Seen::Voucher& voucher, FundPartyId party) {
    const auto found = voucher.slips.find(party);
    return found == voucher.slips.end() ? SlipId{} : found->second;
  }

  const play::Scenario& scenario_;
};

// --- paid once ---

void check_paid(const RestRows& rest, Findings& findings) {
  const CustodianBook* book = rest.custodian();
  if (book == nullptr) return;
  const play::Scenario& scenario = rest.world.scenario();
  std::map<SlipId, std::int64_t> moved;
  for (const auto& [number, line] : book->orders) {
    const SlipId slip = SlipId::parse(number.substr(0, number.rfind('-'))).value_or(SlipId{});
    const auto row = rest.slips.find(slip);
    if (row == rest.slips.end()) {
      findings.add(play::unsafe(kSlipsArePaidOnce, line.first_ns,
                                "the custodian was asked for what is no slip",
                                {{"amount", line.asked.amount.text()}}));
      continue;
    }
    const api::FundAccount own{api::FundAccountKind::own, row->second.slip.party};
    const std::int64_t minor = line.asked.amount.minor * line.times;
    if (line.asked.to == own) moved[slip] += minor;
    if (line.asked.from == own) moved[slip] -= minor;
  }
  for (const auto& [id, row] : rest.slips) {
    const bool paid = row.slip.state == api::SlipState::paid;
    const bool under_way = row.slip.state == api::SlipState::paying;
    if (under_way ? moved[id] <= row.slip.pays : moved[id] == (paid ? row.slip.pays : 0)) continue;
    findings.add(play::unsafe(kSlipsArePaidOnce, rest.world.now_ns,
                              moved[id] > row.slip.pays ? "a party was paid more than its slip says"
                                                        : "a slip is called paid, and was not",
                              {{"party", party_text(scenario, row.slip.party)},
                               {"day", day_text(row.slip.day)},
                               {"pays", cny(row.slip.pays)},
                               {"moved", cny(moved[id])}}));
  }
  for (const std::string& number : book->not_the_same)
    findings.add(play::unsafe(kSlipsArePaidOnce, rest.world.now_ns, "one number was used for two orders",
                              {{"number", number}}));
}

}  // namespace

void watch_settled_when_picked_up(const play::Watching& parts) { follow<When>(parts); }

void watch_settlement_adds_up(const play::Watching& parts) {
  const auto monitor = follow<HowMuch>(parts);
  parts.audit.add<RestRows>(kSettlementAddsUp, {"settlement"},
                            [monitor](const RestRows& rest, Findings& findings) {
                              monitor->law().at_rest(monitor->seen(), rest, findings);
                            });
}

void watch_slips_are_paid_once(const play::Watching& parts) {
  parts.audit.add<RestRows>(kSlipsArePaidOnce, {"settlement"}, check_paid);
}

}  // namespace ordeal::settlement
