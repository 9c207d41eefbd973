#include "core/aftersale/reserver.h"

namespace ordeal::aftersale {
namespace {

constexpr env::Sql kSum{
    "select (select coalesce(sum(amount), 0) from back where payment = ?1 and state < 3) + "
    "(select coalesce(sum(amount), 0) from dispute where payment = ?1 and state = 1)"};

// Why nothing could be reserved.
Reserved refusal(const Payment& payment, const Wanted& wanted) {
  return payment.returned.minor + wanted.amount.minor > payment.captured.minor ? Reserved::exceeds
                                                                               : Reserved::too_many;
}

class Conditional final : public Reserver {
 public:
  Reserved reserve(env::Database& db, const Wanted& wanted, const Around& around) override {
    return env::in_transaction(db, "aftersale.reserve", [&](env::Tx& tx) {
      if (!around.still(tx)) return Reserved::not_wanted;
      const bool yes =
          aftersale::reserve(tx, wanted.payment, wanted.amount, wanted.count(), wanted.most_refunds);
      const Reserved how = yes ? Reserved::yes : refusal(*find_payment(tx, wanted.payment), wanted);
      around.with(tx, how);
      return how;
    });
  }
};

class Sum final : public Reserver {
 public:
  Reserved reserve(env::Database& db, const Wanted& wanted, const Around& around) override {
    return env::in_transaction(db, "aftersale.reserve", [&](env::Tx& tx) {
      if (!around.still(tx)) return Reserved::not_wanted;
      const Reserved how = looked(tx, wanted);
      if (how == Reserved::yes) reserve_unseen(tx, wanted.payment, wanted.amount, wanted.count());
      around.with(tx, how);
      return how;
    });
  }

 private:
  // Transactions are serializable: nobody reserves between this and what is written.
  static Reserved looked(env::Tx& tx, const Wanted& wanted) {
    const Payment payment = *find_payment(tx, wanted.payment);
    auto rows = tx.query(kSum, wanted.payment);
    rows.next();
    if (rows.get<std::int64_t>(0) + wanted.amount.minor > payment.captured.minor) return Reserved::exceeds;
    return payment.refunds + wanted.count() > wanted.most_refunds ? Reserved::too_many : Reserved::yes;
  }
};

}  // namespace

std::unique_ptr<Reserver> make_reserver(std::string_view name) {
  if (name == "conditional") return std::make_unique<Conditional>();
  if (name == "sum") return std::make_unique<Sum>();
  return nullptr;
}

}  // namespace ordeal::aftersale
