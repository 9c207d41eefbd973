// Seam cart::Reader: where a cart is read from. It is always written to the database, which is the truth; a reader may be behind it.
//
//   database     reads it there
//   cache_first  reads cart:OWNER in the cache, which spares the database the many looks that change nothing (C13). A cache that
//                forgot is no empty cart: it is built anew from the database, by one at a time (cart-building:OWNER, single flight), and
//                who finds somebody at it waits a little. A cache that does not answer is left in peace for kPeace.
//
// What is written is sent to the cache after its commit. An older cart never replaces a newer one there, whoever is late
// (core/cart/scripts.h); one that a failover brought back lives until the next change, for kLife at most. An order goes by the
// versions of lines, so what is seen late costs a look and no unit.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/cart/carts.h"
#include "core/env/env.h"

namespace ordeal::cart {

class Reader {
 public:
  virtual ~Reader() = default;
  virtual void start(env::Env&) {}
  virtual View read(env::Database& db, UserId owner) = 0;
  // It is committed.
  virtual void changed(UserId, const View&) {}
};

// "database", "cache_first"; null for an unknown name.
std::unique_ptr<Reader> make_reader(std::string_view name);

inline constexpr Duration kLife{600'000'000'000};
inline constexpr Duration kBuildingLife{2'000'000'000};
inline constexpr Duration kPeace{5'000'000'000};
inline constexpr Duration kWait{20'000'000};
inline constexpr int kWaits = 5;

std::string cart_key(UserId owner);
// What the cache holds of a cart: the version in sixteen digits, then the lines.
std::string text_of(const View& view);
// None for what text_of never makes.
std::optional<View> view_of_text(std::string_view text);

class CacheFirst final : public Reader {
 public:
  void start(env::Env& env) override { env_ = &env; }
  View read(env::Database& db, UserId owner) override;
  void changed(UserId owner, const View& view) override;

 private:
  // False: it does not answer. None: no such cart there.
  bool look(UserId owner, std::optional<View>& found);
  View build(env::Database& db, UserId owner);
  bool in_peace() const { return env_->clock.monotonic_now() < in_peace_until_; }
  template <class T>
  bool heard(const Result<T, env::CacheError>& answer);

  env::Env* env_ = nullptr;
  Duration in_peace_until_{};  // by the monotonic clock
};

}  // namespace ordeal::cart
