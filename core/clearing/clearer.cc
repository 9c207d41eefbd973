#include "core/clearing/clearer.h"

#include <algorithm>

namespace ordeal::clearing {
namespace {

// Whatever is due comes hours after it was picked up: it is enough to look at the clock every hour.
constexpr Duration kNap{3'600'000'000'000};

}  // namespace

Clearer::Clearer(env::Env& env, env::Database& db, const Sharing& sharing, env::Wakeable& settler,
                 Config config)
    : env_(env),
      db_(db),
      sharing_(sharing),
      settler_(settler),
      config_(config),
      worker_(
          env, "clearing", [this] { return clear_due(); }, kNap) {}

std::optional<Instant> Clearer::clear_due() {
  const Instant now = env_.clock.wall_now();
  const auto all = env::in_read(db_, "clearing.collect",
                                [&](env::Connection& from) { return due_lines(from, now, config_.batch); });
  for (const Line& line : all) clear_line(line);
  return env::in_read(db_, "clearing.next", [](env::Connection& from) { return next_due(from); });
}

std::int64_t Clearer::settle_day(const Party& merchant, Instant due) const {
  const std::int64_t day = business_day(due.ns);
  if (merchant.cycle != api::SettleCycle::t1) return day;
  // Of a year that nobody has announced yet every day counts.
  return next_working_day(day, config_.make_up).value_or(day + 1);
}

void Clearer::clear_line(const Line& due) {
  const Instant now = env_.clock.wall_now();
  const VoucherId id = VoucherId::from_random(env_.random.bits("voucher id"));
  db_.transact("clearing.clear", [&](env::Tx& tx) {
    tx.wake(settler_, now);
    const auto trade = find_trade(tx, due.trade);
    const auto line = find_line(tx, due.trade, due.no);
    if (!trade || !line || !clear(tx, *line))
      return env_.log.sometimes("a line was cleared by somebody else");
    const auto rule = find_rule(tx, trade->merchant, trade->rule_version);
    const auto merchant = find_party(tx, trade->merchant);
    const bool working_days = merchant->cycle == api::SettleCycle::t1;
    write_voucher(
        tx, {id, line->trade, line->no, 0, line->left(), settle_day(*merchant, *line->due), working_days},
        *trade, sharing_.of_sale(*rule, line->left()), now);
  });
}

void Clearer::take_back(env::Tx& tx, const Line& line, std::int64_t minor, VoucherId voucher, Instant now) {
  const auto trade = find_trade(tx, line.trade);
  const auto rule = find_rule(tx, trade->merchant, trade->rule_version);
  const auto merchant = find_party(tx, trade->merchant);
  const Shares back = sharing_.of_refund(*rule, line.left(), line.left() - minor);
  // Not before its sale: a share must be there before it can be returned.
  const std::int64_t day = std::max(business_day(now.ns), last_settle_day(tx, line));
  tx.wake(settler_, now);
  write_voucher(tx, {voucher, line.trade, line.no, 0, -minor, day, merchant->cycle == api::SettleCycle::t1},
                *trade, back, now);
}

}  // namespace ordeal::clearing
