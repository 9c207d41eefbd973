#include "core/seckill/seat_limit.h"

namespace ordeal::seckill {
namespace {

class UniqueIndex final : public SeatLimit {
 public:
  std::string_view schema() const override { return kSchema; }
  bool may_ask(env::Database&, const Seat&) override { return true; }
  bool write(env::Tx& tx, const Seat& seat) override { return insert_seat(tx, seat); }
};

class InTransaction final : public SeatLimit {
 public:
  std::string_view schema() const override { return kSchemaWithoutIndex; }
  bool may_ask(env::Database& db, const Seat& seat) override {
    return env::in_read(db, "seckill.has_seat",
                        [&](env::Connection& from) { return !has_seat(from, seat.activity, seat.user); });
  }
  bool write(env::Tx& tx, const Seat& seat) override {
    return !has_seat(tx, seat.activity, seat.user) && insert_seat(tx, seat);
  }
};

}  // namespace

std::unique_ptr<SeatLimit> make_seat_limit(std::string_view name) {
  if (name == "unique_index") return std::make_unique<UniqueIndex>();
  if (name == "in_transaction") return std::make_unique<InTransaction>();
  return nullptr;
}

}  // namespace ordeal::seckill
