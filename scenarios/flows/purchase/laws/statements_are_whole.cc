// I-91: an accepted statement is the channel's book of its day, line by line, none twice, and its trailer is their sum; it
// stays what it was when it was accepted. No payment is called missing at a channel that told of it. (That each day is read
// in the end is I-40.)
//
// The day of a trade is the channel's: cut by its own clock. A book without opening and closing balances has no other
// continuity than this: no line is on two days, none between them. That each trade is repaired at most once (I-78) is
// I-31: a repair is a capture.
#include <algorithm>
#include <map>
#include <optional>

#include "core/api/facts.h"
#include "core/payment/statements.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

using api::facts::StatementAccepted;
using channel::Day;
using channel::LineKind;
using payment::StatementState;

class Accepted {
 public:
  void on(const StatementAccepted& accepted, const sim::Fact& fact, Findings& findings) {
    const auto [known, fresh] = by_day_.try_emplace(std::pair(accepted.channel, Day{accepted.day}), accepted);
    if (fresh) return;
    findings.add(unsafe(kStatementsAreWhole, fact.at_ns, "the statement of one day was accepted twice",
                        {{"channel", accepted.channel},
                         {"day", known->first.second.text()},
                         {"lines first", std::to_string(known->second.lines)},
                         {"lines again", std::to_string(accepted.lines)}}));
  }

  const StatementAccepted* of(const RestStatement& statement) const {
    const auto found = by_day_.find(std::pair(statement.channel, statement.day));
    return found == by_day_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::pair<std::string, Day>, StatementAccepted> by_day_;
};

std::string line_text(LineKind kind, const std::string& out_trade_no, const std::string& out_request_no,
                      Money amount) {
  return std::string(wire::name_of(kind)) + " " + out_trade_no + (out_request_no.empty() ? "" : " ") +
         out_request_no + " of " + amount.text();
}

const channel::StatementRules& rules_of(const RestRows& rest, const std::string& channel) {
  const channel::StatementRules* rules = statement_rules(rest.world.scenario(), channel);
  ORDEAL_CHECK(rules != nullptr, channel);
  return *rules;
}

std::vector<std::string> in_the_book(const RestRows& rest, const RestStatement& statement) {
  const channel::Zone zone = rules_of(rest, statement.channel).zone;
  std::vector<std::string> lines;
  const auto book = rest.books().trades.find(statement.channel);
  if (book == rest.books().trades.end()) return lines;
  for (const auto& [out_trade_no, trade] : book->second) {
    if (trade.debited_at_ns >= 0 && day_of(trade.debited_at, zone) == statement.day)
      lines.push_back(line_text(LineKind::payment, out_trade_no, {}, trade.amount));
    for (const auto& [out_request_no, refund] : trade.refund_requests) {
      if (day_of(refund.at, zone) == statement.day)
        lines.push_back(line_text(LineKind::refund, out_trade_no, out_request_no, refund.amount));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// The first of `all` that is not among `others`; both are sorted.
std::optional<std::string> lacking(const std::vector<std::string>& all,
                                   const std::vector<std::string>& others) {
  std::vector<std::string> left;
  std::set_difference(all.begin(), all.end(), others.begin(), others.end(), std::back_inserter(left));
  return left.empty() ? std::nullopt : std::optional(left.front());
}

// A channel that tells a whole and wrong sheet is believed; what is then thought of its lines is judged elsewhere.
bool is_a_false_sheet(const RestRows& rest, const RestStatement& statement,
                      const std::vector<std::string>& here) {
  const auto told = rest.books().told_of_days.find({statement.channel, statement.day});
  if (told == rest.books().told_of_days.end()) return false;
  for (const auto& sheet : told->second.false_sheets) {
    std::vector<std::string> lines;
    for (const channel::StatementLine& line : sheet)
      lines.push_back(line_text(line.kind, line.out_trade_no, line.out_request_no, line.amount));
    std::sort(lines.begin(), lines.end());
    if (lines == here) return true;
  }
  return false;
}

void check_against_book(const RestRows& rest, const RestStatement& statement, Findings& findings) {
  const std::vector<std::string> book = in_the_book(rest, statement);
  std::vector<std::string> here;
  for (const RestStatementLine& line : rest.lines_of(statement)) {
    here.push_back(line_text(line.kind, line.out_trade_no, line.out_request_no, line.amount));
  }
  std::sort(here.begin(), here.end());
  if (is_a_false_sheet(rest, statement, here)) return;
  const auto hidden = lacking(book, here);
  const auto invented = lacking(here, book);
  if (!hidden && !invented) return;
  findings.add(
      unsafe(kStatementsAreWhole, rest.world.now_ns,
             hidden ? "an accepted statement lacks what the channel did on its day"
                    : "an accepted statement has what the channel did not do on its day",
             {{"channel", statement.channel},
              {"day", statement.day.text()},
              {"line", hidden ? *hidden : *invented},
              {"lines here", std::to_string(here.size())},
              {"in the channel's book", std::to_string(book.size())}}),
      static_cast<std::int64_t>(std::max(here.size(), book.size()) - std::min(here.size(), book.size())));
}

void check_totals(const RestRows& rest, const RestStatement& statement, const StatementAccepted* accepted,
                  Findings& findings) {
  RestStatement sums{statement.channel, statement.day, statement.state, statement.tries, 0, 0, 0};
  for (const RestStatementLine& line : rest.lines_of(statement)) {
    ++sums.lines;
    (line.kind == LineKind::payment ? sums.paid : sums.refunded) += line.amount.minor;
  }
  const bool is_sum =
      sums.lines == statement.lines && sums.paid == statement.paid && sums.refunded == statement.refunded;
  const bool as_accepted = accepted != nullptr && accepted->lines == statement.lines &&
                           accepted->paid.minor == statement.paid &&
                           accepted->refunded.minor == statement.refunded;
  if (is_sum && as_accepted) return;
  const Currency currency = rest.world.scenario().setting<Catalogue>().currency();
  const auto text = [&](std::int64_t lines, std::int64_t paid, std::int64_t refunded) {
    return std::to_string(lines) + " lines, paid " + amount_text(paid, currency) + ", refunded " +
           amount_text(refunded, currency);
  };
  findings.add(unsafe(kStatementsAreWhole, rest.world.now_ns,
                      is_sum ? "an accepted statement is not what it was when it was accepted"
                             : "an accepted statement does not have the sum it says",
                      {{"channel", statement.channel},
                       {"day", statement.day.text()},
                       {"its trailer", text(statement.lines, statement.paid, statement.refunded)},
                       {"its lines", text(sums.lines, sums.paid, sums.refunded)},
                       {"when accepted", accepted == nullptr ? "never"
                                                             : text(accepted->lines, accepted->paid.minor,
                                                                    accepted->refunded.minor)}}));
}

void check_missing(const RestRows& rest, Findings& findings) {
  for (const RestMissing& missing : rest.missing) {
    const ChannelTrade* trade = rest.books().trade(missing.channel, missing.attempt.text());
    if (trade == nullptr || trade->debited_at_ns < 0) continue;
    const Day day = day_of(trade->debited_at, rules_of(rest, missing.channel).zone);
    const bool told =
        std::any_of(rest.statements.begin(), rest.statements.end(), [&](const RestStatement& one) {
          return one.channel == missing.channel && one.day == day && one.state == StatementState::accepted;
        });
    if (!told) continue;
    findings.add(unsafe(kStatementsAreWhole, rest.world.now_ns,
                        "a payment is called missing at the channel, which has it on a day that was accepted",
                        {{"attempt", missing.attempt.text()},
                         {"channel", missing.channel},
                         {"day", day.text()},
                         {"amount", trade->amount.text()},
                         {"debited", when(trade->debited_at_ns)}}),
                 trade->amount.minor);
  }
}

// A statement is there from ten in the morning on, and what has lines proves itself at the first look.
void check_first_look(const RestRows& rest, const RestStatement& statement, Findings& findings) {
  if (!all_answer(rest.world) || statement.lines == 0 || statement.tries == 0) return;
  findings.add(unsafe(kStatementsAreWhole, rest.world.now_ns,
                      "a statement that was ready was believed only after further looks",
                      {{"channel", statement.channel},
                       {"day", statement.day.text()},
                       {"looks", std::to_string(statement.tries + 1)}}));
}

void check(const Accepted& accepted, const RestRows& rest, Findings& findings) {
  for (const RestStatement& statement : rest.statements) {
    if (statement_rules(rest.world.scenario(), statement.channel) == nullptr) {
      findings.add(unsafe(kStatementsAreWhole, rest.world.now_ns,
                          "a statement is of a channel that is not there",
                          {{"channel", statement.channel}, {"day", statement.day.text()}}));
      continue;
    }
    if (statement.state != StatementState::accepted) continue;
    check_against_book(rest, statement, findings);
    check_totals(rest, statement, accepted.of(statement), findings);
    check_first_look(rest, statement, findings);
  }
  check_missing(rest, findings);
}

}  // namespace

void watch_statements_are_whole(const play::Watching& parts) {
  const auto accepted = std::make_shared<Accepted>();
  parts.monitors.add<StatementAccepted>(accepted);
  parts.audit.add<RestRows>(
      kStatementsAreWhole, {"payment"},
      [accepted](const RestRows& rest, Findings& findings) { check(*accepted, rest, findings); });
  watch_statements_are_judged(parts);
}

}  // namespace ordeal::purchase
