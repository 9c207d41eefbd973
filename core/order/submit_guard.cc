#include "core/order/submit_guard.h"

namespace ordeal::order {
namespace {

constexpr env::Sql kEarlier{
    "select fingerprint, order_id from order_request where user_id = ? and request_key = ?"};
constexpr env::Sql kRecord{
    "insert into order_request(user_id, request_key, fingerprint, order_id) values(?, ?, ?, ?)"};

class RequestKey : public SubmitGuard {
 public:
  void submit(env::Database& db, const api::PlaceOrder& request, std::uint64_t fingerprint,
              const Place& place) override {
    db.transact("order.place", [&](env::Tx& tx) { place(tx, find_submission(tx, request, fingerprint)); });
  }
  void record(env::Tx& tx, const api::PlaceOrder& request, std::uint64_t fingerprint,
              OrderId order) override {
    tx.exec(kRecord, request.user, request.request_key, fingerprint, order);
  }
};

}  // namespace

std::optional<Submission> find_submission(env::Connection& connection, const api::PlaceOrder& request,
                                          std::uint64_t fingerprint) {
  auto rows = connection.query(kEarlier, request.user, request.request_key);
  if (!rows.next()) return std::nullopt;
  return Submission{rows.get<std::uint64_t>(0) != fingerprint, rows.get<OrderId>(1)};
}

std::unique_ptr<SubmitGuard> make_submit_guard(std::string_view name) {
  return name == "request_key" ? std::make_unique<RequestKey>() : nullptr;
}

}  // namespace ordeal::order
