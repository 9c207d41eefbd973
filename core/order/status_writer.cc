#include "core/order/status_writer.h"

#include "core/api/facts.h"

namespace ordeal::order {
namespace {

constexpr env::Sql kWhereState{
    "update orders set state = ?1, version = version + 1, close_at = coalesce(?2, close_at), due_at = ?2, "
    "paid_attempt = ?3 where id = ?4 and state = ?5"};
constexpr env::Sql kWhereVersion{
    "update orders set state = ?1, version = ?5 + 1, close_at = coalesce(?2, close_at), due_at = ?2, "
    "paid_attempt = ?3 where id = ?4 and version = ?5"};

void emit(env::Tx& tx, const OrderRow& seen, const Move& move) {
  tx.fact(env::Message::of(api::facts::OrderMoved{seen.id, seen.state, move.to, seen.version + 1, move.at}));
}

class Conditional : public StatusWriter {
 public:
  bool move(env::Tx& tx, const OrderRow& seen, const Move& move) override {
    ORDEAL_CHECK(allowed(seen.state, move.to));
    if (tx.exec(kWhereState, move.to, move.close_at, move.paid_attempt, seen.id, seen.state) == 0)
      return false;
    emit(tx, seen, move);
    return true;
  }
};

class Version : public StatusWriter {
 public:
  bool move(env::Tx& tx, const OrderRow& seen, const Move& move) override {
    ORDEAL_CHECK(allowed(seen.state, move.to));
    if (tx.exec(kWhereVersion, move.to, move.close_at, move.paid_attempt, seen.id, seen.version) == 0)
      return false;
    emit(tx, seen, move);
    return true;
  }
};

}  // namespace

std::unique_ptr<StatusWriter> make_status_writer(std::string_view name) {
  if (name == "conditional") return std::make_unique<Conditional>();
  if (name == "version") return std::make_unique<Version>();
  return nullptr;
}

}  // namespace ordeal::order
