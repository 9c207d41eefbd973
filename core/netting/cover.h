// Seam netting::Cover: who pays from an account sees to it that there is enough.
//
// Contract: the money is moved, and what goes with it is written, in one transaction, if the account has as much at that moment; otherwise
// nothing is written. Whoever pays beside whom, no account that needs cover is ever below nothing (F-80).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "core/env/env.h"
#include "core/netting/books.h"

namespace ordeal::netting {

struct Around {
  // Is it wanted, still? Nothing is written when it is not.
  std::function<bool(env::Tx&)> still{};
  // With the money.
  std::function<void(env::Tx&)> with{};
};

// busy: nothing was written, ask again.
enum class Paid : std::uint8_t { busy, not_wanted, lacks, moved };

class Cover {
 public:
  virtual ~Cover() = default;
  virtual void start(env::Env& env) { env_ = &env; }
  // `name` is that of the transaction.
  virtual Paid pay(env::Database& db, std::string_view name, const Move& move, const Around& around) = 0;

 protected:
  env::Env* env_ = nullptr;
};

// "conditional"  one update that names what must be there
// "row_lock"     the same, behind a lock of the account's row: who waits sees what the one before has left
// Null for an unknown name.
std::unique_ptr<Cover> make_cover(std::string_view name);

}  // namespace ordeal::netting
