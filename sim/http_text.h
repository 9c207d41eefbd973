// Plain text on its way over Http: somebody else's format, so it never goes through our JSON, and no checksum of
// ours goes with it.
#pragma once

#include <string>

#include "core/env/message.h"
#include "sim/choice.h"

namespace ordeal::sim {

struct HttpText {
  int status = 0;  // 0: a request
  std::string body;

  static const env::MessageType& type();
};

// The same with one bit of one byte flipped, both drawn by `key`. The body must not be empty.
env::Message damaged(const HttpText& text, const Choices& choices, Key key);

}  // namespace ordeal::sim
