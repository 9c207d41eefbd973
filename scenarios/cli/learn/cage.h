// The cage: what a worker locks itself into before it runs code that somebody else wrote. From then on the process may
// compute, ask for memory, read files and write to what is open; everything else (starting processes, sockets, writing
// files, signals to others) ends it. So do too much memory and too much time on the processor.
//
// Linux (seccomp, resource limits); without seccomp the limits alone hold.
#pragma once

#include <cstdint>
#include <string>

namespace ordeal::cli {

// What a caged worker leaves for its parent: made before the fork, shared with it.
class CageNote {
 public:
  CageNote();
  ~CageNote();
  CageNote(const CageNote&) = delete;
  CageNote& operator=(const CageNote&) = delete;

  // The name of the system call that it was ended for; empty: for none.
  std::string forbidden() const;

 private:
  friend void enter_cage(const CageNote& note);
  std::int32_t* call_;  // -1: none
};

inline constexpr std::uint64_t kCageCpuSeconds = 60;
inline constexpr std::uint64_t kCageBytes = 2ULL << 30;

// In a worker, once, before the code is loaded. Standard output leads to standard error from here on.
void enter_cage(const CageNote& note);

}  // namespace ordeal::cli
