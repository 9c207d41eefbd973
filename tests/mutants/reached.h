// What planted code calls to say that a history came by: with ORDEAL_MUTANT_REACHED naming a file, the first call of a
// process writes one byte to it. It draws nothing and waits for nothing, so a trace is the same with and without it.
// Only the copy of the tree that tests/mutants works on includes this.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace ordeal::mutants {

// Always true, so that it also fits into a condition.
inline bool reached() {
  static const bool told = [] {
    const char* const place = std::getenv("ORDEAL_MUTANT_REACHED");
    if (place == nullptr) return true;
    if (std::FILE* file = std::fopen(place, "a")) {
      std::fputc('x', file);
      std::fclose(file);
    }
    return true;
  }();
  return told;
}

}  // namespace ordeal::mutants

#define ORDEAL_MUTANT_REACHED() ::ordeal::mutants::reached()
