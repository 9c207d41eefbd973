// Laws over random ledgers: what was injected is what is found, class by class, whatever the order of lines; gaps add up
// (I-77); what is written is what is read.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <iconv.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/channel/profile.h"
#include "core/channel/statement.h"
#include "core/reconciliation/figures.h"
#include "core/reconciliation/plain.h"
#include "tests/reconciliation/ledger.h"
#include "tests/reconciliation/read.h"

namespace ordeal::test {
namespace {

using namespace reconciliation;

constexpr std::int64_t kNoon = 1'767'355'200;  // 2026-01-02 12:00:00

struct Sides {
  std::vector<std::string> ours;
  std::vector<std::string> theirs;
  Found::Names expected;
};

std::int64_t pick(std::int64_t from, std::int64_t to) { return *rc::gen::inRange<std::int64_t>(from, to); }

template <class T>
const T& one_of(const std::vector<T>& list) {
  return list[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(list.size())))];
}

const std::vector<Class> kOfTrades{Class::matched, Class::matched, Class::missing_here, Class::missing_there,
                                   Class::amount,  Class::status,  Class::duplicate,    Class::fee,
                                   Class::day_cut, Class::late};
const std::vector<Class> kOfFunds{Class::matched,   Class::matched, Class::surplus, Class::shortage,
                                  Class::duplicate, Class::fee,     Class::day_cut, Class::late};

Entry any_entry(Flow flow, Class what) {
  Entry entry{};
  if (flow == Flow::trades)
    entry.kind = one_of<Kind>({Kind::payment, Kind::refund, Kind::cancel});
  else if (what == Class::fee)
    entry.kind = one_of<Kind>({Kind::fee, Kind::fee_back});
  else
    entry.kind = one_of<Kind>({Kind::credit, Kind::debit});
  entry.amount = entry.settled = pick(2, 1'000'000);
  entry.has_fee = flow == Flow::trades;
  entry.fee = entry.has_fee ? pick(-50'000, 50'000) : 0;
  entry.at = kNoon + pick(-3'600, 3'600);
  return entry;
}

// Makes the difference that has this class; `both` says who has which line.
void inject(Sides& sides, Entry entry, Class what) {
  const auto write = [](const Entry& one) { return plain_line(one); };
  const bool at_ours = pick(0, 2) == 0;
  Entry other = entry;
  switch (what) {
    case Class::missing_here:
      sides.theirs.push_back(write(entry));
      break;
    case Class::missing_there:
      sides.ours.push_back(write(entry));
      break;
    case Class::surplus:
    case Class::shortage: {
      // Alone, or with another amount, on the side that makes it so.
      const bool theirs_alone = is_incoming(entry.kind) == (what == Class::surplus);
      if (pick(0, 2) == 0) {
        (theirs_alone ? sides.theirs : sides.ours).push_back(write(entry));
        break;
      }
      other.amount = other.settled = entry.amount + pick(1, 100);
      (theirs_alone ? sides.theirs : sides.ours).push_back(write(other));
      (theirs_alone ? sides.ours : sides.theirs).push_back(write(entry));
      break;
    }
    case Class::amount:
      other.amount = other.settled = entry.amount + pick(1, 100) * (pick(0, 2) * 2 - 1) % entry.amount;
      if (other.amount == entry.amount || other.amount <= 0) other.amount = other.settled = entry.amount + 1;
      sides.ours.push_back(write(entry));
      sides.theirs.push_back(write(other));
      break;
    case Class::status:
      other.state = one_of<State>({State::processing, State::failed, State::closed});
      sides.ours.push_back(write(at_ours ? other : entry));
      sides.theirs.push_back(write(at_ours ? entry : other));
      break;
    case Class::fee:
      if (flow_of(entry.kind) == Flow::funds && pick(0, 2) == 0) {
        (at_ours ? sides.ours : sides.theirs).push_back(write(entry));
        break;
      }
      if (flow_of(entry.kind) == Flow::funds)
        other.amount = other.settled = entry.amount + pick(1, 100);
      else
        other.fee += pick(1, 100);
      sides.ours.push_back(write(entry));
      sides.theirs.push_back(write(other));
      break;
    case Class::day_cut: {
      // Alone before the midnight that ends both files, or on both sides of the one between their days.
      const std::int64_t midnight = kNoon + kSecondsPerDay / 2;
      entry.at = midnight - pick(1, 300);
      if (pick(0, 2) == 0) {
        entry.at += kSecondsPerDay;
        (at_ours ? sides.ours : sides.theirs).push_back(write(entry));
        break;
      }
      other = entry;
      other.at = midnight + pick(0, 300);
      sides.ours.push_back(write(at_ours ? entry : other));
      sides.theirs.push_back(write(at_ours ? other : entry));
      break;
    }
    case Class::late:
      other.at = entry.at - kSecondsPerDay * pick(1, 4);
      sides.ours.push_back(write(at_ours ? entry : other));
      sides.theirs.push_back(write(at_ours ? other : entry));
      break;
    case Class::duplicate:
      sides.ours.push_back(write(entry));
      sides.theirs.push_back(write(entry));
      (at_ours ? sides.ours : sides.theirs).push_back(write(entry));
      sides.expected.emplace("matched", entry.number);
      break;
    case Class::matched:
      sides.ours.push_back(write(entry));
      sides.theirs.push_back(write(entry));
      break;
  }
  sides.expected.emplace(name_of(what), entry.number);
}

// Both files have a line at noon of the 2nd and of the 3rd, so both end with the 3rd.
Sides any_sides(Flow flow) {
  Sides sides;
  const std::int64_t events = pick(0, 60);
  for (std::int64_t i = 0; i < events; ++i) {
    Class what = one_of(flow == Flow::trades ? kOfTrades : kOfFunds);
    Entry entry = any_entry(flow, what);
    const std::string number = "N" + std::to_string(i * 7919 % 1000) + "-" + std::to_string(i);
    entry.number = number;
    inject(sides, entry, what);
  }
  for (const std::string number : {"noon", "noon-after"}) {
    Entry noon = any_entry(flow, Class::matched);
    noon.number = number;
    noon.at = number == "noon" ? kNoon : kNoon + kSecondsPerDay;
    inject(sides, noon, Class::matched);
  }
  return sides;
}

std::string shuffled(std::vector<std::string> lines) {
  for (std::size_t i = lines.size(); i > 1; --i)
    std::swap(lines[i - 1], lines[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(i)))]);
  std::string text = plain_header();
  for (const std::string& line : lines) text += line;
  return text;
}

void check_all_found(Flow flow) {
  const Sides sides = any_sides(flow);
  const Reconciled result = reconcile(shuffled(sides.ours), shuffled(sides.theirs));
  // Equal as multisets: precision and recall are 1 in every class.
  RC_ASSERT(result.found.names == sides.expected);
  std::int64_t gaps = 0;
  for (const Outcome::OfClass& one : result.outcome.of_class) gaps += one.gap;
  const auto net = [](const Statement& statement) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < statement.sums.of_kind.size(); ++i) {
      const std::int64_t amount = statement.sums.of_kind[i].amount;
      sum += is_incoming(static_cast<Kind>(i)) ? amount : -amount;
    }
    return sum;
  };
  // I-77: what differs explains all of the difference (of funds, where every line moved money).
  if (flow == Flow::funds) RC_ASSERT(gaps == net(result.theirs) - net(result.ours));
}

RC_GTEST_PROP(Matching, FindsOfTradesWhatWasInjected, ()) { check_all_found(Flow::trades); }
RC_GTEST_PROP(Matching, FindsOfAnAccountWhatWasInjected, ()) { check_all_found(Flow::funds); }

RC_GTEST_PROP(Matching, DoesNotDependOnTheOrderOfLines, ()) {
  const Sides sides = any_sides(Flow::trades);
  const Reconciled a = reconcile(shuffled(sides.ours), shuffled(sides.theirs));
  const Reconciled b = reconcile(shuffled(sides.ours), shuffled(sides.theirs));
  RC_ASSERT(a.found.names == b.found.names);
}

// Seen from the other side, what is missing here is missing there.
RC_GTEST_PROP(Matching, IsTheSameFromBothSides, ()) {
  const Sides sides = any_sides(Flow::funds);
  const Outcome a = reconcile(shuffled(sides.ours), shuffled(sides.theirs)).outcome;
  const Outcome b = reconcile(shuffled(sides.theirs), shuffled(sides.ours)).outcome;
  for (const Class what : {Class::matched, Class::duplicate, Class::fee, Class::day_cut, Class::late})
    RC_ASSERT(a.of(what).events == b.of(what).events);
  RC_ASSERT(a.of(Class::surplus).events == b.of(Class::shortage).events);
  RC_ASSERT(a.of(Class::surplus).gap == -b.of(Class::shortage).gap);
}

RC_GTEST_PROP(Plain, ReadsWhatItWrites, ()) {
  const std::int64_t count = pick(0, 20);
  std::string text = plain_header();
  std::vector<Entry> entries;
  std::int64_t sum = 0;
  std::vector<std::string> numbers;
  for (std::int64_t i = 0; i < count; ++i) numbers.push_back("T" + std::to_string(pick(0, 1'000'000'000)));
  for (std::int64_t i = 0; i < count; ++i) {
    Entry entry = any_entry(Flow::trades, Class::matched);
    entry.number = numbers[static_cast<std::size_t>(i)];
    entry.channel_number = pick(0, 2) == 0 ? "" : entry.number;
    entry.state = static_cast<State>(pick(0, 4));
    entry.settled = pick(0, 100);
    entry.has_fee = pick(0, 2) == 0;
    if (!entry.has_fee) entry.fee = 0;
    entry.at = pick(-10'000'000'000, 100'000'000'000);
    entry.line = static_cast<std::uint64_t>(i) + 2;
    sum += entry.amount;
    text += plain_line(entry);
    entries.push_back(entry);
  }
  const auto read = read_bytes(text + plain_total(count, sum));
  RC_ASSERT(read->why() == "");
  RC_ASSERT(read->entries.list().size() == entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& a = entries[i];
    const Entry& b = read->entries.list()[i];
    RC_ASSERT(plain_line(a) == plain_line(b));
    RC_ASSERT(a.line == b.line);
    RC_ASSERT(a.fee == b.fee);
    RC_ASSERT(a.at == b.at);
  }
}

std::string as_gbk(const std::string& text) {
  const iconv_t converter = ::iconv_open("GBK", "UTF-8");
  std::string out(text.size() * 2, '\0');
  std::string from = text;
  char* in = from.data();
  char* to = out.data();
  std::size_t in_left = from.size();
  std::size_t out_left = out.size();
  ::iconv(converter, &in, &in_left, &to, &out_left);
  ::iconv_close(converter);
  out.resize(out.size() - out_left);
  return out;
}

// The channels of a trial write the same files that are read here.
RC_GTEST_PROP(Channels, WriteWhatIsReadHere, ()) {
  channel::Statement statement{.day = *channel::Day::parse("2026-01-02")};
  const bool alipay = pick(0, 2) == 0;
  const channel::Profile& profile = alipay ? channel::kAlipay : channel::kWechat;
  const std::int64_t count = pick(0, 20);
  for (std::int64_t i = 0; i < count; ++i) {
    channel::StatementLine line;
    const bool is_refund = pick(0, 3) == 0;
    line.kind = is_refund ? channel::LineKind::refund : channel::LineKind::payment;
    line.out_trade_no = "T" + std::to_string(i);
    if (is_refund) line.out_request_no = "Q" + std::to_string(i);
    line.trade_no = "C" + std::to_string(i);
    line.amount.minor = pick(1, 1'000'000);
    line.in_process = is_refund && !alipay && pick(0, 2) == 0;
    line.at =
        channel::begin_of(statement.day, profile.statement.zone) + Duration{pick(0, 86'400) * 1'000'000'000};
    statement.lines.push_back(line);
  }
  statement.totals = channel::totals_of(statement.lines);
  const std::string text = channel::render(statement, profile);
  const auto read = read_bytes(alipay ? as_gbk(text) : text);
  RC_ASSERT(read->why() == "");
  RC_ASSERT(read->entries.list().size() == statement.lines.size());
  for (std::size_t i = 0; i < statement.lines.size(); ++i) {
    const channel::StatementLine& line = statement.lines[i];
    const Entry& entry = read->entries.list()[i];
    const bool is_refund = line.kind == channel::LineKind::refund;
    RC_ASSERT(entry.kind == (is_refund ? Kind::refund : Kind::payment));
    RC_ASSERT(entry.number == (is_refund ? line.out_request_no : line.out_trade_no));
    RC_ASSERT(entry.amount == line.amount.minor);
    RC_ASSERT(entry.settled == line.amount.minor);
    RC_ASSERT((entry.state == State::processing) == line.in_process);
    RC_ASSERT(at_text(entry.at) == channel::time_text(line.at, profile.statement.zone));
  }
}

}  // namespace
}  // namespace ordeal::test
