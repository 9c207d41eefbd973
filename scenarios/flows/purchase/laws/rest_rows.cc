#include "scenarios/flows/purchase/laws/rest_rows.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "scenarios/flows/purchase/seams.h"

namespace ordeal::purchase {
namespace {

constexpr env::Sql kOrders{
    "select id, user_id, state, version, total, currency, close_at, paid_attempt, merchant, created_at, "
    "due_at is not null, cancelled_at from orders order by id"};
constexpr env::Sql kLines{"select order_id, sku, qty, unit_price from order_line order by order_id, sku"};
constexpr env::Sql kRequests{
    "select user_id, request_key, order_id from order_request order by user_id, request_key"};
constexpr env::Sql kPrices{"select sku, price, currency, merchant from catalog order by sku"};
constexpr env::Sql kLatePayments{
    "select attempt, order_id, reason, amount from late_payment order by attempt"};
constexpr env::Sql kStock{"select sku, available, reserved, sold, initial from stock order by sku"};
constexpr env::Sql kReservations{"select order_id, sku, qty, state from reservation order by order_id, sku"};
constexpr env::Sql kAttempts{
    "select id, order_id, channel, amount, currency, state, user_id, closing, trade_no, expires_at, "
    "next_at is not null from attempt order by order_id, id"};
constexpr env::Sql kIntents{"select order_id, amount, currency, cancelled from intent order by order_id"};
constexpr env::Sql kRefunds{
    "select id, attempt, order_id, amount, currency, reason, state, channel, next_at is not null, "
    "tries from refund order by attempt, reason"};
constexpr env::Sql kStatements{
    "select channel, day, state, tries, lines, paid, refunded from statement order by channel, day"};
constexpr env::Sql kStatementLines{
    "select channel, day, kind, out_trade_no, out_request_no, amount, currency, verdict from statement_line "
    "order by channel, day, kind, out_trade_no, out_request_no"};
constexpr env::Sql kMissing{
    "select channel, attempt, day from statement_expected where missing order by attempt, day"};
constexpr env::Sql kEntries{
    "select id, kind, reference, order_id, rule_version from entry order by kind, reference"};
constexpr env::Sql kPostings{"select entry, account, minor, currency from posting order by entry, account"};
constexpr env::Sql kNotices{
    "select order_id, version, state, tries, next_at is not null, sent_at is not null, merchant, amount, "
    "currency from notification order by order_id, version"};
constexpr env::Sql kEvents{"select id, topic, attempts from outbox order by id"};

// A currency we do not know reads as the default one: I-30 has monitors for that.
Money money(const env::Rows& rows, int minor, int currency) {
  return {rows.get<std::int64_t>(minor),
          Currency::parse(rows.get<std::string_view>(currency)).value_or(Currency{})};
}

void read_events(env::Connection& from, std::string_view service, RestRows& rest) {
  for (auto rows = from.query(kEvents); rows.next();) {
    rest.events.push_back(
        {service, rows.get<std::int64_t>(0), rows.get<std::string>(1), rows.get<std::int64_t>(2)});
  }
}

void read_order(env::Connection& from, RestRows& rest) {
  for (auto rows = from.query(kOrders); rows.next();) {
    RestOrder order{rows.get<OrderId>(0),
                    rows.get<UserId>(1),
                    rows.get<api::OrderState>(2),
                    rows.get<std::int64_t>(3),
                    money(rows, 4, 5),
                    {},
                    {},
                    rows.get<MerchantId>(8),
                    rows.get<Instant>(9),
                    rows.get<bool>(10),
                    {}};
    if (!rows.is_null(6)) order.close_at = rows.get<Instant>(6);
    if (!rows.is_null(7)) order.paid_attempt = rows.get<AttemptId>(7);
    if (!rows.is_null(11)) order.cancelled_at = rows.get<Instant>(11);
    rest.orders.push_back(order);
  }
  for (auto rows = from.query(kLines); rows.next();) {
    rest.lines.push_back(
        {rows.get<OrderId>(0), rows.get<SkuId>(1), rows.get<std::int64_t>(2), rows.get<std::int64_t>(3)});
  }
  for (auto rows = from.query(kRequests); rows.next();) {
    rest.requests.push_back({rows.get<UserId>(0), rows.get<std::string>(1), rows.get<OrderId>(2)});
  }
  for (auto rows = from.query(kPrices); rows.next();) {
    rest.prices.push_back({rows.get<SkuId>(0), money(rows, 1, 2), rows.get<MerchantId>(3)});
  }
  for (auto rows = from.query(kLatePayments); rows.next();) {
    rest.late_payments.push_back({rows.get<AttemptId>(0), rows.get<OrderId>(1),
                                  rows.get<api::RefundReason>(2), rows.get<std::int64_t>(3)});
  }
  read_events(from, "order", rest);
}

void read_inventory(env::Connection& from, RestRows& rest) {
  for (auto rows = from.query(kStock); rows.next();) {
    rest.stock.push_back({rows.get<SkuId>(0), rows.get<std::int64_t>(1), rows.get<std::int64_t>(2),
                          rows.get<std::int64_t>(3), rows.get<std::int64_t>(4)});
  }
  for (auto rows = from.query(kReservations); rows.next();) {
    rest.reservations.push_back({rows.get<OrderId>(0), rows.get<SkuId>(1), rows.get<std::int64_t>(2),
                                 rows.get<api::ReservationState>(3)});
  }
}

void read_statements(env::Connection& from, RestRows& rest) {
  const auto sum = [](const env::Rows& rows, int column) {
    return rows.is_null(column) ? 0 : rows.get<std::int64_t>(column);
  };
  for (auto rows = from.query(kStatements); rows.next();) {
    rest.statements.push_back({rows.get<std::string>(0),
                               {rows.get<std::int64_t>(1)},
                               rows.get<payment::StatementState>(2),
                               rows.get<std::int64_t>(3),
                               sum(rows, 4),
                               sum(rows, 5),
                               sum(rows, 6)});
  }
  for (auto rows = from.query(kStatementLines); rows.next();) {
    rest.statement_lines.push_back({rows.get<std::string>(0),
                                    {rows.get<std::int64_t>(1)},
                                    rows.get<channel::LineKind>(2),
                                    rows.get<std::string>(3),
                                    rows.get<std::string>(4),
                                    money(rows, 5, 6),
                                    rows.get<payment::LineVerdict>(7)});
  }
  for (auto rows = from.query(kMissing); rows.next();) {
    rest.missing.push_back({rows.get<std::string>(0), rows.get<AttemptId>(1), {rows.get<std::int64_t>(2)}});
  }
}

void read_payment(env::Connection& from, RestRows& rest) {
  const Books& books = rest.books();
  for (auto rows = from.query(kAttempts); rows.next();) {
    RestAttempt attempt{rows.get<AttemptId>(0), rows.get<OrderId>(1), rows.get<std::string>(2),
                        money(rows, 3, 4), rows.get<payment::AttemptState>(5)};
    attempt.trade = books.trade(attempt.channel, attempt.id.text());
    attempt.user = rows.get<UserId>(6);
    attempt.closing = rows.get<bool>(7);
    if (!rows.is_null(8)) attempt.trade_no = rows.get<std::string>(8);
    attempt.expires_at = rows.get<Instant>(9);
    attempt.scheduled = rows.get<bool>(10);
    rest.attempts.push_back(attempt);
  }
  for (auto rows = from.query(kIntents); rows.next();) {
    rest.intents.push_back({rows.get<OrderId>(0), money(rows, 1, 2), rows.get<bool>(3)});
  }
  for (auto rows = from.query(kRefunds); rows.next();) {
    rest.refunds.push_back({rows.get<RefundId>(0), rows.get<AttemptId>(1), rows.get<OrderId>(2),
                            money(rows, 3, 4), rows.get<api::RefundReason>(5), rows.get<refund::State>(6),
                            rows.get<std::string>(7), rows.get<bool>(8), rows.get<std::int64_t>(9)});
  }
  if (reads_statements(rest.world.designer())) read_statements(from, rest);
  // A monolith has one outbox for all.
  if (&from != rest.world.database("order")) read_events(from, "payment", rest);
}

void read_ledger(env::Connection& from, RestRows& rest) {
  for (auto rows = from.query(kEntries); rows.next();) {
    rest.entries.push_back({rows.get<EntryId>(0), rows.get<api::EntryKind>(1), rows.get<std::int64_t>(2),
                            rows.get<OrderId>(3), rows.get<std::int64_t>(4)});
  }
  for (auto rows = from.query(kPostings); rows.next();) {
    rest.postings.push_back({rows.get<EntryId>(0), rows.get<api::Account>(1), money(rows, 2, 3)});
  }
}

void read_notification(env::Connection& from, RestRows& rest) {
  for (auto rows = from.query(kNotices); rows.next();) {
    rest.notices.push_back({rows.get<OrderId>(0), rows.get<std::int64_t>(1), rows.get<api::OrderState>(2),
                            rows.get<std::int64_t>(3), rows.get<bool>(4), rows.get<bool>(5),
                            rows.get<MerchantId>(6), money(rows, 7, 8)});
  }
}

template <class Row, class Key, class KeyOf>
std::span<const Row> range(const std::vector<Row>& rows, Key key, KeyOf key_of) {
  const auto first = std::partition_point(rows.begin(), rows.end(),
                                          [&](const Row& row) { return std::invoke(key_of, row) < key; });
  const auto last = std::partition_point(first, rows.end(),
                                         [&](const Row& row) { return std::invoke(key_of, row) == key; });
  return {first, last};
}

}  // namespace

RestRows::RestRows(const play::Rest& rest) : world(rest) {
  rest.read("order", [this](env::Connection& from) { read_order(from, *this); });
  rest.read("inventory", [this](env::Connection& from) { read_inventory(from, *this); });
  rest.read("payment", [this](env::Connection& from) { read_payment(from, *this); });
  rest.read("ledger", [this](env::Connection& from) { read_ledger(from, *this); });
  rest.read("notification", [this](env::Connection& from) { read_notification(from, *this); });
}

const Books& RestRows::books() const {
  static const Books none;
  const auto* kept = world.books_if_any<Books>();
  return kept == nullptr ? none : *kept;
}

const RestEntry* RestRows::entry(api::EntryKind kind, std::int64_t reference) const {
  const auto found = range(entries, std::pair(kind, reference),
                           [](const RestEntry& entry) { return std::pair(entry.kind, entry.reference); });
  return found.empty() ? nullptr : &found.front();
}

const RestOrder* RestRows::order(OrderId id) const {
  const auto found = range(orders, id, &RestOrder::id);
  return found.empty() ? nullptr : &found.front();
}

const RestRequest* RestRows::request(UserId user, std::string_view key) const {
  const auto found = range(requests, std::pair(user, key), [](const RestRequest& request) {
    return std::pair(request.user, std::string_view(request.key));
  });
  return found.empty() ? nullptr : &found.front();
}

std::span<const RestLine> RestRows::lines_of(OrderId order) const {
  return range(lines, order, &RestLine::order);
}

std::span<const RestReservation> RestRows::reservations_of(OrderId order) const {
  const auto all = range(reservations, order, &RestReservation::order);
  return !all.empty() && !all.front().sku ? all.subspan(1) : all;  // a tombstone's sku is 0, so it is first
}

std::span<const RestAttempt> RestRows::attempts_of(OrderId order) const {
  return range(attempts, order, &RestAttempt::order);
}

std::span<const RestRefund> RestRows::refunds_of(AttemptId attempt) const {
  return range(refunds, attempt, &RestRefund::attempt);
}

std::span<const RestStatementLine> RestRows::lines_of(const RestStatement& statement) const {
  return range(
      statement_lines, std::pair(std::string_view(statement.channel), statement.day),
      [](const RestStatementLine& line) { return std::pair(std::string_view(line.channel), line.day); });
}

std::span<const RestPosting> RestRows::postings_of(EntryId entry) const {
  return range(postings, entry, &RestPosting::entry);
}

std::span<const RestNotice> RestRows::notices_of(OrderId order) const {
  return range(notices, order, &RestNotice::order);
}

const RestNotice* RestRows::notice_of(const RestOrder& order) const {
  for (const RestNotice& notice : notices_of(order.id)) {
    if (notice.version == order.version && notice.state == order.state) return &notice;
  }
  return nullptr;
}

const RestIntent* RestRows::intent(OrderId order) const {
  const auto found = range(intents, order, &RestIntent::order);
  return found.empty() ? nullptr : &found.front();
}

bool RestRows::is_cancelled(OrderId order) const {
  const RestIntent* there = intent(order);
  return there != nullptr && there->cancelled;
}

bool RestRows::is_sold_out(OrderId order) const {
  return std::any_of(late_payments.begin(), late_payments.end(), [&](const RestLatePayment& late) {
    return late.order == order && late.reason == api::RefundReason::sold_out;
  });
}

bool RestRows::money_in_motion(OrderId order) const {
  const auto is_beyond_reach = [&](const RestAttempt& attempt) {
    return attempt.debited() && attempt.state != payment::AttemptState::succeeded &&
           world.is_gone(attempt.channel);
  };
  const auto all = attempts_of(order);
  if (std::any_of(all.begin(), all.end(), is_beyond_reach)) return true;
  if (world.settled) return false;
  if (!events.empty()) return true;
  for (const RestAttempt& attempt : attempts_of(order)) {
    if (attempt.state == payment::AttemptState::pending) return true;
    for (const RestRefund& refund : refunds_of(attempt.id)) {
      if (refund.state == refund::State::requested) return true;
    }
  }
  return false;
}

std::string RestRows::buyer(const RestOrder& order) const {
  for (const RestAttempt& attempt : attempts_of(order.id)) {
    if (attempt.trade != nullptr && !attempt.trade->shopper.empty()) return attempt.trade->shopper;
  }
  return user_text(world.scenario(), order.user);
}

Evidence RestRows::about(OrderId id) const {
  Evidence rows{{"order", id.text()}};
  if (const RestOrder* known = order(id)) {
    rows.emplace_back("buyer", buyer(*known));
    rows.emplace_back("total", known->total.text());
  }
  return rows;
}

std::string RestRows::sku(SkuId sku) const { return sku_text(world.scenario(), sku); }

}  // namespace ordeal::purchase
