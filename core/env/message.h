// Message: a typed value on its way between two services, or a fact on its way to a monitor. Inside one
// process it passes by value; every type also has a JSON form, so that a guest in another language can stand
// in for a service.
//
// T::type() is its MessageType. Messages of the trade core say what they are in one line, core/wire/fields.h; those
// that are somebody else's format make their own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "core/base/result.h"

namespace ordeal::env {

// One per wire type, with static lifetime; two messages are of one type when they point to the same
// MessageType.
struct MessageType {
  std::string_view name;
  std::uint64_t (*digest)(const void* value);
  std::string (*to_json)(const void* value);
  // The error says which field was wrong and why.
  Result<std::shared_ptr<const void>, std::string> (*from_json)(std::string_view json);
};

class Message {
 public:
  Message() = default;

  template <class T>
  static Message of(T value) {
    return Message(&T::type(), std::make_shared<const T>(std::move(value)));
  }
  static Result<Message, std::string> from_json(const MessageType& type, std::string_view json) {
    auto parsed = type.from_json(json);
    if (!parsed) return Err{parsed.error()};
    return Message(&type, std::move(parsed).value());
  }

  bool empty() const { return type_ == nullptr; }
  const MessageType& type() const { return ORDEAL_CHECK(type_ != nullptr), *type_; }
  std::uint64_t digest() const { return type_ == nullptr ? 0 : type_->digest(value_.get()); }
  std::string to_json() const { return type_ == nullptr ? "null" : type_->to_json(value_.get()); }

  template <class T>
  const T* get_if() const {
    return type_ == &T::type() ? static_cast<const T*>(value_.get()) : nullptr;
  }
  template <class T>
  const T& as() const {
    const T* value = get_if<T>();
    ORDEAL_CHECK(value != nullptr, "message is " + std::string(type_ == nullptr ? "empty" : type_->name));
    return *value;
  }

 private:
  Message(const MessageType* type, std::shared_ptr<const void> value)
      : type_(type), value_(std::move(value)) {}

  const MessageType* type_ = nullptr;
  std::shared_ptr<const void> value_;
};

}  // namespace ordeal::env
