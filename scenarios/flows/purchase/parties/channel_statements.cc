#include "scenarios/flows/purchase/parties/channel_statements.h"

#include <algorithm>

#include "scenarios/flows/purchase/parties/calendar.h"

namespace ordeal::purchase {

using channel::Code;
using channel::Day;
using channel::LineKind;
using channel::Statement;
using channel::StatementLine;
using channel::TradeReply;
using namespace ordeal::literals;
using sim::lane;

ChannelStatements::ChannelStatements(sim::Process& process, const channel::Account& account, Books& books)
    : process_(process),
      sim_(process.simulation()),
      name_(account.name),
      profile_(*account.profile),
      books_(books),
      trades_(books.trades[account.name]) {}

TradeReply ChannelStatements::answer(const channel::TradeRequest& request) {
  TradeReply reply;
  reply.day = request.day;
  if (!request.day) {
    reply.code = Code::invalid_parameter;
    return reply;
  }
  const channel::StatementRules& rules = profile_.statement;
  ToldOfDay& told = books_.told_of_days[{name_, *request.day}];
  if (told.asked_ns < 0) told.asked_ns = sim_.now_ns();
  const Instant ready = midnight_before(request.day->next(), rules.zone) + rules.ready;
  if (process_.env().clock.wall_now() < ready) {
    reply.code = Code::statement_not_ready;
    return reply;
  }
  Statement statement = of_day(*request.day);
  const std::size_t way = sim_.fork(process_.host(), kStatementFork, kStatementWays);
  const sim::Key key = sim_.choices().next(sim::site_of(sim_.cause(), "statement file"));
  if (way == 2) statement = {*request.day, {}, {}};
  if (way == 3) duplicate(statement, key);
  if (way == 5 || way == 7) statement = of_day({request.day->number - 1});
  if (way == 6 && !statement.lines.empty()) statement.lines.pop_back();
  if (way == 8) raise(statement, key);
  if (way == 9) add_foreign(statement, key);
  if (way == 10) call_in_process(statement);
  for (const StatementLine& line : statement.lines) {
    if (line.kind == LineKind::refund) told.in_process[line.out_request_no].insert(line.in_process);
  }
  if (way == 8 || way == 9) told.false_sheets.push_back(statement.lines);
  if (statement.lines.empty() && way != 1 && way != 7) ++told.empty;
  tell(statement, reply);
  if (way == 7) reply.day = Day{request.day->number - 1};
  if (way == 1) {
    reply.code = Code::statement_not_ready;
    reply.statement.clear();
  }
  if (way == 4 && !reply.statement.empty())
    reply.statement.resize(sim_.choices().below(key, lane("cut"), reply.statement.size()));
  if (way != 0)
    process_.env().log.line(
        [&] { return "statement of " + request.day->text() + ": " + std::string(kStatementWays[way]); });
  return reply;
}

bool ChannelStatements::is_of(Day day, Instant at) const {
  return day_of(at, profile_.statement.zone) == day;
}

Statement ChannelStatements::of_day(Day day) const {
  Statement statement{day, {}, {}};
  for (const auto& [out_trade_no, trade] : trades_) {
    if (trade.debited_at_ns < 0) continue;
    if (is_of(day, trade.debited_at)) {
      statement.lines.push_back(
          {LineKind::payment, out_trade_no, {}, trade.trade_no, trade.amount, trade.debited_at});
    }
    for (const auto& [out_request_no, refund] : trade.refund_requests) {
      if (!is_of(day, refund.at) || (refund.in_process && !tells_in_process())) continue;
      statement.lines.push_back({LineKind::refund, out_trade_no, out_request_no, trade.trade_no,
                                 refund.amount, refund.at, refund.in_process});
    }
  }
  std::stable_sort(statement.lines.begin(), statement.lines.end(),
                   [](const StatementLine& a, const StatementLine& b) { return a.at < b.at; });
  statement.totals = channel::totals_of(statement.lines);
  return statement;
}

bool ChannelStatements::tells_in_process() const {
  return !profile_.statement.layout->refund_in_process.empty();
}

void ChannelStatements::call_in_process(Statement& statement) const {
  if (!tells_in_process()) return;
  for (StatementLine& line : statement.lines) line.in_process = line.kind == LineKind::refund;
}

void ChannelStatements::tell(const Statement& statement, TradeReply& reply) const {
  const bool is_error =
      statement.lines.empty() && profile_.statement.empty_day == channel::EmptyDay::no_statement;
  reply.code = is_error ? Code::no_statement : Code::ok;
  if (!is_error) reply.statement = channel::render(statement, profile_);
}

void ChannelStatements::raise(Statement& statement, sim::Key key) const {
  if (statement.lines.empty()) return;
  StatementLine& line = statement.lines[sim_.choices().below(key, lane("which"), statement.lines.size())];
  line.amount.minor += 1;
  statement.totals = channel::totals_of(statement.lines);
}

// A refund of ours under the number of another trade, in half of the cases, where there are both.
void ChannelStatements::add_foreign(Statement& statement, sim::Key key) const {
  StatementLine line{LineKind::payment,
                     foreign_number(statement.day),
                     {},
                     "FOREIGN",
                     {},
                     channel::begin_of(statement.day, profile_.statement.zone)};
  line.amount = trades_.empty() ? Money{1, {}} : trades_.begin()->second.amount;
  const bool of_refund = sim_.choices().chance(key, lane("a refund"), {1, 2});
  for (const StatementLine& known : statement.lines) {
    if (!of_refund || known.kind != LineKind::refund) continue;
    line.kind = LineKind::refund;
    line.out_request_no = known.out_request_no;
    line.amount = known.amount;
    for (const auto& [number, trade] : trades_) {
      if (number != known.out_trade_no) line.out_trade_no = number;
    }
    break;
  }
  statement.lines.push_back(line);
  statement.totals = channel::totals_of(statement.lines);
}

// Of that day, so that no two days tell of one.
std::string ChannelStatements::foreign_number(Day day) const {
  for (const auto& [channel, trades] : books_.trades) {
    if (channel == name_) continue;
    for (const auto& [number, trade] : trades) {
      if (trade.debited_at_ns >= 0 && is_of(day, trade.debited_at)) return number;
    }
  }
  return "of-nobody-" + day.text();
}

void ChannelStatements::duplicate(Statement& statement, sim::Key key) const {
  const std::vector<StatementLine> once = statement.lines;
  statement.lines.insert(statement.lines.end(), once.begin(), once.end());
  if (sim_.choices().chance(key, lane("in the totals too"), {1, 2}))
    statement.totals = channel::totals_of(statement.lines);
}

}  // namespace ordeal::purchase
