#include "sim/broker/wire.h"

#include <array>

#include "core/base/digest.h"

namespace ordeal::sim::broker {
namespace {

constexpr std::array<std::string_view, 3> kOutcomes{"commit", "rollback", "unknown"};

std::string_view name_of(env::HalfOutcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }
std::string_view name_of(env::Consumed consumed) {
  return consumed == env::Consumed::done ? "done" : "later";
}

// One text says everything about an envelope; its digest and the body's are the digest.
std::string words(const Send& m) {
  return (m.half_of.empty() ? "" : "half of " + m.half_of + ": ") + m.message.topic + " " + m.message.key;
}
std::string words(const Sent& m) { return m.receipt.id; }
std::string words(const End& m) { return m.id + " " + std::string(name_of(m.outcome)); }
std::string words(const Ended&) { return "ended"; }
std::string words(const Deliver& m) {
  return m.message.topic + " " + m.message.key + " " + m.message.id + ", tries " +
         std::to_string(m.message.tries);
}
std::string words(const Delivered& m) { return std::string(name_of(m.consumed)); }
std::string words(const Check& m) { return m.message.topic + " " + m.message.key + " " + m.message.id; }
std::string words(const Checked& m) { return std::string(name_of(m.outcome)); }

template <class T>
std::uint64_t body_of(const T& m) {
  if constexpr (requires { m.message.body; }) {
    return m.message.body.digest();
  } else {
    return 0;
  }
}

template <class T>
env::MessageType type_named(std::string_view name) {
  return {name,
          [](const void* v) {
            const T& m = *static_cast<const T*>(v);
            return Digest(body_of(m)).add(words(m)).value();
          },
          [](const void* v) { return words(*static_cast<const T*>(v)); }, nullptr};
}

}  // namespace

const env::MessageType& Send::type() {
  static const auto kType = type_named<Send>("broker.Send");
  return kType;
}
const env::MessageType& Sent::type() {
  static const auto kType = type_named<Sent>("broker.Sent");
  return kType;
}
const env::MessageType& End::type() {
  static const auto kType = type_named<End>("broker.End");
  return kType;
}
const env::MessageType& Ended::type() {
  static const auto kType = type_named<Ended>("broker.Ended");
  return kType;
}
const env::MessageType& Deliver::type() {
  static const auto kType = type_named<Deliver>("broker.Deliver");
  return kType;
}
const env::MessageType& Delivered::type() {
  static const auto kType = type_named<Delivered>("broker.Delivered");
  return kType;
}
const env::MessageType& Check::type() {
  static const auto kType = type_named<Check>("broker.Check");
  return kType;
}
const env::MessageType& Checked::type() {
  static const auto kType = type_named<Checked>("broker.Checked");
  return kType;
}

std::string deliver_method(std::string_view group, std::string_view topic) {
  return "deliver " + std::string(topic) + " to " + std::string(group);
}
std::string check_method(std::string_view group) { return "check of " + std::string(group); }

}  // namespace ordeal::sim::broker
