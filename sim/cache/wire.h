// What travels between a cache's client and its server: the words of a command, and the reply. Somebody else's format, so it never
// goes through our JSON.
#pragma once

#include <string>

#include "core/base/digest.h"
#include "core/env/cache.h"
#include "core/env/message.h"

namespace ordeal::sim::cache {

// The name of a cache as a service, when a deployment has one.
inline constexpr std::string_view kService = "cache";

struct Request {
  env::CacheWords words;
  static const env::MessageType& type();
};

struct Answer {
  env::CacheReply reply;
  static const env::MessageType& type();
};

// "SET stock:7 100 NX"; as redis-cli prints a reply, in one line.
std::string text_of(const env::CacheWords& words);
std::string text_of(const env::CacheReply& reply);

}  // namespace ordeal::sim::cache
