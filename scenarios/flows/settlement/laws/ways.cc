// I-04: a line is picked up once, cleared once, or cancelled; a slip is drafted once a day for a party, fixed once, paid once.
// I-40: nothing waits for ever: what is due is cleared, what is cleared stands on a slip, a slip is fixed and paid; and where nothing struck, on its
// day and soon after its hour.
#include <algorithm>
#include <set>

#include "core/wire/names.h"
#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/laws/rest_rows.h"
#include "scenarios/flows/settlement/laws/seen.h"
#include "scenarios/flows/settlement/model/days.h"
#include "scenarios/flows/settlement/seams.h"
#include "scenarios/play/designer.h"

namespace ordeal::settlement {
namespace {

using namespace ordeal::literals;
using api::LineState;
using api::SlipState;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

// --- I-04 ---

class GoOnce {
 public:
  explicit GoOnce(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Seen& all, const told::LinePickedUp& p, const Fact& fact, Findings& findings) {
    const Seen::Line* line = all.line(p.trade, p.line);
    if (line == nullptr || line->picked || line->cancelled)
      wrong("a line was picked up that could not be", p.trade, p.line, fact, findings);
  }
  void before(const Seen& all, const told::LineCancelled& c, const Fact& fact, Findings& findings) {
    const Seen::Line* line = all.line(c.trade, c.line);
    if (line == nullptr || line->cancelled || line->vouchers > 0 || line->left() != 0)
      wrong("a line was cancelled that could not be", c.trade, c.line, fact, findings);
  }
  void before(const Seen& all, const told::LineRefunded& r, const Fact& fact, Findings& findings) {
    const Seen::Line* line = all.line(r.trade, r.line);
    if (line == nullptr || r.amount.minor <= 0 || r.amount.minor > line->left())
      wrong("more went back of a line than was paid", r.trade, r.line, fact, findings);
  }
  void before(const Seen& all, const told::VoucherWritten& v, const Fact& fact, Findings& findings) {
    const Seen::Line* line = all.line(v.trade, v.line);
    if (line == nullptr || line->vouchers != v.nth || line->cancelled)
      wrong("a line was cleared twice", v.trade, v.line, fact, findings);
    else if (v.nth == 0 && v.minor != line->left())
      wrong("a line was cleared for another amount than is left of it", v.trade, v.line, fact, findings);
  }
  void before(const Seen& all, const told::SlipDrafted& d, const Fact& fact, Findings& findings) {
    const bool again = std::any_of(all.slips().begin(), all.slips().end(), [&](const auto& one) {
      return one.first == d.slip || (one.second.told.party == d.party && one.second.told.day == d.day);
    });
    if (again) wrong_slip("a party has two slips of one day", d.party, fact, findings);
  }
  void before(const Seen& all, const told::SlipFixed& f, const Fact& fact, Findings& findings) {
    const Seen::Slip* slip = all.slip(f.slip);
    if (slip == nullptr || slip->fixed)
      wrong_slip("a slip was fixed twice", slip == nullptr ? FundPartyId{} : slip->told.party, fact,
                 findings);
  }
  void before(const Seen& all, const told::SlipPaid& p, const Fact& fact, Findings& findings) {
    const Seen::Slip* slip = all.slip(p.slip);
    if (slip == nullptr || !slip->fixed || slip->paid || slip->pays <= 0)
      wrong_slip("a slip was called paid that could not be",
                 slip == nullptr ? FundPartyId{} : slip->told.party, fact, findings);
  }
  void at_rest(const Seen& all, const RestRows& rest, Findings& findings) const {
    for (const auto& [key, row] : rest.lines) {
      const Seen::Line* line = all.line(key.first, key.second);
      const LineState went = line == nullptr      ? LineState::paid
                             : line->cancelled    ? LineState::cancelled
                             : line->vouchers > 0 ? LineState::cleared
                             : line->picked       ? LineState::picked_up
                                                  : LineState::paid;
      const bool agrees = line != nullptr && went == row.state && line->amount == row.amount &&
                          line->refunded == row.refunded;
      if (!agrees)
        findings.add(play::unsafe(kLinesGoOnce, rest.world.now_ns, "a line stands otherwise than it went",
                                  about(scenario_, key.first, key.second, row.amount)));
    }
    for (const auto& [id, row] : rest.slips) {
      const Seen::Slip* slip = all.slip(id);
      const SlipState went = slip == nullptr || !slip->fixed ? SlipState::draft
                             : slip->pays == 0               ? SlipState::carried
                             : slip->paid                    ? SlipState::paid
                                                             : SlipState::paying;
      if (slip == nullptr || went != row.slip.state)
        findings.add(play::unsafe(kLinesGoOnce, rest.world.now_ns, "a slip stands otherwise than it went",
                                  {{"party", party_text(scenario_, row.slip.party)}}));
    }
    for (const auto& [id, trade] : all.trades()) {
      const auto row = rest.trades.find(id);
      const bool agrees = row != rest.trades.end() && row->second.merchant == trade.told.merchant &&
                          row->second.leader == trade.told.leader &&
                          row->second.rule_version == trade.told.rule_version;
      if (!agrees)
        findings.add(play::unsafe(kLinesGoOnce, rest.world.now_ns,
                                  "a trade stands otherwise than it was recorded",
                                  {{"buyer", buyer_text(scenario_, id)}}));
    }
  }

 private:
  void wrong(const char* what, TradeId trade, std::int64_t no, const Fact& fact, Findings& findings) const {
    findings.add(play::unsafe(kLinesGoOnce, fact.at_ns, what,
                              {{"buyer", buyer_text(scenario_, trade)}, {"thing", std::to_string(no + 1)}}));
  }
  void wrong_slip(const char* what, FundPartyId party, const Fact& fact, Findings& findings) const {
    findings.add(play::unsafe(kLinesGoOnce, fact.at_ns, what, {{"party", party_text(scenario_, party)}}));
  }

  const play::Scenario& scenario_;
};

// --- I-40 ---

// A job that finds its hour has come, its transactions, and the way to the custodian.
constexpr Duration kSoon = 2_min;

class ToAnEnd {
 public:
  explicit ToAnEnd(const play::Scenario& scenario) : scenario_(scenario) {}
  void before(const Seen&, const told::VoucherWritten& v, const Fact& fact, Findings&) {
    written_[v.voucher] = fact.at_ns;
  }
  void before(const Seen&, const told::SlipDrafted& d, const Fact& fact, Findings&) {
    drafted_[d.slip] = fact.at_ns;
  }
  void before(const Seen&, const told::SlipFixed& f, const Fact& fact, Findings&) {
    fixed_[f.slip] = fact.at_ns;
  }
  void before(const Seen&, const told::SlipPaid& p, const Fact& fact, Findings&) {
    paid_[p.slip] = fact.at_ns;
  }

  void at_rest(const Seen& all, const RestRows& rest, Findings& findings) const {
    if (!rest.world.settled) return;
    for (const auto& [key, line] : rest.lines) {
      if (line.state == LineState::picked_up && (line.due || !waits_for_others(rest, key.first)))
        late("a line that was picked up is never settled",
             about(scenario_, key.first, key.second, line.left()), rest, findings);
    }
    for (const auto& [key, share] : rest.shares) {
      if (!share.slip)
        late("a share is never settled",
             {{"party", party_text(scenario_, key.second)}, {"amount", cny(share.minor)}}, rest, findings);
    }
    for (const auto& [id, row] : rest.slips) {
      if (row.slip.state == SlipState::draft || row.slip.state == SlipState::paying)
        late("a slip never comes to an end", about_slip(row), rest, findings);
    }
    if (rest.world.undisturbed_at({})) on_time(all, rest, findings);
  }

 private:
  bool waits_for_others(const RestRows& rest, TradeId trade) const {
    if (rest.world.designer().design_of(trigger()) != "whole_trade") return false;
    return std::any_of(rest.lines.begin(), rest.lines.end(), [trade](const auto& one) {
      return one.first.first == trade && one.second.state == LineState::paid;
    });
  }
  std::int64_t hour_ns(std::int64_t day, Duration hour) const {
    return (Instant{clearing::begin_of_day(day)} + hour - scenario_.start).ns;
  }
  void on_time(const Seen& all, const RestRows& rest, Findings& findings) const {
    const Rules& rules = scenario_.setting<SettlementSetting>().settlement;
    Duration slow{};
    for (const play::Part* part : scenario_.parties_of<CustodianSpec>())
      slow = part->as<CustodianSpec>().later_max;
    for (const auto& [id, row] : rest.slips) {
      // What comes after the hour makes a slip at once, if the party has none of this day.
      const auto drafted = drafted_.find(id);
      const std::int64_t hour = hour_ns(row.slip.day, rules.pay_at);
      const std::int64_t due_ns = drafted == drafted_.end() ? hour : std::max(hour, drafted->second);
      const auto fixed = fixed_.find(id);
      const auto paid = paid_.find(id);
      // Each order is looked after once more within an hour of when it was done.
      const std::int64_t orders =
          static_cast<std::int64_t>(all.slip(id) == nullptr ? 1 : 2 + all.vouchers().size());
      const bool too_late = (fixed != fixed_.end() && fixed->second > due_ns + kSoon.ns) ||
                            (paid != paid_.end() && paid->second > due_ns + (slow + 1_h).ns * orders);
      const bool too_early = fixed != fixed_.end() && fixed->second < hour;
      if (too_late) late("a slip was not paid at its hour", about_slip(row), rest, findings);
      if (too_early) late("a slip was paid before its hour", about_slip(row), rest, findings);
    }
    for (const auto& [key, share] : rest.shares) {
      const auto voucher = rest.vouchers.find(key.first);
      const auto slip = share.slip ? rest.slips.find(*share.slip) : rest.slips.end();
      if (voucher == rest.vouchers.end() || slip == rest.slips.end()) continue;
      const std::int64_t day = first_run(voucher->second, rules);
      if (day != 0 && slip->second.slip.day > day)
        late("a share was not settled on its day",
             {{"party", party_text(scenario_, key.second)},
              {"amount", cny(share.minor)},
              {"day", day_text(day)}},
             rest, findings);
    }
  }
  // The first day on which its voucher could be settled; 0: it was written too near the hour to be said.
  std::int64_t first_run(const clearing::Voucher& voucher, const Rules& rules) const {
    const auto written = written_.find(voucher.id);
    if (written == written_.end()) return 0;
    const bool make_up = rules.make_up == clearing::MakeUpDays::are_worked;
    std::int64_t day =
        std::max(voucher.settle_day, model::day_in_beijing((scenario_.start + Duration{written->second}).ns));
    if (voucher.working_days && !model::banks_work(day, make_up)) day = model::next_working_day(day, make_up);
    if (written->second < hour_ns(day, rules.draft_at) - kSoon.ns) return day;
    // It comes after the draft, for whose slip a party needs something else: on the next run at the latest.
    return voucher.working_days ? model::next_working_day(day, make_up) : day + 1;
  }
  play::Evidence about_slip(const RestRows::SlipRow& row) const {
    return {{"party", party_text(scenario_, row.slip.party)},
            {"day", day_text(row.slip.day)},
            {"pays", cny(row.slip.pays)}};
  }
  static void late(const char* what, play::Evidence evidence, const RestRows& rest, Findings& findings) {
    findings.add(play::not_live(kSettlementsComeToAnEnd, rest.world.now_ns, what, std::move(evidence)));
  }

  const play::Scenario& scenario_;
  std::map<VoucherId, std::int64_t> written_;
  std::map<SlipId, std::int64_t> drafted_;
  std::map<SlipId, std::int64_t> fixed_;
  std::map<SlipId, std::int64_t> paid_;
};

}  // namespace

void watch_lines_go_once(const play::Watching& parts) {
  const auto monitor = follow<GoOnce>(parts);
  parts.audit.add<RestRows>(kLinesGoOnce, {"settlement"},
                            [monitor](const RestRows& rest, Findings& findings) {
                              monitor->law().at_rest(monitor->seen(), rest, findings);
                            });
}

void watch_settlements_come_to_an_end(const play::Watching& parts) {
  const auto monitor = follow<ToAnEnd>(parts);
  parts.audit.add<RestRows>(kSettlementsComeToAnEnd, {"settlement"},
                            [monitor](const RestRows& rest, Findings& findings) {
                              monitor->law().at_rest(monitor->seen(), rest, findings);
                            });
}

}  // namespace ordeal::settlement
