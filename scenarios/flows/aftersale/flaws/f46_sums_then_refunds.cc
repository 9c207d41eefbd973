// F-46: adds up the refunds of a payment, compares the sum with what was paid, and makes the refund. Between the sum and the refund somebody
// else has looked at the same sum: each fits, together they do not.
#include "scenarios/flows/aftersale/flaws/flaws.h"

namespace ordeal::aftersale::planted {
namespace {

constexpr env::Sql kSum{
    "select (select coalesce(sum(amount), 0) from back where payment = ?1 and state < 3) + "
    "(select coalesce(sum(amount), 0) from dispute where payment = ?1 and state = 1)"};

class SumsThenRefunds final : public Reserver {
 public:
  Reserved reserve(env::Database& db, const Wanted& wanted, const Around& around) override {
    const Reserved how = env::in_read(db, "aftersale.sum", [&](env::Connection& from) {
      const Payment payment = *find_payment(from, wanted.payment);
      auto rows = from.query(kSum, wanted.payment);
      rows.next();
      if (rows.get<std::int64_t>(0) + wanted.amount.minor > payment.captured.minor) return Reserved::exceeds;
      return payment.refunds + wanted.count() > wanted.most_refunds ? Reserved::too_many : Reserved::yes;
    });
    return env::in_transaction(db, "aftersale.reserve", [&](env::Tx& tx) {
      if (!around.still(tx)) return Reserved::not_wanted;
      if (how == Reserved::yes) reserve_unseen(tx, wanted.payment, wanted.amount, wanted.count());
      around.with(tx, how);
      return how;
    });
  }
};

}  // namespace

std::unique_ptr<Reserver> make_sums_then_refunds() { return std::make_unique<SumsThenRefunds>(); }

}  // namespace ordeal::aftersale::planted
