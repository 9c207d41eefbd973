// What is cleared: trades that are paid, their lines, what goes back of them, and vouchers of who is owed what. Rows, and the steps that
// everything is made of.
//
// A trade keeps the version of its merchant's rule that was in force when it was recorded; a change is for trades to come (F-64). A voucher is
// written once and stays as it is; what changes later is the next voucher of its line, whose shares are the difference (I-74).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/api/settlement.h"
#include "core/clearing/sharing.h"
#include "core/clearing/tables.h"
#include "core/env/database.h"

namespace ordeal::clearing {

enum class PartyKind : std::uint8_t { platform, merchant, leader };

struct Party {
  FundPartyId id{};
  PartyKind kind = PartyKind::merchant;
  api::SettleCycle cycle = api::SettleCycle::t1;
  Duration hold{};  // after a pick-up; of `on_pickup` none
  std::int64_t rule_version = 0;
};

struct Trade {
  TradeId id{};
  FundPartyId merchant{};
  FundPartyId leader{};
  std::int64_t rule_version = 0;
  std::uint64_t fingerprint = 0;  // of the whole request
  env::TraceContext cause{};
};

struct Line {
  TradeId trade{};
  std::int64_t no = 0;
  std::int64_t amount = 0;
  std::int64_t refunded = 0;
  api::LineState state = api::LineState::paid;
  std::optional<Instant> due{};
  std::int64_t left() const { return amount - refunded; }
};

struct Voucher {
  VoucherId id{};
  TradeId trade{};
  std::int64_t no = 0;
  std::int64_t nth = 0;
  std::int64_t minor = 0;
  std::int64_t settle_day = 0;
  bool working_days = false;  // it is paid on working days only
};

void put_party(env::Tx& tx, const Party& party, const api::RuleTerms& terms);
std::optional<Party> find_party(env::Connection& from, FundPartyId party);
std::optional<api::RuleTerms> find_rule(env::Connection& from, FundPartyId merchant, std::int64_t version);
// False, and nothing is written, when `seen` is not the version any more.
bool set_rule(env::Tx& tx, FundPartyId merchant, std::int64_t seen, const api::RuleTerms& terms);

std::optional<Trade> find_trade(env::Connection& from, TradeId trade);
std::optional<Line> find_line(env::Connection& from, TradeId trade, std::int64_t no);
void write_trade(env::Tx& tx, const Trade& trade, const std::vector<Money>& lines);

// PAID becomes PICKED_UP. False when it is not PAID.
bool pick_up(env::Tx& tx, const Line& line, Instant now);
// The row of a refund and what the line says of it. What it means for shares is the caller's.
void note_refund(env::Tx& tx, const Line& line, const std::string& key, std::int64_t minor);
std::optional<std::int64_t> find_refund(env::Connection& from, const Line& line, const std::string& key);
// PAID or PICKED_UP becomes CANCELLED.
void cancel(env::Tx& tx, const Line& line);
// A line that is due becomes CLEARED. False when it is not any more.
bool clear(env::Tx& tx, const Line& line);

// The next of its line, with its shares, its entry and their facts.
void write_voucher(env::Tx& tx, Voucher voucher, const Trade& trade, const Shares& shares, Instant now);
// Of all its vouchers.
std::int64_t last_settle_day(env::Connection& from, const Line& line);

// The first first.
std::vector<Line> due_lines(env::Connection& from, Instant now, std::int64_t most);
std::optional<Instant> next_due(env::Connection& from);

// An entry whose legs add up to zero, posted once under this number and never changed (I-70, I-74).
enum class EntryKind : std::uint8_t { voucher, slip };
void post(env::Tx& tx, EntryKind kind, std::int64_t id, const std::vector<api::Share>& legs, Instant now);

}  // namespace ordeal::clearing
