// F-47: refunds are compared with refunds, and cases of the bank with cases: they are two tables, written by two teams. A buyer who wants
// his money back from the shop and from his bank gets it from both.
#include "scenarios/flows/aftersale/flaws/flaws.h"

namespace ordeal::aftersale::planted {
namespace {

constexpr env::Sql kRefunds{"select coalesce(sum(amount), 0) from back where payment = ?1 and state < 3"};
constexpr env::Sql kCases{"select coalesce(sum(amount), 0) from dispute where payment = ?1 and state = 1"};

class TwoTables final : public Reserver {
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
  static Reserved looked(env::Tx& tx, const Wanted& wanted) {
    const Payment payment = *find_payment(tx, wanted.payment);
    auto rows = tx.query(wanted.by_dispute ? kCases : kRefunds, wanted.payment);
    rows.next();
    if (rows.get<std::int64_t>(0) + wanted.amount.minor > payment.captured.minor) return Reserved::exceeds;
    return payment.refunds + wanted.count() > wanted.most_refunds ? Reserved::too_many : Reserved::yes;
  }
};

}  // namespace

std::unique_ptr<Reserver> make_two_tables() { return std::make_unique<TwoTables>(); }

}  // namespace ordeal::aftersale::planted
