// BadInput: something a person wrote is wrong. It names the file, the place, what was expected and the
// nearest right thing, and carries the exit code of design section 9. Nothing has run and nothing was written
// when it is thrown.
#pragma once

#include <stdexcept>
#include <string>

namespace ordeal::play {

enum class ExitCode : int {
  ok = 0,
  safety = 1,
  liveness = 2,
  nondeterminism = 3,
  inconclusive = 4,
  nothing_ran = 5,
  expectation = 6,
  guest = 7,
  merge = 8,
  usage = 64,
  data = 65,
  not_found = 66,
  unavailable = 69,
  software = 70,
  io = 74,
  try_again = 75,
  interrupted = 130,
  terminated = 143,
};

class BadInput : public std::runtime_error {
 public:
  BadInput(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace ordeal::play
