// A message says its fields once, and its name on the wire, in one line after its members:
//
//   struct Reserve {
//     OrderId order{};
//     std::vector<Line> lines{};
//     ORDEAL_MESSAGE(Reserve, "inventory.Reserve", order, lines);
//   };
//
// and is listed in a .cc file that makes codecs: ORDEAL_CODECS(api::Reserve, …), core/wire/codec.h. A message that is
// listed nowhere does not link. An event's name is its topic. What only stands inside of messages says ORDEAL_FIELDS(…).
#pragma once

#include <string_view>

#include "core/base/fields.h"

namespace ordeal::env {
struct MessageType;
}

namespace ordeal::wire {

// The one MessageType of T, which says its name as T::kWireName. core/wire/codec.h has the body.
template <class T>
const env::MessageType& type_of();

}  // namespace ordeal::wire

#define ORDEAL_MESSAGE(Type, name, ...)                                                       \
  static const ::ordeal::env::MessageType& type() { return ::ordeal::wire::type_of<Type>(); } \
  static constexpr std::string_view kWireName = name;                                         \
  ORDEAL_FIELDS(__VA_ARGS__)
