#include "core/clearing/trigger.h"

namespace ordeal::clearing {
namespace {

constexpr env::Sql kEach{"update line set due = ?1 where trade = ?2 and state = 1 and due is null"};
constexpr env::Sql kWhole{
    "update line set due = ?1 where trade = ?2 and state = 1 and due is null "
    "and not exists(select 1 from line as other where other.trade = ?2 and other.state = 0)"};

class EachLine final : public Trigger {
 public:
  void moved(env::Tx& tx, TradeId trade, Instant held_until) override { tx.exec(kEach, held_until, trade); }
};

class WholeTrade final : public Trigger {
 public:
  void moved(env::Tx& tx, TradeId trade, Instant held_until) override { tx.exec(kWhole, held_until, trade); }
};

}  // namespace

std::unique_ptr<Trigger> make_trigger(std::string_view name) {
  if (name == "each_line") return std::make_unique<EachLine>();
  if (name == "whole_trade") return std::make_unique<WholeTrade>();
  return nullptr;
}

}  // namespace ordeal::clearing
