#include "scenarios/flows/aftersale/laws/rest_rows.h"

#include "core/aftersale/wishes.h"
#include "core/wire/names.h"
#include "scenarios/flows/aftersale/parts.h"

namespace ordeal::aftersale {
namespace {

constexpr env::Sql kPayments{
    "select id, buyer, merchant, paid_by, captured, paid_at, returned, refunds from payment"};
constexpr env::Sql kMerchants{"select id, available from merchant"};
constexpr env::Sql kBacks{
    "select id, payment, merchant, request_key, amount, route, state, asked_at, expires, sends, "
    "next_look is not null from back order by id"};
constexpr env::Sql kDisputes{"select case_number, payment, merchant, amount, state from dispute"};
constexpr env::Sql kDeposits{"select merchant, request_key, amount from deposit"};

Money cny(std::int64_t minor) { return {minor, kCurrency}; }

Back back_of(const env::Rows& rows) {
  Back b;
  b.id = rows.get<RefundId>(0);
  b.payment = rows.get<PaymentId>(1);
  b.merchant = rows.get<MerchantId>(2);
  b.request_key = rows.get<std::string>(3);
  b.amount = cny(rows.get<std::int64_t>(4));
  b.route = rows.get<api::BackRoute>(5);
  b.state = rows.get<api::BackState>(6);
  b.asked_at = rows.get<Instant>(7);
  b.expires = rows.get<Instant>(8);
  b.sends = rows.get<std::int64_t>(9);
  return b;
}

}  // namespace

RestRows::RestRows(const play::Rest& rest) : world(rest) {
  rest.read("aftersale", [this](env::Connection& from) {
    for (auto rows = from.query(kPayments); rows.next();) {
      const Payment p{rows.get<PaymentId>(0),         rows.get<UserId>(1),
                      rows.get<MerchantId>(2),        rows.get<api::PaidBy>(3),
                      cny(rows.get<std::int64_t>(4)), rows.get<Instant>(5),
                      cny(rows.get<std::int64_t>(6)), rows.get<std::int64_t>(7)};
      payments.emplace(p.id, p);
    }
    for (auto rows = from.query(kMerchants); rows.next();)
      merchants.emplace(rows.get<MerchantId>(0), cny(rows.get<std::int64_t>(1)));
    for (auto rows = from.query(kBacks); rows.next();) {
      Back b = back_of(rows);
      requests.emplace(std::pair(b.payment, b.request_key), b.id);
      backs.emplace(b.id, Standing{std::move(b), rows.get<bool>(10)});
    }
    for (auto rows = from.query(kDisputes); rows.next();) {
      DisputeRow d{rows.get<std::string>(0), rows.get<PaymentId>(1), rows.get<MerchantId>(2),
                   cny(rows.get<std::int64_t>(3)), rows.get<api::DisputeState>(4)};
      disputes.emplace(d.case_number, std::move(d));
    }
    for (auto rows = from.query(kDeposits); rows.next();)
      deposits.emplace(std::pair(rows.get<MerchantId>(0), rows.get<std::string>(1)),
                       cny(rows.get<std::int64_t>(2)));
  });
}

const Back* RestRows::back(RefundId id) const {
  const auto found = backs.find(id);
  return found == backs.end() ? nullptr : &found->second.back;
}

const Back* RestRows::request(PaymentId payment, const std::string& key) const {
  const auto found = requests.find({payment, key});
  return found == requests.end() ? nullptr : back(found->second);
}

std::vector<const BackLine*> RestRows::lines_of(RefundId refund) const {
  std::vector<const BackLine*> all;
  if (channels() == nullptr) return all;
  for (const auto& [number, line] : channels()->lines) {
    if (refund_of(number) == refund) all.push_back(&line);
  }
  return all;
}

play::Evidence about(const play::Scenario& scenario, const Back& back) {
  return {{"refund", back.id.text()},
          {"buyer", buyer_text(scenario, back.payment)},
          {"amount", back.amount.text()},
          {"state", std::string(wire::name_of(back.state))}};
}

}  // namespace ordeal::aftersale
