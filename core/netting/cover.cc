#include "core/netting/cover.h"

namespace ordeal::netting {
namespace {

class Covered final : public Cover {
 public:
  explicit Covered(bool locks) : locks_(locks) {}

  Paid pay(env::Database& db, std::string_view name, const Move& move, const Around& around) override {
    std::unique_ptr<env::RowLock> lock;
    if (locks_ && needs_cover(move.from)) {
      auto got = db.lock_row("net_account", move.from);
      if (!got) {
        env_->log.sometimes("an account was locked for too long");
        return Paid::busy;
      }
      lock = std::move(got).value();
    }
    return env::in_transaction(db, name, [&](env::Tx& tx) {
      if (!around.still(tx)) return Paid::not_wanted;
      if (!post_if_covered(tx, move)) return Paid::lacks;
      around.with(tx);
      return Paid::moved;
    });
  }

 private:
  const bool locks_;
};

}  // namespace

std::unique_ptr<Cover> make_cover(std::string_view name) {
  if (name == "conditional") return std::make_unique<Covered>(false);
  if (name == "row_lock") return std::make_unique<Covered>(true);
  return nullptr;
}

}  // namespace ordeal::netting
