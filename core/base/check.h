// CHECK stays on in every build: it guards against programmer errors, never against bad input or bad luck.
// A failed check throws CheckFailed; the trial that hit it ends as "our bug", never as a pass.
#pragma once

#include <stdexcept>
#include <string>

namespace ordeal {

class CheckFailed : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void check_failed(const char* file, int line, const char* expression,
                                      const std::string& why = {}) {
  throw CheckFailed(std::string(file) + ":" + std::to_string(line) + ": check failed: " + expression +
                    (why.empty() ? "" : " (" + why + ")"));
}

}  // namespace ordeal

#define ORDEAL_CHECK(condition, ...)  \
  ((condition) ? static_cast<void>(0) \
               : ::ordeal::check_failed(__FILE__, __LINE__, #condition __VA_OPT__(, ) __VA_ARGS__))
