// Result<T, E>: a value or an error a caller can react to. E is a closed enum or a small struct around one.
// Asking for the side that is not there is a programmer error (CheckFailed).
#pragma once

#include <utility>
#include <variant>

#include "core/base/check.h"

namespace ordeal {

template <class E>
struct Err {
  E error;
};
template <class E>
Err(E) -> Err<E>;

struct Unit {
  constexpr bool operator==(const Unit&) const = default;
};

template <class T, class E>
class [[nodiscard]] Result {
 public:
  Result(T value) : side_(std::in_place_index<0>, std::move(value)) {}
  template <class F>
  Result(Err<F> err) : side_(std::in_place_index<1>, std::move(err.error)) {}

  bool ok() const { return side_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return ORDEAL_CHECK(ok()), std::get<0>(side_); }
  T& value() & { return ORDEAL_CHECK(ok()), std::get<0>(side_); }
  T&& value() && { return ORDEAL_CHECK(ok()), std::get<0>(std::move(side_)); }
  const E& error() const { return ORDEAL_CHECK(!ok()), std::get<1>(side_); }

  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, E> side_;
};

}  // namespace ordeal
