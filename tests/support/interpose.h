// ForbiddenCalls: notices when a trial reaches for the outside world: the wall clock, the operating system's
// randomness, threads, real sleep, the environment.
//
// interpose.cc defines the watched functions as strong symbols of the test program, so every caller in the
// process that goes through the dynamic linker lands there first: our code, the C++ library, SQLite, OpenSSL.
// Each call is counted while armed, and is always passed on to the real function, so nothing behaves
// differently. Not noticed: system calls made inside the C library itself, and instructions such as rdtsc or
// rdrand.
//
// Link ordeal_interpose into the test program (with ENABLE_EXPORTS), warm up what allocates or seeds once per
// process, then:
//   { const ForbiddenCalls::Armed armed;  run_the_trial(); }
//   EXPECT_TRUE(ForbiddenCalls::reached().empty());
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ordeal::support {

class ForbiddenCalls {
 public:
  struct Reached {
    std::string name;  // the C function
    std::uint64_t times = 0;

    friend bool operator==(const Reached&, const Reached&) = default;
  };

  // From here on calls are counted, on every thread. Forgets what was counted before.
  static void arm();
  // Counting ends; what was counted stays readable.
  static void disarm();
  // What was reached since the last arm(), in the order of watched(); empty when nothing was.
  static std::vector<Reached> reached();
  // The names of all watched functions.
  static std::vector<std::string> watched();

  // Armed as long as it lives, also when a trial throws.
  class Armed {
   public:
    Armed() { arm(); }
    ~Armed() { disarm(); }
    Armed(const Armed&) = delete;
    Armed& operator=(const Armed&) = delete;
  };
};

}  // namespace ordeal::support
