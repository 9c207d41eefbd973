// F-34: counts the user's seats, and writes one if there is none, in two steps and with no index behind them. Two devices of one user
// are both counted before either has written: one user, two seats (I-27). ACIDRain found it in the vouchers of a dozen shops.
#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

class CountThenWrite final : public seckill::SeatLimit {
 public:
  std::string_view schema() const override { return seckill::kSchemaWithoutIndex; }
  bool may_ask(env::Database& db, const seckill::Seat& seat) override {
    return env::in_read(db, "seckill.count_seats", [&](env::Connection& from) {
      return !seckill::has_seat(from, seat.activity, seat.user);
    });
  }
  bool write(env::Tx& tx, const seckill::Seat& seat) override { return seckill::insert_seat(tx, seat); }
};

}  // namespace

std::unique_ptr<seckill::SeatLimit> make_count_then_write() { return std::make_unique<CountThenWrite>(); }

}  // namespace ordeal::course_sale::planted
