// Points: places where the program may, at any time and without being wrong, do the less usual of two things: stop
// early, wake late, skip a shortcut, repeat itself. In production nobody is ever unlucky; a test bench makes
// somebody so, because such ways are right by design and hardly ever taken (FoundationDB calls this BUGGIFY).
//
// Contract for who asks: both answers lead to a correct program. A point never breaks a promise; it takes away luck.
#pragma once

#include <string_view>

namespace ordeal::env {

class Points {
 public:
  virtual ~Points() = default;
  // `point` is a fixed name, "MODULE: WHAT HAPPENS" ("outbox: a relay stops early").
  virtual bool unlucky(std::string_view point) = 0;
};

}  // namespace ordeal::env
