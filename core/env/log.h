// Log: structured lines for people, and marks for coverage. Neither may influence what the program does.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace ordeal::env {

class Log {
 public:
  virtual ~Log() = default;
  // `text` is only asked for when somebody reads the log.
  virtual void line(const std::function<std::string()>& text) = 0;
  // Notes that a rare and interesting thing happened: "refund after close". A campaign lists marks it never
  // reached.
  virtual void sometimes(std::string_view mark) = 0;
};

}  // namespace ordeal::env
