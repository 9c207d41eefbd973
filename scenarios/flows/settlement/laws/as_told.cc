// I-92: the reference model (model/reference.h) and the system agree on all that can be observed. Here is only what turns books and rows into what
// the model is told.
#include <algorithm>
#include <set>

#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/laws/rest_rows.h"
#include "scenarios/flows/settlement/laws/seen.h"
#include "scenarios/flows/settlement/model/reference.h"
#include "scenarios/flows/settlement/seams.h"
#include "scenarios/play/designer.h"

namespace ordeal::settlement {
namespace {

using model::Sure;
using play::Findings;

// What nobody heard of may have happened as long as it was asked for.
Sure picked_up(const Diary& diary, TradeId trade, std::int64_t no) {
  Sure sure = Sure::no;
  for (const auto& said : diary.picked) {
    if (said.request.trade != trade || said.request.line != no) continue;
    const bool heard = said.answered_ns && said.reply.status != api::PickUpStatus::unknown;
    if (heard && said.reply.status == api::PickUpStatus::picked_up) return Sure::yes;
    if (heard && said.reply.status == api::PickUpStatus::cancelled) return Sure::no;
    sure = Sure::perhaps;
  }
  return sure;
}

void add_refunds(const Diary& diary, TradeId trade, std::int64_t no, model::Line& line) {
  std::map<std::string, std::pair<Sure, std::int64_t>> by_key;
  for (const auto& said : diary.refunded) {
    if (said.request.trade != trade || said.request.line != no) continue;
    const bool heard = said.answered_ns && said.reply.status != api::RefundLineStatus::unknown;
    auto& [sure, minor] = by_key[said.request.key];
    if (sure == Sure::yes) continue;
    if (heard && said.reply.status == api::RefundLineStatus::refunded) {
      sure = Sure::yes;
      minor = said.request.amount.minor;
    } else if (!heard && said.request.amount.minor <= line.paid) {
      sure = Sure::perhaps;
      minor = std::max(minor, said.request.amount.minor);
    }
  }
  for (const auto& [key, refund] : by_key) {
    if (refund.first == Sure::yes) line.back += refund.second;
    if (refund.first == Sure::perhaps) line.perhaps_back += refund.second;
  }
}

model::Outside outside(const Seen& all, const RestRows& rest) {
  model::Outside out;
  out.together = rest.world.designer().design_of(trigger()) == "whole_trade";
  const Diary& diary = *rest.diary();
  std::set<TradeId> done;
  for (const auto& said : diary.recorded) {
    const api::RecordTrade& asked = said.request;
    // What was asked for and never heard of stands in the books or does not; another amount under its number never does.
    const auto row = rest.trades.find(asked.trade);
    if (row == rest.trades.end() || !done.insert(asked.trade).second) continue;
    const api::RuleTerms* rule = all.rule(asked.merchant, row->second.rule_version);
    if (rule == nullptr) continue;
    model::Trade trade{asked.merchant, asked.leader, *rule, {}};
    for (std::size_t i = 0; i < asked.lines.size(); ++i) {
      const auto no = static_cast<std::int64_t>(i);
      model::Line line{asked.lines[i].minor, picked_up(diary, asked.trade, no), 0, 0};
      add_refunds(diary, asked.trade, no, line);
      trade.lines.push_back(line);
    }
    out.trades.push_back(std::move(trade));
  }
  if (const CustodianBook* book = rest.custodian()) {
    for (const auto& [number, line] : book->orders) {
      const std::int64_t minor = line.asked.amount.minor * line.times;
      if (line.asked.to.kind == api::FundAccountKind::own) out.got[line.asked.to.party] += minor;
      if (line.asked.from.kind == api::FundAccountKind::own) out.got[line.asked.from.party] -= minor;
    }
  }
  return out;
}

void check(const Seen& all, const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr || rest.custodian() == nullptr || !rest.world.settled) return;
  const play::Scenario& scenario = rest.world.scenario();
  model::Inside in;
  for (const auto& [id, row] : rest.slips) {
    in.paid[row.slip.party] += row.slip.pays;
    if (!row.carried_into) in.owes[row.slip.party] += row.left;
  }
  for (const model::Difference& one : model::differences(outside(all, rest), in))
    findings.add(play::unsafe(kSettlementIsAsTold, rest.world.now_ns, one.sentence,
                              {{"party", party_text(scenario, one.party)},
                               {"expected", cny(one.expected)},
                               {"found", cny(one.found)}}));
}

class Nothing {
 public:
  explicit Nothing(const play::Scenario&) {}
};

}  // namespace

void watch_settlement_is_as_told(const play::Watching& parts) {
  const auto monitor = follow<Nothing>(parts);
  parts.audit.add<RestRows>(
      kSettlementIsAsTold, {"settlement"},
      [monitor](const RestRows& rest, Findings& findings) { check(monitor->seen(), rest, findings); });
}

}  // namespace ordeal::settlement
