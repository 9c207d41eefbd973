// A struct whose list of fields leaves one of its three members out: nothing can be made from it. The test
// `core.forgotten_field` compiles this and wants to see the error.
#pragma once

#include <cstdint>

#include "core/base/fields.h"

namespace ordeal {

struct Forgetful {
  std::int64_t order = 0;
  std::int64_t amount = 0;
  std::int64_t version = 0;
  ORDEAL_FIELDS(order, version);
};

inline void visit_all(const Forgetful& value) {
  Forgetful::fields(value, [](const char*, const auto&) {});
}

}  // namespace ordeal
