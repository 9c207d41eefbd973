// What travels between a broker and its clients. Bodies are messages of the trade system and travel by value; the envelope is
// somebody else's format, so it never goes through our JSON.
#pragma once

#include <string>
#include <string_view>

#include "core/env/broker.h"
#include "core/env/message.h"

namespace ordeal::sim::broker {

// The name of a broker as a service, when a deployment has one.
inline constexpr std::string_view kService = "broker";

struct Send {
  env::Outgoing message;
  std::string half_of;  // the producer group of a half message; empty: an ordinary one
  static const env::MessageType& type();
};
struct Sent {
  env::Receipt receipt;
  static const env::MessageType& type();
};
struct End {
  std::string id;
  env::HalfOutcome outcome{};
  static const env::MessageType& type();
};
struct Ended {
  static const env::MessageType& type();
};
struct Deliver {
  env::Incoming message;
  static const env::MessageType& type();
};
struct Delivered {
  env::Consumed consumed{};
  static const env::MessageType& type();
};
struct Check {
  env::Incoming message;
  static const env::MessageType& type();
};
struct Checked {
  env::HalfOutcome outcome{};
  static const env::MessageType& type();
};

// The methods a client serves on its own host.
std::string deliver_method(std::string_view group, std::string_view topic);
std::string check_method(std::string_view group);

}  // namespace ordeal::sim::broker
