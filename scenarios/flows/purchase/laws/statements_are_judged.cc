// I-91, the reader's half: each line of an accepted statement was thought of rightly, and what it alone tells was believed.
// Nobody believes early that there was nothing.
//
// A line is ours when its number is that of an attempt at this very channel, or of a refund of the payment it names; of a refund
// that was said to be in process it proves nothing. Money
// that a line brings is captured by it, once. "There is nothing" is the easiest mistake of a batch job (F-81), so it counts
// only when it was said twice; what was answered instead of it (later, yesterday's) is not that.
#include <map>

#include <tsl/robin_map.h>

#include "core/api/facts.h"
#include "core/payment/attempts.h"
#include "scenarios/flows/purchase/laws/days.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/parts.h"

namespace ordeal::purchase {
namespace {

using api::facts::CapturedVia;
using payment::LineVerdict;
using payment::StatementState;

class Judged {
 public:
  void on(const api::facts::PaymentCaptured& captured, const sim::Fact& fact, Findings&) {
    captures_.try_emplace(captured.attempt, Capture{fact.at_ns, captured.via});
  }
  void on(const api::facts::AttemptOpened& opened, const sim::Fact& fact, Findings&) {
    opened_.try_emplace(opened.attempt, fact.at_ns);
  }
  void on(const api::facts::AttemptEnded& ended, const sim::Fact& fact, Findings&) {
    ended_.try_emplace(ended.attempt, fact.at_ns);
  }
  void on(const api::facts::StatementAccepted& accepted, const sim::Fact& fact, Findings&) {
    accepted_.try_emplace(std::pair(accepted.channel, channel::Day{accepted.day}), fact.at_ns);
  }

  void check(const RestRows& rest, Findings& findings) const {
    for (const RestStatement& statement : rest.statements) {
      const auto at = accepted_.find(std::pair(statement.channel, statement.day));
      if (statement.state != StatementState::accepted || at == accepted_.end()) continue;
      if (statement.lines == 0) check_empty(rest, statement, findings);
      if (statement.lines == 0) check_nobody_waits(rest, statement, at->second, findings);
      for (const RestStatementLine& line : rest.lines_of(statement))
        check_line(rest, line, at->second, findings);
    }
  }

 private:
  // Nobody knew how the payment would end.
  bool was_pending(AttemptId attempt, std::int64_t at_ns) const {
    const auto is_over = [&](const auto& ends) {
      const auto end = ends.find(attempt);
      return end != ends.end() && end->second <= at_ns;
    };
    const auto opened = opened_.find(attempt);
    const auto captured = captures_.find(attempt);
    return opened != opened_.end() && opened->second < at_ns && !is_over(ended_) &&
           (captured == captures_.end() || captured->second.at_ns > at_ns);
  }

  // While nobody knows how a payment ends, nobody knows that nothing happened on a day on which it may have. By sound
  // machines: whose clock is wrong looks at other days.
  void check_nobody_waits(const RestRows& rest, const RestStatement& statement, std::int64_t accepted_ns,
                          Findings& findings) const {
    const channel::StatementRules* rules = statement_rules(rest.world.scenario(), statement.channel);
    if (rules == nullptr || !machines_were_sound(rest.world)) return;
    for (const RestAttempt& attempt : rest.attempts) {
      if (attempt.channel != statement.channel || !was_pending(attempt.id, accepted_ns)) continue;
      const Instant opened = rest.world.scenario().start + Duration{opened_.at(attempt.id)};
      if (statement.day < day_of(opened, rules->zone) ||
          day_of(attempt.expires_at, rules->zone) < statement.day)
        continue;
      findings.add(unsafe(kStatementsAreWhole, accepted_ns,
                          "a day was called empty while nobody knew how a payment of it would end",
                          {{"channel", statement.channel},
                           {"day", statement.day.text()},
                           {"attempt", attempt.id.text()},
                           {"begun", when(opened_.at(attempt.id))}}));
    }
  }

  struct Capture {
    std::int64_t at_ns;
    CapturedVia via;
  };

  static const RestAttempt* attempt_of(const RestRows& rest, const RestStatementLine& line) {
    for (const RestAttempt& attempt : rest.attempts) {
      if (attempt.id.text() == line.out_trade_no && attempt.channel == line.channel) return &attempt;
    }
    return nullptr;
  }

  static const RestRefund* refund_of(const RestRows& rest, const RestStatementLine& line) {
    for (const RestRefund& refund : rest.refunds) {
      if (refund.id.text() == line.out_request_no && refund.attempt.text() == line.out_trade_no)
        return &refund;
    }
    return nullptr;
  }

  // What of several sheets was believed is known only where all said the same.
  static LineVerdict refund_as_told(const RestRows& rest, const RestStatementLine& line) {
    const auto told = rest.books().told_of_days.find({line.channel, line.day});
    if (told == rest.books().told_of_days.end()) return LineVerdict::matched;
    const auto said = told->second.in_process.find(line.out_request_no);
    if (said == told->second.in_process.end() || !said->second.contains(true)) return LineVerdict::matched;
    if (!said->second.contains(false)) return LineVerdict::in_process;
    return line.verdict == LineVerdict::in_process ? LineVerdict::in_process : LineVerdict::matched;
  }

  LineVerdict right_verdict(const RestRows& rest, const RestStatementLine& line) const {
    if (line.kind == channel::LineKind::refund) {
      const RestRefund* refund = refund_of(rest, line);
      if (refund == nullptr) return LineVerdict::unknown_here;
      return refund->amount == line.amount ? refund_as_told(rest, line) : LineVerdict::amount_differs;
    }
    const RestAttempt* attempt = attempt_of(rest, line);
    if (attempt == nullptr) return LineVerdict::unknown_here;
    if (attempt->amount != line.amount) return LineVerdict::amount_differs;
    const auto capture = captures_.find(attempt->id);
    return capture != captures_.end() && capture->second.via == CapturedVia::statement ? LineVerdict::repaired
                                                                                       : LineVerdict::matched;
  }

  void check_line(const RestRows& rest, const RestStatementLine& line, std::int64_t accepted_ns,
                  Findings& findings) const {
    const LineVerdict right = right_verdict(rest, line);
    const Evidence about{{"channel", line.channel},
                         {"day", line.day.text()},
                         {"line", std::string(wire::name_of(line.kind)) + " " + line.out_trade_no + " " +
                                      line.out_request_no + " of " + line.amount.text()},
                         {"verdict", std::string(wire::name_of(line.verdict))},
                         {"should be", std::string(wire::name_of(right))}};
    if (line.verdict != right)
      findings.add(unsafe(kStatementsAreWhole, rest.world.now_ns,
                          "a line of a statement was thought of wrongly", about));
    if (line.kind != channel::LineKind::payment || line.verdict != LineVerdict::matched) return;
    const RestAttempt* attempt = attempt_of(rest, line);
    const auto capture = attempt == nullptr ? captures_.end() : captures_.find(attempt->id);
    if (capture != captures_.end() && capture->second.at_ns > accepted_ns)
      findings.add(unsafe(kStatementsAreWhole, rest.world.now_ns,
                          "a statement told of money that was not here, and nobody took it in", about));
  }

  static void check_empty(const RestRows& rest, const RestStatement& statement, Findings& findings) {
    const auto told = rest.books().told_of_days.find({statement.channel, statement.day});
    const std::int64_t said = told == rest.books().told_of_days.end() ? 0 : told->second.empty;
    if (said >= 2) return;
    findings.add(unsafe(kStatementsAreWhole, rest.world.now_ns,
                        "a day was believed to be empty before its channel had said so twice",
                        {{"channel", statement.channel},
                         {"day", statement.day.text()},
                         {"said so", std::to_string(said)},
                         {"looks", std::to_string(statement.tries + 1)}}));
  }

  tsl::robin_map<AttemptId, Capture> captures_;
  tsl::robin_map<AttemptId, std::int64_t> opened_;
  tsl::robin_map<AttemptId, std::int64_t> ended_;
  std::map<std::pair<std::string, channel::Day>, std::int64_t> accepted_;
};

}  // namespace

void watch_statements_are_judged(const play::Watching& parts) {
  const auto judged = std::make_shared<Judged>();
  namespace f = api::facts;
  parts.monitors.add<f::AttemptOpened, f::PaymentCaptured, f::AttemptEnded, f::StatementAccepted>(judged);
  parts.audit.add<RestRows>(
      kStatementsAreWhole, {"payment"},
      [judged](const RestRows& rest, Findings& findings) { judged->check(rest, findings); });
}

}  // namespace ordeal::purchase
