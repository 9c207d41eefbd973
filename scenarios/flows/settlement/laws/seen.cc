#include "scenarios/flows/settlement/laws/seen.h"

#include <algorithm>

namespace ordeal::settlement {

namespace told = api::facts;

Seen::Seen(const play::Scenario& scenario) {
  const auto& merchants = scenario.setting<SettlementSetting>().settlement.merchants;
  for (std::size_t i = 0; i < merchants.size(); ++i) rules_[merchant_id(i)] = {merchants[i].terms};
}

void Seen::on(const told::RuleSet& set, const sim::Fact&) { rules_[set.merchant].push_back(set.terms); }

void Seen::on(const told::TradeRecorded& recorded, const sim::Fact&) {
  Trade trade{recorded, {}};
  for (const Money& line : recorded.lines) trade.lines.push_back({line.minor, 0, {}, false, 0, {}});
  trades_.try_emplace(recorded.trade, std::move(trade));
}

namespace {

Seen::Line* line_of(std::map<TradeId, Seen::Trade>& trades, TradeId trade, std::int64_t no) {
  const auto found = trades.find(trade);
  if (found == trades.end() || no < 0 || static_cast<std::size_t>(no) >= found->second.lines.size())
    return nullptr;
  return &found->second.lines[static_cast<std::size_t>(no)];
}

}  // namespace

void Seen::on(const told::LinePickedUp& picked, const sim::Fact&) {
  if (Line* line = line_of(trades_, picked.trade, picked.line)) line->picked = picked.at;
}
void Seen::on(const told::LineRefunded& refunded, const sim::Fact&) {
  if (Line* line = line_of(trades_, refunded.trade, refunded.line)) line->refunded += refunded.amount.minor;
}
void Seen::on(const told::LineCancelled& cancelled, const sim::Fact&) {
  if (Line* line = line_of(trades_, cancelled.trade, cancelled.line)) line->cancelled = true;
}
void Seen::on(const told::VoucherWritten& written, const sim::Fact&) {
  vouchers_.try_emplace(written.voucher, Voucher{written, {}});
  Line* line = line_of(trades_, written.trade, written.line);
  if (line == nullptr) return;
  ++line->vouchers;
  for (const api::Share& share : written.shares) line->shares[share.party] += share.minor;
}
void Seen::on(const told::SlipDrafted& drafted, const sim::Fact&) {
  slips_.try_emplace(drafted.slip, Slip{drafted, 0, false, 0, 0, false, false});
}
void Seen::on(const told::ShareTaken& taken, const sim::Fact&) {
  slips_[taken.slip].items += taken.minor;
  vouchers_[taken.voucher].slips.try_emplace(taken.party, taken.slip);
}
void Seen::on(const told::SlipFixed& fixed, const sim::Fact&) {
  const FundPartyId party = slips_[fixed.slip].told.party;
  for (auto& [id, slip] : slips_) {
    if (id != fixed.slip && slip.told.party == party && slip.fixed && slip.left < 0) slip.taken_over = true;
  }
  Slip& slip = slips_[fixed.slip];
  slip.fixed = true;
  slip.pays = fixed.pays;
  slip.left = fixed.left;
}
void Seen::on(const told::SlipPaid& paid, const sim::Fact&) { slips_[paid.slip].paid = true; }

const Seen::Trade* Seen::trade(TradeId id) const {
  const auto found = trades_.find(id);
  return found == trades_.end() ? nullptr : &found->second;
}
const Seen::Line* Seen::line(TradeId id, std::int64_t no) const {
  const Trade* of = trade(id);
  if (of == nullptr || no < 0 || static_cast<std::size_t>(no) >= of->lines.size()) return nullptr;
  return &of->lines[static_cast<std::size_t>(no)];
}
const Seen::Voucher* Seen::voucher(VoucherId id) const {
  const auto found = vouchers_.find(id);
  return found == vouchers_.end() ? nullptr : &found->second;
}
const Seen::Slip* Seen::slip(SlipId id) const {
  const auto found = slips_.find(id);
  return found == slips_.end() ? nullptr : &found->second;
}
std::int64_t Seen::version(FundPartyId merchant) const {
  const auto found = rules_.find(merchant);
  return found == rules_.end() ? 0 : static_cast<std::int64_t>(found->second.size());
}
const api::RuleTerms* Seen::rule(FundPartyId merchant, std::int64_t version) const {
  const auto found = rules_.find(merchant);
  if (found == rules_.end() || version < 1 || version > static_cast<std::int64_t>(found->second.size()))
    return nullptr;
  return &found->second[static_cast<std::size_t>(version - 1)];
}
std::int64_t Seen::owed(FundPartyId party) const {
  std::int64_t sum = 0;
  for (const auto& [id, slip] : slips_) {
    if (slip.told.party == party && slip.fixed && !slip.taken_over) sum += slip.left;
  }
  return sum;
}

ByParty shares_by_rule(const api::RuleTerms& terms, FundPartyId merchant, FundPartyId leader,
                       std::int64_t paid) {
  const std::int64_t fee = paid * terms.fee / 10'000;
  const std::int64_t platform = fee - fee * terms.rebate / 10'000;
  const std::int64_t commission = (paid - fee) * terms.commission / 10'000;
  ByParty shares{{merchant, paid - platform - commission}, {api::kPlatform, platform}, {leader, commission}};
  std::erase_if(shares, [](const auto& share) { return share.second == 0; });
  return shares;
}

ByParty by_party(const std::vector<api::Share>& shares) {
  ByParty all;
  for (const api::Share& share : shares) all[share.party] += share.minor;
  return all;
}

std::string cny(std::int64_t minor) { return Money{minor, {}}.text(); }

play::Evidence about(const play::Scenario& scenario, TradeId trade, std::int64_t no, std::int64_t minor) {
  return {{"buyer", buyer_text(scenario, trade)}, {"thing", std::to_string(no + 1)}, {"amount", cny(minor)}};
}

}  // namespace ordeal::settlement
