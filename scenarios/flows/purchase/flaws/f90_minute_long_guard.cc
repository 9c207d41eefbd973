// F-90: request keys live in a cache for a while, `SET key order EX 60 NX`; a minute is long enough for a double click. Who gets no
// answer is more patient than that: the retry that comes later finds its key gone, and orders again (I-01). Stripe forgets
// after 24 hours, and says so; behind it there has to be a key that is never forgotten.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr Duration kKept{60'000'000'000};

constexpr env::Sql kLive{
    "select 1 from order_request join orders on orders.id = order_request.order_id "
    "where order_request.user_id = ? and request_key = ? and created_at > ?"};
constexpr env::Sql kSet{
    "insert into order_request(user_id, request_key, fingerprint, order_id) values(?1, ?2, ?3, ?4) "
    "on conflict do update set fingerprint = ?3, order_id = ?4"};

class MinuteLongGuard final : public order::SubmitGuard {
 public:
  void start(env::Env& env) override { env_ = &env; }
  void submit(env::Database& db, const api::PlaceOrder& request, std::uint64_t fingerprint,
              const Place& place) override {
    const Instant kept_since = env_->clock.wall_now() - kKept;
    db.transact("order.place", [&](env::Tx& tx) {
      const bool lives = tx.query(kLive, request.user, request.request_key, kept_since).next();
      place(tx, lives ? order::find_submission(tx, request, fingerprint) : std::nullopt);
    });
  }
  void record(env::Tx& tx, const api::PlaceOrder& request, std::uint64_t fingerprint,
              OrderId order) override {
    tx.exec(kSet, request.user, request.request_key, fingerprint, order);
  }

 private:
  env::Env* env_ = nullptr;
};

}  // namespace

std::unique_ptr<order::SubmitGuard> make_minute_long_guard() { return std::make_unique<MinuteLongGuard>(); }

}  // namespace ordeal::purchase::planted
